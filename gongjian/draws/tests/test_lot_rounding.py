"""From chances to yes or no: exactly the published chance for each, and always as many as there are seats."""

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import sqrt

import pytest

from gongjian.draws.lot.demand import Demand, group_demand
from gongjian.draws.lot.leximin import leximin
from gongjian.draws.lot.plan import ANY, Plan
from gongjian.draws.lot.rounding import Shares, who_sits
from gongjian.draws.lot.stream import Stream
from gongjian.draws.tests.builders import (
    BONE,
    EYE,
    HAND,
    NERVE,
    a_plan,
    an_expert,
    experts_of,
    groups_of,
    the_city_plan,
)
from gongjian.draws.tests.oracle import drawable_sets

REPLAYS = 2_000
OVERLAP = experts_of(*[BONE] * 4, *[f"{BONE}+{EYE}"] * 3, EYE, EYE, NERVE, NERVE, f"{NERVE}+{HAND}", HAND)
PLANS = {
    "overlap": a_plan(OVERLAP, groups_of([BONE, EYE, ANY], [BONE, NERVE, ANY])).ordered(),
    "city": the_city_plan().ordered(),
    "one large hospital": a_plan(
        [an_expert(f"E{n}", BONE, hospital="H1" if n < 5 else f"H{n}") for n in range(9)], groups_of([BONE] * 3)
    ).ordered(),
    "recusals": a_plan(
        [an_expert(f"E{n}", EYE if n < 4 else BONE, not_in=["G1"] if n in (0, 5) else []) for n in range(9)],
        groups_of([EYE, BONE, BONE], [EYE, BONE, BONE]),
    ).ordered(),
    "five seats": a_plan(OVERLAP, groups_of([BONE, EYE, NERVE, ANY, ANY])).ordered(),
}


@cache
def draws_of(name: str) -> list[tuple[int, ...]]:
    """The sets drawn with REPLAYS fixed seeds."""
    demand = group_demand(PLANS[name])
    chances = leximin(demand).of
    return [who_sits(demand, chances, Stream(number.to_bytes(32), "draw")) for number in range(REPLAYS)]


def chances_of(name: str) -> tuple[Fraction, ...]:
    return leximin(group_demand(PLANS[name])).of


def z_scores(name: str) -> list[float]:
    """How far each expert's count is from its expectation, in standard deviations; experts without luck left out."""
    counts = Counter(expert for drawn in draws_of(name) for expert in drawn)
    uncertain = [(expert, float(chance)) for expert, chance in enumerate(chances_of(name)) if 0 < chance < 1]
    return [(counts[expert] - REPLAYS * p) / sqrt(REPLAYS * p * (1 - p)) for expert, p in uncertain]


@pytest.mark.parametrize("name", PLANS)
def test_every_expert_is_drawn_as_often_as_published(name: str) -> None:
    assert max(map(abs, z_scores(name))) < 3.6


@pytest.mark.parametrize("name", PLANS)
def test_the_deviations_are_those_of_chance_and_no_smaller_or_larger(name: str) -> None:
    scores = z_scores(name)
    assert 0.4 < sqrt(sum(score**2 for score in scores) / len(scores)) < 1.5


@pytest.mark.parametrize("name", PLANS)
def test_every_set_drawn_can_be_seated(name: str) -> None:
    assert set(draws_of(name)) <= set(drawable_sets(PLANS[name]))


@pytest.mark.parametrize("name", PLANS)
def test_those_certain_always_sit_and_those_impossible_never(name: str) -> None:
    certain = {expert for expert, chance in enumerate(chances_of(name)) if chance == 1}
    impossible = {expert for expert, chance in enumerate(chances_of(name)) if chance == 0}
    assert all(certain <= set(drawn) and not impossible & set(drawn) for drawn in draws_of(name))


@pytest.mark.parametrize("name", PLANS)
def test_any_two_who_could_sit_together_sometimes_do(name: str) -> None:
    possible = {pair for one in drawable_sets(PLANS[name]) for pair in combinations(one, 2)}
    seen = {pair for drawn in draws_of(name) for pair in combinations(drawn, 2)}
    assert seen == {pair for pair in possible if all(chances_of(name)[expert] for expert in pair)}


def test_two_seeds_seldom_give_the_same_set() -> None:
    assert len(set(draws_of("overlap"))) > 300


def test_neighbours_in_the_list_are_not_played_against_each_other() -> None:
    demand = group_demand(a_plan(experts_of(*[BONE] * 6), groups_of([BONE] * 3)).ordered())
    half = (Fraction(1, 2),) * 6
    pairs = Counter(
        pair
        for number in range(1_000)
        for pair in combinations(who_sits(demand, half, Stream(number.to_bytes(32), "draw")), 2)
    )
    assert len(pairs) == 15
    assert max(pairs.values()) < 1.4 * min(pairs.values())


def test_the_same_stream_gives_the_same_set() -> None:
    demand, chances = group_demand(PLANS["overlap"]), chances_of("overlap")
    once, again = (who_sits(demand, chances, Stream(bytes(32), "draw")) for _ in range(2))
    assert once == again


def test_without_luck_only_the_shuffle_uses_the_stream() -> None:
    plan: Plan = a_plan(experts_of(*[BONE] * 3), groups_of([BONE] * 3)).ordered()
    demand: Demand = group_demand(plan)
    stream, shuffled = Stream(bytes(32), "draw"), Stream(bytes(32), "draw")
    shuffled.shuffle(range(3))
    assert who_sits(demand, (Fraction(1),) * 3, stream) == (0, 1, 2)
    assert stream.take(8) == shuffled.take(8)


@pytest.mark.parametrize(
    ("amounts", "ends"),
    [
        pytest.param((1, 1), {(0, 2), (2, 0)}, id="halves"),
        pytest.param((2, 0), {(2, 0)}, id="already whole"),
    ],
)
def test_a_cycle_ends_with_whole_amounts_and_the_same_sum(amounts: tuple[int, int], ends: set[tuple[int, int]]) -> None:
    found = set()
    for number in range(40):
        shares = Shares(unit=2)
        numbers = [shares.add(0, node, amount) for node, amount in zip((1, 2), amounts, strict=True)]
        shares.add(1, 3, amounts[0])
        shares.add(2, 3, amounts[1])
        shares.settle(Stream(bytes([number]) * 32, "draw"))
        found.add(tuple(shares.edges[edge].amount for edge in numbers))
    assert found == ends
