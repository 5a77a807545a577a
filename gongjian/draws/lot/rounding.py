"""From chances to yes or no: dependent rounding. Every expert sits with exactly their chance, and the seats always come out full.

Shares of seats are walked in cycles: along a cycle some shares may rise by a while the others fall, or the reverse by b, before
one of them is whole; the stream takes the first with chance b/(a+b), so nobody's expectation moves. Experts are shuffled first:
in list order, neighbours would always be played against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from gongjian.draws.lot.demand import SOURCE, Demand, Seats
from gongjian.draws.lot.leximin import common_unit, scaled
from gongjian.draws.lot.stream import Stream


def who_sits(demand: Demand, chances: Sequence[Fraction], stream: Stream) -> tuple[int, ...]:
    """Numbers of the experts drawn, ascending; as many as there are slots, and seatable as far as recusals go."""
    order = stream.shuffle(range(len(demand.experts)))
    unit = common_unit(chances)
    shares = _shares(demand, scaled(chances, unit), unit, order)
    shares.settle(stream)
    return tuple(sorted(expert for expert, edge in shares.of_expert.items() if shares.edges[edge].amount))


@dataclass
class Edge:
    """An amount flowing from one node to another, in units of the common denominator."""

    tail: int
    head: int
    amount: int


@dataclass
class Shares:
    """A flow whose amounts are to become whole multiples of `unit`."""

    unit: int
    edges: list[Edge] = field(default_factory=list)
    of_expert: dict[int, int] = field(default_factory=dict)
    _broken_at: dict[int, dict[int, None]] = field(default_factory=dict)

    def add(self, tail: int, head: int, amount: int) -> int:
        """A new edge; gives its number."""
        number = len(self.edges)
        self.edges.append(Edge(tail, head, amount))
        if amount % self.unit:
            for node in (tail, head):
                self._broken_at.setdefault(node, {})[number] = None
        return number

    def settle(self, stream: Stream) -> None:
        """Make every amount whole, cycle by cycle, in the order of the edges."""
        for edge in self.edges:
            while edge.amount % self.unit:
                self._turn(self._cycle(edge.tail), stream)

    def _cycle(self, node: int) -> list[tuple[Edge, int, int]]:
        """Walk broken edges from a node, always the first one not just used, until a node comes back: (edge, number, direction)."""
        path: list[tuple[Edge, int, int]] = []
        seen: dict[int, int] = {}
        last = -1
        while node not in seen:
            seen[node] = len(path)
            last = next(number for number in self._broken_at[node] if number != last)
            edge = self.edges[last]
            forward = edge.tail == node
            path.append((edge, last, 1 if forward else -1))
            node = edge.head if forward else edge.tail
        return path[seen[node] :]

    def _turn(self, cycle: list[tuple[Edge, int, int]], stream: Stream) -> None:
        """Turn a cycle one way or the other until an edge is whole."""
        forward = [edge.amount % self.unit for edge, _, direction in cycle if direction > 0]
        backward = [edge.amount % self.unit for edge, _, direction in cycle if direction < 0]
        up = min([self.unit - part for part in forward] + backward)
        down = min(forward + [self.unit - part for part in backward])
        step = up if stream.below(up + down) < down else -down
        for edge, number, direction in cycle:
            edge.amount += step * direction
            if edge.amount % self.unit == 0:
                del self._broken_at[edge.tail][number], self._broken_at[edge.head][number]


def _shares(demand: Demand, amounts: list[int], unit: int, order: list[int]) -> Shares:
    """How each expert's chance splits into shares of kinds of seats: the flow found when experts are tried in this order."""
    seats = Seats(demand, unit, order)
    seats.feed(amounts)
    shares = Shares(unit)
    of_hospital = demand.hospital_of()
    for number, hospital in enumerate(demand.hospitals):
        shares.add(SOURCE, seats.hospital(number), sum(amounts[member] for member in hospital.members))
    for expert in order:
        origin = seats.hospital(of_hospital[expert]) if expert in of_hospital else SOURCE
        shares.of_expert[expert] = shares.add(origin, seats.expert(expert), amounts[expert])
    for (expert, kind), arc in seats.taken.items():
        shares.add(seats.expert(expert), seats.kind(kind), seats.net.flow(arc))
    return shares
