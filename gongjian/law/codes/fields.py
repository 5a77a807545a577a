"""Field names of other systems, and our names for what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongjian.law.codes.errors import FieldUnknown
from gongjian.law.codes.sets import DATA, confidence_of
from gongjian.law.parameters import Confidence
from gongjian.law.tables import Table, read_table


@dataclass(frozen=True)
class Field:
    """One field: what others call it, what we call it, the Chinese words. is_local: an extension of a locality or a vendor."""

    field: str
    name: str
    title: str
    is_local: bool
    confidence: Confidence


@cache
def all_fields() -> dict[str, Field]:
    """Every field by the name that others give it. Raises: LawDataWrong."""
    return read_fields(DATA / "fields.toml")


def read_fields(path: Path) -> dict[str, Field]:
    """The fields of one file. Raises: LawDataWrong."""
    table = read_table(path)
    table.only("source", "checked", "confidence", "fields")
    confidence = confidence_of(table)
    found: dict[str, Field] = {}
    for row in table.rows("fields"):
        one = _field(row, confidence)
        if one.field in found:
            raise row.wrong(f"{one.field} stands twice")
        found[one.field] = one
    return found


def field(name: str) -> Field:
    """By the name that others give it, in small or capital letters. Raises: FieldUnknown."""
    found = all_fields().get(name.lower())
    if found is None:
        raise FieldUnknown(field=name)
    return found


def fields_for(name: str) -> tuple[str, ...]:
    """The fields that hold what we call by a name, the first of them preferred. Raises: FieldUnknown."""
    found = tuple(one.field for one in all_fields().values() if one.name == name)
    if not found:
        raise FieldUnknown(field=name)
    return found


def exported(values: Mapping[str, str]) -> dict[str, str]:
    """Our names with their values, under the preferred fields of other systems. Raises: FieldUnknown."""
    return {fields_for(name)[0]: value for name, value in values.items()}


def _field(row: Table, confidence: Confidence) -> Field:
    row.only("field", "name", "title", "local")
    return Field(row.text("field"), row.text("name"), row.text("title"), row.flag("local"), confidence)
