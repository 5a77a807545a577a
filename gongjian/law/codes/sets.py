"""Code sets: our words, the codes by which other systems know them, and the days from which they hold."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongjian.law.codes.errors import CodeSetUnknown, CodeUnknown
from gongjian.law.errors import LawDataWrong, NotInForce
from gongjian.law.parameters import CONFIDENCES, Confidence, places
from gongjian.law.tables import Table, read_table

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Entry:
    """One value of a set: our word, the code, the Chinese words."""

    value: str
    code: str
    label: str


@dataclass(frozen=True)
class CodeSet:
    """A set as it stood on a day. field: the field that carries it. export: region → our word → the code used there instead."""

    name: str
    title: str
    field: str
    since: date
    source: str
    checked: date
    confidence: Confidence
    entries: tuple[Entry, ...]
    export: dict[str, dict[str, str]]

    def entry(self, value: str) -> Entry:
        """By our word. Raises: CodeUnknown."""
        for one in self.entries:
            if one.value == value:
                return one
        raise CodeUnknown(title=self.title, code=value, on=self.since)

    def code_for(self, value: str, *, region: str | None = None) -> str:
        """The code that goes out for our word, to the system of a region. Raises: CodeUnknown, RegionWrong."""
        plain = self.entry(value).code
        return next((own[value] for own in self._exports(region) if value in own), plain)

    def entry_of(self, code: str, *, region: str | None = None) -> Entry:
        """What a code that comes in from a region's system means. Raises: CodeUnknown, RegionWrong."""
        for one in self.entries:
            if self.code_for(one.value, region=region) == code:
                return one
        raise CodeUnknown(title=self.title, code=code, on=self.since)

    def _exports(self, region: str | None) -> list[dict[str, str]]:
        return [self.export[place] for place in places(region) if place in self.export]


def code_set(name: str, *, on: date) -> CodeSet:
    """A set as it stood on a day. Raises: CodeSetUnknown, NotInForce before its first version."""
    versions = all_sets().get(name)
    if versions is None:
        raise CodeSetUnknown(name=name)
    found = [one for one in versions if one.since <= on]
    if not found:
        raise NotInForce(title=versions[0].title, first=versions[0].since, on=on)
    return found[-1]


@cache
def all_sets() -> dict[str, tuple[CodeSet, ...]]:
    """Every set by its name, its versions oldest first. Raises: LawDataWrong."""
    return read_sets(DATA / "sets.toml")


def read_sets(path: Path) -> dict[str, tuple[CodeSet, ...]]:
    """The sets of one file. Raises: LawDataWrong."""
    return {name: tuple(_versions(name, entry)) for name, entry in read_table(path).entries()}


def confidence_of(table: Table) -> Confidence:
    """How sure a whole file is; it must also say its source and the day it was compared. Raises: LawDataWrong."""
    table.text("source")
    table.day("checked")
    return table.choice("confidence", CONFIDENCES)


def _versions(name: str, entry: Table) -> list[CodeSet]:
    entry.only("title", "field", "versions", "export")
    export = _export(entry)
    found = []
    for row in entry.rows("versions"):
        row.only("from", "source", "checked", "confidence", "entries")
        entries = tuple(_entry(one) for one in row.rows("entries"))
        for what in ([one.value for one in entries], [one.code for one in entries]):
            if len(what) != len(set(what)):
                raise row.wrong("a value or a code stands twice")
        found.append(
            CodeSet(
                name=name,
                title=entry.text("title"),
                field=entry.text("field"),
                since=row.day("from"),
                source=row.text("source"),
                checked=row.day("checked"),
                confidence=row.choice("confidence", CONFIDENCES),
                entries=entries,
                export=export,
            )
        )
    if not found or [one.since for one in found] != sorted({one.since for one in found}):
        raise entry.wrong("versions must stand in the order of their days, each day once")
    _check_export(entry, found, export)
    return found


def _entry(row: Table) -> Entry:
    row.only("value", "code", "label")
    return Entry(row.text("value"), row.text("code"), row.text("label"))


def _export(entry: Table) -> dict[str, dict[str, str]]:
    if "export" not in entry.data:
        return {}
    regions = Table(entry.file, f"{entry.entry}.export", entry.raw("export")).entries()
    return {region: {value: own.text(value) for value in own.data} for region, own in regions}


def _check_export(entry: Table, versions: list[CodeSet], export: dict[str, dict[str, str]]) -> None:
    known = {one.value for version in versions for one in version.entries}
    for region, own in export.items():
        if unknown := set(own) - known:
            raise entry.wrong(f"export {region}: {', '.join(sorted(unknown))} is no value")
        for version in versions:
            codes = [version.code_for(one.value, region=region) for one in version.entries]
            if len(codes) != len(set(codes)):
                raise LawDataWrong(entry.file, entry.entry, f"export {region}: two values with one code")
