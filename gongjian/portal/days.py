"""The working of one limit day by day, month after month; a period of more than a year is turned over year by year."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gongjian.law.clock import Deadline
from gongjian.law.day_by_day import CountedDay, day_by_day
from gongjian.law.working import WEEKDAYS

MOST_AT_ONCE = 400
"""Days on one page: a year with what may be added to it."""


@dataclass(frozen=True)
class Month:
    """One month: its name, and its days with their weekdays."""

    title: str
    days: list[tuple[CountedDay, str]]


@dataclass(frozen=True)
class DayList:
    """What the page shows. years: to turn over, none where one page holds everything."""

    months: list[Month]
    years: list[int]
    year: int | None
    counted: int
    left_out: int


def day_list(found: Deadline, year: int | None = None) -> DayList:
    """Every day of a limit. year: the one to show of a long period, the first by default or where there is no such year.

    Law: 民法典 art. 200, 201, 202, 203.
    """
    days = list(day_by_day(found))
    counted = sum(one.number is not None for one in days)
    years = sorted({one.day.year for one in days}) if len(days) > MOST_AT_ONCE else []
    chosen = (year if year in years else years[0]) if years else None
    shown = [one for one in days if chosen is None or one.day.year == chosen]
    return DayList(list(_months(shown)), years, chosen, counted, len(days) - counted)


def _months(days: list[CountedDay]) -> Iterator[Month]:
    for (year, month), run in groupby(days, key=lambda one: (one.day.year, one.day.month)):
        yield Month(f"{year}年{month}月", [(one, WEEKDAYS[one.day.weekday()]) for one in run])
