"""The ways in which a person is examined, as dated data: who qualifies, how long it takes, what it may not judge, what is agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from gongjian.law.errors import NotInForce, RegionWrong
from gongjian.law.parameters import CONFIDENCES, DATA, NATIONAL, Confidence, places
from gongjian.law.tables import Table, read_table

Where = Literal["ours", "theirs", "online", "employer", "away"]
WHERES: tuple[Where, ...] = ("ours", "theirs", "online", "employer", "away")
KEYS = (
    *("from", "region", "article", "asked_by", "minutes", "minutes_by_specialty", "grounds", "proof", "promise_days"),
    *("answer_days", "one_group", "consent", "words", "cannot_specialties", "cannot_parts", "source", "checked"),
    *("confidence", "least_people", "most_people"),
)


class Mode(StrEnum):
    """How a person is examined. Where nothing else was granted it is the hall."""

    HALL = "hall"
    CLINIC = "clinic"
    HOME = "home"
    VIDEO = "video"
    ENTERPRISE = "enterprise"
    ENTRUSTED = "entrusted"

    @property
    def label(self) -> str:
        """The name of the mode, which no locality changes."""
        return modes_book()[self][0].title


HELD_HERE = tuple(mode for mode in Mode if mode is not Mode.ENTRUSTED)
"""The modes of which there are sittings of ours: who is entrusted to another committee is called by that one."""


@dataclass(frozen=True)
class ModeRule:
    """What holds of one mode on a day in a region; `gongjian/law/data/modes.toml` says what each field means."""

    mode: Mode
    title: str
    where: Where
    since: date
    region: str
    article: str
    asked_by: tuple[str, ...]
    minutes: int
    minutes_by_specialty: Mapping[str, int]
    grounds: Mapping[str, str]
    needs_proof: bool
    promise_days: int
    answer_days: int
    least_people: int
    most_people: int
    has_one_group: bool
    consent: str
    words: tuple[str, ...]
    cannot_specialties: Mapping[str, str]
    cannot_parts: Mapping[str, str]
    source: str
    checked: date
    confidence: Confidence

    @property
    def comes_to_them(self) -> bool:
        """Whether we go to the person, so that an address is needed and no venue of ours is."""
        return self.where == "theirs"

    @property
    def is_at_the_employers(self) -> bool:
        """Whether everybody comes to rooms that their employer offers."""
        return self.where == "employer"

    @property
    def has_rooms(self) -> bool:
        """Whether groups sit in rooms of a venue, side by side."""
        return self.where in ("ours", "employer")

    @property
    def reasons(self) -> list[str]:
        """Why it may not judge what it may not, each once."""
        return list(dict.fromkeys([*self.cannot_specialties.values(), *self.cannot_parts.values()]))


def mode_rule(mode: str, *, on: date, region: str | None = None) -> ModeRule:
    """What holds of a mode on a day: the county's row, else the city's, the province's, the nation's.

    Law: 令55 art. 12 (上门鉴定、委托鉴定等方式), art. 18. Raises: ValueError for no mode, NotInForce before the first row, RegionWrong.
    """
    rows = modes_book()[Mode(mode)]
    for place in places(region):
        found = [row for row in rows if row.region == place and row.since <= on]
        if found:
            return found[-1]
    raise NotInForce(title=rows[0].title, first=rows[0].since, on=on)


def mode_rules(*, on: date, region: str | None = None) -> list[ModeRule]:
    """What holds of every mode on a day, the hall first. Law: 令55 art. 12."""
    return [mode_rule(mode, on=on, region=region) for mode in Mode]


@cache
def modes_book() -> Mapping[Mode, tuple[ModeRule, ...]]:
    """The table that comes with the platform, read once. Raises: LawDataWrong."""
    return read_modes(DATA / "modes.toml")


def read_modes(path: Path) -> Mapping[Mode, tuple[ModeRule, ...]]:
    """The table of one file: every mode, a national row for each, rows of a place by day. Raises: LawDataWrong."""
    table = read_table(path)
    entries = dict(table.entries())
    if set(entries) != set(Mode):
        raise table.wrong(f"must describe exactly {', '.join(Mode)}")
    return MappingProxyType({mode: _mode(mode, entries[mode]) for mode in Mode})


def _mode(mode: Mode, entry: Table) -> tuple[ModeRule, ...]:
    entry.only("title", "where", "values")
    rows = tuple(_rule(mode, entry, row) for row in entry.rows("values"))
    if not any(row.region == NATIONAL for row in rows):
        raise entry.wrong("needs a row without a region")
    for place in {row.region for row in rows}:
        days = [row.since for row in rows if row.region == place]
        if days != sorted(set(days)):
            raise entry.wrong(f"rows of {place} must stand in the order of their days, each day once")
    return rows


def _rule(mode: Mode, entry: Table, row: Table) -> ModeRule:
    row.only(*KEYS)
    asked_by = tuple(row.texts("asked_by")) if row.raw("asked_by") else ()
    grounds = _texts(row, "grounds")
    if bool(asked_by) != bool(grounds):
        raise row.wrong("grounds are needed where somebody may ask, and only there")
    least, most = (row.number(key) if key in row.data else 0 for key in ("least_people", "most_people"))
    if least > most:
        raise row.wrong("least_people must not be more than most_people")
    return ModeRule(
        mode=mode,
        title=entry.text("title"),
        where=entry.choice("where", WHERES),
        since=row.day("from"),
        region=_region(row),
        article=row.text("article"),
        asked_by=asked_by,
        minutes=row.number("minutes"),
        minutes_by_specialty=_numbers(row, "minutes_by_specialty"),
        grounds=grounds,
        needs_proof=row.flag("proof"),
        promise_days=row.number("promise_days") if "promise_days" in row.data else 0,
        answer_days=row.number("answer_days") if asked_by else 0,
        least_people=least,
        most_people=most,
        has_one_group=row.flag("one_group"),
        consent=row.text("consent") if "consent" in row.data else "",
        words=row.texts("words"),
        cannot_specialties=_texts(row, "cannot_specialties"),
        cannot_parts=_texts(row, "cannot_parts"),
        source=row.text("source"),
        checked=row.day("checked"),
        confidence=row.choice("confidence", CONFIDENCES),
    )


def _region(row: Table) -> str:
    """The place a row is for; one that no case can lie in would hold for nobody, and nobody would notice."""
    if "region" not in row.data:
        return NATIONAL
    try:
        return places(row.text("region"))[0]
    except RegionWrong as fault:
        raise row.wrong("region must be six digits") from fault


def _texts(row: Table, key: str) -> Mapping[str, str]:
    """A table of texts, perhaps none."""
    inner = _inner(row, key)
    return MappingProxyType({name: inner.text(name) for name in inner.data})


def _numbers(row: Table, key: str) -> Mapping[str, int]:
    """A table of whole numbers, perhaps none."""
    inner = _inner(row, key)
    return MappingProxyType({name: inner.number(name) for name in inner.data})


def _inner(row: Table, key: str) -> Table:
    value = row.data.get(key, {})
    if not isinstance(value, dict):
        raise row.wrong(f"{key} must be a table")
    return Table(row.file, f"{row.entry}.{key}", value)
