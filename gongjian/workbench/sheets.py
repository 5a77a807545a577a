"""Measurement sheets as the form sends them, and how a new one begins."""

from dataclasses import dataclass

from django.http import QueryDict

from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.fields import Field
from gongjian.grading.sheet import Sheet
from gongjian.opinions.content import MOST_SHEETS, Finding
from gongjian.opinions.measuring import entry_name

IS_PRIOR = "is_prior"
"""Beside the fields of a sheet: it was there before this injury."""


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of who is examined: sex as a word, completed years."""

    sex: str = ""
    age: int | None = None


def sheets_from(data: QueryDict, place: int) -> tuple[Sheet, ...]:
    """The sheets of one finding as they stand in the form; a kind that does not exist is left out."""
    told = [data.get(entry_name(place, number, ""), "") for number in range(MOST_SHEETS)]
    return tuple(_sheet(data, place, number, kind) for number, kind in enumerate(told) if kind in KINDS)


def begun(kind: str, finding: Finding, person: Person) -> Sheet:
    """A new sheet that holds what is known already: the injured side and joint, age and sex. Never a result."""
    texts = {name: [_known(name, each, finding, person)] for name, each in described(KINDS[kind]).items()}
    return Sheet.typed(kind, texts)


def _known(name: str, field: Field, finding: Finding, person: Person) -> str:
    if name == "age":
        return "" if person.age is None else str(person.age)
    by_word = {word: code for code, word in (field.choices or {}).items()}
    if name == "sex":
        return by_word.get(person.sex, "")
    if name == "side":
        return finding.side if finding.side in (field.choices or {}) else ""
    part = finding.recognised
    return by_word.get(part.part.name, "") if part and field.subject else ""


def _sheet(data: QueryDict, place: int, number: int, kind: str) -> Sheet:
    texts = {name: data.getlist(entry_name(place, number, name)) for name in described(KINDS[kind])}
    return Sheet.typed(kind, texts, is_prior=bool(data.get(entry_name(place, number, IS_PRIOR))))
