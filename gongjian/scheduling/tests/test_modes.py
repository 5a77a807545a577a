"""The planner sends each case to a sitting of its mode, as booking will demand."""

import pytest

from gongjian.accounts.tests.builders import a_scheduler, an_office
from gongjian.law.modes import Mode
from gongjian.scheduling.actions import propose
from gongjian.scheduling.problems import problem_of
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, where
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at
from gongjian.sittings.tests.wishes import a_granted_wish, a_sitting_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def test_who_is_visited_waits_for_a_visit_and_who_comes_for_the_hall():
    visited = a_granted_wish(an_accepted_case(1, parts=["143:left"])).case
    coming = an_accepted_case(2, name="江雨晴")
    hall, home = a_day(EARLY), a_sitting_of(Mode.HOME, day=LATER)
    assert where(propose(an_office(), by=a_scheduler())) == {visited.number: home.number, coming.number: hall.number}


def test_without_a_sitting_of_their_mode_nobody_is_put_elsewhere():
    case = a_granted_wish(an_accepted_case(parts=["143:left"])).case
    a_day(EARLY)
    assert where(propose(an_office(), by=a_scheduler())) == {case.number: None}


def test_a_team_that_comes_needs_no_ramp_of_ours():
    sitting = a_sitting_of(Mode.HOME)
    sitting.venue.step_free = False
    sitting.venue.save(update_fields=["step_free"])
    (coming,) = problem_of(an_office()).sittings
    assert (coming.mode, coming.offers) == ("home", frozenset({"step_free"}))
