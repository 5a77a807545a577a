"""A notice reaches the person who must appear, whoever applied; what reached the employer alone was told to nobody (令55 art. 12, 14)."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_scheduler,
    a_worker_user,
    an_employer_user,
    an_exam_staff,
)
from gongjian.appraisal.actions import accept
from gongjian.appraisal.tests.builders import MONDAY, a_submitted_case
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.outbox.actions import mark_opened, note_failure
from gongjian.kernel.outbox.models import Message
from gongjian.papers.models import Paper
from gongjian.papers.queries import visible_papers
from gongjian.sittings import sweeping
from gongjian.sittings.actions import (
    book,
    decide_absence,
    note_absence,
    note_told,
    release,
    terminate,
)
from gongjian.sittings.actions.notices import letter, note_served
from gongjian.sittings.errors import NoticeNotGiven
from gongjian.sittings.messages import came_to_nothing, was_told
from gongjian.sittings.models import Booking
from gongjian.sittings.queries import appointment_of
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import AFTER, DAY, MORNING, PLANNED, a_booking, a_sitting, an_accepted_case, at

pytestmark = pytest.mark.django_db
WORKERS, EMPLOYERS = "19900000055", "19900000077"
LATER = AFTER + timedelta(days=10)


@pytest.fixture(autouse=True)
def _the_home_of_the_papers(home):
    with at(PLANNED):
        yield


def applied_for(telephone: str = WORKERS, **changes: Any) -> Case:
    """The employer applies, gives its own telephone for delivery, and names the worker's."""
    told = {
        "applicant": {"capacity": "employer", "applicant_name": "周若岚"},
        "person": {"telephone": telephone},
        "address": {
            "delivery_name": "周若岚",
            "delivery_telephone": EMPLOYERS,
            "delivery_address": "云溪市工业大道8号",
            "electronic_consent": True,
        },
    }
    case = a_submitted_case(by=an_employer_user(), **{**told, **changes})
    with moment.fixed(MONDAY):
        accept(case, by=a_clerk())
    case.refresh_from_db()
    return case


def called(case: Case) -> Booking:
    """Booked in a published sitting: the notice goes out at once."""
    return book(case, a_sitting(state=SittingState.PUBLISHED), by=a_scheduler())


def kinds(case: Case) -> set[str]:
    return {owed.kind for owed in open_obligations(case)}


def told(template: str) -> set[tuple[str, str]]:
    """(channel, to whom) of every message of a template."""
    rows = Message.objects.filter(template=template)
    return {(row.channel, row.to or str(User.objects.get(pk=row.user_id).name)) for row in rows}


def refused(booking: Booking) -> bool:
    """Whether an absence from this appointment is refused as the end of the appraisal."""
    with at(AFTER):
        note_absence(booking, by=an_exam_staff())
    with at(LATER):
        try:
            decide_absence(booking.case, justified=False, reason="未作说明", by=an_exam_staff())
        except NoticeNotGiven:
            return True
        terminate(booking.case, 1, "未到场", an_exam_staff(), proof="签到表")
    return False


# The employer applies: the worker is told.


def test_art_12_when_the_employer_applied_the_workers_own_telephone_is_told():
    booking = called(applied_for())
    assert told("sittings.appearance") == {("sms", WORKERS)}
    assert booking.noticed_at == PLANNED
    assert "tell_in_person" not in kinds(booking.case)


def test_art_12_the_employer_is_told_separately_the_day_and_never_the_code():
    booking = called(applied_for())
    assert {way for way, _ in told("sittings.employer_appearance")} == {"inbox", "sms"}
    for message in Message.objects.filter(template="sittings.employer_appearance"):
        assert "2026年3月24日" in message.body
        assert booking.exam_code[:4] not in message.body
        assert message.evidence is None


@pytest.mark.parametrize("number", [EMPLOYERS, "19900000002", "0571-88880000", "", "未提供"])
def test_art_12_a_number_of_the_employers_or_none_reaches_no_worker_and_telling_is_owed(number):
    case = applied_for()
    case.application.telephone = case.person.telephone = number
    case.application.save(update_fields=["telephone"])
    case.person.save(update_fields=["telephone"])
    booking = called(case)
    assert told("sittings.appearance") == set()
    assert booking.noticed_at is None
    assert "tell_in_person" in kinds(case)
    assert refused(booking)


def test_art_12_the_paper_is_to_whoever_must_appear_and_only_they_may_read_it():
    case = applied_for()
    join_case(case, a_worker_user(), capacity="worker")
    paper = called(case).notice
    assert paper is not None
    assert paper.recipient == "worker"
    assert paper in visible_papers(case, by=a_worker_user())
    assert paper not in visible_papers(case, by=an_employer_user())


def test_art_12_the_workers_own_account_is_told_beside_the_telephone():
    case = applied_for()
    join_case(case, a_worker_user(), capacity="worker")
    called(case)
    assert told("sittings.appearance") == {("sms", WORKERS), ("inbox", a_worker_user().name)}


def test_art_12_when_the_worker_applied_the_telephone_given_for_delivery_is_told():
    case = a_submitted_case()
    with moment.fixed(MONDAY):
        accept(case, by=a_clerk())
    case.refresh_from_db()
    called(case)
    assert ("sms", "19900000001") in told("sittings.appearance")


# Told in person, told on paper.


