"""The smallest relaxation: it is enough, and nothing smaller is."""

from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings

from gongjian.planner.aims import Aim
from gongjian.planner.fitting import in_time
from gongjian.planner.planning import plan
from gongjian.planner.relaxing import Relaxation, relaxation_of, relaxed
from gongjian.planner.tests.builders import SPECIALTIES, a_case, a_problem, a_sitting, day, problems, with_choice
from gongjian.planner.tests.test_planning import few


def late_of(problem):
    """Who is late in the plan."""
    return set(plan(problem).late)


def is_enough(problem, specialties, places, hopeless):
    """Whether so much more leaves nobody late but the hopeless."""
    by = Relaxation(tuple(specialties), dict(places), tuple(hopeless), exact=True)
    return late_of(relaxed(problem, by)) <= set(hopeless)


@few
@given(problems)
def test_a_relaxation_is_enough(problem):
    problem = replace(problem, absent=0)
    found = relaxation_of(problem)
    assert found.exact
    assert late_of(relaxed(problem, found)) == set(found.hopeless)
    assert found.is_needed == bool(late_of(problem))


@settings(few, max_examples=20)
@given(problems)
def test_nothing_smaller_is_enough(problem):
    problem = replace(problem, absent=0, partial=False, sittings=problem.sittings[:2], cases=problem.cases[:3])
    found = relaxation_of(problem)
    ids = [one.id for one in problem.sittings]
    pairs = [(one.id, each) for one in problem.sittings for each in SPECIALTIES if each not in one.specialties]
    fewer = [some for size in range(len(found.specialties)) for some in combinations(pairs, size)]
    plenty = dict.fromkeys(ids, len(problem.cases))
    assert not any(is_enough(problem, some, plenty, found.hopeless) for some in fewer)
    total = sum(found.places.values())
    smaller = [ways for ways in product(range(total), repeat=len(ids)) if sum(ways) == total - 1]
    as_many = list(combinations(pairs, len(found.specialties)))
    assert not any(
        is_enough(problem, some, zip(ids, ways, strict=True), found.hopeless) for some in as_many for ways in smaller
    )


@settings(few, max_examples=15)
@given(problems)
def test_a_relaxation_counts_on_the_specialties_that_the_experts_allow_anyway(problem):
    problem = replace(with_choice(problem, experts=1), absent=0)
    found = relaxation_of(problem)
    assert late_of(relaxed(problem, found)) == set(found.hopeless)
    assert bool(found.specialties or found.places) == (late_of(problem) > set(found.hopeless))


def test_a_sitting_that_is_too_small_is_named_with_how_many_places_are_missing():
    problem = a_problem(a_case("C1"), a_case("C2"), a_case("C3"), a_sitting())
    found = relaxation_of(problem)
    assert (found.places, found.specialties, found.hopeless) == ({"S1": 2}, (), ())


def test_a_specialty_that_is_missing_is_named_with_its_day():
    case = a_case(specialties=frozenset({"eyes"}))
    found = relaxation_of(a_problem(case, a_sitting(specialties=frozenset({"bones"}))))
    assert (found.specialties, found.places) == ((("S1", "eyes"),), {})


def test_whom_no_sitting_could_help_is_named_apart():
    problem = a_problem(a_case("C1", due=day(1)), a_case("C2", mode="video"), a_case("C3"), a_sitting())
    found = relaxation_of(problem)
    assert (found.hopeless, found.places, found.is_needed) == (("C1", "C2"), {}, True)
    assert not any(
        in_time(case, one) and case.mode == one.mode for case in problem.cases[:2] for one in problem.sittings
    )


def test_nothing_is_asked_for_where_nobody_is_late():
    found = relaxation_of(a_problem(a_case(), a_sitting()))
    assert not found.is_needed
    assert plan(a_problem(a_case(), a_sitting())).score[Aim.LATE] == 0
