"""Reserves: drawn at once from those left, on the same stream, in committed order; and the rule by which one is called.

A reserve place that those left can no longer fill (the draw itself may have taken the last one) stays empty and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.draws.lot.demand import may_take, reserve_demand
from gongjian.draws.lot.leximin import leximin
from gongjian.draws.lot.plan import Expert, Slot
from gongjian.draws.lot.rounding import who_sits
from gongjian.draws.lot.seating import Room
from gongjian.draws.lot.stream import Stream


@dataclass(frozen=True)
class Reserve:
    """A reserve place and its expert; an empty id when nobody was left for it."""

    wants: str
    expert: str


def draw_reserves(left: Sequence[Expert], wants: Sequence[str], stream: Stream) -> tuple[Reserve, ...]:
    """The reserves in committed order."""
    filled = fillable(left, wants)
    demand = reserve_demand(left, [wants[number] for number in filled])
    drawn = [left[number] for number in who_sits(demand, leximin(demand).of, stream)] if filled else []
    room = Room(drawn, demand.slots, one_per_hospital=False)
    room.fill()
    names = dict(zip(filled, (drawn[person].id for person in room.assign(stream)), strict=True))
    return tuple(Reserve(wanted, names.get(number, "")) for number, wanted in enumerate(wants))


def fillable(left: Sequence[Expert], wants: Sequence[str]) -> list[int]:
    """Numbers of the reserve places that can be filled, each earlier one before any later one."""
    holder: dict[int, int] = {}

    def place(number: int, visited: set[int]) -> bool:
        for person, expert in enumerate(left):
            if person not in visited and expert.has(wants[number]):
                visited.add(person)
                if person not in holder or place(holder[person], visited):
                    holder[person] = number
                    return True
        return False

    return [number for number in range(len(wants)) if place(number, set())]


def next_reserve(candidates: Sequence[Expert], slot: Slot, hospitals: set[str]) -> Expert | None:
    """The first reserve not yet called who may take the seat; hospitals: those already sitting in the group."""
    for expert in candidates:
        if may_take(expert, slot) and not (expert.hospital and expert.hospital in hospitals):
            return expert
    return None
