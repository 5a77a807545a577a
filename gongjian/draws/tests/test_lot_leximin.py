"""Chances: the smallest as large as can be, then the next; exact, unique, and explained by a cut."""

from fractions import Fraction
from itertools import groupby

import pytest

from gongjian.draws.lot.demand import group_demand
from gongjian.draws.lot.infeasible import shortages
from gongjian.draws.lot.leximin import CERTAIN, HOSPITAL, PLACES, Chances, leximin
from gongjian.draws.lot.plan import ANY, Expert, Plan
from gongjian.draws.lot.sample import sample_plan
from gongjian.draws.tests.builders import (
    BONE,
    CHEST,
    EYE,
    HAND,
    NERVE,
    a_plan,
    an_expert,
    experts_of,
    groups_of,
    the_city_plan,
)
from gongjian.draws.tests.oracle import drawable_sets, leximin_by_programs
from gongjian.draws.tests.pools import small_pool


def chances_of(plan: Plan) -> Chances:
    return leximin(group_demand(plan.ordered()))


def chances(plan: Plan) -> list[str]:
    return [str(chance) for chance in chances_of(plan).of]


@pytest.mark.parametrize(
    ("people", "wants", "expected"),
    [
        pytest.param([BONE] * 3, [BONE] * 3, ["1"] * 3, id="as many experts as seats"),
        pytest.param([BONE] * 9, [BONE] * 3, ["1/3"] * 9, id="equals get the same"),
        pytest.param([BONE] * 4, [BONE] * 3, ["3/4"] * 4, id="one too many"),
        pytest.param([BONE] * 3, [ANY] * 3, ["1"] * 3, id="any seat takes anyone"),
        pytest.param([BONE, BONE, EYE, EYE, EYE], [BONE, EYE, EYE], ["1/2"] * 2 + ["2/3"] * 3, id="two specialties"),
        pytest.param([EYE, BONE, BONE, BONE], [EYE, BONE, BONE], ["1", "2/3", "2/3", "2/3"], id="a scarce specialty"),
        pytest.param([CHEST, BONE, BONE, BONE], [BONE] * 3, ["0", "1", "1", "1"], id="a specialty nobody asked for"),
        pytest.param([CHEST, BONE, BONE, BONE], [BONE, BONE, ANY], ["3/4"] * 4, id="an any seat opens the door"),
        pytest.param(
            [f"{BONE}+{EYE}", BONE, BONE, EYE, EYE],
            [BONE, EYE, ANY],
            ["3/5"] * 5,
            id="a second specialty is not a second ticket",
        ),
        pytest.param([EYE, EYE, f"{BONE}+{EYE}", BONE], [EYE, BONE, BONE], ["1/2", "1/2", "1", "1"], id="a bottleneck"),
        pytest.param([EYE, EYE, BONE, BONE, BONE], [EYE, EYE, BONE], ["1", "1", "1/3", "1/3", "1/3"], id="no choice"),
    ],
)
def test_chances_are_the_fairest_possible(people: list[str], wants: list[str], expected: list[str]) -> None:
    assert chances(a_plan(experts_of(*people), groups_of(wants))) == expected


def test_three_alike_of_whom_one_is_recused_from_one_group_all_get_two_thirds() -> None:
    alike = [an_expert("E1", EYE, not_in=["G2"]), an_expert("E2", EYE), an_expert("E3", EYE)]
    others = [an_expert(f"E{n}", BONE) for n in (4, 5, 6, 7)]
    plan = a_plan([*alike, *others], groups_of([EYE, BONE, BONE], [EYE, BONE, BONE]))
    assert chances(plan)[:3] == ["2/3"] * 3


def test_a_large_hospital_gets_no_more_seats_than_groups() -> None:
    people = [an_expert(f"E{n}", BONE, hospital="H1" if n < 6 else f"H{n}") for n in range(10)]
    plan = a_plan(people, groups_of([BONE] * 3))
    assert chances(plan) == ["1/6"] * 6 + ["1/2"] * 4
    assert chances_of(plan).levels[0].cut.hospitals == ("H1",)


def test_without_the_hospital_condition_a_large_hospital_is_nothing_special() -> None:
    people = [an_expert(f"E{n}", BONE, hospital="H1" if n < 6 else f"H{n}") for n in range(10)]
    assert chances(a_plan(people, groups_of([BONE] * 3), one_per_hospital=False)) == ["3/10"] * 10


def test_seats_only_a_full_hospital_can_take_leave_less_to_its_other_experts() -> None:
    eyes = [an_expert("E0", EYE, hospital="H1")]
    bones = [an_expert(f"E{n}", BONE, hospital="H1") for n in (1, 2, 3)]
    others = [an_expert(f"E{n}", BONE, hospital=f"H{n}") for n in (4, 5, 6)]
    plan = a_plan([*eyes, *bones, *others], groups_of([EYE, BONE, BONE]))
    assert chances(plan) == ["1", "0", "0", "0", "2/3", "2/3", "2/3"]
    level = chances_of(plan).levels[0]
    assert (level.cut.why, level.cut.places, level.together) == (HOSPITAL, 0, ("E1", "E2", "E3"))


