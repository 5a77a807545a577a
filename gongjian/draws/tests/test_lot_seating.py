"""Who sits where: fitting, apart from colleagues, and never into a dead end."""

from collections import Counter

import pytest

from gongjian.draws.lot.plan import ANY, Expert, Plan
from gongjian.draws.lot.seating import Room
from gongjian.draws.lot.stream import Stream
from gongjian.draws.tests.builders import BONE, EYE, HAND, NERVE, a_plan, an_expert, experts_of, groups_of
from gongjian.draws.tests.oracle import seatings


def room_of(plan: Plan) -> Room:
    return Room(plan.experts, plan.slots, one_per_hospital=plan.one_per_hospital)


def seated(plan: Plan, number: int = 0) -> tuple[str, ...]:
    """The ids of those who sit, slot by slot."""
    room = room_of(plan)
    assert room.fill()
    return tuple(plan.experts[person].id for person in room.assign(Stream(number.to_bytes(32), "draw")))


def two_groups(*people: Expert, wants: tuple[str, ...] = (ANY, ANY, ANY), one_per_hospital: bool = True) -> Plan:
    return a_plan(people, groups_of(wants, wants), one_per_hospital=one_per_hospital)


def of_hospitals(*hospitals: str) -> tuple[Expert, ...]:
    return tuple(an_expert(f"E{n}", BONE, hospital=hospital) for n, hospital in enumerate(hospitals, start=1))


FITTING = {
    "specialties": a_plan(experts_of(BONE, EYE, f"{BONE}+{EYE}"), groups_of([BONE, EYE, ANY])),
    "a scarce one first in an any seat": a_plan(experts_of(EYE, BONE, BONE), groups_of([ANY, BONE, EYE])),
    "recusals": two_groups(
        an_expert("E1", BONE, not_in=["G1"]),
        an_expert("E2", BONE, not_in=["G1"]),
        *(an_expert(f"E{n}", BONE) for n in (3, 4, 5, 6)),
    ),
    "three pairs of colleagues": two_groups(*of_hospitals("A", "A", "B", "B", "C", "C")),
    "colleagues with their own specialties": two_groups(
        an_expert("E1", BONE, hospital="A"),
        an_expert("E2", EYE, hospital="A"),
        an_expert("E3", BONE, hospital="B"),
        an_expert("E4", EYE, hospital="B"),
        an_expert("E5", HAND, hospital="C"),
        an_expert("E6", HAND, hospital="C"),
        wants=(BONE, EYE, HAND),
    ),
    "colleagues and recusals": two_groups(
        an_expert("E1", BONE, hospital="A", not_in=["G2"]),
        an_expert("E2", BONE, hospital="A"),
        an_expert("E3", BONE, hospital="B", not_in=["G1"]),
        an_expert("E4", BONE, hospital="B"),
        an_expert("E5", BONE),
        an_expert("E6", BONE),
    ),
    "five seats": a_plan(
        [*of_hospitals("A", "B", "C", "D"), an_expert("E9", EYE)], groups_of([ANY, BONE, EYE, ANY, BONE])
    ),
}


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("name", FITTING)
def test_everyone_sits_where_they_may(name: str, number: int) -> None:
    plan = FITTING[name]
    assert seated(plan, number) in set(seatings(plan.experts, plan.slots, one_per_hospital=True))


@pytest.mark.parametrize("name", [name for name in FITTING if name != "five seats"])
def test_every_possible_seating_can_come_out(name: str) -> None:
    plan = FITTING[name]
    possible = set(seatings(plan.experts, plan.slots, one_per_hospital=True))
    assert {seated(plan, number) for number in range(12 * len(possible))} == possible


def test_a_slot_is_given_uniformly_among_those_who_leave_the_rest_fillable() -> None:
    counts = Counter(seated(FITTING["recusals"], number)[0] for number in range(2_000))
    assert set(counts) == {"E3", "E4", "E5", "E6"}
    assert all(430 <= count <= 570 for count in counts.values())


IMPOSSIBLE = {
    "three of one hospital for two groups": two_groups(*of_hospitals("A", "A", "A", "B", "C", "D")),
    "only colleagues have the specialties": a_plan(
        [an_expert("E1", EYE, hospital="A"), an_expert("E2", NERVE, hospital="A"), an_expert("E3", BONE)],
        groups_of([EYE, NERVE, BONE]),
    ),
    "all recused": two_groups(
        *(an_expert(f"E{n}", BONE, not_in=["G1"]) for n in range(1, 5)), an_expert("E5"), an_expert("E6")
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_set_that_cannot_be_seated_is_found_out(name: str) -> None:
    plan = IMPOSSIBLE[name]
    assert list(seatings(plan.experts, plan.slots, one_per_hospital=True)) == []
    assert not room_of(plan).fill()


def test_without_the_hospital_condition_colleagues_sit_together() -> None:
    plan = two_groups(*of_hospitals("A", "A", "A", "A", "A", "A"), one_per_hospital=False)
    assert sorted(seated(plan)) == ["E1", "E2", "E3", "E4", "E5", "E6"]


def test_experts_without_a_hospital_are_nobodys_colleagues() -> None:
    assert len(seated(two_groups(*of_hospitals(*[""] * 6)))) == 6


def colleagues(number: int) -> Plan:
    """Six experts of three hospitals, one or two specialties each, for two groups."""
    source = Stream(bytes(32), f"colleagues/{number}")
    people = [
        an_expert(
            f"E{n}",
            *{source.choose((BONE, EYE, HAND)) for _ in range(2)},
            hospital=f"H{source.below(3)}",
            not_in=[source.choose(("G1", "G2"))] if source.below(4) == 0 else [],
        )
        for n in range(6)
    ]
    return a_plan(people, groups_of(*[[source.choose((BONE, EYE, HAND, ANY)) for _ in range(3)] for _ in range(2)]))


@pytest.mark.parametrize("number", range(120))
def test_a_seating_is_found_exactly_when_there_is_one(number: int) -> None:
    plan = colleagues(number)
    exists = next(seatings(plan.experts, plan.slots, one_per_hospital=True), None) is not None
    assert room_of(plan).fill() == exists


@pytest.mark.parametrize("number", [n for n in range(120) if room_of(colleagues(n)).fill()])
def test_seats_are_given_out_without_a_dead_end(number: int) -> None:
    plan = colleagues(number)
    assert seated(plan, number) in set(seatings(plan.experts, plan.slots, one_per_hospital=True))


def test_a_search_that_takes_too_long_gives_up_the_same_way_each_time() -> None:
    many = [an_expert(f"E{n:02d}", BONE, hospital=f"H{n % 7}") for n in range(45)]
    plan = a_plan(many, groups_of(*[[BONE] * 3] * 15))
    one, other = room_of(plan), room_of(plan)
    assert one.fill() == other.fill()
    assert one.at == other.at
