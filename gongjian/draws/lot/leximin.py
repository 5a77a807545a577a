"""The fairest chances: the smallest as large as it can be, then the next, exactly, and why no more is possible.

All experts' chances rise together until a set of them is too large for its seats; those are fixed there, with the set as
certificate, and the others go on rising. The chances are unique: whoever recomputes them must find the same fractions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from gongjian.draws.lot.canonical import Document
from gongjian.draws.lot.demand import SOURCE, Demand, Seats

PLACES, HOSPITAL, CERTAIN = "places", "hospital", "certain"


@dataclass(frozen=True)
class Cut:
    """A set of experts who together can have `places` seats, the seats (numbers of slots) and hospitals that say so."""

    why: str
    experts: tuple[int, ...]
    places: int
    slots: tuple[int, ...] = ()
    hospitals: tuple[str, ...] = ()

    def common(self, fixed: Mapping[int, Fraction]) -> Fraction:
        """The chance left to each of its experts who is not fixed yet."""
        free = sum(expert not in fixed for expert in self.experts)
        used = sum((fixed.get(expert, Fraction(0)) for expert in self.experts), Fraction(0))
        return (self.places - used) / free


@dataclass(frozen=True)
class Level:
    """Experts fixed at one chance, and the cut that forbids more."""

    chance: Fraction
    experts: tuple[str, ...]
    together: tuple[str, ...]
    cut: Cut

    def document(self) -> Document:
        return {
            "chance": str(self.chance),
            "experts": list(self.experts),
            "why": self.cut.why,
            "together": list(self.together),
            "places": self.cut.places,
            "slots": [number + 1 for number in self.cut.slots],
            "hospitals": list(self.cut.hospitals),
        }


@dataclass(frozen=True)
class Chances:
    """The chance of every expert (in their order), level by level from the smallest."""

    of: tuple[Fraction, ...]
    levels: tuple[Level, ...]


def leximin(demand: Demand) -> Chances:
    """The leximin chances of a demand that can be met; their sum is the number of slots."""
    fixed: dict[int, Fraction] = {}
    levels = []
    while len(fixed) < len(demand.experts):
        chance, cut = _highest_common(demand, fixed)
        new = [expert for expert in cut.experts if expert not in fixed]
        fixed |= dict.fromkeys(new, chance)
        levels.append(Level(chance, _ids(demand, new), _ids(demand, cut.experts), cut))
    return Chances(tuple(fixed[expert] for expert in range(len(demand.experts))), tuple(levels))


def _highest_common(demand: Demand, fixed: Mapping[int, Fraction]) -> tuple[Fraction, Cut]:
    """The highest chance all experts not fixed can have at once, and the last cut that pressed it down."""
    free = tuple(expert for expert in range(len(demand.experts)) if expert not in fixed)
    chance, cut = Fraction(1), Cut(CERTAIN, free, len(free))
    while tighter := _violated(demand, [fixed.get(expert, chance) for expert in range(len(demand.experts))]):
        cut = tighter
        chance = cut.common(fixed)
    return chance, cut


def _violated(demand: Demand, least: Sequence[Fraction]) -> Cut | None:
    """A cut showing that these least chances are too much, or None when they are possible."""
    unit = common_unit(least)
    amounts = scaled(least, unit)
    for hospital in demand.hospitals:
        if sum(amounts[member] for member in hospital.members) > hospital.most * unit:
            return Cut(HOSPITAL, hospital.members, hospital.most, (), (hospital.name,))
    seats = Seats(demand, unit)
    arrived = seats.feed(amounts)
    if arrived < sum(amounts):
        return _cut_of_places(seats)
    if demand.hospitals and arrived + seats.feed_rest(amounts) < len(demand.slots) * unit:
        return _cut_of_hospitals(seats)
    return None


def _cut_of_places(seats: Seats) -> Cut:
    """These experts have only these seats."""
    near = seats.net.reached(SOURCE)
    slots = _slots(seats, near, inside=True)
    return Cut(PLACES, _experts(seats, near), len(slots), slots)


def _cut_of_hospitals(seats: Seats) -> Cut:
    """Seats beyond the cut take so many of the full hospitals' places that these experts have only the rest."""
    near = seats.net.reached(SOURCE)
    demand = seats.demand
    full = [n for n in range(len(demand.hospitals)) if seats.hospital(n) not in near]
    members = {expert for number in full for expert in demand.hospitals[number].members}
    others = sum(seats.expert(e) not in near and e not in members for e in range(len(demand.experts)))
    slots = _slots(seats, near, inside=False)
    places = sum(demand.hospitals[number].most for number in full) + others - len(slots)
    held = tuple(expert for expert in _experts(seats, near) if expert in members)
    return Cut(HOSPITAL, held, places, slots, tuple(demand.hospitals[number].name for number in full))


def _experts(seats: Seats, near: set[int]) -> tuple[int, ...]:
    return tuple(expert for expert in range(len(seats.demand.experts)) if seats.expert(expert) in near)


def _slots(seats: Seats, near: set[int], *, inside: bool) -> tuple[int, ...]:
    kinds = enumerate(seats.demand.kinds)
    return tuple(sorted(slot for n, kind in kinds if (seats.kind(n) in near) is inside for slot in kind.slots))


def common_unit(chances: Iterable[Fraction]) -> int:
    """The least common denominator: chances times this are whole numbers."""
    return lcm(*(chance.denominator for chance in chances))


def scaled(chances: Iterable[Fraction], unit: int) -> list[int]:
    return [int(chance * unit) for chance in chances]


def _ids(demand: Demand, numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(demand.experts[number].id for number in numbers)
