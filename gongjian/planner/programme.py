"""A whole-number programme, solved by SCIP through OR-Tools' plain interface: one thread, a fixed seed, so that the same input gives the same answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from gongjian.planner.errors import NoSolution

NODES = 2000
"""Branches after which the best answer so far is taken, with its bound: unlike seconds they run alike on every machine."""
LONGEST_SECONDS = 600
"""A guard only: an answer that the clock has cut off could be another one tomorrow."""
Term = tuple[pywraplp.Variable, float]


@dataclass(frozen=True)
class Solved:
    """value: what was reached; bound: what no answer can better."""

    value: int
    bound: int


class Programme:
    """Variables, rows and one aim at a time."""

    def __init__(self, nodes: int = NODES) -> None:
        self.solver = pywraplp.Solver.CreateSolver("SCIP")
        self.solver.SetSolverSpecificParametersAsString(f"limits/totalnodes = {nodes}")
        self.solver.SetTimeLimit(1000 * LONGEST_SECONDS)
        self.exactly = pywraplp.MPSolverParameters()
        self.exactly.SetDoubleParam(pywraplp.MPSolverParameters.RELATIVE_MIP_GAP, 0.0)

    def number(self, highest: float) -> pywraplp.Variable:
        """A whole number from 0 to `highest`."""
        return self.solver.IntVar(0, highest, "")

    def at_most(self, terms: Iterable[Term], limit: float) -> None:
        """The sum of the terms is at most the limit."""
        self._row(terms, -self.solver.infinity(), limit)

    def at_least(self, terms: Iterable[Term], limit: float) -> None:
        """The sum of the terms is at least the limit."""
        self._row(terms, limit, self.solver.infinity())

    def equal(self, terms: Iterable[Term], value: float) -> None:
        """The sum of the terms is the value."""
        self._row(terms, value, value)

    def _row(self, terms: Iterable[Term], low: float, high: float) -> None:
        row = self.solver.Constraint(low, high)
        for variable, factor in terms:
            row.SetCoefficient(variable, row.GetCoefficient(variable) + factor)

    def least(self, terms: Iterable[Term]) -> Solved:
        """Make the sum as small as can be. Raises: NoSolution when there is none, or none was found within the effort."""
        aim = self.solver.Objective()
        aim.Clear()
        for variable, factor in terms:
            aim.SetCoefficient(variable, aim.GetCoefficient(variable) + factor)
        aim.SetMinimization()
        if self.solver.Solve(self.exactly) not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            raise NoSolution
        return Solved(round(aim.Value()), round(aim.BestBound()))

    def go_on(self, nodes: int) -> None:
        """The next aim starts from the last answer, and has so many branches."""
        variables = self.solver.variables()
        self.solver.SetHint(variables, [variable.solution_value() for variable in variables])
        self.solver.SetSolverSpecificParametersAsString(f"limits/totalnodes = {nodes}")

    def most(self, terms: Iterable[Term]) -> Solved:
        """Make the sum as large as can be. Raises: NoSolution."""
        found = self.least((variable, -factor) for variable, factor in terms)
        return Solved(-found.value, -found.bound)


def value(variable: pywraplp.Variable) -> int:
    """What the last answer gives a variable."""
    found: int = round(variable.solution_value())
    return found
