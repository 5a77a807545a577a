"""Cases that are alike, put together: the planner reckons with kinds and their number, and deals sittings out by the place in the queue."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from gongjian.planner.aims import Aim, Costs
from gongjian.planner.problem import Case, Sitting, in_order

Whole = NDArray[numpy.int64]
Truth = NDArray[numpy.bool_]


@dataclass(frozen=True)
class Kind:
    """Cases that differ in their place in the queue only, first come first."""

    cases: tuple[Case, ...]

    @property
    def one(self) -> Case:
        """Any of them stands for all."""
        return self.cases[0]


@dataclass(frozen=True)
class Table:
    """Costs as arrays: `costs[aim][kind, column]`, where the last column is nowhere; `allowed` likewise.

    sittings: in the order of the columns; size: places that one case of a kind takes; count: how many cases a kind has.
    """

    kinds: tuple[Kind, ...]
    sittings: tuple[Sitting, ...]
    costs: Whole
    allowed: Truth
    size: Whole
    count: Whole
    room: Whole

    def weighed(self, aims: Iterable[Aim]) -> Whole:
        """One number for several aims, so that no gain in a lower one outweighs the least loss in a higher one.

        A plan is improved by chains of moves that touch each sitting at most once, so the loss that a chain can make is bounded by
        the number of sittings, not of cases.
        """
        links = len(self.sittings) + 2
        total: Whole = numpy.zeros_like(self.costs[0])
        worth, worst = 1, 0
        for aim in reversed(list(aims)):
            total = total + worth * self.costs[aim]
            worst += worth * self.highest(aim)
            worth = 1 + links * worst
        return total

    def highest(self, aim: Aim) -> int:
        """The most that a single move can cost in an aim."""
        return int(self.costs[aim].max(initial=0))


def kinds_of(cases: Iterable[Case]) -> tuple[Kind, ...]:
    """Kinds in their own order, whatever the order of the cases."""
    alike: defaultdict[tuple[object, ...], list[Case]] = defaultdict(list)
    for case in cases:
        alike[case.kind].append(case)
    return tuple(
        Kind(tuple(sorted(alike[kind], key=lambda case: (case.queue, case.since, case.id)))) for kind in sorted(alike)
    )


def table_of(costs: Costs, *, barred: Mapping[str, frozenset[str]] | None = None) -> Table:
    """The arrays of a problem. barred: case → sittings that it may not be put to, beside those that do not fit."""
    problem = costs.problem
    kinds, sittings = kinds_of(problem.cases), tuple(in_order(problem.sittings))
    fits = numpy.ones((len(kinds), len(sittings) + 1), dtype=numpy.bool_)
    found = numpy.zeros((len(Aim), len(kinds), len(sittings) + 1), dtype=numpy.int64)
    for row, kind in enumerate(kinds):
        closed = (barred or {}).get(kind.one.id, frozenset())
        for column, sitting in enumerate(sittings):
            fits[row, column] = sitting.id not in closed and costs.fits(kind.one, sitting)
            if fits[row, column]:
                found[:, row, column] = costs.of(kind.one, sitting)
        fits[row, -1] = kind.one.lock is None
        found[:, row, -1] = costs.of(kind.one, None)
    return Table(
        kinds,
        sittings,
        found,
        fits,
        numpy.array([kind.one.places for kind in kinds], dtype=numpy.int64),
        numpy.array([len(kind.cases) for kind in kinds], dtype=numpy.int64),
        numpy.array([sitting.places for sitting in sittings], dtype=numpy.int64),
    )


def dealt(table: Table, numbers: Whole) -> dict[str, str]:
    """Case → sitting, from how many of each kind go where: within a kind, who came first goes first."""
    where: dict[str, str] = {}
    for row, kind in enumerate(table.kinds):
        waiting = iter(kind.cases)
        for column in numpy.flatnonzero(numbers[row, :-1]):
            for _ in range(int(numbers[row, column])):
                where[next(waiting).id] = table.sittings[column].id
    return where
