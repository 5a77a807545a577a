"""The planner's parts one by one: what fits, what it costs, how kinds are made, and that each solver's answer is what it says."""

from dataclasses import replace
from datetime import date

import numpy
import pytest
from hypothesis import given

from gongjian.planner.aims import BANDS, LATE_ONE, LONGEST, Aim, Costs, band, loads, score
from gongjian.planner.covering import choices, coverage_of
from gongjian.planner.errors import NoSolution
from gongjian.planner.filling import Filling, groups_of
from gongjian.planner.fitting import Obstacle, could_take, in_time, lacks, obstacle
from gongjian.planner.flow import STAGES, flow_of
from gongjian.planner.kinds import dealt, kinds_of, table_of
from gongjian.planner.problem import FAR, NEAR, Experts, in_order
from gongjian.planner.programme import Programme, value
from gongjian.planner.settling import settled
from gongjian.planner.tests.builders import (
    MONDAY,
    SPECIALTIES,
    a_case,
    a_problem,
    a_sitting,
    announced,
    best_score,
    day,
    problems,
)
from gongjian.planner.tests.test_planning import few

ALL = frozenset(SPECIALTIES)
EYES, BONES = frozenset({"eyes"}), frozenset({"bones"})


def costs_of(*things, **changes):
    """The costs of a problem in which nothing is added."""
    problem = a_problem(*things, **changes)
    return Costs(problem, announced(problem))


# What fits.


@pytest.mark.parametrize(
    ("case", "sitting", "stands"),
    [
        ({}, {}, None),
        ({"earliest": day(3)}, {}, None),
        ({"earliest": day(4)}, {}, Obstacle.TOO_SOON),
        ({"mode": "home"}, {}, Obstacle.MODE),
        ({"mode": "home"}, {"mode": "home"}, None),
        ({"needs": frozenset({"step_free"})}, {}, Obstacle.NEEDS),
        ({"needs": frozenset({"step_free"})}, {"offers": frozenset({"step_free", "quiet"})}, None),
        ({"specialties": frozenset({"teeth"})}, {}, Obstacle.SPECIALTY),
        ({"specialties": EYES}, {}, None),
        ({"lock": "S2"}, {}, Obstacle.LOCKED),
        ({"lock": "S1", "mode": "home", "earliest": day(9)}, {}, None),
    ],
)
def test_the_first_thing_that_stands_between_a_case_and_a_sitting_is_named(case, sitting, stands):
    assert obstacle(a_case(**case), a_sitting(**sitting), ALL, partial=False) == stands


@pytest.mark.parametrize(
    ("wants", "covered", "whole", "part"),
    [
        (frozenset(), frozenset(), False, False),
        (EYES, EYES, False, False),
        (EYES, BONES, True, True),
        (EYES | BONES, BONES, True, False),
        (EYES | BONES, ALL, False, False),
    ],
)
def test_a_case_lacks_a_specialty_or_with_partial_cover_every_one(wants, covered, whole, part):
    case = a_case(specialties=wants)
    assert (lacks(case, covered, partial=False), lacks(case, covered, partial=True)) == (whole, part)


@pytest.mark.parametrize(("due", "comes"), [(2, False), (3, True), (4, True)])
def test_the_due_day_itself_is_in_time(due, comes):
    assert in_time(a_case(due=day(due)), a_sitting(day=day(3))) is comes


def test_a_sitting_could_take_whom_it_would_fit_with_what_it_may_add():
    sitting = a_sitting(specialties=BONES, may_add=EYES)
    problem = a_problem(sitting)
    assert could_take(problem, a_case(specialties=EYES | BONES), sitting)
    assert not could_take(problem, a_case(specialties=frozenset({"lungs"})), sitting)
    assert (sitting.choice, sitting.could_cover) == (EYES, EYES | BONES)
    assert a_sitting(specialties=BONES, may_add=BONES).choice == frozenset()


# What it costs.


def test_every_aim_of_one_placing_is_counted_in_its_own_unit():
    case = a_case(specialties=EYES | BONES, due=day(1), at="S2", comes_to="S2", district="east")
    sitting = a_sitting(specialties=BONES, district="west")
    costs = costs_of(case, sitting, a_sitting("S2", day=day(2)), partial=True, travel={("east", "west"): 7})
    found = dict(zip(Aim, costs.of(case, sitting), strict=True))
    assert found == {
        Aim.LATE: LATE_ONE,
        Aim.UNPLACED: 0,
        Aim.OVERDUE: 2,
        Aim.MOVED: 1,
        Aim.TRAVEL: 7,
        Aim.UNMET: 1,
        Aim.REPEAT: 1,
        Aim.UNEVEN: 0,
        Aim.WAITING: 1,
    }


