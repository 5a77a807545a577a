"""How long a hurt worker keeps the wage without working (停工留薪期), by the catalogue of the province."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

from gongjian.grading.errors import (
    ComplicationWrong,
    InjuriesMissing,
    InjuryNotInCatalogue,
    NoCatalogue,
    ProlongationTooEarly,
    ProlongationWrong,
)
from gongjian.law.counting import months_after, period_end
from gongjian.law.parameters import province

_FILE: Final = Path(__file__).parent / "data" / "stop_work_periods.csv"
_MOST_MONTHS: Final = 12
Unit = Literal["month", "calendar day"]
UNIT_WORDS: Final[dict[Unit, str]] = {"month": "个月", "calendar day": "日"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a catalogue. shortest, longest: in `unit`, treatment and rehabilitation together."""

    region: str
    province: str
    instrument: str
    code: str
    injury: str
    shortest: int
    longest: int
    unit: Unit
    notes: str


@dataclass(frozen=True, slots=True)
class StopWork:
    """The period of the gravest injury. ends_on: (by the shortest, by the longest) figure; prolonged_to: with a confirmed prolongation.

    steps: how, in Chinese; a range in the catalogue leaves the choice to the confirming body.
    """

    decisive: Entry
    entries: tuple[Entry, ...]
    ends_on: tuple[date, date]
    prolonged_to: date | None
    steps: tuple[str, ...]

    @property
    def is_range(self) -> bool:
        return self.ends_on[0] != self.ends_on[1]


def provinces() -> dict[str, str]:
    """Region codes (six digits) with a catalogue, and their names. The catalogues held are excerpts: see the notes of each line."""
    return {each.region: each.province for each in _entries()}


def entries(region: str) -> tuple[Entry, ...]:
    """The catalogue of a region's province. Law: 条例 art. 33. Raises: NoCatalogue, RegionWrong."""
    found = tuple(each for each in _entries() if each.region == province(region))
    if not found:
        known = "、".join(provinces().values())
        raise NoCatalogue(region=f"区划{region}", known=known)
    return found


def entry(region: str, injury: str) -> Entry:
    """The line for a diagnosis code ("S72.04" is met by S72.0, else S72) or for the catalogue's own words.

    Law: 条例 art. 33. Raises: NoCatalogue, InjuryNotInCatalogue.
    """
    listed = entries(region)
    wanted = injury.strip().upper()
    by_code = [each for each in listed if each.code and _covers(each.code, wanted)]
    if by_code:
        return max(by_code, key=lambda each: len(each.code))
    by_name = [each for each in listed if each.injury == injury.strip()]
    if not by_name:
        raise InjuryNotInCatalogue(province=listed[0].province, injury=injury.strip()[:40])
    return by_name[0]


def stop_work_period(
    region: str, injuries: Sequence[str], *, started: date, complication_months: int = 0, prolonged_months: int = 0
) -> StopWork:
    """The period from the day work stopped: the longest of several injuries, never their sum, at most twelve months.

    injuries: diagnosis codes or names; started: the day the worker was hurt, itself not counted;
    complication_months: added for complications as confirmed, within the twelve; prolonged_months: 1 … 12 more, confirmed by the
    city committee, after twelve.
    Law: 条例 art. 33 (12 + 12 months; the catalogue is the province's). Raises: NoCatalogue, InjuryNotInCatalogue,
    InjuriesMissing, ComplicationWrong, ProlongationWrong, ProlongationTooEarly.
    """
    if not injuries:
        raise InjuriesMissing
    if not 0 <= complication_months <= _MOST_MONTHS:
        raise ComplicationWrong(months=complication_months)
    if prolonged_months and not 0 < prolonged_months <= _MOST_MONTHS:
        raise ProlongationWrong(months=prolonged_months)
    found = tuple(entry(region, each) for each in injuries)
    decisive = max(found, key=lambda each: (_days(started, each), each.shortest))
    cap = months_after(started, _MOST_MONTHS)
    lengths = ((each.shortest, each.longest, each.unit) for each in found)
    ends_by_line = [(period_end(started, low, unit), period_end(started, high, unit)) for low, high, unit in lengths]
    ends = tuple(min(months_after(max(each), complication_months), cap) for each in zip(*ends_by_line, strict=True))
    if prolonged_months and ends[1] < cap:
        raise ProlongationTooEarly(months=decisive.longest)
    prolonged = months_after(cap, prolonged_months) if prolonged_months else None
    steps = _steps(found, decisive, complication_months, ends[1] == cap, prolonged_months)
    return StopWork(decisive, found, (ends[0], ends[1]), prolonged, steps)


def _days(started: date, each: Entry) -> date:
    return period_end(started, each.longest, each.unit)


def _steps(
    found: Sequence[Entry], decisive: Entry, complication_months: int, capped: bool, prolonged_months: int
) -> tuple[str, ...]:
    steps = [f"{each.code} {each.injury}：{_length(each)}（{each.instrument}）".strip() for each in found]
    if len(found) > 1:
        steps.append(f"多处伤病取最长的一项，不相加：{decisive.injury}。")
    if complication_months:
        steps.append(f"有并发症，经确认增加{complication_months}个月。")
    if capped:
        steps.append("一般不超过12个月（条例第三十三条）。")
    if prolonged_months:
        steps.append(
            f"经设区的市级劳动能力鉴定委员会确认延长{prolonged_months}个月，延长不得超过12个月（条例第三十三条）。"
        )
    return (*steps, *dict.fromkeys(each.notes for each in found if each.notes))


def _length(each: Entry) -> str:
    unit = UNIT_WORDS[each.unit]
    return f"{each.shortest}{unit}" if each.shortest == each.longest else f"{each.shortest}至{each.longest}{unit}"


def _covers(code: str, wanted: str) -> bool:
    return wanted == code or (wanted.startswith(code) and ("." in code or wanted[len(code)] == "."))


@cache
def _entries() -> tuple[Entry, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_entry(row) for row in csv.DictReader(lines, strict=True))


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        region=row["region"],
        province=row["province"],
        instrument=row["instrument"],
        code=row["code"],
        injury=row["injury"],
        shortest=int(row["shortest"]),
        longest=int(row["longest"]),
        unit="month" if row["unit"] == "month" else "calendar day",
        notes=row["notes"],
    )
