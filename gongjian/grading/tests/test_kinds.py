"""What to measure is found by words, by pinyin, and by the injured part."""

import pytest

from gongjian.grading.candidates import kinds_by_clause, standing
from gongjian.grading.errors import ClauseUnknown, PartUnknown
from gongjian.grading.findings.catalog import KINDS
from gongjian.grading.kinds import find_kinds, kinds_for, region_of
from gongjian.grading.tests.builders import f


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("听力", "hearing"),
        ("tl", "hearing"),
        ("tingli", "hearing"),
        ("肌力", "limb_strength"),
        ("gjgn", "joint"),
        ("髋", "joint"),
        ("视野", "vision"),
        ("截肢", "amputation"),
        ("智商", "mental_capacity"),
        ("肝功能", "liver_function"),
        ("2000Hz", "hearing"),
    ],
)
def test_a_kind_is_found_by_its_title_its_fields_and_its_sound(query: str, kind: str) -> None:
    assert kind in [each.kind for each in find_kinds(query)]


@pytest.mark.parametrize("query", ["", "  ", "量子力学", "qqqq"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert find_kinds(query) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_by_its_own_title(kind: str) -> None:
    assert kind in [each.kind for each in find_kinds(KINDS[kind].title, limit=200)]
    assert region_of(kind)


@pytest.mark.parametrize(
    ("part", "kinds"),
    [("143", {"joint", "knee_injury", "fracture"}), ("030", {"vision"}), ("050", {"hearing"}), ("110", {"vertebra"})],
)
def test_a_part_has_its_kinds_from_the_clauses_about_it(part: str, kinds: set[str]) -> None:
    assert kinds <= {each.kind for each in kinds_for(part)}


def test_an_eye_is_not_asked_for_its_knee() -> None:
    assert "joint" not in {each.kind for each in kinds_for("030")}


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(PartUnknown):
        kinds_for("xyz")


def test_every_kind_is_asked_by_some_clause_or_speaks_through_another() -> None:
    asked = {kind for _, kinds in kinds_by_clause() for kind in kinds}
    silent = {kind for kind in KINDS if kind not in asked and region_of(kind) != "非因工伤病"}
    assert silent == {"limb_strength", "mouth_opening", "liver_function"}


HEARING = f("hearing", **{f"{ear}_{hertz}_db": 45 for ear in ("right", "left") for hertz in (500, 1000, 2000)})


@pytest.mark.parametrize(("number", "fails"), [("5.8.2(34)", False), ("5.7.2(32)", True)])
def test_one_clause_is_asked_of_what_was_measured(number: str, fails: bool) -> None:
    found = standing(number, [HEARING])
    assert found is not None
    assert found.fails is fails


def test_a_clause_about_something_else_says_nothing() -> None:
    assert standing("5.9.2(23)", [HEARING]) is None


def test_a_principle_is_not_measured() -> None:
    with pytest.raises(ClauseUnknown):
        standing("5.9.1", [HEARING])
