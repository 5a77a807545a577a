"""Seats proposed to the draw officer, who may change them. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongjian.draws.errors import GroupSizeNotAllowed
from gongjian.draws.lot.plan import ANY, GROUP_SIZES
from gongjian.experts.specialties import SPECIALTIES, in_order


def proposed_groups(
    needs: Iterable[Collection[str]], *, groups: int, size: int, supply: Mapping[str, int] | None = None
) -> list[tuple[str, ...]]:
    """Seats for each group: every combination of specialties needed is covered by some group, and by several where there is room.

    needs: the specialties of each person expected. supply: experts by specialty; no more seats than these are proposed where that is
    possible. Where only one group can judge somebody, everybody knows beforehand who will; so free seats first cover other combinations,
    then repeat what is wanted most, and the last seat stays open to any.
    Law: 令55 art. 11 (3 or 5 relevant experts). Raises: GroupSizeNotAllowed.
    """
    if size not in GROUP_SIZES:
        raise GroupSizeNotAllowed(size=size)
    demand = Counter(tuple(in_order(need)) for need in needs if need)
    proposal = _Proposal([[] for _ in range(groups)], size, supply)
    wanted = [
        set(combination) for combination, _ in sorted(demand.items(), key=lambda item: (-item[1], _places(item[0])))
    ]
    for combination in wanted:
        if not proposal.covering(combination):
            proposal.place(combination, most=size)
    while sum(proposal.place(combination, most=size // 2 + 1) for combination in wanted):
        pass  # one more of each in turn, until none finds a place
    return [proposal.filled(seats, wanted) for seats in proposal.groups]


def _places(combination: Sequence[str]) -> list[int]:
    """Where its specialties stand in the table."""
    return [list(SPECIALTIES).index(code) for code in combination]


@dataclass(frozen=True)
class _Proposal:
    groups: list[list[str]]
    size: int
    supply: Mapping[str, int] | None

    def covering(self, combination: set[str]) -> int:
        """How many groups cover it."""
        return sum(combination <= set(seats) for seats in self.groups)

    def place(self, combination: set[str], *, most: int) -> bool:
        """Add it to the emptiest group that lacks it and will not ask for more than `most` specialties. False when there is none."""
        able = [
            seats
            for seats in self.groups
            if not combination <= set(seats)
            and len({*seats, *combination}) <= most
            and (most == self.size or all(self._is_left(one) for one in combination - set(seats)))
        ]
        if able:
            seats = min(able, key=len)
            seats += in_order(combination - set(seats))
        return bool(able)

    def filled(self, seats: list[str], wanted: Sequence[set[str]]) -> tuple[str, ...]:
        """The seats of a group, its most wanted specialty repeated as far as it reaches, the last open."""
        first = next((one for combination in wanted for one in in_order(combination) if one in seats), None)
        while first and len(seats) < self.size - 1 and self._is_left(first):
            seats.append(first)
        return tuple([*seats, *[ANY] * self.size][: self.size])

    def _is_left(self, specialty: str) -> bool:
        asked = sum(seats.count(specialty) for seats in self.groups)
        return self.supply is None or asked < self.supply.get(specialty, 0)
