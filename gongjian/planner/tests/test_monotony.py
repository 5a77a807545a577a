"""More room never makes a plan worse, more need never better; small problems are tried out in every way there is."""

import random
from dataclasses import replace
from itertools import product

import pytest

from gongjian.planner.advice import Advice, Point, advise
from gongjian.planner.aims import LATE_ONE, Aim, score
from gongjian.planner.errors import ProblemWrong
from gongjian.planner.explaining import Kept, why
from gongjian.planner.inserting import insert, with_locks
from gongjian.planner.planning import plan
from gongjian.planner.problem import Case, Experts, Problem, Sitting
from gongjian.planner.relaxing import relaxation_of, relaxed
from gongjian.planner.tests.builders import (
    SPECIALTIES,
    a_case,
    a_problem,
    a_sitting,
    announced,
    best_score,
    day,
    everywhere,
)
from gongjian.planner.whatif import with_rooms, with_sittings, with_specialty, with_wave

SEEDS = range(12)


def a_small_office(seed: int, *, cases: int = 5, sittings: int = 3) -> Problem:
    """An invented office so small that every plan of it can be tried."""
    order = random.Random(seed)

    def wanted() -> frozenset[str]:
        return frozenset(order.sample(SPECIALTIES, order.randint(0, 2)))

    return a_problem(
        *(
            a_case(
                f"C{number}",
                due=day(order.randint(1, 9)),
                queue=order.randint(0, 4),
                specialties=wanted(),
                district=order.choice(["east", "west"]),
                earliest=order.choice([None, None, day(4)]),
                mode=order.choice(["hall", "hall", "hall", "home"]),
            )
            for number in range(cases)
        ),
        *(
            a_sitting(
                f"S{number}",
                day=day(order.randint(2, 8)),
                places=order.randint(0, 2),
                specialties=wanted() | {order.choice(SPECIALTIES)},
                district=order.choice(["east", "west"]),
                mode=order.choice(["hall", "hall", "home"]),
            )
            for number in range(sittings)
        ),
    )


def late(problem: Problem) -> int:
    """How much is late in the plan, in thousandths of cases."""
    return plan(problem).score[Aim.LATE]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_is_the_best_of_all_plans_in_every_aim_in_their_order(seed):
    problem = a_small_office(seed)
    made = plan(problem)
    assert made.score == best_score(problem, announced(problem))
    assert made.where in list(everywhere(problem, announced(problem)))


@pytest.mark.parametrize("seed", SEEDS)
def test_another_place_a_further_specialty_a_later_due_day_or_a_further_sitting_makes_nobody_late(seed):
    problem = a_small_office(seed)
    before = late(problem)
    for number, sitting in enumerate(problem.sittings):
        larger = replace(sitting, places=sitting.places + 1)
        sittings = (*problem.sittings[:number], larger, *problem.sittings[number + 1 :])
        assert late(replace(problem, sittings=sittings)) <= before
    later = tuple(replace(case, due=case.due + (day(1) - day(0))) for case in problem.cases)
    assert late(replace(problem, cases=later)) <= before
    assert late(with_rooms(problem)) <= before
    assert all(late(with_specialty(problem, each)) <= before for each in SPECIALTIES)
    assert late(with_sittings(problem, [a_sitting("more", day=day(2))])) <= before


@pytest.mark.parametrize("seed", SEEDS)
def test_one_place_more_saves_one_case_at_most_and_one_case_more_costs_one_at_most(seed):
    problem = a_small_office(seed)
    before = late(problem)
    for sitting in problem.sittings:
        others = tuple(one for one in problem.sittings if one.id != sitting.id)
        larger = replace(problem, sittings=(*others, replace(sitting, places=sitting.places + 1)))
        assert before - late(larger) in (0, LATE_ONE)
    for case in problem.cases:
        fewer = replace(problem, cases=tuple(one for one in problem.cases if one.id != case.id))
        assert before - late(fewer) in (0, LATE_ONE)
    assert late(with_wave(problem, 20)) >= before


@pytest.mark.parametrize("seed", SEEDS)
def test_what_people_lock_stays_and_costs_no_less_than_what_the_planner_would_have_done(seed):
    problem = a_small_office(seed)
    made, order = plan(problem), random.Random(seed)
    rooms = {one.id: one.places for one in problem.sittings}
    locks: dict[str, str] = {}
    for case in problem.cases:
        free = [id for id, places in rooms.items() if places]
        if free and order.random() < 0.5:
            locks[case.id] = order.choice(free)
            rooms[locks[case.id]] -= 1
    locked = plan(with_locks(problem, locks))
    assert locks.items() <= locked.where.items()
    assert locked.score == best_score(locked.problem, announced(problem))
    if all(made.costs.fits(case, _sitting(problem, locks[case.id])) for case in problem.cases if case.id in locks):
        assert locked.score >= made.score
    as_it_was = with_locks(problem, {id: at for id, at in made.where.items() if id in locks})
    assert plan(as_it_was).score == made.score


def _sitting(problem: Problem, id: str) -> Sitting:
    return next(one for one in problem.sittings if one.id == id)


def test_a_lock_beyond_the_places_is_refused_before_anything_is_planned():
    problem = a_problem(a_case("C1"), a_case("C2"), a_sitting())
    with pytest.raises(ProblemWrong, match="锁定在S1的人数超过"):
        with_locks(problem, {"C1": "S1", "C2": "S1"})


# The smallest relaxation.


