"""The 530 clauses in machine form: each can be asked, holds for something, and says honestly what only experts can judge."""

from collections.abc import Iterable
from typing import Any

import pytest

from gongjian.grading.clauses import all_clauses, clause
from gongjian.grading.conditions import JUDGED, LIMBS, Line, Reading, State, alternatives, kinds_asked
from gongjian.grading.facts import SHARED_NAMES, facts
from gongjian.grading.findings.base import described
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.findings.fields import SIDES
from gongjian.grading.tests.builders import f, held, near, undecided
from gongjian.grading.tests.test_vignettes_head import ALL as HEAD
from gongjian.grading.tests.test_vignettes_limbs import ALL as LIMB_ROWS
from gongjian.grading.tests.test_vignettes_organs import ALL as ORGANS
from gongjian.grading.tests.test_vignettes_senses import ALL as SENSES
from gongjian.grading.wording import DERIVED, body_word, constraint_words

VIGNETTES = [*HEAD, *LIMB_ROWS, *ORGANS, *SENSES]


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


def _line(state: State, *, close: bool = False, measured: bool = False) -> Line:
    return Line("要求", "所见", state, close, measured)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([State.HOLDS, State.HOLDS], State.HOLDS),
        ([State.HOLDS, State.UNKNOWN], State.UNKNOWN),
        ([State.FAILS, State.UNKNOWN], State.FAILS),
        ([State.HOLDS, State.JUDGED], State.JUDGED),
        ([State.UNKNOWN, State.JUDGED], State.UNKNOWN),
    ],
)
def test_the_weakest_requirement_decides(lines: list[State], state: State) -> None:
    assert Reading(tuple(_line(each) for each in lines), frozenset()).state is state


@pytest.mark.parametrize(
    ("lines", "is_near"),
    [
        ([_line(State.FAILS, close=True, measured=True)], True),
        ([_line(State.FAILS, close=True)], False),
        ([_line(State.FAILS, close=True), _line(State.HOLDS)], True),
        ([_line(State.FAILS), _line(State.HOLDS)], False),
        ([_line(State.FAILS, close=True), _line(State.FAILS, close=True)], False),
        ([_line(State.FAILS, close=True, measured=True), _line(State.UNKNOWN)], False),
    ],
)
def test_near_is_one_requirement_short_by_little(lines: list[Line], is_near: bool) -> None:
    assert Reading(tuple(lines), frozenset()).is_near is is_near


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
