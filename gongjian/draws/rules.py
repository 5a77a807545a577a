"""Who must not judge whom, and how seats are proposed. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from unicodedata import normalize

from gongjian.draws.errors import DoorWordWrong, GroupSizeNotAllowed, TooManyTries
from gongjian.draws.lot.plan import ANY
from gongjian.draws.lot.words import LONGEST_WORD
from gongjian.draws.states import Ground
from gongjian.experts.specialties import SPECIALTIES, in_order

WINDOW = timedelta(minutes=10)
MOST_WRONG_CODES = 30
"""Wrong entry codes from one address within WINDOW; a whole hall shares one address, and a code has 40 bits."""


@dataclass(frozen=True)
class Judge:
    """What is known of an expert when conflicts are sought."""

    number: str
    hospital: str
    department: str


@dataclass(frozen=True)
class Judged:
    """What is known of a case when conflicts are sought."""

    hospital: str
    department: str
    employer: str


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name without width, case, blanks and brackets, for comparing what different people typed.

    Law: 令55 art. 28 (recusal must not hang on how somebody wrote a hospital's name).
    """
    return re.sub(r"[\s（）()·\-]", "", normalize("NFKC", name)).lower()


def same(one: str, other: str, *, shortest: int) -> bool:
    """Whether two names as typed mean one body: alike, or one of them, at least `shortest` signs long, within the other.

    In doubt they do: an expert too many is kept away rather than one too few.
    Law: 令55 art. 28.
    """
    short, long = sorted((plain(one), plain(other)), key=len)
    return bool(short) and (short == long or (len(short) >= shortest and short in long))


def conflicts(judge: Judge, judged: Judged) -> tuple[Ground, ...]:
    """The grounds of recusal that follow from the papers alone: treated by the own department, or employed by the own hospital.

    Where the treating department is not known, the whole hospital is barred.
    Law: 令55 art. 28 (experts with an interest in a party recuse themselves); 条例 art. 27.
    """
    found = []
    if same(judge.hospital, judged.hospital, shortest=4) and (
        not plain(judged.department) or same(judge.department, judged.department, shortest=2)
    ):
        found.append(Ground.TREATED)
    if same(judge.hospital, judged.employer, shortest=4):
        found.append(Ground.EMPLOYED)
    return tuple(found)


def proposed_groups(
    needs: Iterable[Collection[str]], *, groups: int, size: int, supply: Mapping[str, int] | None = None
) -> list[tuple[str, ...]]:
    """Seats for each group: every combination of specialties needed is covered by some group, and by several where there is room.

    needs: the specialties of each person expected. supply: experts by specialty; no more seats than these are proposed where that is
    possible. Where only one group can judge somebody, everybody knows beforehand who will; so free seats first cover other combinations,
    then repeat what is wanted most, and the last seat stays open to any.
    Law: 令55 art. 11 (3 or 5 relevant experts). Raises: GroupSizeNotAllowed.
    """
    if size not in (3, 5):
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


def only_group_for(needs: Collection[str], groups: Sequence[Collection[str]]) -> int | None:
    """The number of the one group whose seats cover these needs; None when there are several, or none.

    Law: 令55 art. 28 (where only one group can judge somebody, who must recuse may not sit in it).
    """
    able = [number for number, wants in enumerate(groups) if set(needs) <= {want for want in wants if want != ANY}]
    return able[0] if len(able) == 1 else None


def uncovered(needs: Mapping[str, Collection[str]], groups: Sequence[Collection[str]]) -> list[str]:
    """Who of those expected (exam code → specialties needed) would find no group with a seat for each specialty, in the order given.

    Law: 令55 art. 11 (relevant experts for everybody).
    """
    seats = [{want for want in wants if want != ANY} for wants in groups]
    return [code for code, wanted in needs.items() if not any(set(wanted) <= named for named in seats)]


def spelled_once(hospitals: Iterable[str]) -> dict[str, str]:
    """Hospital as written → the first spelling of the same name, without odd blanks, so that one hospital is not taken for two.

    Law: 令55 art. 28.
    """
    first: dict[str, str] = {}
    return {name: first.setdefault(plain(name), " ".join(normalize("NFC", name).split())) for name in hospitals}


def door_word(text: str) -> str:
    """The word of a person at the door, tidied; may be empty.

    Law: 令55 art. 11 (at random). Raises: DoorWordWrong.
    """
    clean = normalize("NFC", text.strip())
    if len(clean) > LONGEST_WORD or (clean and not clean.isprintable()):
        raise DoorWordWrong(most=LONGEST_WORD)
    return clean


def check_tries(wrong: Sequence[datetime], *, at: datetime) -> None:
    """Refuse further entry codes from an address after too many wrong ones. wrong: when they came.

    Law: 令55 art. 11 (who is present gives the words). Raises: TooManyTries.
    """
    recent = sorted(one for one in wrong if one > at - WINDOW)
    if len(recent) >= MOST_WRONG_CODES:
        wait = recent[-MOST_WRONG_CODES] + WINDOW - at
        raise TooManyTries(minutes=max(1, -(-int(wait.total_seconds()) // 60)))