def test_nowhere_is_late_and_unplaced_and_for_who_had_a_place_a_move():
    costs = costs_of(a_case(), a_sitting())
    assert costs.of(a_case(), None)[:4] == (LATE_ONE, 1, 0, 0)
    assert costs.of(a_case(at="S1"), None)[:4] == (LATE_ONE, 1, 0, 1)


def test_days_overdue_are_counted_up_to_a_year():
    late = a_sitting(day=date(2028, 3, 2))
    assert costs_of(a_case(), late).of(a_case(), late)[Aim.OVERDUE] == LONGEST


@pytest.mark.parametrize(
    ("other", "chance"),
    [
        ({"day": day(5)}, 0),
        ({"day": day(8)}, 50),
        ({"day": day(3)}, 50),
        ({"day": day(5), "specialties": BONES}, 50),
    ],
)
def test_who_may_stay_away_is_at_risk_when_no_second_day_in_time_fits(other, chance):
    case = a_case(specialties=EYES, due=day(7))
    costs = costs_of(case, a_sitting(), a_sitting("S2", **other), absent=50)
    assert costs.of(case, costs.problem.sittings[0])[Aim.LATE] == chance


def test_the_way_is_near_at_home_far_elsewhere_and_else_as_the_table_says():
    problem = a_problem(travel={("east", "west"): 5})
    east = a_case(district="east")
    ways = [problem.far(east, a_sitting(district=where)) for where in ("east", "north", "west")]
    assert ways == [NEAR, FAR, 5]


def test_fuller_places_cost_more_and_those_taken_before_count():
    sitting = a_sitting(places=BANDS)
    assert [band(sitting, place) for place in range(BANDS)] == list(range(BANDS))
    half = a_sitting(places=4, taken=4)
    assert [band(half, place) for place in range(4)] == [4, 5, 6, 7]


def test_the_score_adds_what_everybody_costs_and_how_uneven_the_load_is():
    cases = [a_case("C1"), a_case("C2", places=2), a_case("C3")]
    costs = costs_of(*cases, a_sitting(places=4), a_sitting("S2", day=day(5)))
    where = {"C1": "S1", "C2": "S1"}
    found = score(costs, where)
    assert loads(costs.problem, where) == {"S1": 3}
    assert (found[Aim.LATE], found[Aim.UNPLACED], found[Aim.UNEVEN]) == (LATE_ONE, 1, 0 + 2 + 4)
    assert found == tuple(map(sum, zip(*_rows(costs, where), strict=True)))


def _rows(costs, where):
    """The costs case by case, and the load of each sitting as rows of their own."""
    sittings = {one.id: one for one in costs.problem.sittings}
    rows = [list(costs.of(case, sittings.get(where.get(case.id, "")))) for case in costs.problem.cases]
    for id, taken in loads(costs.problem, where).items():
        load = [0] * len(Aim)
        load[Aim.UNEVEN] = sum(band(sittings[id], place) for place in range(taken))
        rows.append(load)
    return rows


def test_sittings_stand_by_day_and_then_by_name():
    sittings = [a_sitting("B", day=day(2)), a_sitting("A", day=day(3)), a_sitting("A2", day=day(2))]
    assert [one.id for one in in_order(sittings)] == ["A2", "B", "A"]


# Kinds and tables.


def test_cases_that_differ_in_the_queue_alone_are_of_one_kind_and_stand_in_its_order():
    cases = [
        a_case("C1", queue=3),
        a_case("C2", queue=1),
        a_case("C3", queue=2, since=day(1)),
        a_case("C4", due=day(9)),
    ]
    kinds = kinds_of(cases)
    assert [[case.id for case in kind.cases] for kind in kinds] == [["C2", "C3", "C1"], ["C4"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"due": day(8)},
        {"specialties": EYES},
        {"needs": frozenset({"step_free"})},
        {"mode": "home"},
        {"district": "east"},
        {"places": 2},
        {"earliest": day(2)},
        {"lock": "S1"},
        {"at": "S1"},
        {"told": True},
        {"comes_to": "S1"},
    ],
)
def test_whatever_the_planner_looks_at_makes_another_kind(changes):
    assert len(kinds_of([a_case("C1"), a_case("C2", **changes)])) == 2


