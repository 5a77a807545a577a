"""Who sits where: slot by slot in committed order, uniformly among those drawn who fit and leave the rest fillable.

"Fillable" is decided by one fixed procedure: move people along chains of seats; failing that, search with a matching check at
every step, for a limited number of steps. Both are part of the algorithm. Without a hospital condition the first is exact.
"""

from collections.abc import Sequence

from gongjian.draws.lot.demand import may_take
from gongjian.draws.lot.plan import Expert, Slot
from gongjian.draws.lot.stream import Stream

SEARCH_STEPS = 6000  # divided by the number of slots
Seated = list[int | None]


class Room:
    """Slots, the people drawn for them, and a full seating that is kept possible throughout. All by number."""

    def __init__(self, experts: Sequence[Expert], slots: Sequence[Slot], *, one_per_hospital: bool) -> None:
        self._hospital = [expert.hospital if one_per_hospital else "" for expert in experts]
        self._slots_of = [[n for n, slot in enumerate(slots) if may_take(expert, slot)] for expert in experts]
        self._open_to = [[p for p, mine in enumerate(self._slots_of) if n in mine] for n in range(len(slots))]
        self._mates = [[n for n, other in enumerate(slots) if other.group == slot.group != ""] for slot in slots]
        self._steps = SEARCH_STEPS // max(1, len(slots))
        self._settled = 0  # slots below this number have their person
        self.at: Seated = [None] * len(slots)

    def fill(self) -> bool:
        """Find any full seating. False when the procedure finds none."""
        return self._seat(list(range(len(self._slots_of))))

    def assign(self, stream: Stream) -> list[int]:
        """The person of every slot, drawn slot by slot. Call after `fill`."""
        for slot in range(len(self.at)):
            candidates = [
                p for p in self._open_to[slot] if p not in self.at[:slot] and not self._clashes(p, slot, slot)
            ]
            while not self._move(person := stream.choose(candidates), slot):
                candidates.remove(person)
        return [person for person in self.at if person is not None]

    def _move(self, person: int, slot: int) -> bool:
        """Settle a person in a slot if everybody else still finds a seat; otherwise change nothing."""
        before = list(self.at)
        self._settled = slot + 1
        if self.at[slot] == person:
            return True
        self.at[self.at.index(person)] = None
        others = [n for n in self._mates[slot] if n != slot and self._same_hospital(self.at[n], person)]
        homeless = [p for n in (slot, *others) if (p := self.at[n]) is not None]
        for emptied in others:
            self.at[emptied] = None
        self.at[slot] = person
        if self._seat(homeless):
            return True
        self.at, self._settled = before, slot
        return False

    def _seat(self, homeless: list[int]) -> bool:
        if all(self._place(person, set()) for person in homeless):
            return True
        return any(self._hospital) and self._search(self._settled, self._unsettled())

    def _place(self, person: int, visited: set[int]) -> bool:
        """Find a seat for a person, moving others along a chain if need be."""
        for slot in self._slots_of[person]:
            if slot < self._settled or slot in visited or self._clashes(person, slot, len(self.at)):
                continue
            visited.add(slot)
            occupant = self.at[slot]
            self.at[slot] = person
            if occupant is None or self._place(occupant, visited):
                return True
            self.at[slot] = occupant
        return False

    def _search(self, slot: int, people: list[int]) -> bool:
        """Try every seating of the slots from this one on, until the steps are used up."""
        if slot == len(self.at):
            return True
        if self._steps == 0 or not self._matches(slot, people):
            return False
        self._steps -= 1
        for person in [p for p in people if slot in self._slots_of[p] and not self._clashes(p, slot, slot)]:
            self.at[slot] = person
            if self._search(slot + 1, [p for p in people if p != person]):
                return True
        return False

    def _matches(self, start: int, people: list[int]) -> bool:
        """Could these people take all slots from `start` on, hospitals aside?"""
        held: dict[int, int] = {}

        def place(person: int, visited: set[int]) -> bool:
            for slot in self._slots_of[person]:
                if slot >= start and slot not in visited:
                    visited.add(slot)
                    if slot not in held or place(held[slot], visited):
                        held[slot] = person
                        return True
            return False

        return all(place(person, set()) for person in people)

    def _unsettled(self) -> list[int]:
        settled = set(self.at[: self._settled])
        return [person for person in range(len(self._slots_of)) if person not in settled]

    def _clashes(self, person: int, slot: int, before: int) -> bool:
        """Does someone of the same hospital sit in another seat of the group (looking at slots below `before`)?"""
        return any(n != slot and n < before and self._same_hospital(self.at[n], person) for n in self._mates[slot])

    def _same_hospital(self, one: int | None, other: int) -> bool:
        return one is not None and self._hospital[one] == self._hospital[other] != ""
