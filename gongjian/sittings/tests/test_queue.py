"""The queue and the call screen."""

from datetime import timedelta

import pytest
from django.db import transaction

from gongjian.accounts.tests.builders import a_clerk, an_exam_staff, an_outsider
from gongjian.appraisal.states import State
from gongjian.cases.queries import open_obligations
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.sittings.actions import call_next, enter, finish, recall, skip
from gongjian.sittings.actions.queue import leave
from gongjian.sittings.errors import NotInQueue, QueuedAlready, QueueEmpty, ReasonMissing, SittingNotYours
from gongjian.sittings.models import Booking, QueueEntry, Skip
from gongjian.sittings.queries import queue_of, without_a_group
from gongjian.sittings.shown import line
from gongjian.sittings.states import BookingState, QueueState
from gongjian.sittings.tests.builders import MORNING, a_booking, a_grouped, a_sitting, an_accepted_case, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def three_waiting() -> list[Booking]:
    """Three people in the queue of group 1, in the order in which they entered it."""
    sitting = a_sitting()
    people = [a_grouped(an_accepted_case(serial), sitting=sitting) for serial in (1, 2, 3)]
    for minute, booking in enumerate(people):
        with at(MORNING + timedelta(minutes=minute)):
            enter(booking, 1, "一号诊室")
    return people


def test_the_person_who_has_waited_longest_is_called_and_examined():
    first, *_ = three_waiting()
    called = call_next(first.sitting, 1, an_exam_staff())
    assert called == first
    assert called.case.state == State.EXAMINING
    assert [owed.kind for owed in open_obligations(called.case)] == ["opine"]


def test_each_call_calls_somebody_else_until_nobody_is_left():
    people = three_waiting()
    called = [call_next(people[0].sitting, 1, an_exam_staff()).pk for _ in people]
    assert called == [booking.pk for booking in people]
    with pytest.raises(QueueEmpty, match="第1组"):
        call_next(people[0].sitting, 1, an_exam_staff())


def test_a_group_calls_its_own_people_only():
    first, *_ = three_waiting()
    with pytest.raises(QueueEmpty):
        call_next(first.sitting, 2, an_exam_staff())


@pytest.mark.parametrize("person", [a_clerk, an_outsider])
def test_nobody_but_the_exam_staff_calls(person):
    first, *_ = three_waiting()
    with pytest.raises(SittingNotYours):
        call_next(first.sitting, 1, person())
    first.case.refresh_from_db()
    assert first.case.state == State.GROUPED


def test_who_has_not_come_is_called_again():
    first, *_ = three_waiting()
    call_next(first.sitting, 1, an_exam_staff())
    assert recall(first, an_exam_staff()).calls == 2


def test_who_does_not_come_goes_to_the_end_with_a_reason_and_is_called_later():
    first, second, third = three_waiting()
    with at(MORNING + timedelta(minutes=10)):
        call_next(first.sitting, 1, an_exam_staff())
        skip(first, "叫号三次未应答", an_exam_staff())
    assert Skip.objects.get().reason == "叫号三次未应答"
    order = [call_next(first.sitting, 1, an_exam_staff()).pk for _ in range(3)]
    assert order == [second.pk, third.pk, first.pk]


def test_the_second_call_of_a_person_does_not_move_the_case_again():
    first, *_ = three_waiting()
    call_next(first.sitting, 1, an_exam_staff())
    skip(first, "去洗手间", an_exam_staff())
    for _ in range(3):
        call_next(first.sitting, 1, an_exam_staff())
    assert first.case.passages.filter(act="examine").count() == 1


def test_nobody_is_put_back_without_a_reason():
    first, *_ = three_waiting()
    call_next(first.sitting, 1, an_exam_staff())
    with pytest.raises(ReasonMissing):
        skip(first, " ", an_exam_staff())


def test_a_reason_of_a_skip_stays():
    first, *_ = three_waiting()
    call_next(first.sitting, 1, an_exam_staff())
    skip(first, "未应答", an_exam_staff())
    with pytest.raises(Exception, match=r"[Cc]annot update"), transaction.atomic():
        Skip.objects.update(reason="x")


def test_an_examination_ends_the_place_in_the_queue():
    first, *_ = three_waiting()
    call_next(first.sitting, 1, an_exam_staff())
    assert finish(first).state == QueueState.FINISHED
    first.refresh_from_db()
    assert first.state == BookingState.DONE


