"""A new urgent case comes into a plan that stands: in time if that can be, and for it as few people move as can be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy

from gongjian.planner.aims import Aim, Costs
from gongjian.planner.flow import STAGES, flow_of
from gongjian.planner.kinds import Table, dealt, table_of
from gongjian.planner.planning import Plan
from gongjian.planner.problem import Case, Problem
from gongjian.planner.settling import settled

FIRST = (Aim.LATE, Aim.UNPLACED, Aim.OVERDUE)


@dataclass(frozen=True)
class Insertion:
    """at: the new case's sitting, None when there is none; moved: case → (from, to)."""

    plan: Plan
    at: str | None
    moved: Mapping[str, tuple[str, str]]


def insert(plan: Plan, urgent: Case, *, may_move_told: bool = False) -> Insertion:
    """Give a case its place in a plan. Nobody else comes to be later than due, or longer overdue, than before.

    Whoever is locked stays; whoever has been told of their day stays unless `may_move_told`, and then rather ten others move than one of them.
    """
    standing = tuple(replace(case, at=plan.where[case.id]) for case in plan.problem.cases if case.id in plan.where)
    problem = replace(plan.problem, cases=(*standing, urgent))
    costs = Costs(problem, plan.covered)
    table = _only_if_no_worse(table_of(costs, barred=_barred(costs, standing, may_move_told)), urgent)
    where = dealt(table, settled(table, flow_of(table)[-1].places, STAGES))
    moved = {id: (old, where[id]) for id, old in plan.where.items() if where[id] != old}
    whole = replace(plan.problem, cases=(*plan.problem.cases, urgent))
    return Insertion(Plan(whole, where, plan.covered, plan.at_least), where.get(urgent.id), moved)


def _barred(costs: Costs, standing: tuple[Case, ...], may_move_told: bool) -> dict[str, frozenset[str]]:
    """Case → sittings to which it shall not move."""
    problem = costs.problem
    sittings = {one.id: one for one in problem.sittings}
    known: dict[tuple[object, ...], frozenset[str]] = {}
    for case in standing:
        if case.kind not in known:
            now = costs.of(case, sittings[case.at or ""])[: len(FIRST)]
            stays = case.told and not may_move_told
            known[case.kind] = frozenset(
                one.id
                for one in problem.sittings
                if one.id != case.at and (stays or costs.of(case, one)[: len(FIRST)] > now)
            )
    return {case.id: known[case.kind] for case in standing}


def _only_if_no_worse(table: Table, urgent: Case) -> Table:
    """Others count by whether they move alone, and must be somewhere; one who has been told counts as much as a whole chain of others."""
    costs, allowed = table.costs.copy(), table.allowed.copy()
    for row, kind in enumerate(table.kinds):
        if kind.one.id != urgent.id:
            costs[: len(FIRST), row] = 0
            allowed[row, -1] = False
            costs[Aim.MOVED, row] *= len(table.sittings) + 2 if kind.one.told else 1
            allowed[row] |= _now(table, kind.one)
    return replace(table, costs=costs, allowed=allowed)


def _now(table: Table, case: Case) -> "numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.bool_]]":
    """Where it stands is always open to a case, as people have put it."""
    return numpy.array([one.id == case.at for one in table.sittings] + [False])


def with_locks(problem: Problem, locks: Mapping[str, str]) -> Problem:
    """The problem with what a person has decided: these cases stay where they were put, and the planner completes around them."""
    return replace(problem, cases=tuple(replace(case, lock=locks.get(case.id, case.lock)) for case in problem.cases))
