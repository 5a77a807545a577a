"""Who must not judge whom, and how seats are proposed. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from gongjian.draws.errors import GroupSizeNotAllowed
from gongjian.draws.lot.plan import ANY
from gongjian.draws.states import Ground


@dataclass(frozen=True)
class Judge:
    """What is known of an expert when conflicts are sought. involved, kin: ids of cases with such a tie, as declared or granted."""

    number: str
    hospital: str
    department: str


@dataclass(frozen=True)
class Judged:
    """What is known of a case when conflicts are sought."""

    hospital: str
    department: str
    employer: str


def plain(name: str) -> str:
    """A name without width, case, blanks and brackets, for comparing what different people typed."""
    return re.sub(r"[\s（）()·\-]", "", normalize("NFKC", name)).lower()


def conflicts(judge: Judge, judged: Judged) -> tuple[Ground, ...]:
    """The grounds of recusal that follow from the papers alone: treated by the own department, or employed by the own hospital.

    Where the treating department is not known, the whole hospital is barred.
    Law: 令55 art. 28 (experts with an interest in a party recuse themselves); 条例 art. 27.
    """
    found = []
    treated = bool(judged.hospital) and plain(judge.hospital) == plain(judged.hospital)
    if treated and (not plain(judged.department) or plain(judge.department) == plain(judged.department)):
        found.append(Ground.TREATED)
    if judged.employer and plain(judge.hospital) == plain(judged.employer):
        found.append(Ground.EMPLOYED)
    return tuple(found)


def proposed_groups(needs: Iterable[Collection[str]], *, groups: int, size: int) -> list[tuple[str, ...]]:
    """Seats for each group, so that every combination of specialties needed is covered by some group where there are seats for it.

    needs: the specialties of each person expected. The most frequent combinations get groups first; a group's free seats repeat
    its most wanted specialty, and the last seat of a group stays open to any.
    Law: 令55 art. 11 (3 or 5 relevant experts). Raises: GroupSizeNotAllowed.
    """
    if size not in (3, 5):
        raise GroupSizeNotAllowed(size=size)
    demand = Counter(tuple(sorted(set(need))) for need in needs if need)
    wanted: list[set[str]] = [set() for _ in range(groups)]
    for combination, _ in sorted(demand.items(), key=lambda item: (-item[1], item[0])):
        _place(wanted, set(combination), size)
    return [_filled(specialties, demand, size) for specialties in wanted]


def _place(wanted: list[set[str]], combination: set[str], size: int) -> None:
    if any(combination <= specialties for specialties in wanted):
        return
    free = [specialties for specialties in wanted if len(specialties | combination) <= size]
    if free:
        min(free, key=len).update(combination)


def _filled(specialties: set[str], demand: Counter[tuple[str, ...]], size: int) -> tuple[str, ...]:
    weight = Counter(dict.fromkeys(specialties, 0))
    for combination, count in demand.items():
        weight.update({name: count for name in combination if name in specialties or not specialties})
    by_weight = [name for name, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))]
    seats = sorted(specialties, key=by_weight.index) or by_weight[:1]
    while len(seats) < size - 1:
        seats.append(by_weight[0] if by_weight else ANY)
    return tuple([*seats, ANY][:size])


def only_group_for(needs: Collection[str], groups: Sequence[Collection[str]]) -> int | None:
    """The number of the one group whose seats cover these needs; None when there are several, or none.

    Law: 令55 art. 28 (where only one group can judge somebody, who must recuse may not sit in it).
    """
    able = [number for number, wants in enumerate(groups) if set(needs) <= {want for want in wants if want != ANY}]
    return able[0] if len(able) == 1 else None
