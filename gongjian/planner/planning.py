"""From a problem to a plan: first which specialties each sitting covers, then who goes where."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy

from gongjian.planner.aims import LATE_ONE, Aim, Costs, score
from gongjian.planner.covering import Coverage, coverage_of
from gongjian.planner.fitting import in_time
from gongjian.planner.flow import STAGES, Flow, flow_of
from gongjian.planner.kinds import Table, dealt, table_of
from gongjian.planner.problem import Problem
from gongjian.planner.programme import NODES
from gongjian.planner.settling import settled


@dataclass(frozen=True)
class Plan:
    """where: case → sitting, who is missing is placed nowhere; covered: sitting → specialties; at_least: thousandths of late cases in any plan."""

    problem: Problem
    where: Mapping[str, str]
    covered: Mapping[str, frozenset[str]]
    at_least: int

    @cached_property
    def costs(self) -> Costs:
        """What putting anybody anywhere costs under this plan."""
        return Costs(self.problem, self.covered)

    @cached_property
    def score(self) -> tuple[int, ...]:
        """The aims, counted afresh from the plan itself."""
        return score(self.costs, self.where)

    @cached_property
    def late(self) -> tuple[str, ...]:
        """Cases that are late or placed nowhere, by place in the queue."""
        sittings = {sitting.id: sitting for sitting in self.problem.sittings}
        cases = sorted(self.problem.cases, key=lambda case: (case.due, case.queue, case.id))
        late = (c for c in cases if c.id not in self.where or not in_time(c, sittings[self.where[c.id]]))
        return tuple(case.id for case in late)

    @property
    def gap(self) -> float:
        """How far the expected number of late cases may lie above the least possible: 0 when that is proved."""
        found = self.score[Aim.LATE]
        return (found - self.at_least) / found if found else 0.0


def plan(problem: Problem, *, nodes: int = NODES) -> Plan:
    """The plan of a problem: the same problem gives the same plan. Who examines whom is not in it. Raises: NoSolution."""
    if not problem.sittings:
        return Plan(problem, {}, {}, LATE_ONE * len(problem.cases))
    chosen = _coverage(problem, nodes)
    covered = chosen.covered if chosen else {one.id: one.specialties for one in problem.sittings}
    table = table_of(Costs(problem, covered))
    flows = flow_of(table)
    where = dealt(table, settled(table, flows[-1].places, STAGES))
    at_least = LATE_ONE * chosen.late_at_least if chosen else late_of(table, flows[0])
    return Plan(problem, where, _used(problem, covered, where), at_least)


def late_of(table: Table, flow: Flow) -> int:
    """Thousandths of late cases in a flow: a bound from below when cases are torn in it; where nobody stays away, a whole number of cases."""
    shares = table.costs[Aim.LATE] * flow.places / table.size[:, None]
    step = int(numpy.gcd.reduce(table.costs[Aim.LATE], axis=None, initial=LATE_ONE))
    return int(numpy.ceil(shares.sum() / step - 1e-6)) * step


def _coverage(problem: Problem, nodes: int) -> Coverage | None:
    """None when there is nothing to choose."""
    return coverage_of(problem, nodes) if any(sitting.choice for sitting in problem.sittings) else None


def _used(
    problem: Problem, covered: Mapping[str, frozenset[str]], where: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """What was announced, and of what was added only that for which somebody comes."""
    wanted: dict[str, frozenset[str]] = {one.id: one.specialties for one in problem.sittings}
    for case in problem.cases:
        if case.id in where:
            id = where[case.id]
            wanted[id] |= case.specialties & covered[id]
    return wanted
