"""Who is competent on a day, and what a change may not leave behind: tables of plain values."""

from datetime import date, timedelta

import pytest

from gongjian.jurisdiction.errors import (
    AreaWrong,
    ChangeWaits,
    GroundMissing,
    NobodyWouldDecide,
    NothingChanges,
    NotInAdvance,
)
from gongjian.jurisdiction.rules import (
    APPRAISAL,
    RECOGNITION,
    Competence,
    Scope,
    area_of,
    check_change,
    competent,
    gaps,
    overlaps,
    taken_over_by,
)

CITY, COUNTY, PROVINCE = 1, 2, 3
TODAY, MAY, END = date(2026, 3, 2), date(2026, 5, 1), date(2026, 4, 30)


def rule(area: str = "9901", office: int = CITY, *, employer: int | None = None, since=date(2011, 1, 1), until=None):
    """Of recognitions."""
    return Competence(Scope(RECOGNITION, area, employer), office, f"机构{office}", since, until, "某府〔2011〕1号")


RULES = (
    rule("9901", CITY),
    rule("990103", CITY, until=END),
    rule("990103", COUNTY, since=MAY),
    rule("", PROVINCE, employer=77),
)


def decides(region: str, on: date, employer: int | None = None) -> int | None:
    found = competent(RULES, RECOGNITION, region=region, employer=employer, on=on)
    return found.office if found else None


@pytest.mark.parametrize(
    ("region", "on", "employer", "office"),
    [
        ("990101", TODAY, None, CITY),
        ("990100", TODAY, None, CITY),
        ("990103", END, None, CITY),
        ("990103", MAY, None, COUNTY),
        ("990103", MAY, 5, COUNTY),
        ("990103", MAY, 77, PROVINCE),
        ("120000", TODAY, 77, PROVINCE),
        ("120000", TODAY, None, None),
        ("990101", date(2010, 12, 31), None, None),
    ],
)
def test_the_named_employer_goes_before_the_area_and_the_narrow_area_before_the_wide_one(region, on, employer, office):
    assert decides(region, on, employer) == office


def test_another_business_is_decided_by_nobody_here():
    assert competent(RULES, APPRAISAL, region="990101", employer=77, on=TODAY) is None


@pytest.mark.parametrize("area", ["9", "990", "99010", "9901030", "99a1", "九九"])
def test_an_area_is_whole_pairs_of_digits(area):
    with pytest.raises(AreaWrong):
        check_change(RULES, Scope(RECOGNITION, area), office=COUNTY, since=MAY, ground="文", today=TODAY)


@pytest.mark.parametrize(
    ("scope", "office", "since", "ground", "refusal"),
    [
        (Scope(RECOGNITION, "9901"), COUNTY, TODAY, "文", NotInAdvance),
        (Scope(RECOGNITION, "9901"), COUNTY, MAY, "  ", GroundMissing),
        (Scope(RECOGNITION, "990103"), CITY, date(2026, 6, 1), "文", ChangeWaits),
        (Scope(RECOGNITION, "9901"), CITY, MAY, "文", NothingChanges),
        (Scope(RECOGNITION, "990105"), CITY, MAY, "文", NothingChanges),
        (Scope(RECOGNITION, "990105"), None, MAY, "文", NothingChanges),
        (Scope(RECOGNITION, "9901"), None, MAY, "文", NobodyWouldDecide),
        (Scope(RECOGNITION, "12"), None, MAY, "文", NobodyWouldDecide),
    ],
    ids=["today", "no document", "another change waits", "the same office", "as the wider rule", "no rule of its own", "the last rule", "nowhere"],
)  # fmt: skip
def test_a_change_comes_in_advance_on_a_document_and_leaves_somebody(scope, office, since, ground, refusal):
    with pytest.raises(refusal):
        check_change(RULES, scope, office=office, since=since, ground=ground, today=TODAY)


@pytest.mark.parametrize(("since", "refused"), [(TODAY, True), (TODAY + timedelta(days=1), False)])
def test_the_earliest_day_is_tomorrow(since, refused):
    scope = Scope(RECOGNITION, "9901")
    if refused:
        with pytest.raises(NotInAdvance):
            check_change(RULES, scope, office=COUNTY, since=since, ground="文", today=TODAY)
    else:
        assert check_change(RULES, scope, office=COUNTY, since=since, ground="文", today=TODAY) == RULES[0]


def test_a_new_scope_ends_no_rule_and_an_own_rule_may_end_in_favour_of_the_wider_one():
    assert check_change(RULES, Scope(RECOGNITION, "990105"), office=COUNTY, since=MAY, ground="文", today=TODAY) is None
    own, scope = rule("", PROVINCE, employer=77), Scope(RECOGNITION, "", 77)
    with pytest.raises(NobodyWouldDecide):
        check_change((rule(), own), scope, office=None, since=MAY, ground="文", today=TODAY)
    wide, narrow = rule("9901", CITY), rule("990103", COUNTY)
    scope = Scope(RECOGNITION, "990103")
    assert check_change((wide, narrow), scope, office=None, since=MAY, ground="文", today=TODAY) == narrow
    assert taken_over_by((wide, narrow), scope, office=None, since=MAY) == CITY
    assert taken_over_by((wide, narrow), scope, office=PROVINCE, since=MAY) == PROVINCE


def test_rules_that_follow_each_other_leave_no_gap_and_no_overlap():
    assert (gaps(RULES), overlaps(RULES)) == ([], [])


def test_a_day_on_which_nobody_decides_and_one_on_which_two_do_are_found():
    ended = rule("12", CITY, until=END)
    assert gaps((*RULES, ended)) == [(ended, MAY)]
    assert gaps((ended, rule("12", COUNTY, since=date(2026, 5, 2)))) == [(ended, MAY)]
    early = rule("12", COUNTY, since=END)
    assert overlaps((ended, early)) == [(ended, early)]
    assert gaps((rule("990105", COUNTY, until=END), rule("9901", CITY))) == [], "the wider rule holds again"


@pytest.mark.parametrize(
    ("region", "area"), [("990100", "9901"), ("990103", "990103"), ("990000", "99"), ("000000", "")]
)
def test_an_office_has_the_area_of_its_place(region, area):
    assert area_of(region) == area
