"""Administrative regions with the days from and until which their codes hold."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongjian.law.codes.errors import RegionUnknown
from gongjian.law.codes.sets import DATA, confidence_of
from gongjian.law.parameters import Confidence, places, province
from gongjian.law.tables import Table, read_table


@dataclass(frozen=True)
class Region:
    """One region under one code. until: the first day on which the code no longer holds; successors: the codes that followed."""

    code: str
    name: str
    since: date
    until: date | None
    successors: tuple[str, ...]
    confidence: Confidence

    def holds_on(self, day: date) -> bool:
        """Whether the code is in use on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@cache
def all_regions() -> tuple[Region, ...]:
    """Every region that comes with the platform. Raises: LawDataWrong."""
    return read_regions(DATA / "regions.toml")


def read_regions(path: Path) -> tuple[Region, ...]:
    """The regions of one file. Raises: LawDataWrong."""
    table = read_table(path)
    table.only("source", "checked", "confidence", "regions")
    confidence = confidence_of(table)
    found = [_region(row, confidence) for row in table.rows("regions")]
    for number, one in enumerate(found, start=1):
        for other in found[number:]:
            if one.code == other.code and _overlap(one, other):
                raise table.wrong(f"{one.code} means two regions at once")
    return tuple(found)


def region(code: str, *, on: date) -> Region:
    """The region of a code on a day. Law: GB/T 2260. Raises: RegionUnknown, RegionWrong for what is not six digits."""
    places(code)
    for one in all_regions():
        if one.code == code and one.holds_on(on):
            return one
    raise RegionUnknown(code=code, on=on)


def province_of(code: str, *, on: date) -> Region:
    """The province that a code of any level lies in. Law: GB/T 2260. Raises: RegionUnknown, RegionWrong."""
    return region(province(code), on=on)


def _overlap(one: Region, other: Region) -> bool:
    return (other.until is None or one.since < other.until) and (one.until is None or other.since < one.until)


def _region(row: Table, confidence: Confidence) -> Region:
    row.only("code", "name", "from", "until", "successors")
    code = row.text("code")
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise row.wrong(f"{code} is not six digits")
    until = row.day("until") if "until" in row.data else None
    successors = row.texts("successors") if "successors" in row.data else ()
    if until and until <= row.day("from"):
        raise row.wrong(f"{code} ends before it begins")
    return Region(code, row.text("name"), row.day("from"), until, successors, confidence)
