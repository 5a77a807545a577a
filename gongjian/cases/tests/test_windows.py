"""A county's window sees and does what it received itself; the city sees all of it."""

import pytest

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import desks_of, offices_where, windows_at
from gongjian.accounts.roles import SEE, Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_province, an_office
from gongjian.appraisal.states import INITIAL
from gongjian.cases.actions.move import allowed_moves, move, open_case
from gongjian.cases.errors import CaseNotFound, NotYours
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries import case_for, search, visible_to, worklist
from gongjian.cases.queries.reminders import owners_of
from gongjian.cases.tests.builders import RECEIVED, a_case
from gongjian.parties.tests.builders import a_person

pytestmark = pytest.mark.django_db


def a_county(code: str = "YXDX") -> Office:
    told = {
        "name": f"{code}窗口",
        "short_name": code,
        "kind": Office.Kind.COUNTY,
        "region": "990121",
        "parent": an_office(),
    }
    county, _ = Office.objects.get_or_create(code=code, defaults=told)
    county.serves.add(an_office())
    return county


def a_county_clerk(code: str = "YXDX") -> User:
    return a_member(Role.WINDOW_CLERK, f"窗{code}", office=a_county(code))


def received_at(county: Office | None) -> Case:
    return open_case(
        procedure=INITIAL,
        office=an_office(),
        person=a_person(),
        employer=None,
        received_at=RECEIVED,
        by=None,
        window=county,
    )


def test_a_county_sees_what_it_received_and_nothing_of_another_county_or_of_the_city():
    own, others, citys = received_at(a_county()), received_at(a_county("YXXX")), a_case()
    clerk = a_county_clerk()
    assert list(visible_to(clerk)) == [own]
    for case in (others, citys):
        with pytest.raises(CaseNotFound):
            case_for(case.number, by=clerk)


def test_the_city_sees_what_its_counties_received():
    cases = {received_at(a_county()), received_at(a_county("YXXX")), a_case()}
    assert set(visible_to(a_clerk())) == cases
    assert set(visible_to(a_member(Role.SUPERVISOR, office=a_province()))) == cases


def test_the_search_of_a_county_finds_its_own_alone():
    own = received_at(a_county())
    a_case()
    assert search(a_county_clerk(), "林知远") == [own]
    assert search(a_county_clerk("YXXX"), "林知远") == []


def test_the_worklist_of_a_county_holds_its_own_alone_and_the_city_has_both():
    own, citys = received_at(a_county()), a_case()
    assert [row.case_id for row in worklist(a_county_clerk()).rows] == [own.pk]
    assert worklist(a_county_clerk("YXXX")).rows == []
    assert {row.case_id for row in worklist(a_clerk()).rows} == {own.pk, citys.pk}


def test_a_county_does_in_its_own_cases_what_a_window_does_and_nothing_in_others():
    own, citys, clerk = received_at(a_county()), a_case(), a_county_clerk()
    assert {step.act for step in allowed_moves(own, by=clerk)} == {
        "accept",
        "ask_supplement",
        "end_by_death",
        "give_up",
        "receive_withdrawal",
        "refuse",
    }
    assert allowed_moves(citys, by=clerk) == []
    with pytest.raises(NotYours):
        move(citys, "accept", by=clerk)
    assert move(own, "accept", by=clerk).state == "accepted"


def test_what_the_window_owes_is_told_to_the_city_and_to_the_county_that_received_it():
    own = received_at(a_county())
    told = {a_clerk().pk, a_county_clerk().pk}
    a_county_clerk("YXXX")
    owed = Obligation.objects.get(case=own, kind="check_papers")
    assert {reached.user.pk for reached in owners_of(owed) if reached.user} == told


def test_a_countys_window_holds_no_whole_office_but_its_own():
    clerk, county = a_county_clerk(), a_county()
    assert offices_where(clerk, SEE) == {county.pk}
    assert windows_at(clerk, SEE, an_office().pk) == {county.pk}
    assert windows_at(a_clerk(), SEE, an_office().pk) == {None}
    assert {(desk.office, desk.window) for desk in desks_of(clerk)} == {(an_office().pk, county.pk), (county.pk, None)}


def test_the_worklist_of_a_county_takes_one_query_for_each_desk(django_assert_num_queries):
    clerk = a_county_clerk()
    for _ in range(3):
        received_at(a_county())
    clerk.posts_held()
    with django_assert_num_queries(2):
        assert len(worklist(clerk).rows) == 3