def oracle_pools() -> list[Plan]:
    """Pools of every make that can be seated at all."""
    pools = [small_pool(n) for n in range(20)]
    pools += [small_pool(n, hospitals=3) for n in range(20)]
    pools += [small_pool(n, hospitals=4, groups=2, experts=8) for n in range(40)]
    return [pool for pool in pools if not shortages(group_demand(pool))]


def test_there_are_enough_pools_to_compare() -> None:
    assert len(oracle_pools()) >= 25


@pytest.mark.parametrize("plan", oracle_pools())
def test_chances_equal_those_of_exact_linear_programs_over_all_sets(plan: Plan) -> None:
    assert list(chances_of(plan).of) == leximin_by_programs(plan)


@pytest.mark.parametrize("plan", [small_pool(n, hospitals=2) for n in range(20)])
def test_a_pool_is_short_exactly_when_no_set_can_be_drawn(plan: Plan) -> None:
    assert bool(shortages(group_demand(plan))) == (not drawable_sets(plan))


@pytest.mark.parametrize("plan", [the_city_plan(), sample_plan(), sample_plan(experts=160, groups=30, hospitals=4)])
def test_chances_add_up_to_the_seats_and_stay_between_none_and_one(plan: Plan) -> None:
    found = chances_of(plan).of
    assert sum(found) == len(plan.slots)
    assert all(0 <= chance <= 1 for chance in found)


@pytest.mark.parametrize("plan", [the_city_plan(), *oracle_pools()[::4], sample_plan(size=5, groups=24)])
def test_equals_are_treated_equally(plan: Plan) -> None:
    ordered = plan.ordered()
    found = dict(zip(ordered.experts, chances_of(plan).of, strict=True))

    def make(expert: Expert) -> str:
        return repr((expert.specialties, expert.hospital, expert.recusals))

    alike = groupby(sorted(ordered.experts, key=make), key=make)
    assert all(len({found[expert] for expert in group}) == 1 for _, group in alike)


@pytest.mark.parametrize("plan", oracle_pools()[::3])
def test_the_order_in_which_experts_are_handed_in_does_not_matter(plan: Plan) -> None:
    turned = a_plan(tuple(reversed(plan.experts)), plan.groups)
    assert chances(turned) == chances(plan)


@pytest.mark.parametrize("plan", [the_city_plan(), *oracle_pools()])
def test_every_level_is_proved_by_its_cut(plan: Plan) -> None:
    found = chances_of(plan)
    of = dict(zip((expert.id for expert in plan.ordered().experts), found.of, strict=True))
    assert all(sum(of[id] for id in level.together) == level.cut.places for level in found.levels)
    assert all(of[id] == level.chance for level in found.levels for id in level.experts)
    assert all(set(level.experts) <= set(level.together) for level in found.levels)


@pytest.mark.parametrize("plan", [the_city_plan(), *oracle_pools()])
def test_experts_of_a_cut_of_places_fit_no_seat_outside_it(plan: Plan) -> None:
    ordered = plan.ordered()
    of = {expert.id: expert for expert in ordered.experts}
    outside = [
        (of[id], slot)
        for level in chances_of(plan).levels
        if level.cut.why == PLACES
        for number, slot in enumerate(ordered.slots)
        if number not in level.cut.slots
        for id in level.together
    ]
    assert not [pair for pair in outside if pair[0].has(pair[1].wants) and pair[0].may_sit_in(pair[1].group)]


def test_levels_rise_and_each_expert_is_fixed_once() -> None:
    people = [BONE, BONE, BONE, EYE, EYE, NERVE, f"{HAND}+{EYE}"]
    found = chances_of(a_plan(experts_of(*people), groups_of([BONE, EYE, NERVE])))
    levels = [level.chance for level in found.levels]
    assert levels == sorted(levels)
    assert sorted(id for level in found.levels for id in level.experts) == [f"E{n:02d}" for n in range(1, 8)]


def test_experts_who_are_needed_for_every_seating_are_called_certain_by_the_list() -> None:
    found = chances_of(a_plan(experts_of(BONE, BONE, BONE), groups_of([BONE] * 3)))
    assert [(level.chance, level.cut.why) for level in found.levels] == [(Fraction(1), CERTAIN)]


def test_the_certificate_is_written_with_fractions_and_slots_counted_from_one() -> None:
    found = chances_of(a_plan(experts_of(EYE, EYE, BONE, BONE, BONE), groups_of([EYE, BONE, BONE])))
    assert found.levels[0].document() == {
        "chance": "1/2",
        "experts": ["E01", "E02"],
        "why": "places",
        "together": ["E01", "E02"],
        "places": 1,
        "slots": [1],
        "hospitals": [],
    }
