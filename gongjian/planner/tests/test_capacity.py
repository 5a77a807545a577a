"""First come, invented offices, what-ifs, and how many further sittings are enough."""

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings

from gongjian.planner.advice import Advice, Point, advise, like
from gongjian.planner.aims import Aim, score
from gongjian.planner.baseline import first_come
from gongjian.planner.planning import plan
from gongjian.planner.sample import SPECIALTIES, STEP_FREE, Size, sample_office
from gongjian.planner.tests.builders import a_case, a_problem, a_sitting, day, problems
from gongjian.planner.tests.test_planning import few
from gongjian.planner.whatif import outlook, promised, with_rooms, with_sittings, with_specialty, with_wave

SMALL = Size(cases=80, sittings=6, experts=30, choice=False)


def test_first_come_gives_the_first_free_place_to_whoever_stands_first():
    cases = [a_case("C1", queue=2, due=day(3)), a_case("C2", queue=1, due=day(9))]
    made = plan(a_problem(*cases, a_sitting("S1"), a_sitting("S2", day=day(6))))
    assert first_come(made.costs) == {"C2": "S1", "C1": "S2"}
    assert made.where == {"C1": "S1", "C2": "S2"}


@few
@given(problems)
def test_first_come_is_a_possible_plan_and_never_better_than_the_planner(problem):
    made = plan(problem)
    assert made.score <= score(made.costs, first_come(made.costs))


def test_an_invented_office_is_the_same_for_the_same_number_and_another_for_another():
    assert sample_office(3, SMALL) == sample_office(3, SMALL)
    assert sample_office(3, SMALL) != sample_office(4, SMALL)
    office = sample_office(3, replace(SMALL, choice=True))
    assert (len(office.cases), len(office.sittings)) == (80, 6)
    assert office.experts and all(sitting.may_add == set(SPECIALTIES) for sitting in office.sittings)
    assert {need for case in office.cases for need in case.needs} == STEP_FREE


def test_the_planner_leaves_a_fifth_fewer_late_than_first_come_in_small_offices():
    made = [plan(sample_office(number, SMALL)) for number in range(4)]
    late = sum(len(each.late) for each in made)
    first = sum(score(each.costs, first_come(each.costs))[Aim.LATE] // 1000 for each in made)
    assert 0 < late <= 0.8 * first


def test_fifteen_working_days_are_counted_by_the_calendar():
    (case,) = promised(a_problem(a_case(since=date(2026, 9, 21)), a_sitting())).cases
    assert case.due == date(2026, 10, 19)  # over 中秋 and 国庆, with the Saturday that is worked


def test_rooms_specialties_a_wave_and_sittings_change_the_problem_and_nothing_else():
    problem = a_problem(a_case(), a_sitting(places=6, rooms=2, specialties=frozenset({"bones"})))
    assert [(one.rooms, one.places) for one in with_rooms(problem).sittings] == [(3, 9)]
    half = replace(problem, sittings=(replace(problem.sittings[0], places=2, taken=4),))
    assert [one.places for one in with_rooms(half).sittings] == [5]
    assert with_specialty(problem, "eyes").sittings[0].specialties == {"bones", "eyes"}
    assert with_sittings(problem, [a_sitting("S2")]).sittings[1].id == "S2"
    assert with_rooms(problem).cases == with_wave(problem, 20).cases == problem.cases


def test_a_wave_brings_so_many_per_hundred_like_those_there_are_behind_them_all():
    office = sample_office(1, SMALL)
    wave = with_wave(office, 25)
    more = wave.cases[80:]
    assert (len(more), min(case.queue for case in more)) == (20, 80)
    assert {case.specialties for case in more} <= {case.specialties for case in office.cases}
    assert outlook("多", wave).in_time <= len(wave.cases)


def test_an_outlook_counts_who_is_in_time_and_the_median_day():
    cases = [a_case("C1"), a_case("C2"), a_case("C3", due=day(2))]
    found = outlook("现状", a_problem(*cases, a_sitting(places=3)))
    assert (found.in_time, found.cases, found.share, found.median) == (2, 3, 2 / 3, day(3))
    assert outlook("空", a_problem(a_sitting())).share == 1.0


@settings(few, max_examples=20)
@given(problems)
def test_no_other_choice_of_further_sittings_serves_more(problem):
    problem = replace(problem, partial=False, absent=0)
    candidates = like(a_sitting("like"), first=day(2), count=3)
    advice = advise(problem, candidates, most=3)
    for point in advice.points:
        ways = combinations(candidates, point.sittings)
        best = max(len(problem.cases) - len(plan(with_sittings(problem, way)).late) for way in ways)
        assert (point.in_time, point.exact) == (best, True)
        chosen = [one for one in candidates if one.id in point.added]
        assert len(problem.cases) - len(plan(with_sittings(problem, chosen)).late) == best


def test_the_fewest_sittings_that_reach_the_share_are_named():
    cases = [a_case(f"C{number}") for number in range(4)]
    advice = advise(a_problem(*cases, a_sitting()), like(a_sitting(), first=day(2), count=4), most=4)
    assert [point.in_time for point in advice.points] == [1, 2, 3, 4, 4]
    assert advice.needed == advice.points[3]
    assert advice.needed and advice.needed.share == 1.0


def test_where_no_number_of_sittings_reaches_the_share_none_is_named():
    advice = advise(a_problem(a_case(due=day(1)), a_sitting()), like(a_sitting(), first=day(2), count=2), most=2)
    assert (advice.needed, [point.in_time for point in advice.points]) == (None, [0, 0, 0])
    assert Advice(0.95, (Point(0, (), 0, 0, exact=True),)).needed is not None


def test_candidates_lie_on_working_days_on_which_no_sitting_is():
    days = [one.day for one in like(a_sitting(), first=date(2026, 3, 5), count=2, taken=[date(2026, 3, 6)])]
    assert days == [date(2026, 3, 9), date(2026, 3, 10)]
