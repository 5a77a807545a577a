"""Two hundred at once: no slot over its capacity, no person called twice, no case booked twice."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from gongjian.accounts.tests.builders import a_scheduler, an_exam_staff
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.law.errors import RuleError
from gongjian.sittings import checks
from gongjian.sittings.actions import book, call_next, check_in, enter, release
from gongjian.sittings.actions.queue import leave
from gongjian.sittings.errors import CalledJustNow, QueueEmpty, SlotFull
from gongjian.sittings.models import Booking, Presence, QueueEntry, Slot
from gongjian.sittings.states import LIVE, SittingState
from gongjian.sittings.tests.builders import MORNING, PLANNED, a_booking, a_grouped, a_sitting, an_accepted_case, at

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 16


def all_at_once(work: Callable[[int], object], numbers: Iterable[int]) -> list[object]:
    """What each call gave: its value, or the refusal it met. Each thread has its own connection and gives it back."""

    def one(number: int) -> object:
        try:
            return work(number)
        except RuleError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, numbers))


def test_l03_of_two_hundred_who_book_at_once_exactly_as_many_succeed_as_there_are_places():
    slot = a_sitting(capacity=17).slots.order_by("starts_at")[0]
    scheduler = a_scheduler()
    cases = [an_accepted_case(serial).pk for serial in range(1, 201)]
    with at(PLANNED):
        answers = all_at_once(
            lambda pk: book(Case.objects.get(pk=pk), Slot.objects.get(pk=slot.pk), by=scheduler), cases
        )
    slot.refresh_from_db()
    assert sum(isinstance(answer, Booking) for answer in answers) == 17
    assert sum(isinstance(answer, SlotFull) for answer in answers) == 183
    assert (slot.taken, Booking.objects.filter(slot=slot, state__in=LIVE).count()) == (17, 17)
    assert Case.objects.filter(state=State.SCHEDULED).count() == 17


def test_l03_booking_and_giving_up_at_once_keeps_the_count():
    sitting = a_sitting(capacity=3)
    scheduler = a_scheduler()
    held = [a_booking(an_accepted_case(serial), sitting=sitting).pk for serial in range(1, 7)]
    waiting = [an_accepted_case(serial).pk for serial in range(7, 19)]

    def either(number: int) -> object:
        if number < len(held):
            return release(Booking.objects.get(pk=held[number]), reason="调整", by=scheduler)
        return book(Case.objects.get(pk=waiting[number - len(held)]), sitting, by=scheduler)

    with at(PLANNED):
        all_at_once(either, range(len(held) + len(waiting)))
    assert list(checks.capacity()) == []


def test_one_case_booked_by_many_at_once_is_booked_once():
    sitting, case, scheduler = a_sitting(), an_accepted_case(), a_scheduler()
    with at(PLANNED):
        answers = all_at_once(lambda _: book(Case.objects.get(pk=case.pk), sitting, by=scheduler), range(12))
    assert sum(isinstance(answer, Booking) for answer in answers) == 1
    assert Booking.objects.count() == 1
    assert list(checks.capacity()) == []


def test_clerks_who_call_at_once_never_call_the_same_person():
    sitting, staff = a_sitting(), an_exam_staff()
    for serial in range(1, 9):
        booking = a_grouped(an_accepted_case(serial), sitting=sitting)
        enter(booking, 1)
    with at(MORNING):
        answers = all_at_once(lambda _: call_next(sitting, 1, staff), range(16))
    called = [answer.pk for answer in answers if isinstance(answer, Booking)]
    assert len(called) == len(set(called))
    assert all(isinstance(answer, QueueEmpty) for answer in answers if not isinstance(answer, Booking))
    with at(MORNING):
        rest = [call_next(sitting, 1, staff).pk for _ in range(8 - len(called))]
    assert len({*called, *rest}) == 8


def test_many_who_check_in_at_once_get_different_tickets_and_each_comes_in_once():
    sitting, staff = a_sitting(state=SittingState.OPEN), an_exam_staff()
    codes = [a_booking(an_accepted_case(serial), sitting=sitting).exam_code for serial in range(1, 9)]
    with at(MORNING):
        answers = all_at_once(
            lambda number: check_in(codes[number % 8], sitting, Presence.Method.READER, by=staff), range(16)
        )
    tickets = [answer.ticket for answer in answers if isinstance(answer, Booking)]
    assert (len(tickets), len(set(tickets)), Presence.objects.count()) == (8, 8, 8)


def test_who_is_being_called_in_this_moment_leaves_no_queue_and_nothing_changes():
    booking, staff = a_grouped(), an_exam_staff()
    with at(MORNING):
        enter(booking, 1, "一号诊室")
        with transaction.atomic():
            QueueEntry.objects.select_for_update().get(booking=booking)
            (answer,) = all_at_once(lambda _: leave(booking, staff), [1])
        assert isinstance(answer, CalledJustNow)
        assert QueueEntry.objects.get().state == "waiting"
        assert isinstance(leave(booking, staff), QueueEntry)
