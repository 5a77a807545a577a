"""Absence and the four heads of 令55 art. 14, and that nobody falls off."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db import transaction

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_scheduler,
    a_worker_user,
    an_employer_user,
    an_exam_staff,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.queries import open_obligations, worklist
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import DayOutOfBounds
from gongjian.papers.models import Paper
from gongjian.sittings import sweeping
from gongjian.sittings.actions import (
    call_next,
    decide_absence,
    decide_reschedule,
    enter,
    explain_absence,
    note_absence,
    terminate,
)
from gongjian.sittings.errors import (
    AbsenceDecided,
    AbsenceNotEstablished,
    AbsenceOpen,
    BookingNotFound,
    FactsMissing,
    ForTheOtherSide,
    HeadUnknown,
    NotExpected,
    NoticeNotGiven,
    ReasonMissing,
    SittingNotYours,
    StillExpected,
)
from gongjian.sittings.models import Absence, Booking, QueueEntry, Termination
from gongjian.sittings.queries import not_received
from gongjian.sittings.states import AbsenceState, BookingState, QueueState
from gongjian.sittings.tests.builders import (
    AFTER,
    DAY,
    MORNING,
    a_booking,
    a_grouped,
    a_present,
    a_sitting,
    an_accepted_case,
    at,
)

pytestmark = pytest.mark.django_db
LATER = moment.at(date(2026, 3, 30), 10)
FACTS, PROOF = "2026年3月24日未按通知到场，电话联系无人接听", "通知送达记录、签到记录、通话记录"


def an_absence(booking: Booking | None = None) -> Absence:
    """Noted in the evening of the sitting; to be explained by 2026-03-27."""
    with at(AFTER):
        return note_absence(booking or a_booking(), by=an_exam_staff())


def an_unjustified() -> Absence:
    absence = an_absence()
    with at(LATER):
        return decide_absence(absence.booking.case, justified=False, reason="未作任何说明", by=an_exam_staff())


def test_nobody_is_absent_before_the_sitting_is_over():
    booking = a_booking()
    with at(MORNING), pytest.raises(StillExpected):
        note_absence(booking, by=an_exam_staff())


def test_an_absence_is_noted_and_the_person_is_asked_why():
    absence = an_absence()
    assert absence.explain_by == date(2026, 3, 27)
    owed = {each.kind: each for each in open_obligations(absence.booking.case)}
    assert (owed["decide_absence"].role, owed["decide_absence"].due_on) == ("exam_staff", absence.explain_by)
    assert owed["explain_absence"].party == "applicant"
    assert "3月27日" in Message.objects.get(template="sittings.absence_noted", channel="inbox").body


def test_who_came_is_not_absent():
    booking = a_present()
    with at(AFTER), pytest.raises(NotExpected, match="已报到"):
        note_absence(booking, by=an_exam_staff())


@pytest.mark.parametrize("person", [a_clerk, a_scheduler, an_outsider])
def test_nobody_but_the_exam_staff_notes_an_absence(person):
    booking = a_booking()
    with at(AFTER), pytest.raises(SittingNotYours):
        note_absence(booking, by=person())


def test_the_person_explains_and_a_second_word_is_added_to_the_first():
    case = an_absence().booking.case
    with at(LATER):
        explain_absence(case, explanation="当天车祸住院", by=a_worker_user())
        absence = explain_absence(case, explanation="补交住院证明", by=an_exam_staff())
    assert Absence.objects.get(pk=absence.pk).explanation == "当天车祸住院\n补交住院证明"
    assert "explain_absence" not in [owed.kind for owed in open_obligations(case)]


def test_a_stranger_explains_nothing_and_an_explanation_says_something():
    case = an_absence().booking.case
    with pytest.raises(SittingNotYours):
        explain_absence(case, explanation="x", by=an_outsider())
    with pytest.raises(ReasonMissing):
        explain_absence(case, explanation=" ", by=a_worker_user())


def test_nothing_is_held_against_a_person_while_they_may_still_explain():
    case = an_absence().booking.case
    with at(AFTER), pytest.raises(AbsenceOpen, match="2026-03-27"):
        decide_absence(case, justified=False, reason="未到场", by=an_exam_staff())


def test_a_good_reason_is_accepted_at_once_and_leads_to_another_day():
    case = an_absence().booking.case
    with at(AFTER):
        explain_absence(case, explanation="当天车祸住院", by=a_worker_user())
        decide_absence(case, justified=True, reason="住院证明属实", by=an_exam_staff(), available_from=date(2026, 4, 7))
        decide_reschedule(case.reschedules.get(), approve=True, reason="", by=a_scheduler())
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.ACCEPTED, date(2026, 5, 15))
    assert [owed.kind for owed in open_obligations(case)] == ["book"]


def test_a_scheduler_who_does_not_accept_the_excuse_gives_the_absence_back():
    case = an_absence().booking.case
    with at(AFTER):
        decide_absence(case, justified=True, reason="自称生病", by=an_exam_staff())
        decide_reschedule(case.reschedules.get(), approve=False, reason="没有证明", by=a_scheduler())
    assert Absence.objects.get().state == AbsenceState.OPEN
    assert "decide_absence" in [owed.kind for owed in open_obligations(case)]


def test_an_absence_is_decided_once_and_with_a_reason():
    case = an_unjustified().booking.case
    with pytest.raises(AbsenceDecided):
        decide_absence(case, justified=True, reason="x", by=an_exam_staff())
    with pytest.raises(ReasonMissing):
        decide_absence(case, justified=True, reason="", by=an_exam_staff())


@pytest.mark.parametrize("person", [a_clerk, an_outsider, a_worker_user])
def test_nobody_else_decides_about_an_absence(person):
    case = an_absence().booking.case
    with pytest.raises(SittingNotYours):
        decide_absence(case, justified=False, reason="x", by=person())


def test_who_was_not_absent_has_no_absence_to_decide():
    with pytest.raises(BookingNotFound):
        decide_absence(a_booking().case, justified=False, reason="x", by=an_exam_staff())


def test_where_more_than_one_no_show_is_allowed_the_first_leads_to_another_day_that_postpones_nothing():
    absence = an_absence()
    case = absence.booking.case
    with at(LATER), patch("gongjian.sittings.actions.absences.may_terminate", return_value=False):
        decide_absence(case, justified=False, reason="未说明", by=an_exam_staff())
        decide_reschedule(case.reschedules.get(), approve=True, reason="", by=a_scheduler())
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.ACCEPTED, date(2026, 5, 1))


def test_art_14_1_absence_without_good_reason_ends_the_appraisal():
    absence = an_unjustified()
    case = absence.booking.case
    with at(LATER):
        ended = terminate(case, 1, FACTS, an_exam_staff(), proof=PROOF)
    absence.booking.refresh_from_db()
    assert (case.state, absence.booking.state) == (State.TERMINATED, BookingState.ENDED)
    assert (ended.facts, Paper.objects.get().kind) == (FACTS, "termination_notice")
    assert [owed.kind for owed in open_obligations(case)] == ["archive"]


@pytest.mark.parametrize("head", [2, 3, 4])
def test_art_14_2_to_4_refusal_feigning_and_other_refusal_end_the_appraisal(head):
    booking = a_present()
    with at(MORNING):
        ended = terminate(
            booking.case, head, "当场拒绝检查，经劝说仍不配合", an_exam_staff(), proof="现场录像、两名工作人员记录"
        )
    assert (ended.head, booking.case.state) == (head, State.TERMINATED)
    booking.slot.refresh_from_db()
    assert booking.slot.taken == 0


def test_art_14_the_notice_names_the_head_and_reaches_the_person():
    booking = a_present()
    with at(MORNING):
        ended = terminate(booking.case, 3, "伪装肌力丧失", an_exam_staff(), proof="现场录像")
    message = Message.objects.get(template="sittings.terminated", channel="inbox")
    paper = Paper.objects.get()
    assert (message.evidence_id, paper.pk) == (paper.evidence_id, ended.paper_id)


def test_art_14_the_ledger_names_the_head_but_not_the_facts():
    booking = a_present()
    with at(MORNING):
        terminate(booking.case, 3, "伪装肌力丧失", an_exam_staff(), proof="现场录像")
    entry = LedgerEntry.objects.get(act="case.terminate")
    assert entry.facts["head"] == 3
    assert "伪装" not in str(entry.facts)


def test_art_14_absence_is_not_a_head_before_it_was_decided():
    case = an_absence().booking.case
    with at(LATER), pytest.raises(AbsenceNotEstablished):
        terminate(case, 1, FACTS, an_exam_staff(), proof=PROOF)
    assert not Termination.objects.exists()


def test_art_14_who_was_never_told_is_not_held_to_have_stayed_away_and_gets_a_day_that_postpones_nothing():
    case = an_absence(a_booking(noticed=False)).booking.case
    with at(LATER):
        with pytest.raises(NoticeNotGiven):
            decide_absence(case, justified=False, reason="未说明", by=an_exam_staff())
        decide_absence(case, justified=True, reason="没有通知到本人", by=an_exam_staff())
        decide_reschedule(case.reschedules.get(), approve=True, reason="", by=a_scheduler())
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.ACCEPTED, date(2026, 5, 1))


def test_art_14_a_notice_that_proves_untold_after_the_decision_ends_nothing():
    absence = an_unjustified()
    Booking.objects.filter(pk=absence.booking_id).update(noticed_at=None)
    with at(LATER), pytest.raises(NoticeNotGiven):
        terminate(absence.booking.case, 1, FACTS, an_exam_staff(), proof=PROOF)


@pytest.mark.parametrize(
    ("head", "facts", "proof", "refusal"),
    [(9, "x", "x", HeadUnknown), (2, "", "x", FactsMissing), (2, "x", "", FactsMissing)],
)
def test_art_14_takes_a_head_facts_and_proof(head, facts, proof, refusal):
    booking = a_present()
    with at(MORNING), pytest.raises(refusal):
        terminate(booking.case, head, facts, an_exam_staff(), proof=proof)
    booking.case.refresh_from_db()
    assert booking.case.state == State.PRESENT


@pytest.mark.parametrize("state", [State.SCHEDULED, State.PRESENT, State.GROUPED, State.EXAMINING])
def test_art_14_ends_an_appraisal_from_the_summons_to_the_examination(state):
    booking = put_in_state(a_booking().case, state).bookings.get()
    with at(MORNING):
        terminate(booking.case, 4, "拒不配合", an_exam_staff(), proof="记录")
    booking.refresh_from_db()
    assert booking.state == BookingState.ENDED


@pytest.mark.parametrize("state", [State.ACCEPTED, State.OPINED, State.CONCLUDED, State.TERMINATED])
def test_art_14_does_not_end_what_is_not_going_on(state):
    case = put_in_state(a_booking().case, state)
    with pytest.raises(MoveNotAllowed):
        terminate(case, 4, "拒不配合", an_exam_staff(), proof="记录")


@pytest.mark.parametrize("person", [a_clerk, an_outsider, a_worker_user])
def test_art_14_nobody_else_ends_an_appraisal(person):
    booking = a_present()
    with pytest.raises(NotYours):
        terminate(booking.case, 4, "拒不配合", person(), proof="记录")


def test_who_is_ended_leaves_the_queue():
    booking = a_grouped()
    with at(MORNING):
        enter(booking, 1)
        call_next(booking.sitting, 1, an_exam_staff())
        booking.case.refresh_from_db()
        terminate(booking.case, 2, "拒绝检查", an_exam_staff(), proof="记录")
    assert QueueEntry.objects.get().state == QueueState.LEFT


def test_a_termination_is_not_edited():
    booking = a_present()
    with at(MORNING):
        terminate(booking.case, 2, "拒绝检查", an_exam_staff(), proof="记录")
    with pytest.raises(Exception, match=r"[Cc]annot update"), transaction.atomic():
        Termination.objects.update(head=1)


def test_l04_whoever_was_not_received_becomes_the_exam_staffs_task():
    case = a_booking().case
    with at(AFTER):
        assert sweeping.find_not_received() == 1
        assert sweeping.find_not_received() == 0
    assert "decide_absence" in [row.kind for row in worklist(an_exam_staff()).rows if row.case_id == case.pk]


def test_l04_nobody_is_missed_before_the_sitting_is_over_or_after_they_came():
    booked, came = a_booking(an_accepted_case()), a_present(an_accepted_case(2))
    with at(moment.at(DAY, 10)):
        assert sweeping.find_not_received() == 0
    with at(AFTER):
        assert sweeping.find_not_received() == 1
    assert "decide_absence" not in [owed.kind for owed in open_obligations(came.case)]
    assert "decide_absence" in [owed.kind for owed in open_obligations(booked.case)]


def test_noting_an_absence_takes_over_the_task_of_the_sweep():
    booking = a_booking()
    with at(AFTER):
        sweeping.find_not_received()
    absence = an_absence(booking)
    [owed] = [each for each in open_obligations(booking.case) if each.kind == "decide_absence"]
    assert owed.due_on == absence.explain_by


def test_the_absence_list_holds_who_did_not_come_in_one_query(django_assert_num_queries):
    sitting = a_sitting()
    a_present(an_accepted_case(), sitting=sitting)
    away = a_booking(an_accepted_case(2), sitting=sitting)
    with django_assert_num_queries(1):
        assert [row.case.person.name and row.pk for row in not_received(sitting)] == [away.pk]


def test_art_14_what_the_employer_says_is_no_explanation_of_the_persons_and_ends_nothing_early():
    case = an_absence().booking.case
    join_case(case, an_employer_user(), capacity="employer")
    with at(AFTER):
        with pytest.raises(ForTheOtherSide):
            explain_absence(case, explanation="他就是不想来", by=an_employer_user())
        with pytest.raises(AbsenceOpen):
            decide_absence(case, justified=False, reason="用人单位说明无正当理由", by=an_exam_staff())
    assert "explain_absence" in [owed.kind for owed in open_obligations(case)]


def test_art_12_an_excused_absence_too_waits_no_longer_than_the_locality_lets_one():
    case = an_absence().booking.case
    with at(AFTER), pytest.raises(DayOutOfBounds):
        decide_absence(case, justified=True, reason="住院", by=an_exam_staff(), available_from=date(2027, 1, 4))
    assert Absence.objects.get().state == AbsenceState.OPEN


def test_an_excused_absence_says_that_the_wish_came_from_its_decision():
    case = an_absence().booking.case
    with at(AFTER):
        decide_absence(case, justified=True, reason="住院", by=an_exam_staff())
    assert case.reschedules.get().came_by == "excuse"
