"""What is to be planned: cases that wait, sittings to come, experts as numbers per day and specialty. Plain values, checked once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from gongjian.planner.errors import ProblemWrong

HALL = "hall"
NONE: frozenset[str] = frozenset()
NEAR, FAR = 0, 1
"""How far it is to one's own district and to a district that `Problem.travel` does not name."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case that waits. due: last day on which its examination is in time; since: when the waiting began; queue: its place in the queue.

    specialties: who must look; needs: what the venue must offer; places: how many places its examination takes; earliest: not before this day.
    lock: the sitting that a person has chosen for it. at: the sitting it has now; told: it has been told of that.
    comes_to: a sitting to which its person comes anyway.
    """

    id: str
    due: date
    since: date
    queue: int
    specialties: frozenset[str] = NONE
    needs: frozenset[str] = NONE
    mode: str = HALL
    district: str = ""
    places: int = 1
    earliest: date | None = None
    lock: str | None = None
    at: str | None = None
    told: bool = False
    comes_to: str | None = None

    @property
    def kind(self) -> tuple[object, ...]:
        """Cases of one kind are alike to the planner in everything but their place in the queue."""
        what = (tuple(sorted(self.specialties)), tuple(sorted(self.needs)), self.mode, self.district, self.places)
        where = (self.lock or "", self.at or "", self.told, self.comes_to or "")
        return (self.due, self.earliest or date.min, *what, *where)


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A sitting to come. places: how many are free, beside those taken; specialties: those announced; may_add: those it could be given; most: how many in all."""

    id: str
    day: date
    places: int
    specialties: frozenset[str] = NONE
    may_add: frozenset[str] = NONE
    most: int | None = None
    offers: frozenset[str] = NONE
    mode: str = HALL
    venue: str = ""
    district: str = ""
    rooms: int = 1
    taken: int = 0

    @property
    def choice(self) -> frozenset[str]:
        """Specialties that the planner may give it."""
        return self.may_add - self.specialties

    @property
    def could_cover(self) -> frozenset[str]:
        """Specialties that it has or may be given."""
        return self.specialties | self.may_add


@dataclass(frozen=True)
class Experts:
    """How many experts with exactly these specialties are free on a day, beside those whom announced specialties take up. Each takes one seat."""

    day: date
    specialties: frozenset[str]
    count: int


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything the planner knows. travel: (home, place) → how far, in steps; experts None: not a limit; partial: a sitting may lack a specialty.

    absent: how many of a thousand do not come when called. Raises (when made): ProblemWrong.
    """

    cases: tuple[Case, ...]
    sittings: tuple[Sitting, ...]
    experts: tuple[Experts, ...] | None = None
    travel: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))
    partial: bool = False
    absent: int = 0

    def __post_init__(self) -> None:
        _once("案件", (case.id for case in self.cases))
        _once("场次", (sitting.id for sitting in self.sittings))
        known = {sitting.id for sitting in self.sittings}
        for case in self.cases:
            if case.places < 1 or not {case.lock, case.at, case.comes_to} <= {None, *known}:
                raise ProblemWrong(what="案件所占名额不是正数，或者所指的场次不在排期之内")
        locked = Counter[str]()
        for case in self.cases:
            locked[case.lock or ""] += case.places
        if over := [sitting.id for sitting in self.sittings if locked[sitting.id] > sitting.places]:
            raise ProblemWrong(what=f"锁定在{'、'.join(over)}的人数超过余下的名额")
        if (
            any(min(sitting.places, sitting.taken) < 0 or sitting.rooms < 1 for sitting in self.sittings)
            or not 0 <= self.absent <= 1000
        ):
            raise ProblemWrong(what="场次名额、诊室数或者缺席比例超出范围")

    def far(self, case: Case, sitting: Sitting) -> int:
        """Steps from a case's home to a sitting."""
        near = NEAR if case.district == sitting.district else FAR
        return self.travel.get((case.district, sitting.district), near)


def in_order(sittings: Iterable[Sitting]) -> list[Sitting]:
    """Sittings by day, those of a day by id."""
    return sorted(sittings, key=lambda sitting: (sitting.day, sitting.id))


def _once(what: str, ids: Iterable[str]) -> None:
    if any(count > 1 for count in Counter(ids).values()):
        raise ProblemWrong(what=f"同一{what}出现两次")
