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


def _mates(slots: Sequence[Slot], number: int) -> list[int]:
    """The other slots of a slot's group; reserve places have no group."""
    group = slots[number].group
    return [other for other, slot in enumerate(slots) if slot.group == group != "" and other != number]


class Room:
    """Slots, the people drawn for them, and a full seating that is kept possible throughout. All by number."""

    def __init__(self, experts: Sequence[Expert], slots: Sequence[Slot], *, one_per_hospital: bool) -> None:
        self._hospital = [expert.hospital if one_per_hospital else "" for expert in experts]
        self._slots_of = [[n for n, slot in enumerate(slots) if may_take(expert, slot)] for expert in experts]
        self._mates = [_mates(slots, number) for number in range(len(slots))]
        self._steps = SEARCH_STEPS // max(1, len(slots))
        self._settled = 0  # slots below this number have their person
        self.at: Seated = [None] * len(slots)

    def fill(self) -> bool:
        """Find a seat for everybody who has none. False when the procedure finds no full seating."""
        homeless = [person for person in range(len(self._slots_of)) if person not in self.at]
        if all(self._place(person, set()) for person in homeless):
            return True
        return any(self._hospital) and self._search(self._settled, self._waiting())

    def assign(self, stream: Stream) -> list[int]:
        """The person of every slot, drawn slot by slot. Call after `fill`."""
        for slot in range(len(self.at)):
            candidates = [person for person in self._waiting() if self._free(person, slot, slot)]
            while not self._settle(person := stream.choose(candidates), slot):
                candidates.remove(person)
        return [person for person in self.at if person is not None]

    def _settle(self, person: int, slot: int) -> bool:
        """Settle a person in a slot if everybody else still finds a seat; otherwise change nothing."""
        self._settled = slot + 1
        if self.at[slot] == person:
            return True
        before = self.at
        rivals = {mate for mate in self._mates[slot] if self._same_hospital(before[mate], person)}
        self.at = [None if one == person or n in rivals else one for n, one in enumerate(before)]
        self.at[slot] = person
        if self.fill():
            return True
        self.at, self._settled = before, slot
        return False

    def _place(self, person: int, visited: set[int]) -> bool:
        """Find a seat for a person, moving others along a chain if need be."""
        for slot in self._slots_of[person]:
            if slot < self._settled or slot in visited or not self._free(person, slot, len(self.at)):
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
        for person in [p for p in people if self._free(p, slot, slot)]:
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

    def _waiting(self) -> list[int]:
        """People who are not settled."""
        settled = set(self.at[: self._settled])
        return [person for person in range(len(self._slots_of)) if person not in settled]

    def _free(self, person: int, slot: int, before: int) -> bool:
        """May the person take the slot, seeing who of their hospital sits in the group's other slots below `before`?"""
        return slot in self._slots_of[person] and not any(
            self._same_hospital(self.at[mate], person) for mate in self._mates[slot] if mate < before
        )

    def _same_hospital(self, one: int | None, other: int) -> bool:
        return one is not None and self._hospital[one] == self._hospital[other] != ""
