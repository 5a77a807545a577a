"""How a table that was sent in is shown: each row to mend by its columns, each person by where the application stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from gongjian.applications.models import FilingRow
from gongjian.recognition.sheet import COLUMNS, TITLES

NAME = [column.name for column in COLUMNS].index("name")


@dataclass(frozen=True)
class RowShown:
    """One row to mend. mends: (column, what to mend)."""

    line: int
    name: str
    mends: list[tuple[str, str]]


@dataclass(frozen=True)
class PersonShown:
    """One person of a table. address: where the application is gone on with, or its receipt."""

    line: int
    name: str
    injured_on: str
    label: str
    kind: str
    note: str
    address: str
    what: str
    token: str


def rows_shown(rows: Iterable[FilingRow]) -> list[RowShown]:
    """The rows to mend."""
    return [
        RowShown(row.line, row.cells[NAME], [(TITLES.get(name, "整行"), told) for name, told in row.faults.items()])
        for row in rows
    ]


def people_shown(rows: Iterable[FilingRow]) -> list[PersonShown]:
    """The people whose rows are drafts or cases."""
    return [_person(row) for row in rows]


def _person(row: FilingRow) -> PersonShown:
    draft = row.draft
    assert draft is not None
    person, injury = draft.told.get("person", {}), draft.told.get("injury", {})
    label, kind = _standing(row)
    note = draft.refused or ("" if row.is_new else "以前的表格里已经有，没有重复建立，也没有改动原来的内容。")
    if draft.case:
        address, what = reverse("portal:receipt", args=[draft.case.number]), "看回执"
    else:
        address, what = reverse("portal:materials", args=[draft.token]), "材料和内容"
    token = "" if draft.case or draft.declared_at else draft.token
    return PersonShown(
        row.line, person.get("name", ""), injury.get("injured_on", ""), label, kind, note, address, what, token
    )


def _standing(row: FilingRow) -> tuple[str, str]:
    draft = row.draft
    assert draft is not None
    if draft.case:
        return "已提交", "good"
    if draft.declared_at:
        return "正在出具回执", "info"
    if draft.refused:
        return "没有提交成", "bad"
    return ("可以提交", "info") if getattr(row, "has_papers", False) else ("还没有材料", "warn")
