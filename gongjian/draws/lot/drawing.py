"""The draw itself: plan and seed in, seats and reserves out."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongjian.draws.errors import NotSeated
from gongjian.draws.lot.demand import Demand, group_demand
from gongjian.draws.lot.leximin import leximin
from gongjian.draws.lot.plan import Plan
from gongjian.draws.lot.reserves import Reserve, draw_reserves
from gongjian.draws.lot.rounding import who_sits
from gongjian.draws.lot.seating import Room
from gongjian.draws.lot.stream import Stream

ATTEMPTS = 64


@dataclass(frozen=True)
class Place:
    """An expert in a seat; `seat` counts from 1 within the group. An empty id: nobody sits there."""

    group: str
    seat: int
    wants: str
    expert: str


@dataclass(frozen=True)
class Outcome:
    """What a draw gave. `redraws`: how often the whole set was drawn anew because hospitals could not be kept apart."""

    redraws: int
    places: tuple[Place, ...]
    reserves: tuple[Reserve, ...]


def run(plan: Plan, seed: bytes, chances: Sequence[Fraction] | None = None) -> Outcome:
    """Draw. chances: the leximin chances of the plan, when already known. Raises: NotSeated after ATTEMPTS sets drawn."""
    demand = group_demand(plan)
    of = chances if chances is not None else leximin(demand).of
    stream = Stream(seed, "draw")
    for redraws in range(ATTEMPTS):
        drawn, room = attempt(plan, demand, of, stream)
        if room.fill():
            people = [plan.experts[drawn[person]].id for person in room.assign(stream)]
            places = tuple(
                Place(slot.group, slot.seat, slot.wants, id) for slot, id in zip(plan.slots, people, strict=True)
            )
            left = [expert for number, expert in enumerate(plan.experts) if number not in drawn]
            return Outcome(redraws, places, draw_reserves(left, plan.reserves, stream))
    raise NotSeated(attempts=ATTEMPTS)


def attempt(plan: Plan, demand: Demand, of: Sequence[Fraction], stream: Stream) -> tuple[tuple[int, ...], Room]:
    """Draw one set of experts, and the empty room for them."""
    drawn = who_sits(demand, of, stream)
    return drawn, Room([plan.experts[n] for n in drawn], plan.slots, one_per_hospital=plan.one_per_hospital)
