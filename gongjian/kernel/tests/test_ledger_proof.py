"""The path from one hash to a day's root."""

import pytest

from gongjian.kernel.ledger.hashing import merkle_root
from gongjian.kernel.ledger.proof import path_of, root_by

LEAVES = [f"{number:064x}" for number in range(1, 14)]
EVERY = [(count, place) for count in range(1, 14) for place in range(count)]


@pytest.mark.parametrize(("count", "place"), EVERY)
def test_every_leaf_leads_to_the_root_of_the_whole_tree(count, place):
    leaves = LEAVES[:count]
    assert root_by(leaves[place], path_of(leaves, place)) == merkle_root(leaves)


@pytest.mark.parametrize("place", range(7))
def test_another_leaf_leads_elsewhere_by_the_same_path(place):
    leaves = LEAVES[:7]
    assert root_by("f" * 64, path_of(leaves, place)) != merkle_root(leaves)


@pytest.mark.parametrize("step", range(3))
def test_a_changed_step_leads_elsewhere(step):
    leaves = LEAVES[:8]
    path = path_of(leaves, 5)
    side, neighbour = path[step]
    for other in [("right" if side == "left" else "left", neighbour), (side, "f" * 64)]:
        assert root_by(leaves[5], [*path[:step], other, *path[step + 1 :]]) != merkle_root(leaves)


@pytest.mark.parametrize("place", [-1, 3])
def test_a_place_outside_the_tree_is_refused(place):
    with pytest.raises(IndexError):
        path_of(LEAVES[:3], place)


@pytest.mark.parametrize("step", [("above", "0" * 64), ("left", "00"), ("left", "not hex")])
def test_a_step_that_is_none_is_refused(step):
    with pytest.raises(ValueError):
        root_by("0" * 64, [step])
