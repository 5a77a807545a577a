"""How far people come: the same district, the city's own seat, another county, another city; and the plan that lets people come less far."""

import pytest

from gongjian.accounts.models import Office
from gongjian.accounts.tests.builders import a_scheduler, an_office
from gongjian.scheduling.actions import propose
from gongjian.scheduling.problems import problem_of
from gongjian.scheduling.rules import steps_between
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, where
from gongjian.sittings.models import Venue
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at


@pytest.mark.parametrize(
    ("home", "place", "steps"),
    [
        ("990121", "990121", 0),
        ("990100", "990100", 0),
        ("990100", "990121", 1),
        ("990121", "990100", 1),
        ("990121", "990122", 2),
        ("990121", "990221", 3),
        ("990121", "990200", 3),
    ],
)
def test_steps_are_counted_by_county_and_city(home, place, steps):
    assert steps_between(home, place) == steps_between(place, home) == steps


@pytest.mark.django_db
def test_of_two_sittings_in_time_people_go_to_the_one_in_their_own_county():
    office = an_office()
    county = Office.objects.create(code="DXC", name="东溪县窗口", kind=office.kind, region="990121")
    far, near = a_day(EARLY), a_day(LATER)
    Venue.objects.filter(pk=far.venue_id).update(district="990122")
    home = Venue.objects.create(office=office, name="东溪县人民医院", address="健康路2号", district="990121")
    type(near).objects.filter(pk=near.pk).update(venue=home)
    case = an_accepted_case()
    type(case).objects.filter(pk=case.pk).update(window=county)
    with at(PLANNED):
        assert where(propose(office, by=a_scheduler())) == {case.number: near.number}
        problem = problem_of(office)
    assert problem.travel == {("990121", "990122"): 2, ("990121", "990121"): 0}


@pytest.mark.django_db
def test_a_venue_without_a_district_lies_where_the_office_is():
    a_day()
    an_accepted_case()
    with at(PLANNED):
        problem = problem_of(an_office())
    assert [one.district for one in problem.sittings] == [an_office().region]
    assert problem.travel == {(an_office().region, an_office().region): 0}
