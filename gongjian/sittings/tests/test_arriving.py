"""Check-in: by code or number, with the identity seen, and clear refusals."""

from datetime import date

import pytest
from django.db import transaction

from gongjian.accounts.tests.builders import a_scheduler, a_worker_user, an_exam_staff, an_office, an_outsider
from gongjian.appraisal.states import State
from gongjian.cases.queries import open_obligations
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.sittings import codes
from gongjian.sittings.actions import ask_reschedule, check_in
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.errors import (
    CodeUnknown,
    DocumentMissing,
    InAlready,
    NotExpected,
    NotOpen,
    SittingNotYours,
    WrongDay,
    WrongSitting,
)
from gongjian.sittings.models import Booking, Presence, Sitting
from gongjian.sittings.states import BookingState, SittingState
from gongjian.sittings.tests.builders import (
    DAY,
    MORNING,
    a_booking,
    a_present,
    a_sitting,
    an_accepted_case,
    at,
    with_parts,
)

pytestmark = pytest.mark.django_db
ID = Presence.Method.ORIGINAL_ID


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def the_open_sitting() -> Sitting:
    return a_sitting(state=SittingState.OPEN)


def test_art_12_a_person_checks_in_by_code_and_the_way_their_identity_was_seen_is_kept():
    booking = a_booking(sitting=the_open_sitting())
    found = check_in(codes.shown(booking.exam_code), booking.sitting, ID, by=an_exam_staff())
    presence = Presence.objects.get(booking=booking)
    assert (found, presence.method, presence.staff, presence.found_by) == (booking, ID, an_exam_staff(), "code")
    assert (found.state, found.case.state) == (BookingState.PRESENT, State.PRESENT)
    assert [owed.kind for owed in open_obligations(found.case)] == ["group"]


def test_the_text_of_the_qr_does_too():
    booking = a_booking(sitting=the_open_sitting())
    assert check_in(codes.qr_text(booking.exam_code), booking.sitting, ID, by=an_exam_staff()).ticket


def test_a_person_checks_in_by_identity_number():
    booking = a_booking(sitting=the_open_sitting())
    found = check_in(booking.case.person.id_number.lower(), booking.sitting, ID, by=an_exam_staff())
    assert (found, Presence.objects.get().found_by) == (booking, "id_number")


def test_an_identity_number_finds_the_booking_of_this_sitting_among_several():
    here, there = the_open_sitting(), a_sitting(day=date(2026, 3, 26))
    a_booking(an_accepted_case(), sitting=there)
    booking = a_booking(an_accepted_case(), sitting=here)
    assert check_in(booking.case.person.id_number, here, ID, by=an_exam_staff()) == booking


@pytest.mark.parametrize("text", ["", "K7M4Q2XP", "林知远", "990101198503120011", "GJQD:", "' OR 1=1"])
def test_an_unknown_code_or_number_is_refused(text):
    with pytest.raises(CodeUnknown):
        check_in(text, a_booking(sitting=the_open_sitting()).sitting, ID, by=an_exam_staff())


def test_the_wrong_day_is_said():
    booking = a_booking(sitting=a_sitting(day=date(2026, 3, 26)))
    with pytest.raises(WrongDay, match="2026年03月26日"):
        check_in(booking.exam_code, the_open_sitting(), ID, by=an_exam_staff())


def test_the_wrong_sitting_of_the_same_day_is_said():
    booking = a_booking(sitting=a_sitting())
    with pytest.raises(WrongSitting, match=booking.sitting.number):
        check_in(booking.exam_code, the_open_sitting(), ID, by=an_exam_staff())


def test_who_is_in_already_is_not_received_again():
    booking = a_present()
    with pytest.raises(InAlready, match="09:00"):
        check_in(booking.exam_code, booking.sitting, ID, by=an_exam_staff())


@pytest.mark.parametrize("state", [BookingState.MOVED, BookingState.ENDED])
def test_who_is_no_longer_expected_is_not_received(state):
    booking = a_booking(sitting=the_open_sitting())
    give_back(booking, state)
    with pytest.raises(NotExpected, match=state.label):
        check_in(booking.exam_code, booking.sitting, ID, by=an_exam_staff())


def test_who_was_noted_as_absent_is_not_received():
    booking = a_booking(sitting=the_open_sitting())
    Booking.objects.filter(pk=booking.pk).update(state=BookingState.ABSENT)
    with pytest.raises(NotExpected, match="未到场"):
        check_in(booking.exam_code, booking.sitting, ID, by=an_exam_staff())


