"""The calendar of sittings as it is looked at: a month, a week or a day; pure."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongjian.law.calendar import rest_name

MONDAY_FIRST = Calendar(firstweekday=0)
EARLIEST, LATEST = date(2004, 1, 1), date(2199, 12, 31)
"""Between which days the calendar is turned: before the first the 条例 was not in force, and neither end may run out of dates."""


class Span(StrEnum):
    """How much is seen at once."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"

    @property
    def label(self) -> str:
        """Its word on the page."""
        return {"month": "月", "week": "周", "day": "日"}[self]


@dataclass(frozen=True)
class Leaf:
    """What one look shows. weeks: rows of days, Monday first; a single row of one day for a day."""

    span: Span
    day: date
    weeks: tuple[tuple[date, ...], ...]

    @property
    def first(self) -> date:
        """The first day shown."""
        return self.weeks[0][0]

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.weeks[-1][-1]

    @property
    def title(self) -> str:
        """Which month, week or day it is."""
        if self.span is Span.MONTH:
            return f"{self.day.year}年{self.day.month}月"
        if self.span is Span.DAY:
            return f"{self.day.year}年{self.day.month}月{self.day.day}日"
        return f"{self.first.year}年{self.first.month}月{self.first.day}日—{self.last.month}月{self.last.day}日"

    def is_outside(self, day: date) -> bool:
        """Whether a day only fills the month's first or last week."""
        return self.span is Span.MONTH and day.month != self.day.month


def leaf(span: Span, day: date) -> Leaf:
    """The leaf on which a day stands."""
    day = min(max(day, EARLIEST), LATEST)
    if span is Span.MONTH:
        return Leaf(span, day, tuple(tuple(week) for week in MONDAY_FIRST.monthdatescalendar(day.year, day.month)))
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Leaf(span, day, (tuple(monday + timedelta(days=number) for number in range(7)),))
    return Leaf(span, day, ((day,),))


def turned(shown: Leaf, *, forward: bool) -> date:
    """A day on the next leaf, or on the one before."""
    if shown.span is Span.MONTH:
        near = shown.day.replace(day=1)
        found = (near + timedelta(days=32)).replace(day=1) if forward else (near - timedelta(days=1)).replace(day=1)
    else:
        step = timedelta(days=7 if shown.span is Span.WEEK else 1)
        found = shown.day + step if forward else shown.day - step
    return min(max(found, EARLIEST), LATEST)


def rest(day: date) -> str:
    """Why a day is a day of rest ("国庆节", "周末"), empty on a working day. Law: 放假办法 art. 2."""
    return rest_name(day) or ""
