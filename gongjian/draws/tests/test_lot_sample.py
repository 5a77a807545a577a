"""The invented pool, and a draw of the size of a large session day."""

from time import process_time

import pytest

from gongjian.draws.lot.door import DoorGroup, Visitor
from gongjian.draws.lot.infeasible import check_possible
from gongjian.draws.lot.plan import GROUP_SIZES, Plan
from gongjian.draws.lot.sample import sample_commitment, sample_draw, sample_plan
from gongjian.draws.lot.verify import verify_text
from gongjian.draws.tests.builders import BONE, an_open_door

SECONDS = 10.0  # a machine may be busy; the figure itself is in docs/benchmarks.md


def test_the_same_arguments_give_the_same_pool() -> None:
    assert sample_plan() == sample_plan()


@pytest.mark.parametrize(
    "plan",
    [
        sample_plan(),
        sample_plan(size=5, groups=24),
        sample_plan(experts=300, groups=60, hospitals=40),
        sample_plan(experts=120, groups=20, hospitals=6),
    ],
)
def test_pools_of_every_size_can_be_drawn(plan: Plan) -> None:
    check_possible(plan.ordered())
    assert all(len(group.wants) in GROUP_SIZES for group in plan.groups)


def test_two_hundred_experts_for_forty_groups_and_six_hundred_people_take_seconds_at_most() -> None:
    start = process_time()
    receipt = sample_draw(sample_commitment())
    door = an_open_door(
        [DoorGroup(group.id, (BONE,)) for group in receipt.commitment.plan.groups],
        [Visitor(f"K{n:03d}", (BONE,)) for n in range(600)],
    )
    for visitor in door.commitment.visitors:
        door = door.send(visitor.id)
    assert process_time() - start < SECONDS
    assert len(receipt.outcome.places) == 120
    assert len(door.arrivals) == 600


def test_the_large_receipt_holds() -> None:
    assert verify_text(sample_draw(sample_commitment()).text) == []


def test_other_words_seat_others() -> None:
    commitment = sample_commitment(sample_plan(experts=90, groups=14))
    assert sample_draw(commitment, ["甲"]).outcome.places != sample_draw(commitment, ["乙"]).outcome.places
