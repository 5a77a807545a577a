"""Which agency stands beside a case: that of where the worker is insured, in its county or its city; else that of the office's own place."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.accounts.models import Office
from gongjian.cases.models import Case
from gongjian.jurisdiction.nearest import offices_beside
from gongjian.jurisdiction.rules import places_of
from gongjian.jurisdiction.tests.builders import the_county
from gongjian.jurisdiction.tests.test_handover import reread
from gongjian.recognition.models import Application
from gongjian.recognition.tests.builders import a_bureau, an_entered_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_the_file")]
AGENCY = (Office.Kind.AGENCY,)


@pytest.mark.parametrize(
    ("regions", "places"),
    [
        (("990103",), ["990103", "990100"]), (("990100",), ["990100"]), (("990000",), ["990000"]), (("",), []),
        (("990103", "990000"), ["990103", "990100", "990000"]), (("990100", "990103"), ["990100", "990103"]),
    ],
)  # fmt: skip
def test_regulation_art_46_an_agency_is_looked_for_in_the_county_and_in_its_city_and_never_in_another_place(regions, places):  # fmt: skip
    assert places_of(*regions) == places


def an_agency(region: str, code: str = "") -> Office:
    told = {"name": f"{region}社会保险经办中心", "short_name": "社保", "kind": Office.Kind.AGENCY, "region": region}
    return Office.objects.create(code=code or f"SB{region}", **told)


def insured_in(case: Case, region: str) -> Case:
    Application.objects.filter(case=case).update(insured=True, insured_region=region)
    return reread(case)


@pytest.mark.parametrize(
    ("insured", "beside"),
    [("", "990100"), ("990100", "990100"), ("990200", "990200"), ("990207", "990200"), ("990500", "990100")],
)
def test_order_8_art_22_the_agency_is_that_of_where_the_worker_is_insured_and_else_of_the_offices_place(
    insured, beside
):
    case = an_entered_case()
    an_agency("990200"), an_agency("990000")
    found = offices_beside(insured_in(case, insured) if insured else case, AGENCY)
    assert [office.region for office in found] == [beside]


def test_order_8_art_22_a_county_that_decides_by_commission_has_its_citys_agency_until_it_has_its_own():
    case = an_entered_case()
    Case.objects.filter(pk=case.pk).update(office=the_county())
    county = insured_in(case, "990103")
    assert [office.region for office in offices_beside(county, AGENCY)] == ["990100"]
    own = an_agency("990103")
    assert offices_beside(county, AGENCY) == [own]


def test_kinds_come_in_their_order_one_office_of_each_and_those_that_nobody_registered_are_left_out_with_one_query():
    case = reread(an_entered_case())
    an_agency("990100", code="ZZSB")
    kinds = (Office.Kind.HRSS, Office.Kind.COUNTY, Office.Kind.AGENCY)
    assert case.office == a_bureau()
    with CaptureQueriesContext(connection) as asked:
        found = offices_beside(case, kinds)
    assert [(office.kind, office.code) for office in found] == [("hrss", "YXRS"), ("agency", "YXSB")]
    assert sum("accounts_office" in each["sql"] and "kind" in each["sql"] for each in asked) <= 2
