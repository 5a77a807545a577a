"""Dated rates, months and amounts of the benefits, in the same form as the parameters of the law: province and city lie over the nation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from gongjian.law.benefits.errors import RateNotInForce, RateNotRecorded
from gongjian.law.errors import LawDataWrong
from gongjian.law.parameters import CONFIDENCES, NATIONAL, Confidence, places
from gongjian.law.tables import Table, read_table

RateUnit = Literal["percent", "month", "year", "yuan", "ten thousand yuan", "choice"]
UNITS: tuple[RateUnit, ...] = ("percent", "month", "year", "yuan", "ten thousand yuan", "choice")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Rate:
    """One rate as it stood on a day in a region. `values` holds the numbers in their order; a choice stands in `word`."""

    name: str
    title: str
    unit: RateUnit
    values: tuple[Decimal, ...]
    word: str
    since: date
    until: date | None
    source: str
    checked: date
    confidence: Confidence
    region: str

    @property
    def value(self) -> Decimal:
        """The one number. Raises: TypeError for a list or a choice."""
        if len(self.values) != 1:
            raise TypeError(f"{self.name} is not one number")
        return self.values[0]

    def of_grade(self, grade: int, first: int = 1) -> Decimal:
        """The number of a disability grade where the list begins with grade `first`."""
        return self.values[grade - first]


class RateBook:
    """All rates of one folder, checked as a whole. Raises (on reading): LawDataWrong."""

    def __init__(self, folder: Path) -> None:
        national = read_table(folder / f"{NATIONAL}.toml")
        self._heads = {name: _head(entry) for name, entry in national.entries()}
        self._files: dict[str, Mapping[str, tuple[Rate, ...]]] = {NATIONAL: self._rates(NATIONAL, national)}
        for path in sorted(folder.glob("[0-9]*.toml")):
            if not re.fullmatch(r"[0-9]{6}", path.stem):
                raise LawDataWrong(path.name, "", "a region's file is named by its six digits")
            self._files[path.stem] = self._rates(path.stem, read_table(path))

    def rate(self, name: str, on: date, region: str | None) -> Rate:
        """The rate of the county, else the city, the province, the nation. Raises: RateNotRecorded, RateNotInForce, RegionWrong."""
        title, known = self._heads[name][0], False
        for place in places(region):
            rows = self._files.get(place, {}).get(name, ())
            known = known or bool(rows)
            fitting = [one for one in rows if one.since <= on and (one.until is None or on <= one.until)]
            if fitting:
                return fitting[-1]
        if known:
            raise RateNotInForce(title=title, on=on)
        raise RateNotRecorded(title=title, region=region or "该地区")

    def all(self) -> tuple[Rate, ...]:
        """Every rate of every file."""
        return tuple(one for file in self._files.values() for rows in file.values() for one in rows)

    def _rates(self, region: str, table: Table) -> Mapping[str, tuple[Rate, ...]]:
        found: dict[str, tuple[Rate, ...]] = {}
        for name, entry in table.entries():
            if name not in self._heads:
                raise entry.wrong("no national rate bears this name")
            if region != NATIONAL:
                entry.only("values")
            found[name] = _rows(name, self._heads[name], entry, region)
        return found


def rate(name: str, on: date, region: str | None = None) -> Rate:
    """The rate in force on a day. region: six digits; none means the national value.

    Raises: RateNotRecorded where only localities set it and this one's is not in the data; RateNotInForce; RegionWrong.
    """
    return _found(name, on, region)


@lru_cache(maxsize=4096)
def _found(name: str, on: date, region: str | None) -> Rate:
    return book().rate(name, on, region)


@cache
def book() -> RateBook:
    """The rates that come with the platform, read once. Raises: LawDataWrong."""
    return RateBook(DATA)


def _head(entry: Table) -> tuple[str, RateUnit, bool]:
    entry.only("title", "unit", "local", "values")
    return entry.text("title"), entry.choice("unit", UNITS), entry.flag("local")


def _rows(name: str, head: tuple[str, RateUnit, bool], entry: Table, region: str) -> tuple[Rate, ...]:
    if region == NATIONAL and head[2]:
        if "values" in entry.data:
            raise entry.wrong("is left to the localities and has no national values")
        return ()
    rows = tuple(_row(name, head, row, region) for row in entry.rows("values"))
    if not rows or [one.since for one in rows] != sorted({one.since for one in rows}):
        raise entry.wrong("needs values in the order of their days, each day once")
    return rows


def _row(name: str, head: tuple[str, RateUnit, bool], row: Table, region: str) -> Rate:
    row.only("from", "until", "value", "unit", "source", "checked", "confidence")
    unit = row.choice("unit", UNITS) if "unit" in row.data else head[1]
    return Rate(
        name=name,
        title=head[0],
        unit=unit,
        values=() if unit == "choice" else _numbers(row),
        word=row.text("value") if unit == "choice" else "",
        since=row.day("from"),
        until=row.day("until") if "until" in row.data else None,
        source=row.text("source"),
        checked=row.day("checked"),
        confidence=row.choice("confidence", CONFIDENCES),
        region=region,
    )


def _numbers(row: Table) -> tuple[Decimal, ...]:
    """Whole numbers, or decimals written as texts ("19.5"): a binary fraction is refused."""
    raw = row.raw("value")
    told = raw if isinstance(raw, list) and raw else [raw]
    for one in told:
        is_text = isinstance(one, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", one, re.ASCII)
        if not (is_text or (type(one) is int and one >= 0)):
            raise row.wrong('value must be a number, or a list of them; a decimal is written as a text ("19.5")')
    return tuple(Decimal(one) for one in told)