@pytest.mark.parametrize("state", [SittingState.PUBLISHED, SittingState.CLOSED])
def test_nobody_is_received_before_the_sitting_is_open_or_after(state):
    booking = a_booking(sitting=a_sitting(state=state))
    with pytest.raises(NotOpen):
        check_in(booking.exam_code, booking.sitting, ID, by=an_exam_staff())


@pytest.mark.parametrize("person", [a_scheduler, a_worker_user, an_outsider])
def test_nobody_but_the_exam_staff_receives(person):
    booking = a_booking(sitting=the_open_sitting())
    with pytest.raises(SittingNotYours):
        check_in(booking.exam_code, booking.sitting, ID, by=person())
    booking.case.refresh_from_db()
    assert booking.case.state == State.SCHEDULED


def test_another_office_does_not_find_our_people():
    from_us = a_booking(sitting=the_open_sitting())
    theirs = a_sitting(office=an_office("OTHER", "别市劳动能力鉴定委员会"), state=SittingState.OPEN)
    theirs.office_id = an_office().pk  # the clerk's own permission is not what is tried here
    type(theirs).objects.filter(pk=theirs.pk).update(office=an_office("OTHER"))
    theirs.refresh_from_db()
    with pytest.raises(SittingNotYours):
        check_in(from_us.exam_code, theirs, ID, by=an_exam_staff())


def test_another_document_is_named():
    booking = a_booking(sitting=the_open_sitting())
    other = Presence.Method.OTHER
    with pytest.raises(DocumentMissing):
        check_in(booking.exam_code, booking.sitting, other, by=an_exam_staff())
    check_in(booking.exam_code, booking.sitting, other, by=an_exam_staff(), document="护照")
    assert Presence.objects.get().document == "护照"


def test_everyone_gets_a_ticket_of_their_own():
    sitting = the_open_sitting()
    for serial in range(1, 9):
        a_booking(an_accepted_case(serial), sitting=sitting)
    tickets = [
        check_in(code, sitting, ID, by=an_exam_staff()).ticket
        for code in sitting.bookings.values_list("exam_code", flat=True)
    ]
    assert len(set(tickets)) == 8
    assert all(ticket in codes.TICKETS for ticket in tickets)


def test_how_somebody_was_identified_is_not_changed_later():
    presence = Presence.objects.get(booking=a_present())
    with pytest.raises(Exception, match=r"[Cc]annot update"), transaction.atomic():
        Presence.objects.filter(pk=presence.pk).update(method="reader")


def test_l06_a_change_shortly_before_the_check_in_is_seen_at_the_door():
    booking = a_booking(parts=["143:left"], sitting=a_sitting(state=SittingState.OPEN, specialties=["orthopaedics"]))
    with_parts(booking.case, "143:left", "030:left")
    assert check_in(booking.exam_code, booking.sitting, ID, by=an_exam_staff()).flags == ["specialty"]


def test_who_comes_after_all_no_longer_asks_for_another_day():
    booking = a_booking(sitting=the_open_sitting())
    with at(moment.at(date(2026, 3, 23))):
        ask_reschedule(booking.case, reason="住院", available_from=date(2026, 4, 1), consent=True, by=a_worker_user())
    check_in(booking.exam_code, booking.sitting, ID, by=an_exam_staff())
    assert booking.case.reschedules.get().state == "refused"
    assert [owed.kind for owed in open_obligations(booking.case)] == ["group"]


def test_the_ledger_of_a_check_in_names_nobody():
    booking = a_present()
    entry = LedgerEntry.objects.get(chain=booking.case.chain, act="case.check_in")
    assert entry.facts["method"] == "original_id"
    assert not {"林知远", booking.exam_code, booking.case.person.id_number} & {
        str(fact) for fact in entry.facts.values()
    }


def test_a_refusal_names_nobody():
    booking = a_booking(sitting=a_sitting(day=date(2026, 3, 26)))
    with pytest.raises(WrongDay) as refusal:
        check_in(booking.case.person.id_number, the_open_sitting(), ID, by=an_exam_staff())
    assert booking.case.person.name not in str(refusal.value)
    assert booking.case.person.id_number not in str(refusal.value)


def test_the_day_is_that_of_the_sitting():
    sitting = the_open_sitting()
    booking = a_booking(sitting=sitting)
    with at(moment.at(date(2026, 3, 25))), pytest.raises(WrongDay):
        check_in(booking.exam_code, sitting, ID, by=an_exam_staff())
    assert sitting.day == DAY
