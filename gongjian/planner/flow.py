"""Minimum-cost flow from kinds of cases to sittings, one group of aims after the other; and the prices that prove each optimal."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from ortools.graph.python import min_cost_flow

from gongjian.planner.aims import Aim, band
from gongjian.planner.errors import NoSolution
from gongjian.planner.kinds import Table, Truth, Whole
from gongjian.planner.problem import Sitting

STAGES: Sequence[Sequence[Aim]] = (
    (Aim.LATE, Aim.UNPLACED, Aim.OVERDUE),
    (Aim.MOVED, Aim.TRAVEL, Aim.UNMET, Aim.REPEAT),
    (Aim.UNEVEN, Aim.WAITING),
)
"""Aims that are weighed together: as many as 64-bit numbers hold."""
DEAR = 1 << 55


@dataclass(frozen=True)
class Flow:
    """places[kind, column]: how many places of a sitting a kind takes; the last column is nowhere. worth: the costs per place it was found for."""

    places: Whole
    worth: Whole


@dataclass(frozen=True)
class _Arcs:
    """Columns of arcs: tail, head, capacity and cost of one unit."""

    tails: Whole
    heads: Whole
    rooms: Whole
    costs: Whole


def flow_of(table: Table, stages: Sequence[Sequence[Aim]] = STAGES) -> list[Flow]:
    """The flows of all stages; each keeps what the stages before it have reached. Load counts in the last stage only. Raises: NoSolution."""
    allowed, full = table.allowed.copy(), numpy.zeros(len(table.sittings), dtype=numpy.bool_)
    found: list[Flow] = []
    for stage in stages:
        costs = _per_place(table, table.weighed(_of_cases(stage)))
        bands = _band_worth(table, stage)
        places = _solved(table, costs, allowed, full, bands)
        found.append(Flow(places, costs))
        if stage is not stages[-1]:
            allowed, full = _optimal_face(costs, allowed, _prices(table, costs, allowed, full, places), full)
    return found


def _of_cases(stage: Sequence[Aim]) -> list[Aim]:
    return [aim for aim in stage if aim != Aim.UNEVEN]


def _band_worth(table: Table, stage: Sequence[Aim]) -> int:
    """What one step of band costs, in the weights of its stage; 0 where load does not count. Load stands before all else of its stage."""
    if Aim.UNEVEN not in stage:
        return 0
    worst = int(_per_place(table, table.weighed(_of_cases(stage))).max(initial=0))
    return 1 + (len(table.sittings) + 2) * worst


def _per_place(table: Table, costs: Whole) -> Whole:
    """Costs of one place of a case instead of a whole case, in whole numbers."""
    common = int(numpy.lcm.reduce(table.size, initial=1))
    return costs * (common // table.size)[:, None]


def _solved(table: Table, costs: Whole, allowed: Truth, full: Truth, bands: int) -> Whole:
    """The cheapest flow along the allowed arcs that fills the sittings which must be full."""
    kinds, columns = costs.shape
    rows, cols = numpy.nonzero(allowed)
    units = table.size * table.count
    sink = kinds + columns
    arcs = _joined(
        _Arcs(rows, kinds + cols, units[rows], costs[rows, cols]),
        _to_sink(table, full, bands, first=kinds, sink=sink),
    )
    supplies = numpy.zeros(sink + 1, dtype=numpy.int64)
    supplies[:kinds] = units
    supplies[kinds : kinds + columns - 1] = -numpy.where(full, table.room, 0)
    supplies[sink] = -supplies.sum()
    solver = min_cost_flow.SimpleMinCostFlow()
    made = solver.add_arcs_with_capacity_and_unit_cost(arcs.tails, arcs.heads, arcs.rooms, arcs.costs)
    solver.set_nodes_supplies(numpy.arange(sink + 1), supplies)
    if solver.solve() != solver.OPTIMAL:
        raise NoSolution
    places = numpy.zeros_like(costs)
    places[rows, cols] = solver.flows(made)[: len(rows)]
    return places


def _to_sink(table: Table, full: Truth, bands: int, *, first: int, sink: int) -> _Arcs:
    """From each sitting with room to spare, and from nowhere, to the sink; with bands, a fuller sitting costs more."""
    nowhere = len(table.sittings)
    rows = [(first + nowhere, int((table.size * table.count).sum()), 0)]
    for column in numpy.flatnonzero(~full):
        rows += [(first + int(column), room, cost * bands) for cost, room in _bands(table.sittings[column], bands)]
    tails, rooms, costs = (numpy.array(one, dtype=numpy.int64) for one in zip(*rows, strict=True))
    return _Arcs(tails, numpy.full_like(tails, sink), rooms, costs)


def _bands(sitting: Sitting, bands: int) -> list[tuple[int, int]]:
    """(step, how many free places of that step) of a sitting."""
    if not bands:
        return [(0, sitting.places)]
    return sorted(Counter(band(sitting, place) for place in range(sitting.places)).items())


def _joined(one: _Arcs, other: _Arcs) -> _Arcs:
    pairs = zip(vars(one).values(), vars(other).values(), strict=True)
    return _Arcs(*(numpy.concatenate(pair).astype(numpy.int64) for pair in pairs))


def _prices(table: Table, costs: Whole, allowed: Truth, full: Truth, places: Whole) -> Whole:
    """Dual prices of the columns: no move of a case is worth more than the difference; a column with room to spare costs nothing.

    Shortest ways along moves of cases, by Bellman and Ford; a node more stands for "room to spare". Nothing improves, so none is a circle.
    """
    columns = costs.shape[1]
    dear = numpy.where(allowed, costs, DEAR)
    worth = numpy.full((columns + 1, columns + 1), DEAR, dtype=numpy.int64)
    for column in range(columns):
        here = numpy.flatnonzero(places[:, column])
        if len(here):
            worth[column, :columns] = (dear[here] - costs[here, column][:, None]).min(axis=0)
    spare = places.sum(axis=0) < numpy.append(table.room, DEAR)
    free = numpy.append(~full, True)
    worth[:columns, columns] = numpy.where(spare & free, 0, DEAR)
    worth[columns, :columns] = numpy.where(free, 0, DEAR)
    prices = numpy.zeros(columns + 1, dtype=numpy.int64)
    for _ in range(columns + 2):
        nearer = numpy.minimum(prices, (worth + prices[None, :]).min(axis=1))
        if (nearer == prices).all():
            return prices[:columns] - prices[columns]
        prices = nearer
    raise NoSolution


def _optimal_face(costs: Whole, allowed: Truth, prices: Whole, full: Truth) -> tuple[Truth, Truth]:
    """Which arcs an optimal flow may use at all, and which sittings every optimal flow fills."""
    reduced = numpy.where(allowed, costs + prices[None, :], DEAR * 4)
    return reduced == reduced.min(axis=1, keepdims=True), full | (prices[:-1] > 0)
