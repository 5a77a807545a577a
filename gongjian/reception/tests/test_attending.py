"""Coming: at a kiosk with two things, once however often; a stranger is not let in and learns nothing; identity is still seen by a person."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from gongjian.accounts.tests.builders import a_scheduler, an_exam_staff, an_outsider
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.parties.tests.builders import an_id_number
from gongjian.reception.access import hashed
from gongjian.reception.actions import attend, close_kiosk, note_come, open_kiosk
from gongjian.reception.errors import (
    ComesAnotherDay,
    ComesElsewhere,
    KioskNotOpen,
    NoLongerExpected,
    NotRecognised,
    TriedTooOften,
)
from gongjian.reception.models import Attendance, Kiosk
from gongjian.reception.queries import kiosk_of
from gongjian.reception.tests.builders import TELEPHONE, a_kiosk, an_open_day, comes, people_of, tail_of
from gongjian.sittings import codes
from gongjian.sittings.actions import check_in
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.errors import NotOpen, SittingNotYours
from gongjian.sittings.models import Booking, Presence
from gongjian.sittings.states import BookingState, SittingState
from gongjian.sittings.tests.builders import (
    MORNING,
    a_booking,
    a_sitting,
    an_accepted_case,
    at,
    put_in_sitting_state,
)

pytestmark = pytest.mark.django_db
ID = Presence.Method.ORIGINAL_ID


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def test_a_person_is_received_by_code_identity_number_telephone_or_ticket_and_it_is_the_same_coming():
    sitting = an_open_day(1)
    (booking,), kiosk = people_of(sitting), a_kiosk(sitting)
    first = attend(kiosk, who=codes.shown(booking.exam_code), second=tail_of(booking).lower())
    ticket = str(Booking.objects.get(pk=booking.pk).ticket)
    ways = [
        (codes.qr_text(booking.exam_code), tail_of(booking)),
        (booking.case.person.id_number, TELEPHONE[-4:]),
        (TELEPHONE, tail_of(booking)),
        (ticket, tail_of(booking)),
    ]
    assert [attend(kiosk, who=who, second=second) for who, second in ways] == [first] * 4
    assert (first.kiosk, Attendance.objects.count()) == (kiosk, 1)


def test_who_has_come_is_not_identified_yet_and_keeps_the_number_when_they_are():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    comes(booking, a_kiosk(sitting))
    booking.refresh_from_db()
    assert (booking.state, booking.case.state, booking.ticket in codes.TICKETS) == ("booked", "scheduled", True)
    received = check_in(str(booking.ticket), sitting, ID, by=an_exam_staff())
    assert (received.ticket, received.state) == (booking.ticket, BookingState.PRESENT)
    assert Presence.objects.get().found_by == "ticket"


@pytest.mark.parametrize(
    ("who", "second"),
    [
        ("code", "0000"),
        ("code", ""),
        ("code", "whole"),
        ("K7M4Q2XP", "tail"),
        ("id", "tail"),
        ("id", "0000"),
        ("unknown id", "0001"),
        ("telephone", "0000"),
        ("19900000077", "tail"),
        ("", "tail"),
        ("101", "tail"),
        ("' OR 1=1 --", "tail"),
    ],
)
def test_a_stranger_gets_one_answer_whatever_they_try(who, second):
    sitting = an_open_day(1)
    (booking,), kiosk = people_of(sitting), a_kiosk(sitting)
    number = booking.case.person.id_number
    known = {"code": booking.exam_code, "id": number, "telephone": TELEPHONE, "unknown id": an_id_number(99)}
    proof = {"tail": tail_of(booking), "whole": number}
    with pytest.raises(NotRecognised) as refusal:
        attend(kiosk, who=known.get(who, who), second=proof.get(second, second))
    assert (str(refusal.value), Attendance.objects.count()) == (NotRecognised.message, 0)


def test_one_telephone_given_for_several_people_receives_the_one_whose_number_ends_so():
    sitting = an_open_day(3)
    people, kiosk = people_of(sitting), a_kiosk(sitting)
    came = [attend(kiosk, who=TELEPHONE, second=tail_of(booking)) for booking in people]
    assert [one.booking_id for one in came] == [booking.pk for booking in people]


def test_a_number_is_tried_six_times_and_then_not_even_the_right_one_helps_until_a_quarter_of_an_hour_has_passed():
    sitting = an_open_day(2)
    (booking, other), kiosk = people_of(sitting), a_kiosk(sitting)
    for guess in range(6):
        with pytest.raises(NotRecognised):
            attend(kiosk, who=booking.exam_code, second=f"000{guess}")
    with pytest.raises(TriedTooOften):
        attend(a_kiosk(sitting), who=booking.exam_code, second=tail_of(booking))
    assert comes(other, kiosk).booking_id == other.pk  # l18: whoever stands behind them is received
    assert comes(booking, kiosk, minutes=16).booking_id == booking.pk


def test_the_tries_of_one_machine_are_counted_too():
    sitting = an_open_day(1)
    (booking,), kiosk = people_of(sitting), a_kiosk(sitting)
    for guess in range(120):
        with pytest.raises(NotRecognised):
            attend(kiosk, who=f"{guess:08d}", second="0000")
    with pytest.raises(TriedTooOften):
        comes(booking, kiosk)
    assert comes(booking, a_kiosk(sitting)).booking_id == booking.pk


def test_who_comes_on_another_day_or_to_another_place_is_told_where_to_go():
    sitting = an_open_day(1)
    kiosk = a_kiosk(sitting)
    tomorrow = a_booking(an_accepted_case(8, name="明日来"), sitting=a_sitting(day=date(2026, 3, 25)))
    with pytest.raises(ComesAnotherDay, match="2026年03月25日"):
        comes(tomorrow, kiosk)
    elsewhere = a_booking(an_accepted_case(9, name="别处来"), sitting=a_sitting(step_free=False))
    with pytest.raises(ComesElsewhere, match="西溪县老办公楼"):
        comes(elsewhere, kiosk)
    assert Attendance.objects.count() == 0


def test_whose_appointment_has_changed_is_sent_to_the_desk():
    sitting = an_open_day(2)
    (moved, absent), kiosk = people_of(sitting), a_kiosk(sitting)
    give_back(moved, BookingState.MOVED)
    Booking.objects.filter(pk=absent.pk).update(state=BookingState.ABSENT)
    for booking in (moved, absent):
        with pytest.raises(NoLongerExpected):
            comes(booking, kiosk)


def test_a_kiosk_receives_only_while_the_sitting_is_open_and_the_machine_in_service():
    sitting = an_open_day(1)
    with at(MORNING):
        kiosk, secret = open_kiosk(sitting, by=an_exam_staff())
    assert kiosk_of(secret) == kiosk
    assert (kiosk.key, secret in kiosk.key) == (hashed(secret), False)
    close_kiosk(kiosk, by=an_exam_staff())
    close_kiosk(kiosk, by=an_exam_staff())
    for wrong in (secret, "", "x"):
        with pytest.raises(KioskNotOpen):
            kiosk_of(wrong)
    assert LedgerEntry.objects.filter(act="kiosk.closed").count() == 1
    put_in_sitting_state(sitting, SittingState.CLOSED)
    with pytest.raises(NotOpen):
        open_kiosk(sitting, by=an_exam_staff())
    with pytest.raises(NotOpen):
        comes(people_of(sitting)[0], Kiosk.objects.get())


@pytest.mark.parametrize("person", [a_scheduler, an_outsider])
def test_nobody_but_the_exam_staff_opens_a_machine_or_notes_who_has_come(person):
    sitting = an_open_day(1)
    with pytest.raises(SittingNotYours):
        open_kiosk(sitting, by=person())
    with pytest.raises(SittingNotYours):
        note_come(people_of(sitting)[0], by=person())


def test_staff_note_who_came_to_the_desk_and_a_number_is_given_once():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    noted = note_come(booking, by=an_exam_staff())
    assert (noted.kiosk, noted.noted_by) == (None, an_exam_staff())
    assert note_come(booking, by=an_exam_staff()) == noted
    assert comes(booking, a_kiosk(sitting)) == noted


def test_everyone_gets_a_ticket_and_a_page_of_their_own():
    sitting = an_open_day(6)
    kiosk = a_kiosk(sitting)
    came = [comes(booking, kiosk) for booking in people_of(sitting)]
    assert len({one.key for one in came}) == len(set(sitting.bookings.values_list("ticket", flat=True))) == 6
    assert all(len(one.key) >= 20 for one in came)


def test_a_coming_is_in_the_sittings_ledger_by_ticket_only():
    sitting = an_open_day(1)
    (booking,), kiosk = people_of(sitting), a_kiosk(sitting)
    comes(booking, kiosk)
    booking.refresh_from_db()
    entry = LedgerEntry.objects.get(act="attendance.noted")
    assert (entry.chain, entry.facts) == (sitting.chain, {"ticket": booking.ticket, "kiosk": kiosk.pk})


def test_a_coming_is_never_edited_or_taken_back():
    sitting = an_open_day(1)
    comes(people_of(sitting)[0], a_kiosk(sitting))
    with pytest.raises(Exception, match="never edited"), transaction.atomic():
        Attendance.objects.update(at=MORNING + timedelta(hours=1))
    with pytest.raises(Exception, match=r"[Cc]annot delete"), transaction.atomic():
        Attendance.objects.all()._raw_delete("default")