@pytest.mark.parametrize("act", [recall, finish])
def test_who_is_waiting_is_neither_recalled_nor_finished(act):
    first, *_ = three_waiting()
    with pytest.raises(NotInQueue, match="候检"):
        act(first, an_exam_staff())


def test_who_has_no_group_is_not_in_the_queue():
    with pytest.raises(NotInQueue, match="未分组"):
        recall(a_grouped(), an_exam_staff())


def test_who_has_not_checked_in_does_not_enter_the_queue():
    with pytest.raises(NotInQueue):
        enter(a_booking(), 1)


def test_nobody_enters_the_queue_twice():
    first, *_ = three_waiting()
    with pytest.raises(QueuedAlready, match="第1组"):
        enter(first, 2)


def test_a_group_without_a_room_of_its_own_is_called_by_its_number():
    assert enter(a_grouped(), 3).room == "第3组"


def test_the_queue_takes_one_query(django_assert_num_queries):
    first, *_ = three_waiting()
    with django_assert_num_queries(1):
        assert [entry.booking.case.person.name for entry in queue_of(first.sitting)] == ["林知远"] * 3


def test_calls_are_in_the_ledger_by_ticket_only():
    first, *_ = three_waiting()
    call_next(first.sitting, 1, an_exam_staff())
    entry = LedgerEntry.objects.get(chain=first.sitting.chain, act="queue.called")
    assert entry.facts == {"group": 1, "ticket": first.ticket, "call": 1}


def test_the_queue_keeps_how_often_somebody_was_put_back():
    first, *_ = three_waiting()
    call_next(first.sitting, 1, an_exam_staff())
    skip(first, "未应答", an_exam_staff())
    assert {entry.booking_id: vars(entry)["times_skipped"] for entry in queue_of(first.sitting)}[first.pk] == 1
    assert QueueEntry.objects.get(booking=first).calls == 1


# Leaving a group that can no longer judge the person.


def called_once(booking: Booking) -> Booking:
    call_next(booking.sitting, 1, an_exam_staff())
    return booking


def finished(booking: Booking) -> Booking:
    called_once(booking)
    finish(booking, an_exam_staff())
    return booking


@pytest.mark.parametrize("before", [lambda booking: booking, called_once, finished])
def test_who_leaves_a_group_is_present_without_one(before):
    first, *others = three_waiting()
    before(first)
    leave(first, an_exam_staff())
    first.refresh_from_db()
    assert (first.state, first.queue_entry.state) == (BookingState.PRESENT, QueueState.LEFT)
    assert list(without_a_group(first.sitting)) == [first]
    assert line(first).group == ""
    standing = [entry.booking for entry in queue_of(first.sitting) if entry.state != QueueState.LEFT]
    assert standing == others
    entry = LedgerEntry.objects.get(act="queue.left")
    assert entry.facts == {"group": 1, "ticket": first.ticket}


@pytest.mark.parametrize("before", [lambda booking: booking, called_once, finished])
def test_who_has_left_stands_anew_at_another_group_and_was_never_called_there(before):
    first, *_ = three_waiting()
    before(first)
    leave(first, an_exam_staff())
    first.refresh_from_db()
    with at(MORNING + timedelta(hours=1)):
        entry = enter(first, 2, "二号诊室")
    assert (entry.group_number, entry.room, entry.calls, entry.called_at, entry.called_by) == (
        2,
        "二号诊室",
        0,
        None,
        None,
    )
    assert (entry.finished_at, entry.stands_since) == (None, MORNING + timedelta(hours=1))
    assert QueueEntry.objects.filter(booking=first).count() == 1
    assert list(without_a_group(first.sitting)) == []
    with pytest.raises(QueuedAlready, match="第2组"):
        enter(first, 3)


def test_nobody_leaves_a_queue_twice_or_without_standing_in_it():
    first, *_ = three_waiting()
    leave(first, an_exam_staff())
    with pytest.raises(NotInQueue):
        leave(first, an_exam_staff())
    with pytest.raises(NotInQueue):
        leave(a_booking(an_accepted_case(9)), an_exam_staff())


def test_how_often_somebody_was_passed_over_is_kept():
    first, *_ = three_waiting()
    called_once(first)
    skip(first, "叫号未应答", an_exam_staff())
    leave(first, an_exam_staff())
    assert Skip.objects.count() == 1
