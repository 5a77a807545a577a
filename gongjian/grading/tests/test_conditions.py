"""The 530 clauses in machine form: each can be asked, holds for something, and says honestly what only experts can judge."""

from collections.abc import Iterable
from typing import Any

import pytest

from gongjian.grading.clauses import all_clauses, clause
from gongjian.grading.conditions import (
    JUDGED,
    LIMBS,
    Condition,
    Line,
    Requirement,
    State,
    alternatives,
    kinds_asked,
    reading,
)
from gongjian.grading.facts import SHARED_NAMES, facts
from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.fields import SIDES
from gongjian.grading.tests.builders import f, held, near, undecided
from gongjian.grading.tests.test_vignettes_head import ALL as HEAD
from gongjian.grading.tests.test_vignettes_limbs import ALL as LIMB_ROWS
from gongjian.grading.tests.test_vignettes_organs import ALL as ORGANS
from gongjian.grading.tests.test_vignettes_other_side import ALL as OTHER_SIDES
from gongjian.grading.tests.test_vignettes_senses import ALL as SENSES
from gongjian.grading.wording import DERIVED, body_word, constraint_words

VIGNETTES = [*HEAD, *LIMB_ROWS, *ORGANS, *SENSES, *OTHER_SIDES]


def atoms() -> Iterable[tuple[str, dict[str, Any]]]:
    for each in all_clauses():
        for form in each.parameters.get("any", [each.parameters]):
            for part in form.get("all", [form]):
                yield each.number, dict(part)


def test_only_what_no_value_can_say_is_left_to_judgement() -> None:
    judged = {number for number, part in atoms() if part["kind"] == JUDGED}
    assert judged == {"5.1.2(4)", "5.2.2(13)"}


@pytest.mark.parametrize("each", all_clauses(), ids=lambda each: each.number)
def test_every_clause_compiles_and_asks_some_kind_of_finding(each: Any) -> None:
    asked = kinds_asked(alternatives(each.parameters))
    assert asked
    assert asked <= set(KINDS)


def test_every_name_and_code_a_clause_asks_for_exists() -> None:
    wrong = [
        (number, name, value)
        for number, part in atoms()
        if part["kind"] not in {LIMBS, JUDGED}
        for name, value in part.items()
        if name != "kind" and not _is_known(part["kind"], name, value)
    ]
    assert wrong == []


def _is_known(kind: str, name: str, value: Any) -> bool:
    field = described(KINDS[kind]).get(name)
    if field is None:
        return name in DERIVED or name in SHARED_NAMES
    if isinstance(value, (dict, bool)) or (isinstance(value, list) and isinstance(value[0], dict)):
        return field.sort in {"number", "whole", "flag"}
    codes = value if isinstance(value, list) else [value]
    return all(
        code in (field.choices or SIDES) or code in {"single", "single_or_both"} or isinstance(code, int)
        for code in codes
    )


def test_every_clause_holds_for_some_vignette() -> None:
    reached = {number for _, findings, _ in VIGNETTES for number in held(*findings)}
    missing = {each.number for each in all_clauses()} - {f"5.{number.replace('(', '.2(')}" for number in reached}
    assert missing <= {"5.1.2(4)"}


def test_there_are_hundreds_of_vignettes_and_none_is_told_twice() -> None:
    assert len(VIGNETTES) > 600
    assert len({name for name, _, _ in VIGNETTES}) == len(VIGNETTES)


def test_every_requirement_can_be_said_in_chinese() -> None:
    for _, part in atoms():
        if part["kind"] == LIMBS:
            words = [body_word(word) for name in ("one", "other", "both", "body") for word in part.get(name, ())]
        else:
            fields = described(KINDS[part["kind"]]) if part["kind"] != JUDGED else {}
            words = [constraint_words(n, fields.get(n), v) for n, v in part.items() if n not in {"kind", "what"}]
        assert all(word and not word.isascii() for word in words)


def test_an_unknown_kind_is_refused_when_the_form_is_compiled() -> None:
    with pytest.raises(ValueError, match="dragon"):
        alternatives({"kind": "dragon"})


