"""Periods of days, working days, months and years, with days that do not count."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.law.counting import Span, merged, months_after, period_end
from gongjian.law.parameters import Unit


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(first: str, until: str) -> Span:
    return Span(day(first), day(until))


@pytest.mark.parametrize(
    ("start", "length", "unit", "end"),
    [
        ("2026-02-10", 1, "calendar day", "2026-02-11"),
        ("2026-02-10", 60, "calendar day", "2026-04-11"),
        ("2026-02-10", 90, "calendar day", "2026-05-11"),
        ("2024-02-10", 60, "calendar day", "2024-04-10"),
        ("2026-12-31", 15, "calendar day", "2027-01-15"),
        ("2026-02-12", 5, "working day", "2026-02-26"),
        ("2026-03-02", 5, "working day", "2026-03-09"),
        ("2026-03-07", 5, "working day", "2026-03-13"),
        ("2026-09-30", 5, "working day", "2026-10-13"),
        ("2026-01-31", 1, "month", "2026-02-28"),
        ("2024-01-31", 1, "month", "2024-02-29"),
        ("2026-01-30", 1, "month", "2026-02-28"),
        ("2026-01-28", 1, "month", "2026-02-28"),
        ("2026-01-15", 6, "month", "2026-07-15"),
        ("2026-08-31", 6, "month", "2027-02-28"),
        ("2026-12-31", 2, "month", "2027-02-28"),
        ("2026-03-31", 12, "month", "2027-03-31"),
        ("2026-03-10", 1, "year", "2027-03-10"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2024-02-29", 4, "year", "2028-02-29"),
        ("2026-02-28", 2, "year", "2028-02-28"),
        ("2026-06-30", 50, "year", "2076-06-30"),
    ],
)
def test_where_a_period_ends(start: str, length: int, unit: Unit, end: str) -> None:
    assert period_end(day(start), length, unit) == day(end)


@pytest.mark.parametrize("unit", ["time", "person", "choice"])
def test_a_unit_that_is_no_length_of_time_is_refused(unit: Unit) -> None:
    with pytest.raises(ValueError, match="not a length of time"):
        period_end(day("2026-02-10"), 1, unit)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 0, "2026-01-31"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-31", 3, "2026-04-30"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-12-31", 12, "2027-12-31"),
    ],
)
def test_the_corresponding_day_of_a_later_month(start: str, months: int, end: str) -> None:
    assert months_after(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("uncounted", "end"),
    [
        ([], "2026-03-12"),
        ([span("2026-03-05", "2026-03-06")], "2026-03-13"),
        ([span("2026-03-05", "2026-03-10")], "2026-03-17"),
        ([span("2026-03-03", "2026-03-04")], "2026-03-13"),
        ([span("2026-03-02", "2026-03-03")], "2026-03-12"),
        ([span("2026-02-20", "2026-03-03")], "2026-03-12"),
        ([span("2026-02-20", "2026-03-05")], "2026-03-14"),
        ([span("2026-03-12", "2026-03-13")], "2026-03-13"),
        ([span("2026-03-12", "2026-03-20")], "2026-03-20"),
        ([span("2026-03-13", "2026-03-20")], "2026-03-12"),
        ([span("2026-03-05", "2026-03-06"), span("2026-03-13", "2026-03-15")], "2026-03-15"),
        ([span("2026-03-05", "2026-03-06"), span("2026-03-14", "2026-03-16")], "2026-03-13"),
    ],
)
def test_ten_days_from_the_second_of_march_with_days_that_do_not_count(uncounted: list[Span], end: str) -> None:
    assert period_end(day("2026-03-02"), 10, "calendar day", uncounted) == day(end)


@pytest.mark.parametrize(
    ("uncounted", "end"),
    [
        ([], "2026-03-09"),
        ([span("2026-03-04", "2026-03-05")], "2026-03-10"),
        ([span("2026-03-07", "2026-03-09")], "2026-03-09"),
        ([span("2026-03-06", "2026-03-10")], "2026-03-11"),
        ([span("2026-03-09", "2026-03-10")], "2026-03-10"),
        ([span("2026-03-10", "2026-03-12")], "2026-03-09"),
    ],
)
def test_five_working_days_from_the_second_of_march_with_days_that_do_not_count(
    uncounted: list[Span], end: str
) -> None:
    assert period_end(day("2026-03-02"), 5, "working day", uncounted) == day(end)


@pytest.mark.parametrize(
    ("unit", "length", "end"),
    [("month", 1, "2026-04-09"), ("year", 1, "2027-03-09")],
)
def test_days_that_do_not_count_move_a_period_of_months_or_years_as_well(unit: Unit, length: int, end: str) -> None:
    assert period_end(day("2026-03-02"), length, unit, [span("2026-03-10", "2026-03-17")]) == day(end)


@pytest.mark.parametrize(
    ("spans", "result"),
    [
        ([], []),
        ([("01", "03")], [("01", "03")]),
        ([("01", "03"), ("03", "05")], [("01", "05")]),
        ([("01", "04"), ("03", "05")], [("01", "05")]),
        ([("01", "09"), ("03", "05")], [("01", "09")]),
        ([("03", "05"), ("01", "09")], [("01", "09")]),
        ([("01", "03"), ("04", "05")], [("01", "03"), ("04", "05")]),
        ([("04", "05"), ("01", "03")], [("01", "03"), ("04", "05")]),
        ([("01", "03"), ("01", "03")], [("01", "03")]),
        ([("05", "07"), ("01", "03"), ("02", "06")], [("01", "07")]),
    ],
)
def test_spans_are_merged(spans: list[tuple[str, str]], result: list[tuple[str, str]]) -> None:
    made = [span(f"2026-03-{first}", f"2026-03-{until}") for first, until in spans]
    assert merged(made) == [span(f"2026-03-{first}", f"2026-03-{until}") for first, until in result]


spans_of_2026 = st.builds(
    lambda first, length: Span(
        date(2026, 1, 1) + timedelta(days=first), date(2026, 1, 1) + timedelta(days=first + length)
    ),
    st.integers(0, 120),
    st.integers(1, 30),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(spans_of_2026, max_size=8))
def test_merging_keeps_exactly_the_same_days(spans: list[Span]) -> None:
    def days(some: list[Span]) -> set[date]:
        return {one.first + timedelta(days=step) for one in some for step in range((one.until - one.first).days)}

    assert days(merged(spans)) == days(spans)
    assert sum((one.until - one.first).days for one in merged(spans)) == len(days(spans))
