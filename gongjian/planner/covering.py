"""Which specialties each sitting covers: those announced, and of those it may be given the ones by which the fewest cases are late."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ortools.linear_solver import pywraplp

from gongjian.planner.filling import Filling, groups_of
from gongjian.planner.problem import Problem
from gongjian.planner.programme import NODES, Programme, Term, value

ONE = 1
"""Branches for the second aim, which only breaks ties."""
Added = Mapping[tuple[str, str], pywraplp.Variable]


@dataclass(frozen=True)
class Coverage:
    """covered: sitting → specialties; late_at_least: how many cases are late in any plan whatever."""

    covered: dict[str, frozenset[str]]
    late_at_least: int


def coverage_of(problem: Problem, nodes: int = NODES) -> Coverage:
    """Choose, with the experts there are; among equals, what most of those who wait have use for. Raises: NoSolution."""
    filling = Filling(problem, groups_of(problem), nodes)
    added = choices(problem, filling.programme)
    filling.cap()
    filling.cover(added, room={sitting.id: sitting.places for sitting in problem.sittings})
    limit(filling.programme, problem, added)
    wanted = Counter(specialty for case in problem.cases for specialty in case.specialties)
    uses = [(variable, float(wanted[specialty])) for (_, specialty), variable in added.items()]
    served = filling.programme.most(filling.served)
    filling.programme.go_on(ONE)
    filling.programme.at_least(filling.served, served.value)
    filling.programme.most(uses)
    chosen: defaultdict[str, set[str]] = defaultdict(set)
    for (id, specialty), variable in added.items():
        if value(variable):
            chosen[id].add(specialty)
    covered = {one.id: one.specialties | chosen[one.id] for one in problem.sittings}
    return Coverage(covered, len(problem.cases) - served.bound)


def choices(problem: Problem, programme: Programme) -> Added:
    """A yes or no for each specialty that a sitting may be given."""
    return {
        (sitting.id, specialty): programme.number(1)
        for sitting in problem.sittings
        for specialty in sorted(sitting.choice)
    }


def limit(programme: Programme, problem: Problem, added: Added) -> None:
    """No sitting covers more than it can, no day asks for more experts than are free: each added specialty takes one of them."""
    for sitting in problem.sittings:
        if sitting.most is not None:
            choice = [(added[sitting.id, specialty], 1.0) for specialty in sorted(sitting.choice)]
            programme.at_most(choice, max(sitting.most - len(sitting.specialties), 0))
    for day in sorted({sitting.day for sitting in problem.sittings}) if problem.experts is not None else ():
        _seat(programme, problem, added, day)


def _seat(programme: Programme, problem: Problem, added: Added, day: date) -> None:
    """Each specialty added on a day is covered by an expert who takes no other seat on it."""
    seats: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
    pairs = [(one.id, specialty) for one in problem.sittings if one.day == day for specialty in sorted(one.choice)]
    for experts in problem.experts or ():
        if experts.day == day:
            offered = {
                pair: programme.number(min(experts.count, 1)) for pair in pairs if pair[1] in experts.specialties
            }
            programme.at_most([(seat, 1.0) for seat in offered.values()], experts.count)
            for pair, seat in offered.items():
                seats[pair].append((seat, -1.0))
    for pair in pairs:
        programme.at_most([(added[pair], 1.0), *seats[pair]], 0)
