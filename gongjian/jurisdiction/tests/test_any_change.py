"""Whatever is entered, in whatever order: on every day somebody decides, and nobody twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.jurisdiction.errors import AreaWrong, ChangeWaits, NobodyWouldDecide
from gongjian.jurisdiction.rules import (
    DAY,
    RECOGNITION,
    Competence,
    Scope,
    area_of,
    check_area,
    check_change,
    competent,
    gaps,
    overlaps,
    taken_over_by,
)
from gongjian.law.errors import RuleError

TODAY = date(2026, 3, 2)
AREAS = ["", "99", "9901", "9902", "990101", "990103"]
REGIONS = ["990000", "990100", "990101", "990103", "990200", "990201"]
EVER = date(2011, 1, 1)
CITY = Competence(Scope(RECOGNITION, "9901"), 1, "云溪", EVER, None, "文")
COUNTY = Competence(Scope(RECOGNITION, "990103"), 2, "东溪", EVER, None, "文")
WISH = st.tuples(
    st.sampled_from(AREAS),
    st.sampled_from([None, None, 7]),
    st.sampled_from([None, 1, 2, 3]),
    st.integers(1, 40),
    st.integers(0, 30),
)


def entered(rules: list[Competence], scope: Scope, office: int | None, since: date, today: date) -> list[Competence]:
    """The table after a change, as `enter_change` writes it; unchanged where the rule refuses."""
    try:
        ending = check_change(rules, scope, office=office, since=since, ground="文", today=today)
    except RuleError:
        return rules
    left = [replace(rule, until=since - DAY) if rule == ending else rule for rule in rules]
    begins = [Competence(scope, office, f"机构{office}", since, None, "文")] if office else []
    return left + begins


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.lists(WISH, max_size=12))
def test_no_order_of_changes_leaves_a_day_without_an_office_or_with_two(wishes):
    rules, today = [CITY, COUNTY], TODAY
    for area, employer, office, ahead, pause in wishes:
        rules = entered(rules, Scope(RECOGNITION, area, employer), office, today + timedelta(days=ahead), today)
        assert (gaps(rules), overlaps(rules)) == ([], [])
        today += timedelta(days=pause)
    for day in (TODAY, today, today + timedelta(days=400)):
        for region in REGIONS[1:4]:
            assert competent(rules, RECOGNITION, region=region, employer=7, on=day) is not None
            of_its_own = [rule for rule in rules if rule.holds(day)]
            assert len({rule.scope for rule in of_its_own}) == len(of_its_own)


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.lists(WISH, max_size=8), WISH)
def test_whoever_is_said_to_take_over_decides_from_that_day_on_and_nothing_changes_before(before, wish):
    rules = [CITY, COUNTY]
    for area, employer, office, ahead, _ in before:
        rules = entered(rules, Scope(RECOGNITION, area, employer), office, TODAY + timedelta(days=ahead), TODAY)
    area, employer, office, ahead, _ = wish
    scope, since = Scope(RECOGNITION, area, employer), TODAY + timedelta(days=ahead)
    after = entered(rules, scope, office, since, TODAY)

    def decides(table: list[Competence], on: date) -> int | None:
        found = competent(table, RECOGNITION, region=area.ljust(6, "0"), employer=employer, on=on)
        return found.office if found else None

    assert decides(after, since - DAY) == decides(rules, since - DAY), "the days before are as they were"
    if after != rules:
        assert decides(after, since) == taken_over_by(rules, scope, office=office, since=since)
        assert decides(after, since) != decides(rules, since) or office is not None


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(max_size=8))
def test_whatever_is_written_as_an_area_is_one_that_some_region_has_or_is_refused(area):
    try:
        check_area(area)
    except AreaWrong:
        return
    assert area.isascii()
    assert area_of(area.ljust(6, "0")) == area, "it is the area of a place"


@pytest.mark.parametrize("area", ["９９０１", "٩٩٠١", "990100", "990000", "00", "9900", "9901\n", " 9901", "9901 "])
def test_digits_of_other_scripts_and_the_zeros_of_a_whole_city_name_no_area(area):
    with pytest.raises(AreaWrong):
        check_area(area)


@pytest.mark.parametrize("since", [date(2026, 3, 15), date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 1)])
@pytest.mark.parametrize("office", [None, 1, 3])
def test_a_rule_that_is_about_to_end_in_favour_of_the_wider_one_waits_too(since, office):
    ends = replace(COUNTY, until=date(2026, 4, 30))
    with pytest.raises(ChangeWaits) as refused:
        check_change([CITY, ends], ends.scope, office=office, since=since, ground="文", today=TODAY)
    assert "2026-05-01" in str(refused.value)


def test_what_has_ended_may_be_entered_anew_and_waits_no_longer():
    ended = replace(COUNTY, until=date(2026, 3, 1))
    told = {"office": 3, "since": date(2026, 3, 3), "ground": "文", "today": TODAY}
    assert check_change([CITY, ended], ended.scope, **told) is None
    with pytest.raises(ChangeWaits):
        check_change([CITY, replace(ended, until=TODAY)], ended.scope, **told)


def test_a_narrow_rule_is_no_substitute_for_the_wide_one_that_would_end():
    with pytest.raises(NobodyWouldDecide):
        check_change([CITY, COUNTY], CITY.scope, office=None, since=date(2026, 5, 1), ground="文", today=TODAY)
    with pytest.raises(NobodyWouldDecide):
        taken_over_by([CITY, COUNTY], CITY.scope, office=None, since=date(2026, 5, 1))


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.sampled_from(AREAS), st.sampled_from(REGIONS), st.integers(-2, 2), st.integers(-2, 2))
def test_a_rule_holds_on_its_first_and_last_day_and_on_none_beside_them(area, region, first, last):
    rule = Competence(Scope(RECOGNITION, area), 1, "云溪", TODAY + first * DAY, TODAY + last * DAY, "文")
    found = competent([rule], RECOGNITION, region=region, employer=None, on=TODAY)
    assert (found is not None) == (first <= 0 <= last and region.startswith(area))
