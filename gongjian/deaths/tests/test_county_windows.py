"""A county's window writes down what it hears and sees that; the city sees all of it."""

import pytest

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import REACHED, a_member
from gongjian.deaths import actions, queries
from gongjian.deaths.errors import ReportNotFound, WindowOnly
from gongjian.deaths.models import Report
from gongjian.deaths.tests.builders import REPORTED, a_report, the_employer, told
from gongjian.kernel import moment
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.tests.builders import a_bureau, another_bureau, the_clerk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def a_county(code: str = "YXDX") -> Office:
    known = {"name": f"{code}窗口", "short_name": code, "kind": Office.Kind.COUNTY, "region": "990121", **REACHED}
    county, _ = Office.objects.get_or_create(code=code, defaults={**known, "parent": a_bureau()})
    county.serves.add(a_bureau())
    return county


def a_county_clerk(code: str = "YXDX") -> User:
    return a_member(Role.WINDOW_CLERK, f"窗{code}", office=a_county(code))


def heard_at(clerk: User, serial: int) -> Report:
    with moment.fixed(REPORTED):
        return actions.enter(
            a_bureau(),
            the_employer(),
            told(id_number=an_id_number(serial)),
            channel="window",
            reporter="employer",
            reported_at=REPORTED,
            by=clerk,
        )


def test_a_county_sees_what_it_heard_and_nothing_of_another_county_or_of_the_city():
    own, others, citys = heard_at(a_county_clerk(), 61), heard_at(a_county_clerk("YXXX"), 62), a_report()
    clerk = a_county_clerk()
    assert own.window == a_county() and own.office == a_bureau()
    assert queries.waiting(clerk) == [own] and queries.how_many_wait(clerk) == 1
    for hidden in (others, citys):
        with pytest.raises(ReportNotFound):
            queries.report_for(hidden.pk, by=clerk)
        with pytest.raises(WindowOnly):
            actions.note(hidden, "……", by=clerk)


def test_the_city_sees_what_its_counties_heard():
    rows = {heard_at(a_county_clerk(), 61), heard_at(a_county_clerk("YXXX"), 62), a_report()}
    assert set(queries.waiting(the_clerk())) == rows
    with moment.fixed(REPORTED):
        for row in rows:
            actions.note(row, "已电话核实。", by=the_clerk())


def test_a_county_writes_down_for_the_office_it_serves_and_for_no_other():
    clerk = a_county_clerk()
    assert queries.offices_here(clerk) == [a_bureau()]
    with pytest.raises(WindowOnly):
        actions.enter(
            another_bureau(),
            the_employer(),
            told(),
            channel="window",
            reporter="employer",
            reported_at=REPORTED,
            by=clerk,
        )


def test_what_a_county_heard_it_notes_and_closes():
    clerk = a_county_clerk()
    row = heard_at(clerk, 61)
    with moment.fixed(REPORTED):
        actions.note(row, "监控已封存。", by=clerk)
        actions.close(row, "重复报告。", by=clerk)
    assert queries.settled(clerk) == [row] and queries.waiting(clerk) == []
