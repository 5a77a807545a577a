"""How a measurement sheet is printed: its inputs from the fields of its kind, the healthy side beside the hurt one, what was computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from gongjian.grading.findings.base import Finding, described
from gongjian.grading.findings.catalog import KINDS, REGIONS, kinds_of
from gongjian.grading.findings.fields import Field
from gongjian.grading.kinds import find_kinds, kinds_for
from gongjian.grading.sheet import Entry, Sheet, typed_text
from gongjian.grading.workings import Working, workings
from gongjian.opinions.measuring import entry_name

FEW = 4
"""So many choices stand side by side; more of them in a list."""
SUGGESTED = 12
"""So many kinds are offered for a part before one asks."""
_FLAG = {"yes": "是", "no": "否"}


@dataclass(frozen=True, slots=True)
class Input:
    """One input. text: as typed; options: code, word, whether chosen; only_of, only: shown while the input of that name has one of these values."""

    name: str
    label: str
    sort: str
    unit: str
    hint: str
    text: str
    options: tuple[tuple[str, str, bool], ...]
    fault: str
    is_needed: bool
    only_of: str
    only: str
    is_hidden: bool

    @property
    def is_chips(self) -> bool:
        """Whether its choices stand side by side."""
        return self.sort in {"choice", "flag"} and len(self.options) <= FEW

    @property
    def is_unsaid(self) -> bool:
        return not any(chosen for _, _, chosen in self.options)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of inputs. note: what else the line is called."""

    label: str
    note: str
    cells: tuple[Input, ...]

    @property
    def first(self) -> Input:
        return self.cells[0]


@dataclass(frozen=True, slots=True)
class Block:
    """Inputs that stand one after another, or a table of them. columns: empty for no table."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A sheet as the form prints it. faults: name of the input (or of the sheet) and sentence."""

    place: int
    number: int
    sheet: Sheet
    name: str
    blocks: tuple[Block, ...]
    faults: tuple[tuple[str, str], ...]
    workings: tuple[Working, ...]


@dataclass(frozen=True, slots=True)
class KindShown:
    """A kind of finding that one may choose."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class KindPicker:
    """The kinds one chooses from, for the finding at `place`. suggested: what clauses about its part ask for."""

    place: int
    query: str
    region: str
    regions: tuple[str, ...]
    kinds: tuple[KindShown, ...]
    suggested: tuple[KindShown, ...]


def kind_picker(place: int, *, query: str = "", region: str = "", part: str = "") -> KindPicker:
    """The kinds that fit the words, or those of a region; without any question those for the part."""
    listed = find_kinds(query) if query.strip() else kinds_of(REGIONS[region]) if region in REGIONS else ()
    suggested = kinds_for(part)[:SUGGESTED] if part and not listed and not query.strip() else ()
    return KindPicker(
        place=place,
        query=query,
        region=region if region in REGIONS else "",
        regions=tuple(REGIONS),
        kinds=tuple(map(_kind, listed)),
        suggested=tuple(map(_kind, suggested)),
    )


def sheet_shown(place: int, number: int, sheet: Sheet) -> SheetShown:
    """The sheet with its inputs and with what follows from them."""
    faults, finding = sheet.faults, sheet.finding()
    listed = tuple(_inputs(place, number, sheet, faults))
    return SheetShown(
        place=place,
        number=number,
        sheet=sheet,
        name=entry_name(place, number, ""),
        blocks=tuple(_blocks(listed)),
        faults=tuple((entry_name(place, number, name), text) for name, text in faults.items()),
        workings=workings(finding) if finding else (),
    )


def _kind(kind: type[Finding]) -> KindShown:
    return KindShown(kind.kind, kind.title)


def _inputs(place: int, number: int, sheet: Sheet, faults: Mapping[str, str]) -> Iterator[tuple[Field, Input]]:
    held, concerned = dict(sheet.values), sheet.fields
    for name, field in described(KINDS[sheet.kind]).items():
        yield (
            field,
            Input(
                name=entry_name(place, number, name),
                label=field.label,
                sort=field.sort,
                unit=field.unit,
                hint=_hint(field),
                text=_text(held.get(name)),
                options=_options(field, held.get(name)),
                fault=faults.get(name, ""),
                is_needed=field.subject,
                only_of=entry_name(place, number, field.only.name) if field.only else "",
                only=" ".join(field.only.values) if field.only else "",
                is_hidden=name not in concerned,
            ),
        )


def _blocks(listed: tuple[tuple[Field, Input], ...]) -> Iterator[Block]:
    for in_table, pairs in groupby(listed, key=lambda pair: pair[0].at is not None):
        found = list(pairs)
        if not in_table:
            yield Block((), (), tuple(each for _, each in found))
            continue
        columns = tuple(dict.fromkeys(field.at.column for field, _ in found if field.at))
        ats = dict.fromkeys((field.at.row, field.at.note) for field, _ in found if field.at)
        rows = tuple(Row(label, note, _cells(found, label, columns)) for label, note in ats)
        yield Block(columns, rows, ())


def _cells(found: list[tuple[Field, Input]], label: str, columns: tuple[str, ...]) -> tuple[Input, ...]:
    cells = {field.at.column: each for field, each in found if field.at and field.at.row == label}
    return tuple(cells[column] for column in columns)


def _options(field: Field, value: Entry | None) -> tuple[tuple[str, str, bool], ...]:
    if field.sort == "flag":
        return tuple((code, word, value is (code == "yes")) for code, word in _FLAG.items())
    chosen = value if isinstance(value, tuple) else (value,)
    return tuple((code, word, code in chosen) for code, word in (field.choices or {}).items())


def _hint(field: Field) -> str:
    if field.sort not in {"number", "whole"}:
        return ""
    limits = f"{field.low:g}至{field.high:g}{field.unit}"
    return f"{limits}，可写3/4或75%" if (field.low, field.high) == (0, 1) else limits


def _text(value: Entry | None) -> str:
    return "" if isinstance(value, (bool, tuple)) else typed_text(value)
