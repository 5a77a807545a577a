"""Reserves: drawn at the same time, in committed order, from those left."""

import pytest

from gongjian.draws.lot.plan import ANY, Expert, Slot
from gongjian.draws.lot.reserves import Reserve, draw_reserves, fillable, next_reserve
from gongjian.draws.lot.stream import Stream
from gongjian.draws.tests.builders import BONE, EYE, HAND, NERVE, a_plan, a_receipt, an_expert, experts_of, groups_of


def reserves(people: tuple[Expert, ...], wants: list[str], number: int = 0) -> list[str]:
    return [reserve.expert for reserve in draw_reserves(people, wants, Stream(number.to_bytes(32), "draw"))]


@pytest.mark.parametrize(
    ("people", "wants", "expected"),
    [
        ([BONE, EYE], [BONE, EYE], [0, 1]),
        ([BONE], [EYE], []),
        ([], [BONE, ANY], []),
        ([BONE], [BONE, BONE], [0]),
        ([EYE], [ANY, EYE], [0]),
        ([EYE, BONE], [ANY, EYE], [0, 1]),
        ([f"{BONE}+{EYE}", BONE], [BONE, EYE], [0, 1]),
        ([f"{BONE}+{EYE}"], [BONE, EYE], [0]),
        ([BONE, BONE], [NERVE, BONE, EYE, BONE], [1, 3]),
        ([BONE] * 3, [], []),
    ],
)
def test_an_earlier_reserve_place_is_filled_before_a_later_one(
    people: list[str], wants: list[str], expected: list[int]
) -> None:
    assert fillable(experts_of(*people), wants) == expected


@pytest.mark.parametrize("number", range(10))
def test_a_reserve_has_the_specialty_of_the_place(number: int) -> None:
    people = experts_of(BONE, BONE, EYE, EYE, f"{BONE}+{EYE}", HAND)
    found = reserves(people, [EYE, BONE, ANY], number)
    of = {expert.id: expert for expert in people}
    assert of[found[0]].has(EYE)
    assert of[found[1]].has(BONE)
    assert len(set(found)) == 3


def test_a_place_nobody_is_left_for_stays_empty_and_says_so() -> None:
    assert reserves(experts_of(BONE), [EYE, BONE, BONE]) == ["", "E01", ""]


def test_no_reserve_places_give_no_reserves() -> None:
    assert draw_reserves(experts_of(BONE), [], Stream(bytes(32), "draw")) == ()


def test_every_one_left_can_become_a_reserve() -> None:
    people = experts_of(BONE, BONE, BONE, BONE)
    assert {reserves(people, [BONE], number)[0] for number in range(60)} == {"E01", "E02", "E03", "E04"}


def test_reserves_are_drawn_on_the_stream_where_the_seats_left_off() -> None:
    plan = a_plan(experts_of(*[BONE] * 8), groups_of([BONE] * 3), reserves=[BONE, BONE])
    firsts = {a_receipt(plan, f"词{n}").outcome.reserves for n in range(12)}
    assert len(firsts) > 6


@pytest.mark.parametrize("number", range(12))
def test_nobody_both_sits_and_waits(number: int) -> None:
    receipt = a_receipt(None, f"词{number}")
    sitting = {place.expert for place in receipt.outcome.places}
    waiting = {reserve.expert for reserve in receipt.outcome.reserves}
    assert not sitting & waiting


def test_a_reserve_place_names_what_it_wants() -> None:
    found = draw_reserves(experts_of(EYE), [EYE], Stream(bytes(32), "draw"))
    assert found == (Reserve(wants=EYE, expert="E01"),)


@pytest.mark.parametrize(
    ("wants", "group", "hospitals", "expected"),
    [
        pytest.param(ANY, "G1", set(), "R1", id="the first"),
        pytest.param(EYE, "G1", set(), "R2", id="the first of the specialty"),
        pytest.param(ANY, "G1", {"H1"}, "R2", id="not a colleague of one who sits there"),
        pytest.param(ANY, "G2", set(), "R2", id="not one recused from the group"),
        pytest.param(EYE, "G1", {"H2"}, "R4", id="one without a hospital is nobody's colleague"),
        pytest.param(NERVE, "G1", set(), None, id="nobody"),
        pytest.param(EYE, "G3", {"H2", "H4", ""}, None, id="nobody left"),
    ],
)
def test_the_next_reserve_is_the_first_who_fits(
    wants: str, group: str, hospitals: set[str], expected: str | None
) -> None:
    waiting = [
        an_expert("R1", BONE, hospital="H1", not_in=["G2"]),
        an_expert("R2", EYE, hospital="H2"),
        an_expert("R3", BONE, EYE, hospital="H2"),
        an_expert("R4", EYE, not_in=["G3"]),
    ]
    found = next_reserve(waiting, Slot(group, 1, wants), hospitals)
    assert (found.id if found else None) == expected
