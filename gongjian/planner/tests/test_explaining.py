"""Why this day: every reason given is true of the plan."""

from hypothesis import given

from gongjian.planner.aims import Aim, loads, score
from gongjian.planner.explaining import Kept, why
from gongjian.planner.fitting import Obstacle, obstacle
from gongjian.planner.planning import plan
from gongjian.planner.tests.builders import a_case, a_problem, a_sitting, day, problems
from gongjian.planner.tests.test_planning import quick


@quick
@given(problems)
def test_every_earlier_sitting_has_a_reason_and_the_reason_is_true(problem):
    made = plan(problem)
    taken = loads(problem, made.where)
    for case in problem.cases:
        told = why(made, case.id)
        at = made.where.get(case.id)
        before = {one.id for one in problem.sittings if told.at is None or one.day < told.at.day}
        assert ({each.sitting.id for each in told.earlier}, told.at and told.at.id) == (before, at)
        for each in told.earlier:
            stands = obstacle(case, each.sitting, made.covered[each.sitting.id], partial=problem.partial)
            if isinstance(each.reason, Obstacle):
                assert each.reason == stands
                continue
            assert stands is None
            if each.reason == Kept.FULL:
                assert taken[each.sitting.id] + case.places > each.sitting.places
                there = [one for one in problem.cases if made.where.get(one.id) == each.sitting.id]
                assert (each.people, each.as_urgent) == (len(there), sum(one.due <= case.due for one in there))
                continue
            moved = score(made.costs, {**made.where, case.id: each.sitting.id})
            first = next(aim for aim in Aim if moved[aim] != made.score[aim])
            assert (each.reason, each.worse, each.by) == (Kept.WORSE, first, moved[first] - made.score[first])


def test_the_days_to_spare_are_those_between_the_sitting_and_the_due_day():
    assert why(plan(a_problem(a_case(due=day(7)), a_sitting(day=day(3)))), "C1").spare == 4
    assert why(plan(a_problem(a_case(due=day(1)), a_sitting(day=day(3)))), "C1").spare == -2


def test_who_is_nowhere_hears_of_every_sitting_what_kept_them_from_it():
    case = a_case("C2", queue=2, specialties=frozenset({"eyes"}))
    lacking = a_sitting("S1", specialties=frozenset({"bones"}))
    far = a_sitting("S2", day=day(4), mode="home")
    told = why(plan(a_problem(case, lacking, far)), "C2")
    assert (told.at, told.spare) == (None, None)
    found: list[tuple[str, frozenset[str]]] = [(each.reason, each.missing) for each in told.earlier]
    assert found == [
        (Obstacle.SPECIALTY, frozenset({"eyes"})),
        (Obstacle.MODE, frozenset()),
    ]


def test_a_full_sitting_says_how_many_of_those_there_are_as_urgent():
    cases = [a_case("C1", due=day(3)), a_case("C2", due=day(5)), a_case("C3", due=day(9))]
    made = plan(a_problem(*cases, a_sitting("S1", places=2, day=day(3)), a_sitting("S2", day=day(8))))
    (full,) = why(made, "C3").earlier
    assert (full.reason, full.places, full.people, full.as_urgent) == (Kept.FULL, 2, 2, 2)


def test_a_free_place_farther_away_is_told_as_the_longer_way():
    home = a_sitting("S2", day=day(5), district="east")
    made = plan(a_problem(a_case(district="east"), a_sitting("S1", district="west"), home))
    (other,) = why(made, "C1").earlier
    assert (other.reason, other.worse, other.by) == (Kept.WORSE, Aim.TRAVEL, 1)


def test_a_case_of_several_places_is_told_of_a_free_day_that_a_person_may_choose():
    made = plan(a_problem(a_case(), a_sitting("S1"), a_sitting("S2", day=day(5))))
    by_hand = type(made)(made.problem, {"C1": "S2"}, made.covered, made.at_least)
    assert why(by_hand, "C1").earlier[0].reason == Kept.FREE
