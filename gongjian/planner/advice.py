"""Capacity advice: with how many further sittings, and on which days, which share of cases is examined in time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from gongjian.law.calendar import working_day_after
from gongjian.planner.covering import coverage_of
from gongjian.planner.filling import Filling, groups_of
from gongjian.planner.problem import Problem, Sitting
from gongjian.planner.programme import NODES, value

WANTED = 0.95


@dataclass(frozen=True)
class Point:
    """One point of the curve. added: which of the candidates; in_time: at most so many of `cases`; exact: proved."""

    sittings: int
    added: tuple[str, ...]
    in_time: int
    cases: int
    exact: bool

    @property
    def share(self) -> float:
        """In time, of all."""
        return self.in_time / self.cases if self.cases else 1.0


@dataclass(frozen=True)
class Advice:
    """The curve from no further sitting to all that were allowed; needed: the fewest that reach the share, None when none do."""

    wanted: float
    points: tuple[Point, ...]

    @property
    def needed(self) -> Point | None:
        """The first point that is good enough: the share is taken as it is written, so 0.55 of a hundred are 55."""
        wanted = Fraction(str(self.wanted))
        return next((point for point in self.points if point.in_time >= ceil(wanted * point.cases)), None)


def advise(
    problem: Problem, candidates: Sequence[Sitting], *, most: int, wanted: float = WANTED, nodes: int = NODES
) -> Advice:
    """The curve: for each number of further sittings the best choice among the candidates. Raises: NoSolution.

    Sittings there are cover what the planner would have them cover; a candidate covers what it announces.
    """
    covered = coverage_of(problem, nodes).covered
    known = tuple(replace(one, specialties=covered[one.id], may_add=frozenset()) for one in problem.sittings)
    new = tuple(replace(one, may_add=frozenset()) for one in candidates)
    whole = replace(problem, sittings=(*known, *new))
    filling = Filling(whole, groups_of(whole), nodes)
    filling.cap()
    filling.cover({}, room={one.id: one.places for one in whole.sittings})
    opened = {one.id: filling.programme.number(1) for one in new}
    for one in new:
        filling.programme.at_most([*filling.places_at(one), (opened[one.id], -float(one.places))], 0)
    points: list[Point] = []
    for number in range(min(most, len(new)), -1, -1):
        filling.programme.at_most(((variable, 1.0) for variable in opened.values()), number)
        served = filling.programme.most(filling.served)
        added = tuple(id for id, variable in opened.items() if value(variable))
        points.append(Point(number, added, served.value, len(problem.cases), served.value == served.bound))
    return Advice(wanted, tuple(reversed(points)))


def like(sitting: Sitting, *, first: date, count: int, taken: Sequence[date] = ()) -> list[Sitting]:
    """Candidates: sittings like one there is, on the next working days on which none is, from the day after `first`."""
    days: list[date] = []
    day = first
    while len(days) < count:
        day = working_day_after(day, 1)
        if day not in taken:
            days.append(day)
    return [replace(sitting, id=f"+{day.isoformat()}", day=day) for day in days]
