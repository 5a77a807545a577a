"""What a plan is judged by, the first aim before all others, and what each costs: per case and sitting, and per load of a sitting."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property

from gongjian.planner.fitting import in_time, obstacle
from gongjian.planner.problem import Case, Problem, Sitting, in_order

LATE_ONE = 1000
"""A case that is surely late; less: the chance, in thousandths, that it becomes so."""
LONGEST = 365
BANDS = 8
"""Into how many bands of load a sitting is divided: places of a higher band cost more, so that load is spread."""


class Aim(IntEnum):
    """The aims in their order: a lower one never gives way to a higher one."""

    LATE = 0
    UNPLACED = 1
    OVERDUE = 2
    MOVED = 3
    TRAVEL = 4
    UNMET = 5
    REPEAT = 6
    UNEVEN = 7
    WAITING = 8


@dataclass(frozen=True)
class Costs:
    """The costs of a problem once it is decided which specialties each sitting covers (`covered`: sitting → specialties)."""

    problem: Problem
    covered: Mapping[str, frozenset[str]]

    @cached_property
    def first_day(self) -> date:
        return min((sitting.day for sitting in self.problem.sittings), default=date.min)

    def fits(self, case: Case, sitting: Sitting) -> bool:
        """Whether the sitting, as covered, can take the case."""
        return obstacle(case, sitting, self.covered[sitting.id], partial=self.problem.partial) is None

    @cached_property
    def _ordered(self) -> list[Sitting]:
        return in_order(self.problem.sittings)

    def of(self, case: Case, sitting: Sitting | None) -> tuple[int, ...]:
        """What it costs, aim by aim, to put a case to a sitting, or nowhere. Uneven load is a matter of the sitting: 0 here."""
        if sitting is None:
            return (LATE_ONE, 1, 0, int(case.at is not None), 0, 0, 0, 0, 0)
        unmet = len(case.specialties - self.covered[sitting.id])
        return (
            self._late(case, sitting),
            0,
            min(max((sitting.day - case.due).days, 0), LONGEST),
            int(case.at is not None and case.at != sitting.id),
            self.problem.far(case, sitting),
            unmet,
            int(unmet > 0 or (case.comes_to is not None and case.comes_to != sitting.id)),
            0,
            min((sitting.day - self.first_day).days, LONGEST),
        )

    def _late(self, case: Case, sitting: Sitting) -> int:
        """Surely late; or late for who does not come, when no other sitting that fits lies between this one and the due day."""
        if not in_time(case, sitting):
            return LATE_ONE
        if self.problem.absent == 0:
            return 0
        others = (one for one in self._ordered if sitting.day < one.day <= case.due)
        return 0 if any(self.fits(case, one) for one in others) else self.problem.absent


def band(sitting: Sitting, place: int) -> int:
    """What a free place of a sitting (the first is 0) costs in uneven load: those taken before count as well."""
    return (sitting.taken + place) * BANDS // (sitting.taken + sitting.places)


def score(costs: Costs, where: Mapping[str, str]) -> tuple[int, ...]:
    """All aims of a plan (case → sitting; who is missing is placed nowhere), counted afresh."""
    sittings = {sitting.id: sitting for sitting in costs.problem.sittings}
    rows = [costs.of(case, sittings.get(where.get(case.id, ""))) for case in costs.problem.cases]
    total = [sum(row[aim] for row in rows) for aim in Aim]
    total[Aim.UNEVEN] = sum(
        band(sittings[id], place) for id, taken in loads(costs.problem, where).items() for place in range(taken)
    )
    return tuple(total)


def loads(problem: Problem, where: Mapping[str, str]) -> Counter[str]:
    """Sitting → places taken."""
    taken: Counter[str] = Counter()
    for case in problem.cases:
        if case.id in where:
            taken[where[case.id]] += case.places
    return taken
