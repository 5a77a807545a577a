"""Plans against the optimum found by trying everything, and what holds of every plan."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gongjian.planner.aims import LATE_ONE, Aim, loads, score
from gongjian.planner.errors import ProblemWrong
from gongjian.planner.inserting import with_locks
from gongjian.planner.planning import plan
from gongjian.planner.problem import HALL, Experts, Problem
from gongjian.planner.sample import Size, sample_office
from gongjian.planner.tests.builders import (
    a_case,
    a_problem,
    a_sitting,
    announced,
    best_score,
    coverages,
    day,
    problems,
    with_choice,
)

quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
few = settings(quick, max_examples=25)


@quick
@given(problems)
def test_no_plan_is_better_in_any_aim_when_every_case_takes_one_place(problem):
    made = plan(problem)
    assert made.score == best_score(problem, announced(problem))
    assert (made.gap, made.at_least) == (0.0, made.score[Aim.LATE])


@few
@given(problems, st.sampled_from([None, 0, 1]))
def test_with_specialties_to_choose_no_choice_leaves_fewer_late(problem, experts):
    problem = replace(with_choice(problem, experts=experts), absent=0)
    problem = replace(problem, sittings=problem.sittings[:2])
    made = plan(problem)
    least = min(best_score(problem, covered)[Aim.LATE] for covered in coverages(problem))
    assert (made.score[Aim.LATE], made.at_least) == (least, least)
    assert made.covered in list(coverages(problem))


@few
@given(problems, st.lists(st.integers(1, 3), min_size=4, max_size=4))
def test_cases_of_several_places_are_never_torn_and_the_bound_holds(problem, places):
    cases = tuple(replace(case, places=size) for case, size in zip(problem.cases, places, strict=False))
    problem = replace(problem, cases=cases)
    made = plan(problem)
    rooms = {one.id: one.places for one in problem.sittings}
    assert all(taken <= rooms[id] for id, taken in loads(problem, made.where).items())
    best = best_score(problem, announced(problem))
    assert made.at_least <= best[Aim.LATE]
    assert made.score[: Aim.UNEVEN] == best[: Aim.UNEVEN]


@few
@given(problems, st.randoms(use_true_random=False))
def test_the_same_problem_gives_the_same_plan_in_whatever_order_it_is_told(problem, shuffler):
    cases, sittings = list(problem.cases), list(problem.sittings)
    shuffler.shuffle(cases)
    shuffler.shuffle(sittings)
    told_otherwise = replace(problem, cases=tuple(cases), sittings=tuple(sittings))
    assert plan(problem).where == plan(told_otherwise).where == plan(problem).where


@few
@given(problems, st.data())
def test_what_a_person_has_locked_stays_and_the_rest_is_the_best_around_it(problem, data):
    made = plan(problem)
    case = data.draw(st.sampled_from(problem.cases))
    sitting = data.draw(st.sampled_from(problem.sittings))
    assume(sitting.places)
    edited = with_locks(problem, {case.id: sitting.id})
    again = plan(edited)
    assert again.where[case.id] == sitting.id
    assert again.score == best_score(edited, announced(edited))
    assert plan(with_locks(problem, dict(made.where))).where == made.where


def test_a_lock_stands_where_the_planner_itself_would_not_put_the_case():
    problem = a_problem(a_case(specialties=frozenset({"eyes"})), a_sitting(specialties=frozenset({"bones"})))
    assert plan(problem).where == {}
    assert plan(with_locks(problem, {"C1": "S1"})).where == {"C1": "S1"}


@pytest.mark.parametrize(
    "changes",
    [
        {"specialties": frozenset({"eyes", "teeth"})},
        {"needs": frozenset({"step_free"})},
        {"mode": "video"},
        {"earliest": day(4)},
        {"places": 2},
    ],
)
def test_whom_a_sitting_cannot_take_is_placed_nowhere_and_counts_as_late(changes):
    made = plan(a_problem(a_case(**changes), a_sitting()))
    assert (made.where, made.late, made.score[: Aim.OVERDUE]) == ({}, ("C1",), (LATE_ONE, 1))


def test_with_partial_cover_a_case_goes_where_one_of_its_specialties_is_and_comes_again_for_the_other():
    case = a_case(specialties=frozenset({"eyes", "bones"}))
    problem = a_problem(case, a_sitting(specialties=frozenset({"bones"})), partial=True)
    made = plan(problem)
    assert (made.where, made.score[Aim.UNMET], made.score[Aim.REPEAT]) == ({"C1": "S1"}, 1, 1)
    assert plan(replace(problem, partial=False)).where == {}


def test_no_journey_is_saved_at_the_price_of_a_late_case():
    far = a_sitting("near", day=day(9), district="east")
    problem = a_problem(a_case(district="east"), a_sitting("early"), far)
    assert plan(problem).where == {"C1": "early"}
    in_time = replace(problem, cases=(a_case(district="east", due=day(9)),))
    assert plan(in_time).where == {"C1": "near"}


def test_who_comes_anyway_is_put_to_the_same_sitting():
    made = plan(a_problem(a_case(comes_to="S2"), a_sitting("S1"), a_sitting("S2", day=day(4))))
    assert made.where == {"C1": "S2"}


def test_of_cases_that_are_alike_who_came_first_goes_first():
    later, first = a_case("A", queue=2), a_case("B", queue=1)
    made = plan(a_problem(later, first, a_sitting("S1"), a_sitting("S2", day=day(4))))
    assert made.where == {"B": "S1", "A": "S2"}


def test_who_may_stay_away_is_called_while_there_is_another_day_in_time():
    sittings = [a_sitting("S1"), a_sitting("S2", day=day(6))]
    made = plan(a_problem(a_case(due=day(6)), *sittings, absent=100))
    assert (made.where, made.score[Aim.LATE]) == ({"C1": "S1"}, 0)


def test_an_expert_of_two_specialties_takes_one_seat_a_day():
    both = Experts(day(3), frozenset({"bones", "eyes"}), 1)
    free = a_sitting(specialties=frozenset(), may_add=frozenset({"bones", "eyes"}), places=2)
    cases = [a_case("C1", specialties=frozenset({"bones"})), a_case("C2", specialties=frozenset({"eyes"}))]
    assert len(plan(a_problem(*cases, free, experts=(both,))).where) == 1
    assert len(plan(a_problem(*cases, free, experts=(replace(both, count=2),))).where) == 2


def test_a_specialty_for_which_nobody_comes_is_not_asked_for():
    free = a_sitting(specialties=frozenset({"lungs"}), may_add=frozenset({"bones", "eyes"}))
    made = plan(a_problem(a_case(specialties=frozenset({"bones"})), free))
    assert made.covered == {"S1": frozenset({"lungs", "bones"})}


def test_without_sittings_everybody_is_late_and_without_cases_nobody():
    assert plan(a_problem(a_case())).late == ("C1",)
    assert plan(a_problem(a_sitting())).score == (0,) * len(Aim)
    assert plan(Problem(cases=(), sittings=())).where == {}


@pytest.mark.parametrize(
    "things",
    [
        (a_case(), a_case()),
        (a_sitting(), a_sitting()),
        (a_case(places=0),),
        (a_case(lock="S9"),),
        (a_sitting(places=-1),),
        (a_sitting(rooms=0),),
        (a_case("C1", lock="S1"), a_case("C2", lock="S1"), a_sitting()),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(things):
    with pytest.raises(ProblemWrong, match="前后矛盾"):
        a_problem(*things)


def test_a_middle_sized_office_is_planned_to_the_proved_optimum():
    made = plan(sample_office(7, Size(cases=120, sittings=8, experts=40)))
    assert made.gap == 0.0
    assert made.score == score(made.costs, made.where)
    assert {case.mode for case in made.problem.cases} == {HALL}
