"""The vignettes cover the standard, proved by enumeration: every body system, every clause, every threshold on both sides.

The tables of the appendices are asked cell by cell in test_tables.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from gongjian.grading.clauses import all_clauses
from gongjian.grading.conditions import Condition, Requirement, State, alternatives
from gongjian.grading.facts import Facts, facts
from gongjian.grading.tests.builders import an_answer
from gongjian.grading.tests.test_conditions import VIGNETTES
from gongjian.grading.tests.test_ladders import LADDERS

JUDGED_ONLY = {"5.1.2(4)"}
"""No finding can make it hold: whether every one of its parts is met is for the experts alone (held by test_conditions)."""


@cache
def known() -> list[Facts]:
    """The facts of every vignette and of every step of every ladder."""
    steps = [[finding(value)] for _, finding, values, _ in LADDERS for value in values]
    return [facts(each) for each in [*(findings for _, findings, _ in VIGNETTES), *steps]]


@cache
def holding() -> list[tuple[frozenset[str], frozenset[str]]]:
    """Of every vignette the kinds of its findings and the clauses that hold."""
    return [
        (
            frozenset(each.kind for each in findings),
            frozenset(each.clause.number for each in an_answer(*findings).candidates.holds),
        )
        for _, findings, _ in VIGNETTES
    ]


def test_there_are_more_than_two_hundred_vignettes():
    assert len(VIGNETTES) >= 200


def test_every_body_system_of_the_standard_has_a_vignette_in_which_one_of_its_clauses_holds():
    reached = {number for _, numbers in holding() for number in numbers}
    systems = {each.body_system for each in all_clauses()}
    assert len(systems) > 50
    assert systems - {each.body_system for each in all_clauses() if each.number in reached} == set()


def test_every_clause_holds_in_a_vignette_and_does_not_in_another_with_a_finding_of_the_same_kind():
    one_sided = []
    for each in all_clauses():
        kinds = {kind for found, numbers in holding() if each.number in numbers for kind in found}
        refused = any(kinds & found and each.number not in numbers for found, numbers in holding())
        if not (kinds and refused):
            one_sided.append(each.number)
    assert set(one_sided) <= JUDGED_ONLY


def _conditions(form: dict[str, Any]) -> Iterator[Condition]:
    yield from (one for one in alternatives(form) if isinstance(one, Condition))


def thresholds() -> Iterator[tuple[str, str, Requirement]]:
    """Every number a clause asks for: the clause, the kind of finding, the requirement."""
    for each in all_clauses():
        for form in each.parameters.get("any", [each.parameters]):
            for part in form.get("all", [form]):
                for one in _conditions(part):
                    yield from (
                        (each.number, part["kind"], asked) for asked in one.requirements if _is_number(asked.constraint)
                    )


def _is_number(constraint: Any) -> bool:
    return isinstance(constraint, dict) or (isinstance(constraint, list) and isinstance(constraint[0], dict))


def _always_met(one: Requirement) -> bool:
    """Whether no value that may be told fails: a degree of at least 1 where 1 is the least."""
    return one.field is not None and all(one.line(end).state is State.HOLDS for end in (one.field.low, one.field.high))


def _values(kind: str, name: str) -> Iterable[Any]:
    for each in known():
        yield from (one.values[name] for one in each.by_kind.get(kind, ()) if one.values.get(name) is not None)
        if name in each.shared:
            yield each.shared[name][0]


def test_every_threshold_of_every_clause_is_tried_on_both_sides():
    asked = list(thresholds())
    assert len(asked) > 150
    one_sided = [
        (number, kind, one.words)
        for number, kind, one in asked
        if not _always_met(one)
        and {one.line(value).state for value in _values(kind, one.name)} < {State.HOLDS, State.FAILS}
    ]
    assert one_sided == []
