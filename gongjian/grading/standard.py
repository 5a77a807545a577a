"""One edition of the grading standard, read strictly from its two data files: a file that does not add up is not loaded at all."""

import csv
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from gongjian.grading.outcomes import GRADES, SelfCareLevel, grade_label

COLUMNS: Final = ["grade", "number", "chapter", "body_system", "text", "parameters_json", "witnesses", "notes"]
_NUMBER: Final = re.compile(r"5\.(\d{1,2})\.2\((\d{1,2})\)")
_BETWEEN_CHAPTERS: Final = "；"


class StandardDataWrong(Exception):
    """The data files contradict themselves; the program must not start with them."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One listed condition of the standard, in condensed wording.

    number: "5.9.2(23)"; grade: 1 (worst) … 10; ordinal: 23; chapter: one of the five 门类, or two joined by "；";
    parameters: the condition in machine form; witnesses: how many independent sources were read; notes: for experts.
    """

    number: str
    grade: int
    ordinal: int
    chapter: str
    body_system: str
    text: str
    standard: str
    witnesses: int
    notes: str
    parameters: Mapping[str, Any] = field(compare=False, repr=False)

    @property
    def chapters(self) -> tuple[str, ...]:
        return tuple(self.chapter.split(_BETWEEN_CHAPTERS))

    @property
    def label(self) -> str:
        """As experts say it: "九级23）"."""
        return f"{grade_label(self.grade)}{self.ordinal}）"

    @property
    def citation(self) -> str:
        return f"{self.standard} {self.number}"


@dataclass(frozen=True, slots=True)
class Principle:
    """The grading principle 5.N.1 of one grade: a ground of its own ("凡符合 5.N.1 或下列条款之一者均为工伤 N 级").

    selfcare: the levels of self-care impairment that the principle mentions.
    """

    number: str
    grade: int
    text: str
    standard: str
    selfcare: frozenset[SelfCareLevel]
    notes: str

    @property
    def label(self) -> str:
        return f"{grade_label(self.grade)}定级原则"

    @property
    def citation(self) -> str:
        return f"{self.standard} {self.number}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where sources differ or the standard leaves a hole: a note for experts, never acted upon."""

    numbers: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Standard:
    """One edition: what it is called, since when it holds, its clauses in order of number, principles by grade."""

    name: str
    title: str
    in_force_on: date
    source: str
    checked_on: date
    confidence: str
    chapters: tuple[str, ...]
    clauses: tuple[Clause, ...]
    principles: tuple[Principle, ...]
    conflicts: tuple[Conflict, ...]


def read_standard(about: Path) -> Standard:
    """Read an edition from its TOML file and the CSV file of the same name.

    Raises: StandardDataWrong, saying what does not add up.
    """
    facts = tomllib.loads(about.read_text(encoding="utf-8"))
    try:
        clauses = _read_clauses(about.with_suffix(".csv"), facts["name"])
        principles = tuple(_principle(each, facts["name"]) for each in facts["principles"])
        conflicts = tuple(Conflict(tuple(each["numbers"]), each["text"]) for each in facts["conflicts"])
        standard = Standard(
            name=facts["name"],
            title=facts["title"],
            in_force_on=facts["from"],
            source=facts["source"],
            checked_on=facts["checked"],
            confidence=facts["confidence"],
            chapters=tuple(facts["chapters"]),
            clauses=clauses,
            principles=principles,
            conflicts=conflicts,
        )
        _check(standard, counts=facts["clauses"])
    except (KeyError, ValueError, TypeError) as wrong:
        raise StandardDataWrong(f"{about.name}: {wrong!r}") from wrong
    return standard


def _read_clauses(path: Path, standard: str) -> tuple[Clause, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if reader.fieldnames != COLUMNS:
            raise ValueError(f"columns are {reader.fieldnames}")
        return tuple(_clause(row, standard) for row in reader)


def _clause(row: dict[str, str], standard: str) -> Clause:
    number = row["number"]
    found = _NUMBER.fullmatch(number)
    _require(found is not None and found[1] == row["grade"], f"{number}: number and grade {row['grade']} do not agree")
    _require(all(row[name] for name in ("chapter", "body_system", "text")), f"{number}: an empty field")
    _require(row["witnesses"] in {"1", "2"}, f"{number}: witnesses {row['witnesses']}")
    assert found is not None
    return Clause(
        number=number,
        grade=int(found[1]),
        ordinal=int(found[2]),
        chapter=row["chapter"],
        body_system=row["body_system"],
        text=row["text"],
        standard=standard,
        witnesses=int(row["witnesses"]),
        notes=row["notes"],
        parameters=_parameters(number, row["parameters_json"]),
    )


def _parameters(number: str, text: str) -> Mapping[str, Any]:
    value = json.loads(text)
    _require(isinstance(value, dict) and bool({"kind", "any", "all"} & set(value)), f"{number}: parameters {text}")
    return MappingProxyType(value)


def _principle(facts: dict[str, Any], standard: str) -> Principle:
    return Principle(
        number=f"5.{facts['grade']}.1",
        grade=facts["grade"],
        text=facts["text"],
        standard=standard,
        selfcare=frozenset(SelfCareLevel(level) for level in facts["selfcare"]),
        notes=facts.get("notes", ""),
    )


def _check(standard: Standard, *, counts: list[int]) -> None:
    expected = [
        (grade, ordinal) for grade, count in zip(GRADES, counts, strict=True) for ordinal in range(1, count + 1)
    ]
    _require(
        [(each.grade, each.ordinal) for each in standard.clauses] == expected,
        "clauses are missing, doubled or out of order",
    )
    _require(
        [each.grade for each in standard.principles] == list(GRADES), "principles are missing, doubled or out of order"
    )
    _require(
        {name for each in standard.clauses for name in each.chapters} == set(standard.chapters), "chapters do not agree"
    )
    _require(len(set(standard.chapters)) == len(standard.chapters), "a chapter is named twice")
    _check_numbers(standard, (number for conflict in standard.conflicts for number in conflict.numbers))
    texts = Counter(each.text for each in standard.clauses)
    _require(max(texts.values()) == 1, f"the same text twice: {texts.most_common(1)[0][0]}")


def _check_numbers(standard: Standard, numbers: Iterable[str]) -> None:
    known = {each.number for each in standard.clauses} | {each.number for each in standard.principles}
    unknown = sorted(set(numbers) - known)
    _require(not unknown, f"conflicts name unknown numbers {unknown}")


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
