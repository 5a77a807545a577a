"""Cases that take several places can be torn between sittings by a flow: here each is put to one sitting, the others staying where they are."""

from collections.abc import Sequence

import numpy
from ortools.linear_solver import pywraplp

from gongjian.planner.aims import Aim
from gongjian.planner.kinds import Table, Whole
from gongjian.planner.programme import Programme, Term, value

SMALL = 1500
"""Up to so many pairs of kind and sitting everything is settled anew, not what was torn alone."""


def settled(table: Table, places: Whole, stages: Sequence[Sequence[Aim]]) -> Whole:
    """How many whole cases of each kind go where. Load is not looked at again: who has been torn is few. Raises: NoSolution."""
    whole = places // table.size[:, None]
    torn = table.count - whole.sum(axis=1)
    if not torn.any():
        return whole
    if table.allowed.sum() <= SMALL:
        whole, torn = numpy.zeros_like(whole), table.count
    return whole + _put(table, torn, table.room - (whole * table.size[:, None]).sum(axis=0)[:-1], stages)


def _put(table: Table, torn: Whole, room: Whole, stages: Sequence[Sequence[Aim]]) -> Whole:
    programme = Programme()
    put: dict[tuple[int, int], pywraplp.Variable] = {}
    for row in numpy.flatnonzero(torn):
        columns = numpy.flatnonzero(table.allowed[row])
        put |= {(int(row), int(column)): programme.number(int(torn[row])) for column in columns}
        programme.equal([(put[int(row), int(column)], 1.0) for column in columns], int(torn[row]))
    for column, left in enumerate(room):
        here: list[Term] = [(one, float(table.size[row])) for (row, at), one in put.items() if at == column]
        programme.at_most(here, int(left))
    for stage in stages:
        for aim in stage:
            terms = [(one, float(table.costs[aim][row, column])) for (row, column), one in put.items()]
            if any(cost for _, cost in terms):
                programme.at_most(terms, programme.least(terms).value)
    numbers = numpy.zeros_like(table.allowed, dtype=numpy.int64)
    programme.least([])
    for where, one in put.items():
        numbers[where] = value(one)
    return numbers