def untold() -> Booking:
    """The employer has applied; no telephone of the worker's is known."""
    case = applied_for()
    case.application.telephone = case.person.telephone = ""
    case.application.save(update_fields=["telephone"])
    case.person.save(update_fields=["telephone"])
    return called(case)


def test_art_12_telling_in_person_is_kept_with_who_when_and_how():
    booking = untold()
    note_told(booking.case, how="电话告知其妻", by=a_delivery_clerk())
    booking.refresh_from_db()
    assert (booking.told_how, booking.told_by, booking.noticed_at) == ("电话告知其妻", a_delivery_clerk(), PLANNED)
    assert was_told(booking)
    assert not refused(booking)


def test_art_14_told_after_the_day_is_not_told_in_advance():
    booking = untold()
    with at(AFTER):
        note_told(booking.case, how="电话", by=a_delivery_clerk())
    booking.refresh_from_db()
    assert not was_told(booking)


@pytest.mark.parametrize(("on", "in_time"), [(DAY - timedelta(days=1), True), (DAY, False), (date(2026, 3, 25), False)])
def test_art_12_a_notice_served_on_paper_before_the_day_was_told(on, in_time):
    booking = untold()
    note_served(booking.notice, on=on)
    booking.refresh_from_db()
    assert was_told(booking) is in_time
    assert "tell_in_person" not in kinds(booking.case)


def test_serving_a_paper_that_calls_nobody_changes_nothing():
    case = applied_for()
    note_served(Paper.objects.get(case=case, kind="acceptance_notice"), on=DAY)
    assert not Booking.objects.exists()


def test_the_first_record_of_telling_stays():
    booking = untold()
    note_told(booking.case, how="上门", by=a_delivery_clerk())
    note_served(booking.notice, on=DAY)
    booking.refresh_from_db()
    assert booking.told_how == "上门"


# Sent is not received (L13).


def fail_the_text(booking: Booking) -> None:
    note_failure(Message.objects.get(template="sittings.appearance", channel="sms"), code="outbox.refused")
    booking.refresh_from_db()


def test_l13_a_text_message_that_failed_told_nobody_and_the_sweep_has_somebody_tell_them():
    booking = called(applied_for())
    assert sweeping.find_unreached() == 0
    fail_the_text(booking)
    assert came_to_nothing(booking)
    assert sweeping.find_unreached() == 1
    assert "tell_in_person" in kinds(booking.case)
    assert refused(booking)


def test_l13_once_told_in_person_the_sweep_is_content():
    booking = called(applied_for())
    fail_the_text(booking)
    sweeping.find_unreached()
    note_told(booking.case, how="当面", by=a_delivery_clerk())
    booking.refresh_from_db()
    assert was_told(booking)
    assert sweeping.find_unreached() == 0


def test_l13_a_box_without_consent_counts_when_it_was_opened():
    case = applied_for()
    join_case(case, a_worker_user(), capacity="worker")
    booking = called(case)
    fail_the_text(booking)
    assert not was_told(booking)
    mark_opened(Message.objects.get(template="sittings.appearance", channel="inbox").pk, by=a_worker_user())
    assert was_told(booking)


def test_l13_a_box_whose_owner_agreed_counts_by_itself():
    case = a_submitted_case()
    with moment.fixed(MONDAY):
        accept(case, by=a_clerk())
    case.refresh_from_db()
    booking = called(case)
    fail_the_text(booking)
    assert was_told(booking)


def test_a_booking_told_without_any_message_stands_as_it_was_noted():
    assert was_told(a_booking())
    assert not was_told(a_booking(an_accepted_case(2), noticed=False))


# The other messages.


def test_art_12_of_a_place_given_up_both_sides_are_told_even_if_the_notice_reached_nobody():
    booking = untold()
    release(booking, reason="场地停电", by=a_scheduler())
    assert {way for way, _ in told("sittings.employer_released")} == {"inbox", "sms"}


def test_art_14_the_worker_is_asked_why_and_told_of_the_end_and_the_employer_in_its_own_words():
    booking = called(applied_for())
    assert not refused(booking)
    assert told("sittings.absence_noted") == told("sittings.terminated") == {("sms", WORKERS)}
    for template in ("employer_absence", "employer_terminated"):
        assert {way for way, _ in told(f"sittings.{template}")} == {"inbox", "sms"}
    paper = Paper.objects.get(kind="termination_notice")
    assert paper in visible_papers(booking.case, by=an_employer_user())


def test_art_14_the_worker_owes_the_explanation_when_the_employer_applied():
    booking = called(applied_for())
    with at(AFTER):
        note_absence(booking, by=an_exam_staff())
    assert {owed.party for owed in open_obligations(booking.case) if owed.kind == "explain_absence"} == {"worker"}


def test_the_letter_is_addressed_to_the_appraisee():
    told = letter(applied_for())
    assert (told["recipient"], told["appraisee"]) == ("林知远", "林知远")


def test_a_party_of_either_side_sees_the_appointment_once_the_notice_has_gone_out():
    booking = untold()
    join_case(booking.case, a_worker_user(), capacity="worker")
    assert appointment_of(booking.case, by=an_employer_user()) == booking
    assert appointment_of(booking.case, by=a_worker_user()) == booking
    with at(MORNING):
        assert appointment_of(booking.case, by=a_worker_user()) == booking
