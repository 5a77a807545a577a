"""A valid case, sitting and problem from no arguments, random small ones, and the optimum by trying everything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st

from gongjian.planner.aims import Costs, loads, score
from gongjian.planner.problem import Case, Experts, Problem, Sitting

MONDAY = date(2026, 3, 2)
SPECIALTIES = ("bones", "eyes", "lungs")


def day(number: int) -> date:
    """So many days after the Monday on which the planning is done."""
    return MONDAY + timedelta(days=number)


def a_case(id: str = "C1", **changes: Any) -> Case:
    """A case that waits since Monday and is due a week later, first in the queue."""
    values: dict[str, Any] = {"id": id, "due": day(7), "since": MONDAY, "queue": 1}
    return Case(**{**values, **changes})


def a_sitting(id: str = "S1", **changes: Any) -> Sitting:
    """A sitting on Thursday with one place that covers everything."""
    values: dict[str, Any] = {"id": id, "day": day(3), "places": 1, "specialties": frozenset(SPECIALTIES)}
    return Sitting(**{**values, **changes})


def a_problem(*things: Case | Sitting, **changes: Any) -> Problem:
    """A problem of cases and sittings in any order."""
    cases = tuple(one for one in things if isinstance(one, Case))
    return Problem(cases=cases, sittings=tuple(one for one in things if isinstance(one, Sitting)), **changes)


some = st.sets(st.sampled_from(SPECIALTIES), max_size=2).map(frozenset)
sittings = st.lists(
    st.builds(
        Sitting,
        id=st.just(""),
        day=st.integers(2, 8).map(day),
        places=st.integers(0, 2),
        taken=st.integers(0, 3),
        specialties=st.sets(st.sampled_from(SPECIALTIES), min_size=1).map(frozenset),
        offers=st.sampled_from([frozenset(), frozenset({"step_free"})]),
        district=st.sampled_from(["east", "west"]),
    ),
    min_size=1,
    max_size=3,
).map(lambda found: tuple(replace(one, id=f"S{number}") for number, one in enumerate(found)))
cases = st.lists(
    st.builds(
        Case,
        id=st.just(""),
        due=st.integers(1, 9).map(day),
        since=st.just(MONDAY),
        queue=st.integers(0, 5),
        specialties=some,
        needs=st.sampled_from([frozenset(), frozenset(), frozenset({"step_free"})]),
        district=st.sampled_from(["east", "west"]),
        earliest=st.sampled_from([None, None, day(4)]),
    ),
    min_size=1,
    max_size=4,
).map(lambda found: tuple(replace(one, id=f"C{number}") for number, one in enumerate(found)))
problems = st.builds(
    Problem, cases=cases, sittings=sittings, partial=st.booleans(), absent=st.sampled_from([0, 0, 100])
)
"""Everything announced, one place for each case: what the flow answers exactly."""


def with_choice(problem: Problem, *, experts: int | None) -> Problem:
    """The same problem where no specialty is announced, two may be chosen for each sitting, and so many experts of each come."""
    sittings = tuple(
        replace(one, specialties=frozenset(), may_add=frozenset(SPECIALTIES), most=2) for one in problem.sittings
    )
    days = {one.day for one in sittings}
    coming = [Experts(one, frozenset({each}), experts or 0) for one in sorted(days) for each in SPECIALTIES]
    return replace(problem, sittings=sittings, experts=None if experts is None else tuple(coming), partial=False)


def everywhere(problem: Problem, covered: dict[str, frozenset[str]]) -> Iterator[dict[str, str]]:
    """Every way to put the cases, none over its places."""
    costs = Costs(problem, covered)
    ways = [
        [*([] if case.lock else [None]), *(one for one in problem.sittings if costs.fits(case, one))]
        for case in problem.cases
    ]
    rooms = {one.id: one.places for one in problem.sittings}
    for chosen in product(*ways):
        where = {case.id: one.id for case, one in zip(problem.cases, chosen, strict=True) if one}
        if all(taken <= rooms[id] for id, taken in loads(problem, where).items()):
            yield where


def announced(problem: Problem) -> dict[str, frozenset[str]]:
    """What each sitting covers when nothing is added."""
    return {one.id: one.specialties for one in problem.sittings}


def best_score(problem: Problem, covered: dict[str, frozenset[str]]) -> tuple[int, ...]:
    """The best of all plans, by trying each."""
    costs = Costs(problem, covered)
    return min(score(costs, where) for where in everywhere(problem, covered))


def coverages(problem: Problem) -> Iterator[dict[str, frozenset[str]]]:
    """Every choice of specialties that `most` and the experts (each with one specialty) allow."""
    choices = [
        [
            one.specialties | set(more)
            for size in range(len(one.choice) + 1)
            for more in combinations(sorted(one.choice), size)
        ]
        for one in problem.sittings
    ]
    for chosen in product(*choices):
        covered = {one.id: found for one, found in zip(problem.sittings, chosen, strict=True)}
        if all(one.most is None or len(covered[one.id]) <= one.most for one in problem.sittings) and _seated(
            problem, covered
        ):
            yield covered


def _seated(problem: Problem, covered: dict[str, frozenset[str]]) -> bool:
    if problem.experts is None:
        return True
    coming = {(one.day, specialty): one.count for one in problem.experts for specialty in one.specialties}
    asked: dict[tuple[date, str], int] = {}
    for one in problem.sittings:
        for specialty in covered[one.id] - one.specialties:
            asked[one.day, specialty] = asked.get((one.day, specialty), 0) + 1
    return all(count <= coming.get(which, 0) for which, count in asked.items())
