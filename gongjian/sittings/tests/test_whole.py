"""Dying in the middle, doing it twice, and coming from outside: each act is whole or has not happened."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db import transaction

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_reviewer,
    a_scheduler,
    a_supervisor,
    a_worker_user,
    an_archivist,
    an_employer_user,
    an_exam_staff,
    an_expert_user,
    an_outsider,
    the_signer,
)
from gongjian.appraisal.states import State
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.ledger.queries import verify
from gongjian.kernel.outbox.models import Message
from gongjian.law.errors import NotAllowed, RuleError
from gongjian.papers.errors import SigningFailed
from gongjian.papers.models import Paper
from gongjian.sittings import checks, sweeping
from gongjian.sittings.actions import (
    ask_reschedule,
    book,
    book_oldest_first,
    call_next,
    check_in,
    decide_absence,
    decide_reschedule,
    enter,
    explain_absence,
    finish,
    give_notice,
    note_absence,
    publish,
    release,
    terminate,
)
from gongjian.sittings.errors import ForTheOtherSide
from gongjian.sittings.models import Booking, Presence, Slot, Termination
from gongjian.sittings.queries import live_booking, visible_sittings
from gongjian.sittings.states import LIVE, BookingState, SittingState
from gongjian.sittings.tests.builders import (
    AFTER,
    DAY,
    MORNING,
    PLANNED,
    a_booking,
    a_grouped,
    a_present,
    a_sitting,
    an_accepted_case,
    at,
    put_in_sitting_state,
)

pytestmark = pytest.mark.django_db
PAPER = "gongjian.sittings.actions.notices.issue"
LATER = moment.at(date(2026, 3, 30), 10)
EVERYBODY_ELSE = [
    a_clerk,
    a_reviewer,
    the_signer,
    a_delivery_clerk,
    an_archivist,
    a_supervisor,
    an_expert_user,
    an_employer_user,
    an_outsider,
]


def test_when_the_notice_cannot_be_signed_nobody_is_booked():
    case, sitting = an_accepted_case(), a_sitting(state=SittingState.PUBLISHED)
    with at(PLANNED), patch(PAPER, side_effect=SigningFailed), pytest.raises(SigningFailed):
        book(case, sitting, by=a_scheduler())
    case.refresh_from_db()
    assert (case.state, live_booking(case)) == (State.ACCEPTED, None)
    assert list(checks.capacity()) == []


def test_when_a_message_cannot_be_written_no_paper_has_gone_out():
    booking = a_booking(noticed=False)
    with (
        at(PLANNED),
        patch("gongjian.sittings.actions.notices.tell", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        give_notice(booking, by=a_scheduler())
    assert (Paper.objects.count(), Booking.objects.get().notice_id) == (0, None)


def test_when_the_termination_notice_cannot_be_signed_the_appraisal_goes_on():
    booking = a_present()
    with (
        at(MORNING),
        patch("gongjian.sittings.actions.terminating.issue", side_effect=SigningFailed),
        pytest.raises(SigningFailed),
    ):
        terminate(booking.case, 2, "拒绝检查", an_exam_staff(), proof="记录")
    assert Case.objects.get().state == State.PRESENT
    assert Booking.objects.get().state == BookingState.PRESENT
    assert not Termination.objects.exists()


def test_when_the_postponement_fails_the_place_is_not_given_up():
    booking = a_booking()
    with at(PLANNED):
        request = ask_reschedule(
            booking.case, reason="住院", available_from=date(2026, 4, 3), consent=True, by=a_worker_user()
        )
        with (
            patch("gongjian.sittings.actions.rescheduling.postpone", side_effect=RuntimeError),
            pytest.raises(RuntimeError),
            transaction.atomic(),
        ):
            decide_reschedule(request, approve=True, reason="", by=a_scheduler())
    request.refresh_from_db()
    booking.refresh_from_db()
    assert (request.state, booking.state, Case.objects.get().state) == ("asked", BookingState.BOOKED, State.SCHEDULED)


def test_filling_a_sitting_that_breaks_off_keeps_who_was_booked_and_goes_on_later():
    sitting = a_sitting()
    for serial in (1, 2, 3):
        an_accepted_case(serial)
    calls = iter([False, True])

    def breaks_the_second_time(case: Case, where: object, **told: object) -> Booking:
        if next(calls, False):
            raise RuntimeError
        return book(case, where, **told)  # type: ignore[arg-type]

    with at(PLANNED):
        with (
            patch("gongjian.sittings.actions.booking.book", breaks_the_second_time),
            pytest.raises(RuntimeError),
        ):
            book_oldest_first(sitting, by=a_scheduler())
        assert Booking.objects.count() == 1
        assert len(book_oldest_first(sitting, by=a_scheduler())) == 2


def test_one_notice_that_cannot_be_made_leaves_the_others_for_the_next_run():
    sitting = a_sitting()
    for serial in (1, 2):
        a_booking(an_accepted_case(serial), sitting=sitting, noticed=False)
    put_in_sitting_state(sitting, SittingState.PUBLISHED)
    with at(PLANNED):
        with patch(PAPER, side_effect=SigningFailed):
            assert sweeping.send_notices() == 0
        assert sweeping.send_notices() == 2


def test_checking_in_twice_gives_one_ticket_and_one_presence():
    booking = a_present()
    with at(MORNING), pytest.raises(RuleError):
        check_in(booking.exam_code, booking.sitting, Presence.Method.READER, by=an_exam_staff())
    assert Presence.objects.get().method == "original_id"
    assert Booking.objects.get().ticket == booking.ticket


def test_ending_twice_ends_once():
    booking = a_present()
    with at(MORNING):
        terminate(booking.case, 2, "拒绝检查", an_exam_staff(), proof="记录")
        with pytest.raises(RuleError):
            terminate(booking.case, 2, "拒绝检查", an_exam_staff(), proof="记录")
    assert (Termination.objects.count(), Paper.objects.count()) == (1, 1)
    assert Slot.objects.get(pk=booking.slot_id).taken == 0


def test_giving_up_twice_frees_one_place():
    first = a_booking(an_accepted_case(1))
    second = a_booking(an_accepted_case(2), sitting=first.sitting)
    with at(PLANNED):
        release(first, reason="调整", by=a_scheduler())
        with pytest.raises(RuleError):
            release(first, reason="调整", by=a_scheduler())
    assert Slot.objects.get(pk=second.slot_id).taken == 1


def test_noting_an_absence_twice_asks_the_person_once():
    booking = a_booking()
    with at(AFTER):
        note_absence(booking, by=an_exam_staff())
        with pytest.raises(RuleError):
            note_absence(booking, by=an_exam_staff())
    assert Message.objects.filter(template="sittings.absence_noted", channel="inbox").count() == 1


def test_finishing_twice_is_refused():
    booking = a_grouped()
    with at(MORNING):
        enter(booking, 1)
        call_next(booking.sitting, 1, an_exam_staff())
        finish(booking)
        with pytest.raises(RuleError):
            finish(booking)


@pytest.mark.parametrize("person", EVERYBODY_ELSE)
def test_nobody_without_the_post_does_anything_at_a_sitting(person):
    booking = a_booking()
    put_in_sitting_state(booking.sitting, SittingState.OPEN)
    user = person()
    acts = (
        lambda: publish(booking.sitting, by=user),
        lambda: book_oldest_first(booking.sitting, by=user),
        lambda: check_in(booking.exam_code, booking.sitting, Presence.Method.READER, by=user),
        lambda: call_next(booking.sitting, 1, user),
        lambda: note_absence(booking, by=user),
        lambda: decide_absence(booking.case, justified=True, reason="x", by=user),
        lambda: release(booking, reason="x", by=user),
        lambda: terminate(booking.case, 2, "x", user, proof="x"),
        lambda: explain_absence(booking.case, explanation="x", by=user),
    )
    before = LedgerEntry.objects.count()
    with at(MORNING):
        for act in acts:
            with pytest.raises(NotAllowed):
                act()
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("person", [an_expert_user, an_employer_user, a_worker_user, an_outsider])
def test_l08_who_is_not_staff_sees_no_sitting_in_any_list(person):
    a_booking()
    assert list(visible_sittings(person())) == []


def test_an_employer_who_is_a_party_may_not_ask_in_the_persons_place():
    booking = a_booking()
    booking.case.parties.create(user=an_employer_user(), capacity="employer", since=PLANNED)
    with at(PLANNED), pytest.raises(ForTheOtherSide):
        ask_reschedule(
            booking.case, reason="职工住院", available_from=date(2026, 4, 3), consent=True, by=an_employer_user()
        )


def test_the_whole_way_of_a_person_who_comes_leaves_a_ledger_that_holds():
    booking = a_grouped()
    with at(MORNING):
        enter(booking, 1)
        call_next(booking.sitting, 1, an_exam_staff())
        finish(booking)
    assert verify()[1] == []
    assert [owed.kind for owed in open_obligations(booking.case)] == ["opine"]


def test_the_whole_way_of_a_person_who_is_moved_twice_counts_each_day_once():
    case = an_accepted_case()
    booking = a_booking(case)
    for day, free_from, other in (
        (date(2026, 3, 20), date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 4, 1), date(2026, 4, 9), date(2026, 4, 14)),
    ):
        with at(moment.at(day)):
            request = ask_reschedule(case, reason="住院", available_from=free_from, consent=True, by=a_worker_user())
            decide_reschedule(request, approve=True, reason="", by=a_scheduler())
            case.refresh_from_db()
            booking = book(case, a_sitting(day=other), by=a_scheduler())
            Booking.objects.filter(pk=booking.pk).update(noticed_at=moment.now())
    lost = (date(2026, 4, 14) - DAY).days
    assert CaseLimit.objects.get(case=case, limit="LA-DECIDE").due_on == date(2026, 5, 1 + lost)
    assert (case.bookings.count(), case.bookings.filter(state__in=LIVE).count()) == (3, 1)
    assert list(checks.capacity()) == []


def test_the_whole_way_of_a_person_who_never_comes_ends_in_the_archive_and_nobody_is_forgotten():
    booking = a_booking()
    case = booking.case
    with at(AFTER):
        sweeping.find_not_received()
        note_absence(booking, by=an_exam_staff())
    with at(LATER):
        decide_absence(case, justified=False, reason="未作说明", by=an_exam_staff())
        terminate(case, 1, "2026年3月24日未到场", an_exam_staff(), proof="签到记录")
    assert [owed.kind for owed in open_obligations(case)] == ["archive"]


def test_the_day_after_a_sitting_the_sweep_owes_nothing_twice_and_nothing_for_who_came():
    sitting = a_sitting()
    for serial in (1, 2):
        a_booking(an_accepted_case(serial), sitting=sitting)
    a_present(an_accepted_case(3), sitting=sitting)
    with at(moment.at(date(2026, 3, 25), 8)):
        assert sweeping.find_not_received() == 2
        assert sweeping.find_not_received() == 0
