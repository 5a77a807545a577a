"""The plan: canonical order, and no contradiction."""

from dataclasses import replace
from typing import Any

import pytest

from gongjian.draws.errors import PlanWrong
from gongjian.draws.lot.plan import ANY, Excluded, Expert, Group, Plan, Recusal, Slot, read_plan
from gongjian.draws.tests.builders import BONE, EYE, HAND, a_plan, an_expert, experts_of, groups_of, the_city_plan


def test_experts_stand_in_the_order_of_their_ids_however_they_are_handed_in() -> None:
    plan = a_plan([an_expert("E3"), an_expert("E1"), an_expert("E2")])
    assert [expert.id for expert in plan.ordered().experts] == ["E1", "E2", "E3"]


def test_specialties_and_recusals_are_sorted_and_specialties_named_once() -> None:
    recusals = (Recusal("G2", "kin"), Recusal("G1", "kin"), Recusal("G1", "employer"))
    plan = a_plan([Expert("E1", (EYE, BONE, EYE), "", recusals), *experts_of(BONE)], groups_of([BONE] * 3, [BONE] * 3))
    expert = next(one for one in plan.ordered().experts if one.id == "E1")
    assert expert.specialties == tuple(sorted({EYE, BONE}))
    assert expert.recusals == (Recusal("G1", "employer"), Recusal("G1", "kin"), Recusal("G2", "kin"))


def test_groups_keep_the_order_in_which_they_are_seated() -> None:
    plan = a_plan(groups=[Group("G2", (BONE,) * 3), Group("G1", (BONE,) * 3)])
    assert [group.id for group in plan.ordered().groups] == ["G2", "G1"]


def test_slots_are_counted_within_their_group() -> None:
    plan = a_plan(groups=groups_of([BONE, EYE, ANY], [HAND, ANY, ANY]))
    assert plan.slots[:4] == (Slot("G1", 1, BONE), Slot("G1", 2, EYE), Slot("G1", 3, ANY), Slot("G2", 1, HAND))


def test_ordering_twice_changes_nothing() -> None:
    assert the_city_plan().ordered().ordered() == the_city_plan().ordered()


def test_a_plan_is_read_back_from_its_document() -> None:
    plan = the_city_plan().ordered()
    assert read_plan(plan.document()) == plan


@pytest.mark.parametrize(
    ("expert", "wanted", "answer"),
    [
        (an_expert("E1", BONE), BONE, True),
        (an_expert("E1", BONE), EYE, False),
        (an_expert("E1", BONE, EYE), EYE, True),
        (an_expert("E1", BONE), ANY, True),
    ],
)
def test_an_expert_has_their_own_specialties_and_fits_any_seat(expert: Expert, wanted: str, answer: bool) -> None:
    assert expert.has(wanted) is answer


def test_an_expert_may_not_sit_in_a_group_they_are_recused_from() -> None:
    expert = an_expert("E1", not_in=["G2", "G4"])
    assert [expert.may_sit_in(group) for group in ("G1", "G2", "G3", "G4")] == [True, False, True, False]


WRONG: dict[str, Plan] = {
    "an expert twice": a_plan([an_expert("E1"), an_expert("E1")]),
    "an expert both in and excluded": a_plan([an_expert("E1")], excluded=[Excluded("E1", "任期届满")]),
    "a group twice": a_plan(groups=[Group("G1", (BONE,) * 3), Group("G1", (BONE,) * 3)]),
    "too many groups": a_plan(groups=[Group(f"G{n}", (BONE,) * 3) for n in range(101)]),
    "a group of two": a_plan(groups=groups_of([BONE] * 2)),
    "a group of four": a_plan(groups=groups_of([BONE] * 4)),
    "a group of seven": a_plan(groups=groups_of([BONE] * 7)),
    "recused from no known group": a_plan([an_expert("E1", not_in=["G9"])]),
    "no specialty": a_plan([Expert("E1", ())]),
    "any is no specialty": a_plan([Expert("E1", (ANY,))]),
    "an empty id": a_plan([an_expert("")]),
    "an empty draw number": replace(a_plan(), draw=""),
    "a control character": a_plan([an_expert("E\n1")]),
    "not in normal form": a_plan([an_expert("e\u0301")]),
    "a very long text": a_plan([an_expert("E" * 101)]),
    "a reason left out": a_plan([Expert("E1", (BONE,), "", (Recusal("G1", ""),))]),
    "a reserve without a name": a_plan(reserves=[""]),
    "an excluded without a reason": a_plan(excluded=[Excluded("E99", "")]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_plan_that_contradicts_itself_is_refused(name: str) -> None:
    with pytest.raises(PlanWrong, match="抽取方案有误"):
        WRONG[name].ordered()


def test_no_group_at_all_is_refused() -> None:
    with pytest.raises(PlanWrong):
        replace(a_plan(), groups=()).ordered()


@pytest.mark.parametrize("size", [3, 5])
def test_art_11_a_group_has_three_or_five_experts(size: int) -> None:
    plan = a_plan(groups=groups_of([BONE] * size))
    assert len(plan.ordered().slots) == size


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("draw", 7, PlanWrong),
        ("office", ["YX"], PlanWrong),
        ("experts", 7, TypeError),
        ("experts", [7], TypeError),
        ("experts", [{}], KeyError),
        ("excluded", [{"id": "E9"}], KeyError),
        ("groups", [{"id": "G1", "wants": 7}], TypeError),
        ("groups", [{"id": "G1"}], KeyError),
        ("one_per_hospital", "yes", TypeError),
        ("one_per_hospital", 2, TypeError),
        ("reserves", 7, TypeError),
        ("reserves", [7], PlanWrong),
    ],
)
def test_a_document_of_another_shape_is_no_plan(field: str, value: Any, error: type[Exception]) -> None:
    document = {**the_city_plan().ordered().document(), field: value}
    with pytest.raises(error):
        read_plan(document)
