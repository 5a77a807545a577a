"""Working days and rest days: from the yearly arrangements kept as data, else from weekends and the days that the law itself fixes."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from gongjian.law.parameters import CONFIDENCES, DATA, Confidence
from gongjian.law.tables import Table, read_table

DAY = timedelta(days=1)
SATURDAY = 5
REACHES_BACK = 2 * DAY  # as far as an arrangement has reached into the December before its year: 30 December 2018


@dataclass(frozen=True)
class Arrangement:
    """One year's days off (day → name of the holiday) and its weekends that are worked."""

    year: int
    source: str
    checked: date
    confidence: Confidence
    off: dict[date, str]
    working_weekends: frozenset[date]


@dataclass(frozen=True)
class FixedDays:
    """The days off that the law fixes by month and day, from a day on: (month, day) → name of the holiday."""

    since: date
    source: str
    checked: date
    confidence: Confidence
    days: dict[tuple[int, int], str]


class Calendar:
    """All arrangements of one file. A year without one has weekends and the days the law fixes. Raises (on reading): LawDataWrong."""

    def __init__(self, path: Path) -> None:
        table = read_table(path)
        table.only("years", "fixed")
        self.fixed = sorted(
            map(_fixed, table.rows("fixed") if "fixed" in table.data else []), key=lambda one: one.since
        )
        self.arrangements: dict[int, Arrangement] = {}
        for row in table.rows("years"):
            arrangement = _arrangement(row)
            if arrangement.year in self.arrangements:
                raise row.wrong(f"{arrangement.year} stands here twice")
            self.arrangements[arrangement.year] = arrangement
        self._off = {day: name for one in self.arrangements.values() for day, name in one.off.items()}
        self._worked = frozenset().union(*(one.working_weekends for one in self.arrangements.values()))

    def known(self, year: int) -> bool:
        """Is there an arrangement for the year?"""
        return year in self.arrangements

    def is_working_day(self, day: date) -> bool:
        """Is the day worked?"""
        return day in self._worked or (day.weekday() < SATURDAY and self._holiday(day) is None)

    def rest_name(self, day: date) -> str | None:
        """Why the day is a rest day ("春节", "周末"), or None for a working day."""
        if self.is_working_day(day):
            return None
        return self._holiday(day) or "周末"

    def _holiday(self, day: date) -> str | None:
        if day in self._off or self.known(day.year):
            return self._off.get(day)
        law = next((one for one in reversed(self.fixed) if one.since <= day), None)
        return law.days.get((day.month, day.day)) if law else None


@cache
def official() -> Calendar:
    """The calendar that comes with the platform, read once. Raises: LawDataWrong."""
    return Calendar(DATA / "holidays.toml")


def known(year: int) -> bool:
    """Is the year's arrangement in the data? Without it weekends and the days fixed by law are rest days, and answers are provisional."""
    return official().known(year)


def is_working_day(day: date) -> bool:
    """Is the day worked: neither weekend nor day off, or a weekend worked in exchange.

    Law: 民诉法 art. 85; 民法典 art. 203; 放假办法 art. 2 (the days off of all citizens).
    """
    return official().is_working_day(day)


def rest_name(day: date) -> str | None:
    """Why a day is a rest day ("春节", "周末"), or None for a working day."""
    return official().rest_name(day)


def working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after a day, which is itself not counted. `count` is at least 1.

    Law: 民法典 art. 201 (the first day is not counted). Raises: ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError("count must be at least 1")
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def working_day_before(day: date, count: int) -> date:
    """The `count`-th working day before a day, which is itself not counted. `count` is at least 1.

    Law: 民法典 art. 201 (the first day is not counted), told backwards. Raises: ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError("count must be at least 1")
    while count:
        day -= DAY
        count -= is_working_day(day)
    return day


def working_day_on_or_after(day: date) -> date:
    """The day itself if it is worked, else the next one that is.

    Law: 民法典 art. 203; 民诉法 art. 85 (a last day that is a rest day moves to the day after the rest days).
    """
    while not is_working_day(day):
        day += DAY
    return day


def working_day_on_or_before(day: date) -> date:
    """The day itself if it is worked, else the last one before it that is."""
    while not is_working_day(day):
        day -= DAY
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; 0 if there are none."""
    return sum(is_working_day(first + DAY * step) for step in range(1, (last - first).days + 1))


def _arrangement(row: Table) -> Arrangement:
    row.only("year", "source", "checked", "confidence", "off", "working_weekends")
    year = row.number("year")
    off = _days_off(row, year)
    worked = row.days("working_weekends")
    for day in worked:
        if day.weekday() < SATURDAY or day in off or not _belongs(day, year):
            raise row.wrong(f"{day} cannot be a working weekend of {year}")
    return Arrangement(
        year=year,
        source=row.text("source"),
        checked=row.day("checked"),
        confidence=row.choice("confidence", CONFIDENCES),
        off=off,
        working_weekends=frozenset(worked),
    )


def _fixed(row: Table) -> FixedDays:
    row.only("from", "source", "checked", "confidence", "off")
    days: dict[tuple[int, int], str] = {}
    for each in row.rows("off"):
        each.only("name", "days")
        for text in each.texts("days"):
            try:
                day = date.fromisoformat(f"2000-{text}")
            except ValueError as fault:
                raise each.wrong(f"{text} must be a month and a day such as 05-01") from fault
            days[day.month, day.day] = each.text("name")
    return FixedDays(
        since=row.day("from"),
        source=row.text("source"),
        checked=row.day("checked"),
        confidence=row.choice("confidence", CONFIDENCES),
        days=days,
    )


def _days_off(row: Table, year: int) -> dict[date, str]:
    off: dict[date, str] = {}
    for span in row.rows("off"):
        span.only("name", "first", "last")
        first, last = span.day("first"), span.day("last")
        if not (first <= last and _belongs(first, year) and _belongs(last, year)):
            raise span.wrong(f"{first} to {last} is not a span of {year}")
        for step in range((last - first).days + 1):
            if first + DAY * step in off:
                raise span.wrong(f"{first + DAY * step} stands in two spans")
            off[first + DAY * step] = span.text("name")
    return off


def _belongs(day: date, year: int) -> bool:
    return day.year == year or (day.year == year - 1 and day.month == 12)
