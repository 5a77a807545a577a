"""Booking: who, where, in what order, how early, and never one more than there are places."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from gongjian.accounts.tests.builders import a_clerk, a_scheduler, an_exam_staff, an_office, an_outsider
from gongjian.appraisal.states import State
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.builders import RECEIVED, a_case, put_in_state
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.parties.tests.builders import a_person
from gongjian.sittings.actions import book, book_oldest_first, set_assistance
from gongjian.sittings.errors import (
    BookedAlready,
    NotBookable,
    NoticeTooLate,
    NotStepFree,
    OtherOffice,
    SittingNotYours,
    SlotFull,
    SpecialtyNotOffered,
)
from gongjian.sittings.models import Booking, Slot
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import PLANNED, a_booking, a_sitting, an_accepted_case, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def test_an_accepted_case_gets_the_first_free_slot_and_owes_the_check_in():
    case, sitting = an_accepted_case(), a_sitting()
    booking = book(case, sitting, by=a_scheduler())
    assert booking.slot.starts_at == moment.at(sitting.day, 9)
    assert case.state == State.SCHEDULED
    assert [owed.kind for owed in open_obligations(case)] == ["receive_at_door"]


def test_a_slot_can_be_chosen():
    slot = a_sitting().slots.order_by("starts_at")[2]
    assert book(an_accepted_case(), slot, by=a_scheduler()).slot == slot


@pytest.mark.parametrize("person", [a_clerk, an_exam_staff, an_outsider])
def test_nobody_but_the_scheduler_books(person):
    case, sitting = an_accepted_case(), a_sitting()
    with pytest.raises(NotYours):
        book(case, sitting, by=person())
    assert sitting.slots.filter(taken__gt=0).count() == 0


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SUPPLEMENT, State.PRESENT, State.OPINED, State.WITHDRAWN])
def test_only_an_accepted_case_is_booked(state):
    case = put_in_state(a_case(), state) if state != State.SUBMITTED else a_case()
    with pytest.raises(MoveNotAllowed):
        book(case, a_sitting(), by=a_scheduler())


def test_a_case_is_not_booked_twice():
    booking = a_booking()
    with pytest.raises(BookedAlready):
        book(booking.case, a_sitting(), by=a_scheduler())


def test_the_database_refuses_a_second_live_booking_of_a_case():
    booking = a_booking()
    other = a_sitting().slots.all()[0]
    with pytest.raises(IntegrityError, match="one_live_booking"), transaction.atomic():
        Booking.objects.create(
            case=booking.case,
            sitting=other.sitting,
            slot=other,
            exam_code="X",
            booked_at=PLANNED,
            booked_by=a_scheduler(),
        )


def test_a_full_slot_is_refused_and_changes_nothing():
    sitting = a_sitting(capacity=1)
    slot = sitting.slots.order_by("starts_at")[0]
    book(an_accepted_case(), slot, by=a_scheduler())
    late = an_accepted_case(2)
    with pytest.raises(SlotFull):
        book(late, slot, by=a_scheduler())
    late.refresh_from_db()
    assert (late.state, Booking.objects.filter(case=late).count()) == (State.ACCEPTED, 0)


def test_a_full_slot_leaves_the_next_one():
    sitting = a_sitting(capacity=1)
    times = [book(an_accepted_case(serial), sitting, by=a_scheduler()).slot.starts_at for serial in (1, 2)]
    assert times == [moment.at(sitting.day, 9), moment.at(sitting.day, 9, 30)]


def test_l03_the_database_refuses_a_place_over_the_capacity():
    slot = a_sitting(capacity=1).slots.all()[0]
    with pytest.raises(IntegrityError, match="slot_never_over_capacity"), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(taken=2)


def test_l03_the_database_refuses_a_booking_that_was_not_counted():
    slot = a_sitting().slots.all()[0]
    case = an_accepted_case()
    with pytest.raises(IntegrityError, match="without counting"), transaction.atomic():
        Booking.objects.create(
            case=case, sitting=slot.sitting, slot=slot, exam_code="X", booked_at=PLANNED, booked_by=a_scheduler()
        )
        _check_now()


def test_l03_the_database_refuses_a_count_without_a_booking():
    slot = a_sitting().slots.all()[0]
    with pytest.raises(IntegrityError, match="without counting"), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(taken=1)
        _check_now()


def test_a_case_of_another_office_is_not_booked_here():
    elsewhere = a_sitting(office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    with pytest.raises(OtherOffice):
        book(an_accepted_case(), elsewhere, by=a_scheduler())


@pytest.mark.parametrize("state", [SittingState.OPEN, SittingState.CLOSED])
def test_a_sitting_that_has_begun_takes_nobody(state):
    with pytest.raises(NotBookable):
        book(an_accepted_case(), a_sitting(state=state), by=a_scheduler())


def test_a_knee_is_not_sent_where_only_eyes_are_judged():
    sitting = a_sitting(specialties=["ophthalmology"])
    with pytest.raises(SpecialtyNotOffered, match="骨科"):
        book(an_accepted_case(parts=["143:left"]), sitting, by=a_scheduler())


def test_what_the_recognised_parts_call_for_is_kept_with_the_booking():
    booking = book(an_accepted_case(parts=["143:left", "030:right"]), a_sitting(), by=a_scheduler())
    assert booking.needs == ["orthopaedics", "ophthalmology"]


def test_who_needs_a_wheelchair_is_not_sent_up_stairs():
    case = an_accepted_case()
    set_assistance(case, ["wheelchair"], by=a_scheduler())
    with pytest.raises(NotStepFree):
        book(case, a_sitting(step_free=False), by=a_scheduler())


def test_special_needs_travel_with_the_person_to_the_next_case():
    set_assistance(an_accepted_case(), ["sign_language"], by=a_scheduler())
    later = an_accepted_case()
    assert book(later, a_sitting(), by=a_scheduler()).assistance == ["sign_language"]


def test_art_12_a_notice_that_would_come_too_late_is_refused():
    sitting = a_sitting(day=date(2026, 3, 13))
    with pytest.raises(NoticeTooLate, match=r"3个工作日.*只剩2个"):
        book(an_accepted_case(), sitting, by=a_scheduler())


def test_art_12_a_late_notice_is_possible_with_the_consent_of_the_person_which_is_kept():
    booking = book(an_accepted_case(), a_sitting(day=date(2026, 3, 13)), by=a_scheduler(), consent="3月10日电话同意")
    assert Booking.objects.get(pk=booking.pk).short_notice_consent == "3月10日电话同意"


def test_art_12_a_notice_three_working_days_ahead_is_in_time():
    assert book(an_accepted_case(), a_sitting(day=date(2026, 3, 16)), by=a_scheduler())


def test_the_oldest_due_day_is_booked_first():
    young = a_case(state=State.ACCEPTED, person=a_person(serial=2), received_at=RECEIVED.replace(day=6))
    old = an_accepted_case()
    booked = book_oldest_first(a_sitting(capacity=1), by=a_scheduler())
    assert [booking.case_id for booking in booked] == [old.pk, young.pk]


def test_filling_a_sitting_stops_at_its_capacity():
    for serial in range(1, 7):
        an_accepted_case(serial)
    booked = book_oldest_first(a_sitting(capacity=1), by=a_scheduler())
    assert len(booked) == 4


def test_filling_a_sitting_passes_over_who_needs_another_specialty_or_another_house():
    an_accepted_case(parts=["143:left"])
    chair = an_accepted_case(2, parts=["030:left"])
    set_assistance(chair, ["wheelchair"], by=a_scheduler())
    eye = an_accepted_case(3, parts=["030:left"])
    booked = book_oldest_first(a_sitting(specialties=["ophthalmology"], step_free=False), by=a_scheduler())
    assert [booking.case_id for booking in booked] == [eye.pk]


def test_filling_a_sitting_a_second_time_books_only_who_came_since():
    sitting = a_sitting()
    an_accepted_case()
    assert len(book_oldest_first(sitting, by=a_scheduler())) == 1
    an_accepted_case(2)
    assert len(book_oldest_first(sitting, by=a_scheduler())) == 1


def test_a_stranger_fills_no_sitting():
    with pytest.raises(SittingNotYours):
        book_oldest_first(a_sitting(), by=an_outsider())


def test_a_sitting_is_filled_with_few_queries_for_each_case(django_assert_max_num_queries):
    for serial in range(1, 4):
        an_accepted_case(serial)
    sitting, scheduler = a_sitting(), a_scheduler()
    with django_assert_max_num_queries(120):
        assert len(book_oldest_first(sitting, by=scheduler)) == 3


def test_the_exam_code_says_nothing_of_the_case():
    booking = a_booking()
    assert len(booking.exam_code) == 8
    assert booking.exam_code not in booking.case.number


def test_no_message_goes_out_while_a_sitting_is_being_planned():
    book(an_accepted_case(), a_sitting(), by=a_scheduler())
    assert Message.objects.count() == 0


def test_constraints_hold_after_the_ordinary_way():
    a_booking()
    _check_now()


def test_a_booking_lies_on_the_day_of_its_sitting():
    assert a_booking().slot.starts_at == datetime(2026, 3, 24, 9, 0, tzinfo=moment.ZONE)


def _check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