@pytest.mark.parametrize("seed", SEEDS)
def test_no_fewer_places_anywhere_would_be_enough(seed):
    problem = a_small_office(seed, cases=4)
    everything = tuple(replace(one, specialties=frozenset(SPECIALTIES)) for one in problem.sittings)
    problem = replace(problem, sittings=everything)
    found = relaxation_of(problem)
    assert not found.specialties
    assert set(plan(relaxed(problem, found)).late) == set(found.hopeless)
    total = sum(found.places.values())
    for ways in product(range(total), repeat=len(problem.sittings)):
        if sum(ways) == total - 1:
            fewer = tuple(
                replace(one, places=one.places + more) for one, more in zip(problem.sittings, ways, strict=True)
            )
            assert len(plan(replace(problem, sittings=fewer)).late) > len(found.hopeless)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hopeless_are_exactly_those_whom_no_larger_office_would_help(seed):
    problem = a_small_office(seed)
    huge = tuple(replace(one, places=9, specialties=frozenset(SPECIALTIES)) for one in problem.sittings)
    assert set(relaxation_of(problem).hopeless) == set(plan(replace(problem, sittings=huge)).late)


# A new urgent case.


@pytest.mark.parametrize("seed", SEEDS)
def test_an_urgent_case_is_in_time_whenever_it_would_be_in_some_plan_in_which_nobody_is_worse_off(seed):
    made = plan(a_small_office(seed, cases=4))
    urgent = a_case("urgent", due=day(4))
    found = insert(made, urgent)
    whole = replace(made.problem, cases=(*made.problem.cases, urgent))
    sittings = {one.id: one for one in whole.sittings}
    costs = found.plan.costs

    def is_no_worse(where: dict[str, str]) -> bool:
        standing = (case for case in made.problem.cases if case.id in made.where)
        return all(
            case.id in where
            and costs.of(case, sittings[where[case.id]])[:3] <= costs.of(case, sittings[made.where[case.id]])[:3]
            for case in standing
        )

    possible = [
        where
        for where in everywhere(whole, dict(made.covered))
        if is_no_worse(where) and not set(where) - set(made.where) - {"urgent"}
    ]
    best = min(costs.of(urgent, sittings.get(where.get("urgent", "")))[:3] for where in possible)
    assert costs.of(urgent, sittings.get(found.at or ""))[:3] == best
    if made.costs.fits(urgent, a_sitting(day=day(3))) and found.at is None:
        assert not found.moved


# Why this day, and how many sittings more.


@pytest.mark.parametrize("seed", SEEDS)
def test_a_place_that_is_told_to_be_free_of_any_harm_is_never_told_of_a_plan_of_our_own(seed):
    problem = a_small_office(seed)
    made = plan(problem)
    for case in problem.cases:
        for each in why(made, case.id).earlier:
            assert each.reason != Kept.FREE
            if each.reason == Kept.WORSE:
                moved = score(made.costs, {**made.where, case.id: each.sitting.id})
                assert moved > made.score


@pytest.mark.parametrize(("share", "needed"), [(0.5, 0), (0.55, 1), (0.56, 2), (0.6, 2), (0.65, None)])
def test_a_share_is_reached_by_the_very_case_that_makes_it_up(share, needed):
    points = tuple(Point(number, (), in_time, 100, True) for number, in_time in enumerate((50, 55, 60)))
    found = Advice(share, points).needed
    assert (found and found.sittings) == needed


def test_the_curve_never_falls_and_never_rises_by_more_than_a_sitting_holds():
    cases = [a_case(f"C{number}", due=day(2 + number)) for number in range(6)]
    more = [a_sitting(f"+{number}", day=day(number), places=2) for number in (2, 3, 6)]
    points = advise(a_problem(*cases, a_sitting()), more, most=3).points
    reached = [point.in_time for point in points]
    assert reached == [1, 3, 5, 6]
    assert all(len(point.added) <= point.sittings and point.exact for point in points)


@pytest.mark.parametrize(("experts", "served"), [(0, 0), (1, 1), (2, 2), (3, 2)])
def test_experts_are_seats_and_every_further_one_serves_at_most_one_specialty_more(experts, served):
    free = a_sitting(specialties=frozenset(), may_add=frozenset({"bones", "eyes"}), places=5)
    cases = [a_case("C1", specialties=frozenset({"bones"})), a_case("C2", specialties=frozenset({"eyes"}))]
    coming = (Experts(free.day, frozenset({"bones", "eyes", "lungs"}), experts),)
    made = plan(a_problem(*cases, free, experts=coming))
    assert len(made.where) == served
    assert sum(len(covered) for covered in made.covered.values()) == served


@pytest.mark.parametrize("places", [2, 3, 5])
def test_a_case_of_several_places_is_whole_wherever_it_goes(places):
    big = replace(a_case("big"), places=places)
    small = [a_case(f"C{number}") for number in range(2)]
    for room in range(places + 3):
        made = plan(a_problem(big, *small, a_sitting(places=room)))
        used = sum(case.places for case in (big, *small) if case.id in made.where)
        assert used <= room
        assert len(made.where) == max(min(room, 2), 3 if room >= places + 2 else 0)


def test_the_same_place_in_the_queue_is_settled_by_who_has_waited_longer_and_then_by_the_number():
    def one(id: str, since: int) -> Case:
        return a_case(id, since=day(since))

    cases = [one("B", -3), one("C", -9), one("A", -3)]
    made = plan(a_problem(*cases, a_sitting("S1"), a_sitting("S2", day=day(4)), a_sitting("S3", day=day(5))))
    assert made.where == {"C": "S1", "A": "S2", "B": "S3"}
