"""The calendar of sittings, and another day for a whole sitting: leaves and turns, what is shown to whom, what a move carries along and refuses."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_delivery_clerk,
    a_scheduler,
    a_worker_user,
    an_exam_staff,
    an_outsider,
)
from gongjian.experts.actions.answers import answer
from gongjian.experts.models import Availability
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import DayOutOfBounds, RuleError
from gongjian.sittings.actions.booking import book
from gongjian.sittings.actions.moving import move_sitting
from gongjian.sittings.actions.planning import publish
from gongjian.sittings.actions.rescheduling import ask_reschedule, decide_reschedule
from gongjian.sittings.calendar import EARLIEST, LATEST, Span, leaf, rest, turned
from gongjian.sittings.errors import NotAvailableYet, SittingNotYours, StepNotAllowed, VenueClosed
from gongjian.sittings.models import Booking, Sitting, Venue
from gongjian.sittings.queries import sittings_between
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import DAY, PLANNED, a_booking, a_sitting, an_accepted_case, at
from gongjian.sittings.tests.test_pages import as_
from gongjian.sittings.tests.wishes import the_worker_of

LATER = DAY + timedelta(days=2)


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


# Leaves: pure.


@pytest.mark.parametrize(
    ("day", "first", "last", "weeks"),
    [
        (date(2026, 2, 10), date(2026, 1, 26), date(2026, 3, 1), 5),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), 4),
        (date(2026, 8, 31), date(2026, 7, 27), date(2026, 9, 6), 6),
    ],
)
def test_a_month_is_whole_weeks_from_monday_to_sunday(day, first, last, weeks):
    shown = leaf(Span.MONTH, day)
    assert (shown.first, shown.last, len(shown.weeks)) == (first, last, weeks)
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in shown.weeks)
    assert [shown.is_outside(each) for each in (first, day, last)] == [
        first.month != day.month,
        False,
        last.month != day.month,
    ]


def test_a_week_begins_on_monday_and_a_day_stands_alone():
    assert leaf(Span.WEEK, date(2026, 3, 22)).weeks == (tuple(date(2026, 3, number) for number in range(16, 23)),)
    assert leaf(Span.DAY, DAY).weeks == ((DAY,),)
    assert not leaf(Span.WEEK, date(2026, 3, 31)).is_outside(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("span", "title"),
    [(Span.MONTH, "2026年3月"), (Span.WEEK, "2026年3月23日—3月29日"), (Span.DAY, "2026年3月24日")],
)
def test_each_leaf_says_which_one_it_is(span, title):
    assert leaf(span, DAY).title == title
    assert span.label in {"月", "周", "日"}


@pytest.mark.parametrize("span", list(Span))
@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 12, 1), date(2028, 2, 29), date(2026, 3, 30)])
def test_turning_forward_and_back_leads_to_the_neighbour_and_back_again(span, day):
    here = leaf(span, day)
    after, before = leaf(span, turned(here, forward=True)), leaf(span, turned(here, forward=False))
    assert before.first < here.first < after.first
    assert (
        here.day in {each for week in leaf(span, turned(after, forward=False)).weeks for each in week}
        or span is Span.MONTH
    )
    assert leaf(span, turned(after, forward=False)).weeks == here.weeks
    assert leaf(span, turned(before, forward=True)).weeks == here.weeks


@pytest.mark.parametrize("span", list(Span))
@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendar_ends_before_dates_do(span, day):
    here = leaf(span, day)
    assert EARLIEST <= here.day <= LATEST
    for forward in (True, False):
        assert EARLIEST <= turned(here, forward=forward) <= LATEST


def test_a_day_of_rest_says_why_and_a_working_day_nothing():
    assert rest(date(2026, 10, 1)) == "国庆节"
    assert rest(date(2026, 3, 22)) == "周末"
    assert rest(DAY) == ""


# What the page shows.


pages = pytest.mark.django_db


def shown(user=None, **asked):
    return as_(user or a_scheduler()).get(reverse("sittings:calendar"), asked)


@pages
def test_a_sitting_stands_on_its_day_with_its_places_in_every_span():
    sitting = a_sitting(capacity=4)
    a_booking(sitting=sitting)
    for span in Span:
        text = shown(span=span, day=DAY.isoformat()).content.decode()
        assert sitting.venue.name in text
        assert "1 / 16人" in text
        assert "筹备中" in text


@pages
def test_only_what_is_not_published_can_be_dragged_and_only_by_who_plans():
    sitting = a_sitting()
    dragged = f'data-move="{reverse("sittings:move", args=[sitting.number])}"'
    assert dragged in shown(day=DAY.isoformat()).content.decode()
    assert dragged not in shown(an_exam_staff(), day=DAY.isoformat()).content.decode()
    publish(sitting, by=a_scheduler())
    assert dragged not in shown(day=DAY.isoformat()).content.decode()


@pages
def test_a_month_takes_as_many_queries_with_many_sittings_as_with_one():
    client = as_(a_scheduler())
    a_sitting()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("sittings:calendar"), {"day": DAY.isoformat()})
        return len(found)

    first = queries()
    for number in range(1, 6):
        a_sitting(day=DAY + timedelta(days=number))
    assert queries() == first


@pages
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"span": "year"},
        {"day": "tomorrow"},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"span": "week", "day": "2026-02-30"},
    ],
)
def test_whatever_an_address_says_a_leaf_is_shown(asked):
    assert shown(**asked).status_code == 200


@pages
def test_a_stranger_and_a_party_see_no_calendar_with_anything_on_it():
    a_sitting()
    for stranger in (an_outsider(), a_worker_user()):
        assert "gj-sitting " not in shown(stranger, day=DAY.isoformat()).content.decode()
        assert not sittings_between(stranger, DAY, DAY).exists()


# Another day.


@pages
def test_a_sitting_moves_with_its_hours_its_slots_and_everybody_booked():
    sitting = a_sitting()
    bookings = [a_booking(an_accepted_case(serial), sitting=sitting) for serial in (1, 2)]
    hours = [slot.starts_at for slot in sitting.slots.order_by("pk")]
    moved = move_sitting(sitting, LATER, by=a_scheduler())
    assert (moved.day, moved.starts_at, moved.ends_at) == (
        LATER,
        sitting.starts_at + timedelta(days=2),
        sitting.ends_at + timedelta(days=2),
    )
    assert [slot.starts_at for slot in moved.slots.order_by("pk")] == [each + timedelta(days=2) for each in hours]
    assert {row.state for row in Booking.objects.filter(pk__in=[each.pk for each in bookings])} == {"booked"}
    entry = LedgerEntry.objects.get(chain=sitting.chain, act="sitting.moved")
    assert entry.facts["before"] == DAY.isoformat()
    assert entry.facts["day"] == LATER.isoformat()


@pages
def test_the_experts_are_asked_anew_and_the_ledger_says_so():
    sitting, expert = a_sitting(), an_expert()
    answer(expert, sitting, True, by=expert.user or a_scheduler())
    moved = move_sitting(sitting, LATER, by=a_scheduler())
    assert not Availability.objects.filter(sitting=sitting).exists()
    assert LedgerEntry.objects.get(chain=moved.chain, act="experts.asked_anew").facts["answers"] == 1
    answer(expert, moved, True, by=expert.user or a_scheduler())
    assert Availability.objects.get(sitting=sitting).can_come


@pages
def test_to_its_own_day_a_sitting_does_not_move_and_no_answer_is_lost():
    sitting, expert = a_sitting(), an_expert()
    answer(expert, sitting, True, by=expert.user or a_scheduler())
    move_sitting(sitting, DAY, by=a_scheduler())
    assert Availability.objects.filter(sitting=sitting).count() == 1
    assert not LedgerEntry.objects.filter(chain=sitting.chain, act="sitting.moved").exists()


@pages
@pytest.mark.parametrize("state", [state for state in SittingState if state is not SittingState.PLANNED])
def test_what_people_were_told_of_is_not_moved(state):
    sitting = a_sitting(state=state)
    with pytest.raises(StepNotAllowed, match="改日期"):
        move_sitting(sitting, LATER, by=a_scheduler())
    sitting.refresh_from_db()
    assert sitting.day == DAY


@pages
@pytest.mark.parametrize("day", [PLANNED.date(), date(2026, 3, 1), date(2030, 1, 1), date.min, date.max])
def test_a_sitting_moves_to_no_day_that_is_over_or_too_far_away(day):
    with pytest.raises(DayOutOfBounds):
        move_sitting(a_sitting(), day, by=a_scheduler())
    assert Sitting.objects.get().day == DAY


@pages
def test_a_sitting_moves_to_no_day_on_which_its_venue_is_closed():
    sitting = a_sitting()
    Venue.objects.update(closed_on=LATER)
    with pytest.raises(VenueClosed):
        move_sitting(sitting, LATER, by=a_scheduler())


@pages
def test_who_asked_for_a_later_day_is_not_moved_before_it():
    told = a_sitting(state=SittingState.PUBLISHED)
    booking = a_booking(an_accepted_case(), sitting=told)
    asked = ask_reschedule(
        booking.case, reason="复查", available_from=LATER, consent=True, by=the_worker_of(booking.case)
    )
    decide_reschedule(asked, approve=True, reason="同意", by=a_scheduler())
    other = a_sitting(day=LATER + timedelta(days=5))
    booking.case.refresh_from_db()
    book(booking.case, other, by=a_scheduler())
    with pytest.raises(NotAvailableYet):
        move_sitting(other, LATER - timedelta(days=1), by=a_scheduler())
    assert move_sitting(other, LATER, by=a_scheduler()).day == LATER


@pages
@pytest.mark.parametrize("who", [a_clerk, an_exam_staff, a_delivery_clerk, an_outsider, a_worker_user])
def test_nobody_but_who_plans_moves_a_sitting(who):
    sitting = a_sitting()
    with pytest.raises(SittingNotYours):
        move_sitting(sitting, LATER, by=who())
    answered = as_(who()).post(reverse("sittings:move", args=[sitting.number]), {"day": LATER.isoformat()})
    assert answered.status_code in {302, 403, 404}
    sitting.refresh_from_db()
    assert sitting.day == DAY


@pages
def test_the_page_says_what_a_move_means_before_anything_changes():
    sitting = a_sitting()
    a_booking(sitting=sitting)
    page = (
        as_(a_scheduler()).get(reverse("sittings:move", args=[sitting.number]), {"day": "2026-03-22"}).content.decode()
    )
    assert "已安排的1人仍在本场" in page
    assert "休息日（周末）" in page
    assert re.search(r'name="day"[^>]*value="2026-03-22"|value="2026-03-22"[^>]*name="day"', page)
    sitting.refresh_from_db()
    assert sitting.day == DAY


@pages
def test_a_day_that_is_none_is_answered_in_words_and_a_refusal_loses_nothing():
    sitting, client = a_sitting(), as_(a_scheduler())
    address = reverse("sittings:move", args=[sitting.number])
    assert client.post(address, {"day": "sometime"}).status_code == 422
    refused = client.post(address, {"day": "2026-03-01"})
    assert refused.status_code in {409, 422}
    assert client.post(address, {"day": LATER.isoformat()})["Location"] == reverse(
        "sittings:sitting", args=[sitting.number]
    )
    sitting.refresh_from_db()
    assert sitting.day == LATER


@pytest.mark.django_db(transaction=True)
def test_two_who_move_a_sitting_at_once_move_it_twice_and_its_slots_with_it():
    sitting, by = a_sitting(), a_scheduler()

    def moved(day: date) -> str:
        try:
            with at(PLANNED):
                return move_sitting(sitting, day, by=by).day.isoformat()
        except RuleError as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(moved, (LATER, LATER + timedelta(days=1))))
    assert found == {LATER.isoformat(), (LATER + timedelta(days=1)).isoformat()}
    sitting.refresh_from_db()
    assert {moment.day_of(slot.starts_at) for slot in sitting.slots.all()} == {sitting.day}
    assert moment.day_of(sitting.starts_at) == moment.day_of(sitting.ends_at) == sitting.day
