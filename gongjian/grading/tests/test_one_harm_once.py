"""One harm is one item however often and in whatever words it was told; two sides are two injuries unless a clause speaks of both."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.grading.body import body
from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.limbs import DIGITS
from gongjian.grading.tests.builders import an_answer, chosen, f, held, short

HEALED = {"treatment": "internal_fixation", "healed": True, "residual": "none"}
HAND = ("thumb", "index", "middle", "ring", "little")
LEVELS_OF_ARM = ("arm", "forearm", "hand")
LEVELS_OF_LEG = ("thigh", "leg", "foot", "forefoot")
sides = st.sampled_from(["left", "right"])


def a_pair(kind: str, left: dict[str, Any], right: dict[str, Any], **alike: Any) -> tuple[Finding, Finding]:
    """One on the left and one on the right, two injuries."""
    return (
        f(kind, side="left", injury="左侧", **alike, **left),
        f(kind, side="right", injury="右侧", **alike, **right),
    )


def worst(*findings: Finding) -> int:
    return an_answer(*findings).tally.worst or 11


def raised(*findings: Finding) -> int | None:
    return an_answer(*findings).tally.promotion.may_be_raised_to


# Two sides


@pytest.mark.parametrize("bone", ["humerus", "radius", "femur", "tibia"])
def test_two_bones_alike_on_both_sides_are_two_injuries_and_4_2_may_raise_them(bone: str) -> None:
    both = a_pair("fracture", {"bone": bone}, {"bone": bone}, **HEALED)
    assert chosen(*both) == ["9(23)", "9(23)"]
    assert raised(*both) == 8
    assert an_answer(*both).grade is None, "whether it is raised is for the group"


def test_two_bones_count_alike_whether_they_healed_alike_or_not() -> None:
    alike = a_pair("fracture", {}, {}, bone="femur", **HEALED)
    other = a_pair("fracture", {}, {"residual": "mild"}, bone="femur", treatment="internal_fixation", healed=True)
    assert raised(*alike) == raised(*other) == 8


@pytest.mark.parametrize("strengths", [(one, other) for one in range(5) for other in range(5)])
@pytest.mark.parametrize("pattern", ["hand_part", "hand_all", "foot_part", "foot_all"])
def test_a_weaker_hand_or_foot_is_never_worth_less(pattern: str, strengths: tuple[int, int]) -> None:
    left, right = strengths
    found = an_answer(*a_pair("paralysis", {"mrc": left}, {"mrc": right}, pattern=pattern))
    weaker = an_answer(*a_pair("paralysis", {"mrc": max(left - 1, 0)}, {"mrc": right}, pattern=pattern))
    other = an_answer(*a_pair("paralysis", {"mrc": right}, {"mrc": left}, pattern=pattern))
    assert (weaker.tally.worst or 11) <= (found.tally.worst or 11) or weaker.group_decides
    assert (found.tally.worst, found.grade) == (other.tally.worst, other.grade), "left is as right"
    about_both = [each for each in found.tally.items if each.clause.parameters["side"] == "both"]
    if about_both and left != right and max(strengths) > 2:
        assert found.grade is None, "no clause speaks of two strengths"


def test_both_hands_are_as_weak_as_the_stronger_of_them_at_least() -> None:
    assert chosen(*a_pair("paralysis", {"mrc": 3}, {"mrc": 2}, pattern="hand_part")) == ["5(3)"]
    assert chosen(*a_pair("paralysis", {"mrc": 4}, {"mrc": 2}, pattern="hand_part")) == ["8(3)"]
    assert chosen(*a_pair("paralysis", {"mrc": 2}, {"mrc": 0}, pattern="hand_part")) == ["4(5)"]


@given(left=st.integers(1, 12), right=st.integers(1, 12))
def test_three_ribs_on_each_side_are_both_sides_however_many_more_broke(left: int, right: int) -> None:
    found = held(*a_pair("rib_fracture", {"ribs": left}, {"ribs": right}, chest_deformed=True))
    assert ("8(45)" in found) is (min(left, right) >= 3)


def test_what_differs_in_kind_is_not_one_thing_on_both_sides() -> None:
    drugs, none = {"pressure": "needs_medicine"}, {"pressure": "controlled"}
    assert "5(23)" in held(*a_pair("glaucoma", drugs, drugs, operated=True))
    assert "5(23)" not in held(*a_pair("glaucoma", drugs, none, operated=True))
    assert "5(23)" not in held(*a_pair("glaucoma", drugs, {}, operated=True)), "not asked on the right"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("heel_ulcer", {"recurrent": True}),
        ("glaucoma", {"operated": True, "pressure": "needs_medicine"}),
        ("laryngeal_nerve", {"aspiration": True}),
        ("paralysis", {"pattern": "hand_all", "mrc": 2}),
        ("paralysis", {"pattern": "foot_part", "mrc": 3}),
        ("auricle", {"extent": "partial"}),
        ("rib_fracture", {"ribs": 3, "chest_deformed": True}),
    ],
)
def test_both_sides_told_as_one_finding_or_as_two_meet_the_same_worst_clause(kind: str, fields: dict[str, Any]) -> None:
    one, two = chosen(f(kind, side="both", **fields)), chosen(*a_pair(kind, {}, {}, **fields))
    assert one[0] == two[0]
    assert len(two) == 1, "a clause about both sides uses up both injuries"


# Words of the body


@pytest.mark.parametrize("digit", HAND)
@pytest.mark.parametrize("level", ["whole", "dip"])
def test_a_finger_that_is_missing_is_not_counted_again_because_it_does_not_work(digit: str, level: str) -> None:
    lost = f("digit_loss", side="left", digit=digit, level=level, injury="缺失")
    dead = f("digit_function", side="left", digit=digit, level=level, degree="complete", injury="功能")
    assert len(chosen(lost, dead)) == len(chosen(lost)) == 1
    assert raised(lost, dead) is None, "one thumb is no two equal items"
    assert worst(lost, dead) <= worst(lost)


@pytest.mark.parametrize("degree", ["complete", "functional_position", "partial", "deformed"])
@pytest.mark.parametrize("digit", HAND)
@pytest.mark.parametrize("level", LEVELS_OF_ARM)
def test_the_fingers_of_an_arm_that_is_missing_are_no_further_injury(level: str, digit: str, degree: str) -> None:
    arm = f("amputation", side="right", level=level)
    answer = an_answer(arm, f("digit_function", side="right", digit=digit, level="whole", degree=degree))
    assert [short(each.clause.number) for each in answer.tally.items] == chosen(arm)
    assert not answer.candidates.uncovered


@pytest.mark.parametrize("digit", ["hallux", "toe2", "toe5"])
@pytest.mark.parametrize("level", LEVELS_OF_LEG)
def test_the_toes_of_a_leg_that_is_missing_are_no_further_injury(level: str, digit: str) -> None:
    leg = f("amputation", side="left", level=level)
    toe = f("digit_loss", side="left", digit=digit, level="whole")
    assert (worst(leg, toe), len(chosen(leg, toe)), raised(leg, toe)) == (worst(leg), 1, None)
    assert worst(leg, f("digit_function", side="left", digit=digit, level="whole", degree="complete")) == worst(leg)


def test_a_finger_of_the_other_hand_is_an_injury_of_its_own() -> None:
    lost = f("digit_loss", side="left", digit="thumb", level="whole")
    dead = f("digit_function", side="right", digit="index", level="whole", degree="complete")
    assert sorted(chosen(lost, dead)) == ["10(5)", "8(17)"]
    thumb = f("digit_function", side="right", digit="thumb", level="whole", degree="complete")
    assert chosen(lost, thumb) == ["4(10)"], "both thumbs are a clause of their own"


@pytest.mark.parametrize("levels", [LEVELS_OF_ARM, LEVELS_OF_LEG])
def test_a_limb_told_at_two_levels_is_one_limb_at_the_higher(levels: tuple[str, ...]) -> None:
    for higher, lower in ((one, two) for n, one in enumerate(levels) for two in levels[n + 1 :]):
        told = [f("amputation", side="left", level=level, injury=level) for level in (lower, higher)]
        assert chosen(*told) == chosen(*reversed(told))
        assert (worst(*told), len(chosen(*told))) == (worst(told[1]), 1)
        assert raised(*told) is None


@given(level=st.sampled_from(LEVELS_OF_ARM + LEVELS_OF_LEG), side=sides)
def test_both_sides_have_each_side_and_no_word_more(level: str, side: str) -> None:
    one, both = (body([(f("amputation", side=each, level=level), "伤")]) for each in (side, "both"))
    assert one.sides[side] == both.sides["left"] == both.sides["right"]


@given(
    told=st.lists(
        st.tuples(sides, st.sampled_from(sorted(DIGITS)), st.sampled_from(["whole", "dip"])), min_size=1, max_size=8
    )
)
def test_digits_told_twice_are_counted_once_and_what_is_counted_was_told(told: list[tuple[str, str, str]]) -> None:
    losses = [f("digit_loss", side=side, digit=digit, level=level) for side, digit, level in told]
    once = body((each, f"伤{n}") for n, each in enumerate(losses))
    twice = body((each, f"伤{n}") for n, each in enumerate([*losses, *losses]))
    for side in ("left", "right"):
        assert set(once.sides[side]) == set(twice.sides[side])
        fingers = {digit for where, digit, _ in told if where == side and digit in HAND[1:]}
        assert {f"lost.dip:fingers>={n}" for n in range(1, 5) if n <= len(fingers)} == {
            each for each in once.sides[side] if each.startswith("lost.dip:fingers")
        }
    assert set(once.whole) == set(twice.whole)


# What several clauses ask


DUST = f("pneumoconiosis", stage=3, active_tuberculosis=False, injury="尘肺")


@pytest.mark.parametrize("levels", list(permutations(["normal", "mild", "severe"])))
def test_lungs_measured_several_times_count_by_the_worst_in_any_order(levels: tuple[str, ...]) -> None:
    lungs = [f("respiratory", lung_function=each, injury=f"肺{n}") for n, each in enumerate(levels)]
    assert chosen(DUST, *lungs)[0] == "1(17)"
    assert worst(*lungs, DUST) == 1


@pytest.mark.parametrize("opened", list(permutations([0, 2, 4])))
def test_a_mouth_measured_several_times_counts_by_the_worst_in_any_order(opened: tuple[int, ...]) -> None:
    jaw = f("tmj", side="both", bony=True, injury="颞颌关节")
    mouths = [f("mouth_opening", mouth_opening=each, injury=f"张口{n}") for n, each in enumerate(opened)]
    assert "4(23)" in held(jaw, *mouths)


@pytest.mark.parametrize("stage", ["compensated", "decompensated", "uremia"])
@given(clearance=st.floats(0, 250, allow_nan=False))
def test_a_stage_the_physician_names_is_not_undone_by_lighter_values(stage: str, clearance: float) -> None:
    named = f("renal", status="one_removed", stage=stage)
    both = f("renal", status="one_removed", stage=stage, ccr_ml_min=clearance)
    assert worst(both) <= worst(named)
    assert worst(both) <= worst(f("renal", status="one_removed", ccr_ml_min=clearance))
    assert isinstance(both.values()["stage"], frozenset), "a heavier stage holds the lighter ones"
