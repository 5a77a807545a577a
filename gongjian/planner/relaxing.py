"""The smallest relaxation: with which specialties on which day, and how many places more at which sitting, nobody would be late."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gongjian.planner.covering import choices, limit
from gongjian.planner.filling import Filling, groups_of
from gongjian.planner.fitting import could_take, in_time
from gongjian.planner.problem import Problem, Sitting
from gongjian.planner.programme import NODES, value


@dataclass(frozen=True)
class Relaxation:
    """specialties: (sitting, specialty) that would have to be found; places: sitting → how many more; hopeless: cases no sitting could help.

    exact: whether it is proved that nothing smaller is enough.
    """

    specialties: tuple[tuple[str, str], ...]
    places: Mapping[str, int]
    hopeless: tuple[str, ...]
    exact: bool

    @property
    def is_needed(self) -> bool:
        """Whether anything would have to give."""
        return bool(self.specialties or self.places or self.hopeless)


def relaxation_of(problem: Problem, *, nodes: int = NODES) -> Relaxation:
    """First as few further specialties as can be (each is an expert to be found), then as few further places. Raises: NoSolution.

    Hopeless is for whom no sitting fits in time, whatever it covered and however large it were: they need another day, place or mode.
    """
    wide = _widened(problem)
    groups = groups_of(wide)
    filling = Filling(wide, groups, nodes)
    programme, most = filling.programme, sum(case.places for case in problem.cases)
    more = {one.id: programme.number(most) for one in problem.sittings}
    found, chosen, covered = choices(wide, programme), choices(problem, programme), choices(wide, programme)
    limit(programme, problem, chosen)
    for pair, variable in covered.items():
        ways = [found[pair], *([chosen[pair]] if pair in chosen else [])]
        programme.at_most([(variable, 1.0), *((way, -1.0) for way in ways)], 0)
    filling.cap(more)
    filling.cover(covered, room={one.id: one.places + most for one in problem.sittings})
    filling.serve_all()
    fewest = programme.least((variable, 1.0) for variable in found.values())
    programme.at_most(((variable, 1.0) for variable in found.values()), fewest.value)
    least = programme.least((variable, 1.0) for variable in more.values())
    return Relaxation(
        specialties=tuple(pair for pair, variable in found.items() if value(variable)),
        places={id: value(variable) for id, variable in more.items() if value(variable)},
        hopeless=hopeless(wide),
        exact=fewest.value == fewest.bound and least.value == least.bound,
    )


def relaxed(problem: Problem, by: Relaxation) -> Problem:
    """The problem as it would be with what the relaxation asks for."""
    given = {
        one.id: frozenset(specialty for id, specialty in by.specialties if id == one.id) for one in problem.sittings
    }
    sittings = (
        replace(one, specialties=one.specialties | given[one.id], places=one.places + by.places.get(one.id, 0))
        for one in problem.sittings
    )
    return replace(problem, sittings=tuple(_with_most(one, len(given[one.id])) for one in sittings))


def hopeless(wide: Problem) -> tuple[str, ...]:
    """Cases for which no sitting fits in time, even covering all."""
    fitting = (
        (case, any(in_time(case, one) and could_take(wide, case, one) for one in wide.sittings)) for case in wide.cases
    )
    return tuple(case.id for case, fits in fitting if not fits)


def _widened(problem: Problem) -> Problem:
    wanted = frozenset[str]().union(*(case.specialties for case in problem.cases))
    return replace(problem, sittings=tuple(replace(one, may_add=wanted) for one in problem.sittings))


def _with_most(sitting: Sitting, added: int) -> Sitting:
    """What was found beside the planner's own choice takes nothing from that choice."""
    return sitting if sitting.most is None else replace(sitting, most=sitting.most + added)