def _asked(**form: Any) -> Requirement:
    (compiled,) = alternatives({"kind": "scar", **form})
    assert isinstance(compiled, Condition)
    return compiled.requirements[0]


PCT, SEVERE = _asked(bsa_pct={"op": ">=", "value": 40}), _asked(severe=True)
MET, UNMEASURED, CLOSE, FAR, NOT_SEVERE = PCT.line(40), PCT.line(None), PCT.line(39), PCT.line(20), SEVERE.line(False)
TO_JUDGE = Line("由专家判断的事项", State.JUDGED)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([MET, MET], State.HOLDS),
        ([MET, UNMEASURED], State.UNKNOWN),
        ([CLOSE, UNMEASURED], State.FAILS),
        ([MET, TO_JUDGE], State.JUDGED),
        ([UNMEASURED, TO_JUDGE], State.UNKNOWN),
    ],
)
def test_the_weakest_requirement_decides(lines: list[Line], state: State) -> None:
    assert reading(lines, frozenset()).state is state


@pytest.mark.parametrize(
    ("lines", "is_near"),
    [
        ([CLOSE], True),
        ([FAR], False),
        ([NOT_SEVERE], False),
        ([NOT_SEVERE, MET], True),
        ([FAR, MET], False),
        ([CLOSE, NOT_SEVERE], False),
        ([CLOSE, UNMEASURED], False),
        ([MET], False),
    ],
)
def test_near_is_one_requirement_short_by_little(lines: list[Line], is_near: bool) -> None:
    assert reading(lines, frozenset()).is_near is is_near


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (MET, ("瘢痕占体表面积不少于40%", "40%")),
        (UNMEASURED, ("瘢痕占体表面积不少于40%", "未测或未填")),
        (NOT_SEVERE, ("重度瘢痕", "否")),
        (TO_JUDGE, ("由专家判断的事项", "由专家组判断")),
    ],
)
def test_a_line_says_what_is_asked_and_what_was_found(line: Line, words: tuple[str, str]) -> None:
    assert (line.required, line.found) == words


def test_a_word_is_near_the_next_in_order_only() -> None:
    (compiled,) = alternatives({"kind": "thyroid", "level": "severe"})
    assert isinstance(compiled, Condition)
    assert compiled.requirements[0].is_close("moderate")
    assert not compiled.requirements[0].is_close("mild")


def test_a_finding_on_each_side_is_one_on_both() -> None:
    known = facts([f("glaucoma", side="left", operated=True), f("glaucoma", side="right", operated=True)])
    assert [each.values["side"] for each in known.by_kind["glaucoma"]] == ["left", "right", "both"]
    assert len(known.by_kind["glaucoma"][2].injuries) == 2


def test_findings_that_differ_are_not_joined() -> None:
    known = facts([f("glaucoma", side="left", operated=True), f("glaucoma", side="right", operated=False)])
    assert len(known.by_kind["glaucoma"]) == 2


def test_the_text_and_the_form_agree_on_a_clause_with_two_ways_of_measuring() -> None:
    assert len(alternatives(clause("5.3.2(19)").parameters)) == 2


def test_near_names_the_next_heavier_step_only() -> None:
    assert near(f("scar", bsa_pct=39)) == {"6(14)"}
    assert near(f("scar", bsa_pct=31)) == {"6(14)"}
    assert near(f("scar", bsa_pct=21)) == set()
    assert near(f("hearing", **{f"{ear}_{hz}_db": 54 for ear in ("right", "left") for hz in (500, 1000, 2000)})) == {
        "7(32)"
    }


def test_what_was_not_measured_is_undecided_and_named() -> None:
    assert undecided(f("biliary")) == {"2(25)", "4(42)", "6(51)", "7(46)"}
    assert undecided(f("epilepsy", treated_years=0.5)) == {"4(2)", "6(1)", "9(1)"}
    assert undecided(f("male_organs", vas_deferens="single")) == set()