def test_the_table_holds_what_is_allowed_and_what_it_costs():
    costs = costs_of(
        a_case(earliest=day(4)), a_case("C2", lock="S2"), a_sitting(), a_sitting("S2", day=day(5), places=3)
    )
    table = table_of(costs)
    allowed = {kind.one.id: list(row) for kind, row in zip(table.kinds, table.allowed, strict=True)}
    assert allowed == {"C1": [False, True, True], "C2": [False, True, False]}
    assert (list(table.room), list(table.count), list(table.size)) == ([1, 3], [1, 1], [1, 1])
    assert (table.costs[Aim.UNPLACED, :, -1] == 1).all()


def test_a_case_can_be_barred_from_a_sitting():
    costs = costs_of(a_case(), a_sitting(), a_sitting("S2"))
    assert list(table_of(costs, barred={"C1": frozenset({"S1"})}).allowed[0]) == [False, True, True]


def test_no_gain_in_lower_aims_outweighs_the_least_loss_in_a_higher_one():
    costs = costs_of(a_case(district="east", due=day(3)), a_sitting(), a_sitting("S2", day=day(300)))
    table = table_of(costs)
    weighed = table.weighed((Aim.OVERDUE, Aim.TRAVEL, Aim.WAITING))
    links = len(table.sittings) + 2
    lower = table.highest(Aim.WAITING)
    per_travel = int(weighed[0, 0])  # the first sitting: one step of travel, no day late, no day of waiting
    assert per_travel == 1 + links * lower
    assert int(weighed[0, 1]) - per_travel - lower > links * (per_travel + lower) - per_travel


def test_sittings_are_dealt_out_by_the_place_in_the_queue():
    cases = [a_case(f"C{number}", queue=9 - number) for number in range(3)]
    costs = costs_of(*cases, a_sitting(), a_sitting("S2", day=day(4)), a_sitting("S3", day=day(5)))
    assert dealt(table_of(costs), numpy.array([[1, 0, 1, 1]])) == {"C2": "S1", "C1": "S3"}


# The flow.


@few
@given(problems)
def test_each_stage_keeps_what_the_stages_before_it_have_reached(problem):
    costs = Costs(problem, announced(problem))
    table = table_of(costs)
    best = best_score(problem, announced(problem))
    for stage, flow in zip(STAGES, flow_of(table), strict=True):
        reached = score(costs, dealt(table, flow.places))
        upto = max(stage) + 1
        assert reached[: min(upto, Aim.UNEVEN)] == best[: min(upto, Aim.UNEVEN)]
    assert reached == best


def test_a_flow_puts_every_case_somewhere_and_no_sitting_over_its_places():
    cases = [a_case(f"C{number}", due=day(number)) for number in range(7)]
    table = table_of(costs_of(*cases, a_sitting(places=2), a_sitting("S2", day=day(5), places=3)))
    places = flow_of(table)[-1].places
    assert (places.sum(axis=1) == table.count).all()
    assert (places.sum(axis=0)[:-1] <= table.room).all()
    assert places[:, -1].sum() == 2


def test_cases_of_several_places_are_torn_by_the_flow_and_put_together_again():
    cases = [a_case("C1", places=2), a_case("C2", places=2)]
    table = table_of(costs_of(*cases, a_sitting(places=3), a_sitting("S2", day=day(4), places=1)))
    torn = flow_of(table)[-1].places
    assert (torn % 2).any()
    whole = settled(table, torn, STAGES)
    assert whole.tolist() == [[1, 0, 1]]


