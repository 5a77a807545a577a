"""Seats and experts as a flow problem: kinds of seats open to the same experts, and hospitals that can be too large."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.draws.lot.canonical import rank
from gongjian.draws.lot.flow import Network
from gongjian.draws.lot.plan import Expert, Plan, Slot

SOURCE = 0


@dataclass(frozen=True)
class Kind:
    """Seats that exactly the same experts may take: numbers of the slots, numbers of the experts."""

    slots: tuple[int, ...]
    fits: tuple[int, ...]


@dataclass(frozen=True)
class Hospital:
    """A hospital with more experts on the list than the seats its experts can take at once (one in each group)."""

    name: str
    members: tuple[int, ...]
    most: int


@dataclass(frozen=True)
class Demand:
    """Who could take which of the slots. Experts and slots are numbered from 0 in their committed order."""

    experts: tuple[Expert, ...]
    slots: tuple[Slot, ...]
    kinds: tuple[Kind, ...]
    hospitals: tuple[Hospital, ...]

    def hospital_of(self) -> dict[int, int]:
        """Expert → number of the hospital that limits them."""
        return {member: number for number, hospital in enumerate(self.hospitals) for member in hospital.members}


def group_demand(plan: Plan) -> Demand:
    """The seats of the groups, with recusals and the hospital condition."""
    kinds = _kinds(plan.experts, plan.slots)
    return Demand(plan.experts, plan.slots, kinds, _hospitals(plan) if plan.one_per_hospital else ())


def reserve_demand(experts: Sequence[Expert], wants: Sequence[str]) -> Demand:
    """The reserve places: they belong to no group yet, so neither recusals nor hospitals limit them."""
    slots = tuple(Slot("", seat, wanted) for seat, wanted in enumerate(wants, start=1))
    return Demand(tuple(experts), slots, _kinds(experts, slots), ())


def may_take(expert: Expert, slot: Slot) -> bool:
    return expert.has(slot.wants) and expert.may_sit_in(slot.group)


def _kinds(experts: Sequence[Expert], slots: Sequence[Slot]) -> tuple[Kind, ...]:
    """Slots gathered by who may take them (those nobody may take, by what they want), in order of their first slot."""
    gathered: dict[tuple[tuple[int, ...], str], list[int]] = {}
    for number, slot in enumerate(slots):
        fits = tuple(index for index, expert in enumerate(experts) if may_take(expert, slot))
        gathered.setdefault((fits, "" if fits else slot.wants), []).append(number)
    return tuple(Kind(tuple(numbers), fits) for (fits, _), numbers in gathered.items())


def _hospitals(plan: Plan) -> tuple[Hospital, ...]:
    """Only hospitals whose experts outnumber the groups can be too large; the others would only couple their experts."""
    members: dict[str, list[int]] = {}
    for index, expert in enumerate(plan.experts):
        if expert.hospital:
            members.setdefault(expert.hospital, []).append(index)
    most = len(plan.groups)
    return tuple(
        Hospital(name, tuple(m), most)
        for name, m in sorted(members.items(), key=lambda item: rank(item[0]))
        if len(m) > most
    )


class Seats:
    """The network of a demand: source → hospital → expert → kind of seat → sink, all amounts times `unit`."""

    def __init__(self, demand: Demand, unit: int, order: Sequence[int] | None = None) -> None:
        self.demand = demand
        self.unit = unit
        self.order = order if order is not None else range(len(demand.experts))
        self._first_hospital = 1 + len(demand.experts)
        self._first_kind = self._first_hospital + len(demand.hospitals)
        self.sink = self._first_kind + len(demand.kinds)
        self.net = Network(self.sink + 1)
        self.taken = self._join()

    def expert(self, number: int) -> int:
        return 1 + number

    def hospital(self, number: int) -> int:
        return self._first_hospital + number

    def kind(self, number: int) -> int:
        return self._first_kind + number

    def _join(self) -> dict[tuple[int, int], int]:
        """Arcs expert → kind, by expert in the order asked for, then kind → sink; gives (expert, kind) → arc."""
        kinds_of: dict[int, list[int]] = {}
        for kind, seats in enumerate(self.demand.kinds):
            for expert in seats.fits:
                kinds_of.setdefault(expert, []).append(kind)
        taken = {
            (expert, kind): self.net.add(self.expert(expert), self.kind(kind), self.unit)
            for expert in self.order
            for kind in kinds_of.get(expert, ())
        }
        for kind, seats in enumerate(self.demand.kinds):
            self.net.add(self.kind(kind), self.sink, len(seats.slots) * self.unit)
        return taken

    def feed(self, amounts: Sequence[int]) -> int:
        """Give each expert the amount from the source, and push it on; gives what arrived."""
        for expert in self.order:
            self.net.add(SOURCE, self.expert(expert), amounts[expert])
        return self.net.fill(SOURCE, self.sink)

    def feed_rest(self, amounts: Sequence[int]) -> int:
        """After `feed`: let every expert take up to one whole seat, within what their hospital has left."""
        of_hospital = self.demand.hospital_of()
        for number, hospital in enumerate(self.demand.hospitals):
            used = sum(amounts[member] for member in hospital.members)
            self.net.add(SOURCE, self.hospital(number), hospital.most * self.unit - used)
        for expert in self.order:
            origin = self.hospital(of_hospital[expert]) if expert in of_hospital else SOURCE
            self.net.add(origin, self.expert(expert), self.unit - amounts[expert])
        return self.net.fill(SOURCE, self.sink)
