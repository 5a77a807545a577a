"""Seats proposed to the draw officer."""

import pytest

from gongjian.draws.errors import GroupSizeNotAllowed
from gongjian.draws.proposals import proposed_groups
from gongjian.draws.rules import only_group_for, uncovered
from gongjian.experts.specialties import SPECIALTIES

BONE, HAND, EYE, NERVE, CHEST = "orthopaedics", "hand_foot", "ophthalmology", "neurology", "thoracic"
A_CITY = [[BONE]] * 40 + [[HAND]] * 25 + [[NERVE]] * 12 + [[EYE]] * 10 + [[BONE, NERVE]] * 6 + [[CHEST]] * 4 + [[]] * 3
SUPPLY = {BONE: 40, HAND: 25, NERVE: 14, EYE: 12, CHEST: 8}


@pytest.mark.parametrize("size", [1, 2, 4, 6, 7])
def test_art_11_a_group_has_three_or_five(size):
    with pytest.raises(GroupSizeNotAllowed, match="3人或5人"):
        proposed_groups([[BONE]], groups=1, size=size)


def test_every_combination_that_is_needed_gets_a_group_with_seats_for_all_of_it():
    groups = proposed_groups([[BONE], [BONE], [EYE], [BONE, NERVE]], groups=2, size=3)
    assert uncovered({"A": [BONE], "B": [EYE], "C": [BONE, NERVE]}, groups) == []
    assert [len(group) for group in groups] == [3, 3]


def test_free_seats_cover_other_combinations_then_repeat_and_the_last_stays_open():
    assert proposed_groups([[BONE], [BONE], [EYE]], groups=2, size=5) == [
        (BONE, EYE, BONE, BONE, "*"),
        (EYE, BONE, BONE, BONE, "*"),
    ]
    assert proposed_groups([[BONE], [BONE], [EYE]], groups=2, size=3) == [(BONE, EYE, "*"), (EYE, BONE, "*")]


def test_with_room_for_it_nobody_has_a_group_that_is_known_beforehand():
    needs = [[BONE], [EYE], [NERVE], [BONE, EYE]]
    groups = proposed_groups(needs, groups=4, size=5)
    assert [only_group_for(need, groups) for need in needs] == [None] * 4


def test_no_more_seats_are_proposed_than_there_are_experts():
    groups = proposed_groups([[BONE], [EYE]], groups=3, size=3, supply={BONE: 3, EYE: 1})
    assert groups == [(BONE, "*", "*"), (EYE, BONE, "*"), (BONE, "*", "*")]
    assert sum(group.count(EYE) for group in groups) == 1


def test_what_somebody_needs_is_proposed_even_where_experts_are_missing():
    assert proposed_groups([[CHEST]], groups=1, size=3, supply={}) == [(CHEST, "*", "*")]


def test_without_any_need_every_seat_is_open():
    assert proposed_groups([[], []], groups=1, size=3) == [("*", "*", "*")]
    assert proposed_groups([], groups=2, size=5) == [("*",) * 5] * 2


def test_a_combination_larger_than_a_group_is_left_for_people_to_solve():
    four = [BONE, EYE, NERVE, CHEST]
    assert uncovered({"A": four}, proposed_groups([four], groups=1, size=3)) == ["A"]
    assert uncovered({"A": four}, proposed_groups([four], groups=1, size=5)) == []


def test_what_stands_first_does_not_depend_on_the_order_of_people():
    assert proposed_groups(A_CITY, groups=10, size=3) == proposed_groups(A_CITY[::-1], groups=10, size=3)


@pytest.mark.parametrize("groups", [3, 10, 20])
@pytest.mark.parametrize("size", [3, 5])
def test_a_city_day_is_served_by_every_number_of_groups(groups, size):
    proposal = proposed_groups(A_CITY, groups=groups, size=size, supply=SUPPLY)
    assert uncovered({str(n): need for n, need in enumerate(A_CITY)}, proposal) == []
    assert {len(group) for group in proposal} == {size}


def test_no_specialty_of_a_city_day_is_asked_for_beyond_its_experts():
    proposal = proposed_groups(A_CITY, groups=20, size=5, supply=SUPPLY)
    asked = {code: sum(group.count(code) for group in proposal) for code in SUPPLY}
    assert all(asked[code] <= SUPPLY[code] for code in SUPPLY)


def test_a_city_day_keeps_its_secret_wherever_there_are_enough_groups():
    proposal = proposed_groups(A_CITY, groups=20, size=3, supply=SUPPLY)
    assert [only_group_for(need, proposal) for need in A_CITY if need] == [None] * (len(A_CITY) - 3)


def test_specialties_stand_in_the_order_of_the_table():
    (group,) = proposed_groups([[CHEST, BONE, NERVE]], groups=1, size=3)
    assert list(group) == sorted(group, key=list(SPECIALTIES).index)


@pytest.mark.parametrize("repeated", [[BONE, BONE], [BONE, BONE, BONE]])
def test_a_need_named_twice_is_one_need(repeated):
    assert proposed_groups([repeated], groups=1, size=3) == proposed_groups([[BONE]], groups=1, size=3)