def test_what_is_not_torn_is_left_as_the_flow_had_it():
    table = table_of(costs_of(a_case("C1", places=2), a_case("C2"), a_sitting(places=3)))
    places = flow_of(table)[-1].places
    assert places.tolist() == [[1, 0], [2, 0]]
    assert (settled(table, places, STAGES) == places // table.size[:, None]).all()


# Programmes.


def test_a_programme_finds_the_most_and_the_least_and_says_how_sure_it_is():
    programme = Programme()
    few_, many = programme.number(4), programme.number(10)
    programme.at_most([(few_, 2.0), (many, 3.0)], 12)
    programme.at_least([(many, 1.0)], 1)
    programme.equal([(few_, 1.0), (few_, 1.0)], 4)  # named twice counts twice
    most = programme.most([(few_, 1.0), (many, 1.0)])
    assert (most.value, most.bound, value(few_), value(many)) == (4, 4, 2, 2)
    least = programme.least([(many, 5.0)])
    assert (least.value, least.bound) == (5, 5)


def test_a_programme_goes_on_from_its_last_answer_to_the_next_aim():
    programme = Programme()
    one, other = programme.number(3), programme.number(3)
    programme.at_most([(one, 1.0), (other, 1.0)], 4)
    assert programme.most([(one, 1.0)]).value == 3
    programme.go_on(1)
    programme.at_least([(one, 1.0)], 3)
    assert (programme.most([(other, 1.0)]).value, value(one)) == (1, 3)


def test_a_programme_without_an_answer_is_refused_in_words():
    programme = Programme()
    number = programme.number(1)
    programme.at_least([(number, 1.0)], 2)
    with pytest.raises(NoSolution, match="没有得出排期方案"):
        programme.least([(number, 1.0)])


# Groups, filling, coverage.


def test_cases_of_one_want_are_one_group_by_the_last_sitting_day_in_time():
    cases = [a_case("C1", due=day(3)), a_case("C2", due=day(4)), a_case("C3", due=day(9)), a_case("C4", due=day(2))]
    (group,) = groups_of(a_problem(*cases, a_sitting(), a_sitting("S2", day=day(5)), a_sitting("S3", day=day(20))))
    assert (group.due, group.count) == (((day(3), 2), (day(5), 1)), 3)
    assert [one.id for one in group.fits] == ["S1", "S2"]


def test_travel_and_the_place_in_the_queue_make_no_group_of_their_own_but_needs_do():
    cases = [a_case("C1", district="east", queue=4), a_case("C2", told=True), a_case("C3", specialties=EYES)]
    assert [group.count for group in groups_of(a_problem(*cases, a_sitting()))] == [2, 1]


@pytest.mark.parametrize(("places", "served"), [((1, 1), 2), ((3, 0), 2), ((0, 3), 1), ((0, 0), 0)])
def test_as_many_are_served_as_their_days_and_places_allow(places, served):
    cases = [a_case("C1", due=day(3)), a_case("C2", due=day(5))]
    first, second = (
        a_sitting(f"S{number}", day=day(1 + 2 * number), places=count) for number, count in enumerate(places, 1)
    )
    problem = a_problem(*cases, first, second)
    filling = Filling(problem, groups_of(problem))
    filling.cap()
    assert filling.programme.most(filling.served).value == served


def test_a_filling_knows_the_places_used_by_those_who_want_a_specialty():
    problem = a_problem(a_case("C1", specialties=EYES, places=2), a_case("C2"), a_sitting(places=4))
    filling = Filling(problem, groups_of(problem))
    filling.cap()
    filling.serve_all()
    filling.programme.least([])
    used = sum(value(variable) * factor for variable, factor in filling.places_at(problem.sittings[0], wanting="eyes"))
    assert used == 2
    assert sum(value(one) * factor for one, factor in filling.places_at(problem.sittings[0])) == 3


def test_there_is_a_choice_for_each_specialty_that_may_be_added():
    programme = Programme()
    problem = a_problem(a_sitting(specialties=BONES, may_add=ALL), a_sitting("S2"))
    assert sorted(choices(problem, programme)) == [("S1", "eyes"), ("S1", "lungs")]


@pytest.mark.parametrize(
    ("changes", "late"),
    [
        ({}, 0),
        ({"most": 1}, 1),
        ({"most": 0}, 2),
        ({"may_add": EYES}, 1),
        ({"places": 1}, 1),
    ],
)
def test_the_specialties_chosen_are_those_by_which_the_fewest_are_late(changes, late):
    free = a_sitting(specialties=frozenset(), may_add=ALL, places=2)
    cases = [a_case("C1", specialties=EYES), a_case("C2", specialties=BONES)]
    found = coverage_of(a_problem(*cases, replace(free, **changes)))
    assert found.late_at_least == late


def test_experts_of_another_day_add_nothing():
    free = a_sitting(specialties=frozenset(), may_add=EYES)
    case = a_case(specialties=EYES)
    there = Experts(free.day, EYES, 1)
    elsewhere = Experts(MONDAY, EYES, 1)
    assert coverage_of(a_problem(case, free, experts=(there,))).late_at_least == 0
    assert coverage_of(a_problem(case, free, experts=(elsewhere,))).late_at_least == 1
    assert coverage_of(a_problem(case, free, experts=None)).late_at_least == 0


def test_two_sittings_of_one_day_share_its_experts():
    free = a_sitting(specialties=frozenset(), may_add=EYES)
    cases = [a_case("C1", specialties=EYES), a_case("C2", specialties=EYES)]
    both = (free, replace(free, id="S2"))
    assert coverage_of(a_problem(*cases, *both, experts=(Experts(free.day, EYES, 1),))).late_at_least == 1
    assert coverage_of(a_problem(*cases, *both, experts=(Experts(free.day, EYES, 2),))).late_at_least == 0
