"""The clock against a second, deliberately naive telling that walks day by day and knows the calendar from another package."""

from datetime import date, timedelta
from random import Random

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.law.clock import Deadline, Extension, Postponement, deadline

DAY = timedelta(days=1)
LENGTHS = {"LA-REVIEW": 5, "LA-SUPPLEMENT": 15, "LA-DECIDE": 60, "LA-DELIVER": 15, "LA-REAPPEAL": 15, "SV-PUBLIC": 30}
PARTIES = {"LA-SUPPLEMENT", "LA-REAPPEAL"}

starts = st.integers(0, 340).map(lambda step: date(2025, 7, 1) + step * DAY)
plain_limits = st.sampled_from(sorted(LENGTHS))
postponements = st.lists(
    st.builds(Postponement, st.integers(1, 20), st.integers(-40, 130).map(lambda step: date(2025, 9, 1) + step * DAY)),
    max_size=5,
)
extensions = st.lists(
    st.builds(Extension, st.integers(1, 30), st.just(date(2025, 10, 1)), reason=st.just("理由")), max_size=1
)


def naive_due(limit: str, start: date, uncounted: set[date], extra: int = 0) -> date:
    """Walk from the day after the start; count each day that counts; stop when all are counted; a party then waits for work."""
    counted, day = 0, start
    while counted < LENGTHS[limit] + extra:
        day += DAY
        rests = limit == "LA-REVIEW" and not chinese_calendar.is_workday(day)
        if day not in uncounted and not rests:
            counted += 1
    while limit in PARTIES and not chinese_calendar.is_workday(day):
        day += DAY
    return day


def days_of(some: list[Postponement]) -> set[date]:
    return {one.on + step * DAY for one in some for step in range(one.days)}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(plain_limits, starts)
def test_every_limit_ends_where_walking_day_by_day_ends(limit: str, start: date) -> None:
    assert deadline(limit, start).due == naive_due(limit, start, set())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(0, 40), postponements, extensions)
def test_the_decision_ends_where_walking_around_the_postponed_days_ends(
    step: int, some: list[Postponement], extended: list[Extension]
) -> None:
    start = date(2025, 9, 1) + step * DAY
    expected = naive_due("LA-DECIDE", start, days_of(some), sum(one.length for one in extended))
    assert deadline("LA-DECIDE", start, postponements=some, extensions=extended).due == expected


@settings(max_examples=300, deadline=None, derandomize=True)
@given(postponements, st.randoms(use_true_random=False))
def test_the_whole_answer_is_the_same_in_any_order_of_entry(some: list[Postponement], chance: Random) -> None:
    def answer(order: list[Postponement]) -> Deadline:
        return deadline("LA-DECIDE", date(2025, 9, 1), postponements=order)

    shuffled = list(some)
    chance.shuffle(shuffled)
    assert answer(shuffled) == answer(some)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(postponements, starts)
def test_a_postponement_never_brings_the_end_forward(some: list[Postponement], start: date) -> None:
    assert deadline("LA-DECIDE", start, postponements=some).due >= deadline("LA-DECIDE", start).due


@settings(max_examples=100, deadline=None, derandomize=True)
@given(plain_limits, starts)
def test_a_later_start_never_ends_earlier(limit: str, start: date) -> None:
    assert deadline(limit, start + DAY).due >= deadline(limit, start).due
