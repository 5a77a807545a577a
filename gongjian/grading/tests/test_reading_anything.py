"""Whatever is told of an examination is read, or refused in one line with its place: wrong values field by field, and anything at all."""

import random
from typing import Any

import pytest

from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.fields import Field
from gongjian.grading.schema import json_schema
from gongjian.grading.tests.test_reading_hostile import allows, read_or_refused, told

INFINITE, NOT_A_NUMBER = float("inf"), float("nan")
NEVER: list[Any] = [{}, {"low": 1}, "", "   ", "３", "左", b"left", object(), [[]], [{}], [None], "\x00", "0" * 9999]
NO_NUMBER: list[Any] = [*NEVER, True, "1", "1.0", [], [1], INFINITE, -INFINITE, NOT_A_NUMBER, 10**400, 1e308]
WRONG: dict[str, list[Any]] = {
    "number": NO_NUMBER,
    "whole": [*NO_NUMBER, 1.5],
    "flag": [*NEVER, 0, 1, 0.0, "true", [], [True], NOT_A_NUMBER],
    "choice": [*NEVER, True, 0, 1.5, [], ["left"], ["left", "right"], NOT_A_NUMBER],
    "choices": [*NEVER, True, 0, 1.5, {"a": 1}, [1], [True], NOT_A_NUMBER],
}
"""By sort of field what may never stand in it."""
NAMES = sorted({name for kind in KINDS.values() for name in described(kind)})


def beyond(field: Field) -> list[Any]:
    """Just outside the bounds of a field."""
    steps = (0.001, 1) if field.sort == "number" else (1,)
    return [edge for step in steps for edge in (field.low - step, field.high + step)] if field.high else []


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_belong_into_a_field_is_refused_with_its_place(kind: str) -> None:
    for name, field in described(KINDS[kind]).items():
        for wrong in [*WRONG[field.sort], *beyond(field)]:
            refused = read_or_refused({"findings": [told("scar"), told(kind, **{name: wrong})]})
            assert refused is not None, (name, wrong)
            assert refused.startswith(f"findings[1].{name}："), (name, wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_the_bounds_of_a_field_themselves_are_read(kind: str) -> None:
    for name, field in described(KINDS[kind]).items():
        for edge in (field.low, field.high) if field.high else ():
            refused = read_or_refused(
                {"findings": [told(kind, **{name: int(edge) if field.sort == "whole" else edge})]}
            )
            assert refused is None or not refused.startswith(f"findings[0].{name}："), (name, edge, refused)


def anything(order: random.Random, depth: int = 0) -> Any:
    """Any JSON, and the numbers that are in none."""
    word = "".join(order.choices('aé左３\n\x00\u2028"{', k=order.randint(0, 6)))
    plain = [None, True, False, order.randint(-(10**9), 10**9), order.uniform(-1e9, 1e9), word, NOT_A_NUMBER, -INFINITE]
    sort = order.randrange(4 if depth < 3 else 2)
    if sort == 2:
        return [anything(order, depth + 1) for _ in range(order.randint(0, 3))]
    if sort == 3:
        names = order.choices([*NAMES, word, "findings", "kind"], k=order.randint(0, 3))
        return {name: anything(order, depth + 1) for name in names}
    return order.choice(plain)


@pytest.mark.parametrize("seed", range(4))
def test_any_json_is_an_examination_or_is_refused_in_one_line(seed: int) -> None:
    order = random.Random(seed)
    for _ in range(60):
        data = anything(order)
        assert read_or_refused(data) is not None, (
            "no list, number or text is an examination, and an object needs its findings"
        )
        for whole in ({"findings": data}, {"findings": [data]}, {"findings": [told("scar")], "prior": data}):
            read_or_refused(whole)


@pytest.mark.parametrize("seed", range(4))
def test_any_fields_of_any_kind_are_read_or_refused_in_one_line(seed: int) -> None:
    order = random.Random(seed)
    for _ in range(150):
        kind = order.choice([*KINDS, "unheard_of"])
        fields = {name: anything(order) for name in order.sample(NAMES, order.randint(0, 3))}
        refused = read_or_refused({"findings": [{**fields, "kind": kind}]})
        if kind not in KINDS or not set(fields) <= set(described(KINDS[kind])):
            assert refused is not None, "neither a kind nor a name that nobody knows is passed over"


def test_a_name_that_a_kind_does_not_know_is_refused_though_nothing_is_told_of_it() -> None:
    refused = read_or_refused({"findings": [told("scar", unheard_of=None)]})
    assert refused is not None and "unheard_of" in refused
    known = next(name for name, field in described(KINDS["scar"]).items() if not field.subject)
    assert read_or_refused({"findings": [told("scar", **{known: None})]}) is None


@pytest.mark.parametrize("name", ["appraisal", "aggravated", "selfcare", "childless", "recurring_obstruction"])
def test_a_word_about_the_whole_is_read_where_the_schema_allows_it_and_else_refused_by_its_name(name: str) -> None:
    order, schema = random.Random(16180), json_schema()["properties"][name]
    right = ["first", "review", ["eating"], ["eating", "eating"], ["sleeping"], [], True, False, None]
    answers = set()
    for value in [*right, *(anything(order) for _ in range(80))]:
        refused = read_or_refused({"findings": [told("scar")], name: value})
        assert refused is None or refused.startswith(f"{name}："), value
        if value == value:  # not a number is in no JSON
            assert allows(schema, value) is (refused is None), value
            answers.add(refused is None)
    assert answers == {True, False}
