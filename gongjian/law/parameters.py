"""Dated parameters: every number that the law fixes or leaves to the locality, with its unit, source and date checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from gongjian.law.errors import LawDataWrong, NotFixed, NotInForce, ParameterUnknown, RegionWrong
from gongjian.law.tables import Table, read_table

Value = int | str | tuple[int, ...]
Unit = Literal["calendar day", "working day", "month", "year", "time", "person", "choice", "time of day"]
Confidence = Literal["seen", "seen-2", "memory", "inference", "local"]

TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
DATA = Path(__file__).parent / "data"
NATIONAL = "national"
LENGTHS: tuple[Unit, ...] = ("calendar day", "working day", "month", "year")
UNITS: tuple[Unit, ...] = (*LENGTHS, "time", "person", "choice", "time of day")
CONFIDENCES: tuple[Confidence, ...] = ("seen", "seen-2", "memory", "inference", "local")


@dataclass(frozen=True)
class Parameter:
    """One parameter as it stood on a day in a region. `region` is the file the value came from: "national" or six digits."""

    name: str
    title: str
    unit: Unit
    value: Value
    since: date
    source: str
    checked: date
    confidence: Confidence
    region: str

    @property
    def number(self) -> int:
        """The value where it is one whole number. Raises: TypeError for lists and choices."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.name} is not one number")
        return self.value

    @property
    def numbers(self) -> tuple[int, ...]:
        """The value where it is a list of whole numbers. Raises: TypeError for anything else."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.name} is not a list of numbers")
        return self.value

    @property
    def word(self) -> str:
        """The value where it is a choice between words, or a time of day. Raises: TypeError for anything else."""
        if not isinstance(self.value, str):
            raise TypeError(f"{self.name} is not a word")
        return self.value


@dataclass(frozen=True)
class Description:
    """What all values of one parameter share; a value may be of another unit of time. is_local: the nation sets no value."""

    title: str
    unit: Unit
    choices: tuple[str, ...] = ()
    is_local: bool = False


class ParameterBook:
    """The national values and the regional values laid over them, read from one folder and checked as a whole.

    Raises (on reading): LawDataWrong.
    """

    def __init__(self, folder: Path) -> None:
        parts = [read_table(path) for path in _national_files(folder)]
        self.descriptions: dict[str, Description] = {}
        for name, entry in ((name, entry) for part in parts for name, entry in part.entries()):
            if name in self.descriptions:
                raise entry.wrong("stands in two files")
            self.descriptions[name] = _description(entry)
        self._values: dict[str, Mapping[str, tuple[Parameter, ...]]] = {}
        self._values[NATIONAL] = {name: each for part in parts for name, each in self._file(NATIONAL, part).items()}
        for path in sorted(folder.glob("[0-9]*.toml")):
            if not re.fullmatch(r"[0-9]{6}", path.stem):
                raise LawDataWrong(path.name, "", "a region's file is named by its six digits")
            self._values[path.stem] = self._file(path.stem, read_table(path))

    def parameter(self, name: str, *, on: date, region: str | None = None) -> Parameter:
        """The value in force on a day: of the county, else the city, else the province, else the nation."""
        if name not in self.descriptions:
            raise ParameterUnknown(name=name)
        for place in places(region):
            found = [value for value in self._values.get(place, {}).get(name, ()) if value.since <= on]
            if found:
                return found[-1]
        if self.descriptions[name].is_local:
            raise NotFixed(title=self.descriptions[name].title)
        first = self._values[NATIONAL][name][0]
        raise NotInForce(title=first.title, first=first.since, on=on)

    def history(self, name: str, region: str = NATIONAL) -> tuple[Parameter, ...]:
        """All values of one file, oldest first; nothing for a file without this parameter. Raises: ParameterUnknown."""
        if name not in self.descriptions:
            raise ParameterUnknown(name=name)
        return self._values.get(region, {}).get(name, ())

    def regions(self) -> tuple[str, ...]:
        """The regions that have a file of their own."""
        return tuple(region for region in self._values if region != NATIONAL)

    def _file(self, region: str, table: Table) -> Mapping[str, tuple[Parameter, ...]]:
        values: dict[str, tuple[Parameter, ...]] = {}
        for name, entry in table.entries():
            if name not in self.descriptions:
                raise entry.wrong("no national parameter bears this name")
            if region != NATIONAL:
                entry.only("values")
            values[name] = _values(name, entry, self.descriptions[name], region)
        return values


def parameter(name: str, *, on: date, region: str | None = None) -> Parameter:
    """The value of a parameter on a day. `region`: six digits (GB/T 2260); none means the national value.

    Raises: ParameterUnknown, NotInForce before the first value, NotFixed where only localities set a value, RegionWrong.
    """
    return book().parameter(name, on=on, region=region)


@cache
def book() -> ParameterBook:
    """The parameters that come with the platform, read once. Raises: LawDataWrong."""
    return ParameterBook(DATA)


def places(region: str | None) -> tuple[str, ...]:
    """The files to look into, nearest first: county, city, province, nation. Raises: RegionWrong."""
    if region is None:
        return (NATIONAL,)
    if not re.fullmatch(r"[0-9]{6}", region, re.ASCII):
        raise RegionWrong()
    return tuple(dict.fromkeys((region, f"{region[:4]}00", f"{region[:2]}0000", NATIONAL)))


def province(region: str) -> str:
    """The code of the province a region lies in. Raises: RegionWrong."""
    return places(region)[-2]


def _national_files(folder: Path) -> list[Path]:
    """`national.toml`, which must be there, and what stands beside it as `national_….toml`."""
    return [folder / f"{NATIONAL}.toml", *sorted(folder.glob(f"{NATIONAL}_*.toml"))]


def _description(entry: Table) -> Description:
    entry.only("title", "unit", "choices", "local", "values")
    unit = entry.choice("unit", UNITS)
    choices = entry.texts("choices") if unit == "choice" else ()
    return Description(entry.text("title"), unit, choices, entry.flag("local"))


def _values(name: str, entry: Table, shared: Description, region: str) -> tuple[Parameter, ...]:
    is_unset = region == NATIONAL and shared.is_local
    values = () if is_unset else tuple(_value(name, row, shared, region) for row in entry.rows("values"))
    if is_unset and "values" in entry.data:
        raise entry.wrong("is left to the localities and has no national values")
    if not values and not is_unset:
        raise entry.wrong("has no values")
    if any(later.since <= earlier.since for earlier, later in pairwise(values)):
        raise entry.wrong("values must stand in the order of their days, each day once")
    return values


def _value(name: str, row: Table, shared: Description, region: str) -> Parameter:
    row.only("from", "value", "unit", "source", "checked", "confidence")
    return Parameter(
        name=name,
        title=shared.title,
        unit=_unit(row, shared),
        value=_checked_value(row, shared),
        since=row.day("from"),
        source=row.text("source"),
        checked=row.day("checked"),
        confidence=row.choice("confidence", CONFIDENCES),
        region=region,
    )


def _unit(row: Table, shared: Description) -> Unit:
    if "unit" not in row.data:
        return shared.unit
    if shared.unit not in LENGTHS:
        raise row.wrong("only a length of time may have a unit of its own")
    return row.choice("unit", LENGTHS)


def _checked_value(row: Table, shared: Description) -> Value:
    value = row.raw("value")
    if shared.unit == "choice":
        return row.choice("value", shared.choices)
    if shared.unit == "time of day":
        if not isinstance(value, str) or not TIME_OF_DAY.fullmatch(value):
            raise row.wrong("value must be a time of day such as 17:30, at most 24:00")
        return value
    if isinstance(value, list) and value and all(type(one) is int and one > 0 for one in value):
        return tuple(value)
    if type(value) is int and value > 0:
        return value
    raise row.wrong("value must be a whole number above 0, or a list of them")
