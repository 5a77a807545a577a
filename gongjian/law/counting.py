"""Counting a period of time: where it ends, when some of its days do not count. Knows no limit and no article but the Civil Code's."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gongjian.law.calendar import is_working_day
from gongjian.law.parameters import Unit

DAY = timedelta(days=1)
MONTHS: dict[Unit, int] = {"month": 1, "year": 12}


class Span(NamedTuple):
    """Days from `first` up to, but without, `until`."""

    first: date
    until: date


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days as spans that neither overlap nor touch, in order: the order and the overlap of what came in are gone."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.first <= result[-1].until:
            result[-1] = Span(result[-1].first, max(result[-1].until, span.until))
        else:
            result.append(span)
    return result


def period_end(start: date, length: int, unit: Unit, uncounted: Sequence[Span] = ()) -> date:
    """The last day of a period. The start day is not counted, nor are the days of `uncounted` (merged spans).

    A month or a year ends on the corresponding day, or on the last day of a month that has none.
    Law: 民法典 art. 200, 201, 202; 民诉法 art. 85. Raises: ValueError for a unit that is no length of time.
    """
    if unit == "working day":
        return _last_working_day(start, length, uncounted)
    if unit == "calendar day":
        end = start + length * DAY
    elif unit in MONTHS:
        end = months_after(start, length * MONTHS[unit])
    else:
        raise ValueError(f"{unit} is not a length of time")
    for span in uncounted:
        first = max(span.first, start + DAY)
        if first < span.until and first <= end:
            end += span.until - first
    return end


def months_after(start: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of that month.

    Law: 民法典 art. 202.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _last_working_day(start: date, length: int, uncounted: Sequence[Span]) -> date:
    day = start
    while length:
        day += DAY
        length -= is_working_day(day) and not any(span.first <= day < span.until for span in uncounted)
    return day
