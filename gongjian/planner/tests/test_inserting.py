"""A new urgent case: in time if that can be, and nobody moves without need."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.planner.aims import Costs
from gongjian.planner.inserting import insert, with_locks
from gongjian.planner.planning import plan
from gongjian.planner.tests.builders import a_case, a_problem, a_sitting, announced, day, everywhere, problems
from gongjian.planner.tests.test_planning import few

STANDING = 3
"""The first aims: late, placed nowhere, days overdue."""


def disturbance(made, urgent, *, told_may):
    """By trying everything: (what the new case comes to, told who move, all who move), the least of what is allowed."""
    standing = tuple(case for case in made.problem.cases if case.id in made.where)
    whole = replace(made.problem, cases=(*standing, urgent))
    costs = Costs(whole, made.covered)
    sittings = {one.id: one for one in whole.sittings}

    def allowed(where):
        return all(
            where.get(case.id) == made.where[case.id]
            or (
                case.id in where
                and (told_may or not case.told)
                and costs.of(case, sittings[where[case.id]])[:STANDING]
                <= costs.of(case, sittings[made.where[case.id]])[:STANDING]
            )
            for case in standing
        )

    def of(where):
        moved = [case for case in standing if where[case.id] != made.where[case.id]]
        return (
            costs.of(urgent, sittings.get(where.get(urgent.id)))[:STANDING],
            sum(case.told for case in moved),
            len(moved),
        )

    return min(of(where) for where in everywhere(whole, dict(made.covered)) if allowed(where))


@few
@given(problems, st.sets(st.integers(0, 3)), st.integers(2, 6), st.booleans())
def test_no_insertion_disturbs_fewer(problem, told, due, told_may):
    cases = tuple(replace(case, told=number in told) for number, case in enumerate(problem.cases))
    made = plan(replace(problem, cases=cases))
    urgent = a_case("urgent", due=day(due))
    found = insert(made, urgent, may_move_told=told_may)
    costs = found.plan.costs
    sittings = {one.id: one for one in problem.sittings}
    moved_told = sum(case.told for case in cases if case.id in found.moved)
    reached = (costs.of(urgent, sittings.get(found.at))[:STANDING], moved_told, len(found.moved))
    assert reached == disturbance(made, urgent, told_may=told_may)
    assert moved_told == 0 or told_may


@few
@given(problems)
def test_nobody_placed_before_comes_off_worse(problem):
    made = plan(problem)
    found = insert(made, a_case("urgent", due=day(3)))
    assert set(found.plan.where) - {"urgent"} == set(made.where)
    assert set(found.plan.late) - {"urgent"} <= set(made.late)
    assert all(made.where[id] == old and found.plan.where[id] == new for id, (old, new) in found.moved.items())


def test_a_free_place_disturbs_nobody():
    made = plan(a_problem(a_case("C1"), a_sitting(places=2)))
    found = insert(made, a_case("urgent"))
    assert (found.at, found.moved) == ("S1", {})


@pytest.mark.parametrize(("told", "may", "moved"), [(False, False, 1), (True, False, 0), (True, True, 1)])
def test_one_person_makes_room_when_they_can_come_later_unless_they_have_been_told(told, may, moved):
    problem = a_problem(a_case("C1", told=told), a_sitting("S1"), a_sitting("S2", day=day(6)))
    found = insert(plan(problem), a_case("urgent", due=day(3)), may_move_told=may)
    assert len(found.moved) == moved
    assert found.at == ("S1" if moved else "S2")


def test_who_is_locked_does_not_make_room():
    problem = a_problem(a_case("C1"), a_sitting("S1"), a_sitting("S2", day=day(6)))
    made = plan(with_locks(problem, {"C1": "S1"}))
    found = insert(made, a_case("urgent", due=day(3)))
    assert (found.plan.where["C1"], found.at, found.moved) == ("S1", "S2", {})


def test_whom_no_sitting_can_take_stays_outside_and_nobody_moves():
    made = plan(a_problem(a_case("C1"), a_sitting()))
    found = insert(made, a_case("urgent", mode="home"))
    assert (found.at, found.moved, found.plan.late) == (None, {}, ("urgent",))
    assert announced(made.problem) == dict(made.covered)
