"""Whatever is entered and taken back, in whatever order: nobody is left without an office who had one, and what is refused changes nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.jurisdiction.errors import AnotherRestsOnIt
from gongjian.jurisdiction.rules import (
    DAY,
    RECOGNITION,
    Competence,
    Scope,
    check_taking_back,
    competent,
    gaps,
    overlaps,
)
from gongjian.jurisdiction.tests.test_any_change import CITY, COUNTY, EVER, REGIONS, TODAY, WISH, entered

SOON, LATER = date(2026, 3, 9), date(2026, 3, 16)
PROVINCE = Competence(Scope(RECOGNITION, "99"), 3, "省厅", SOON, None, "文")
Table = list[Competence]
Entered = tuple[Scope, date]


def without(rules: Table, change: Entered) -> Table:
    """The table as if a change had not been entered, as `take_back` writes it."""
    scope, since = change
    left = [rule for rule in rules if (rule.scope, rule.since) != (scope, since)]
    return [replace(rule, until=None) if (rule.scope, rule.until) == (scope, since - DAY) else rule for rule in left]


def taken_back(rules: Table, change: Entered) -> Table:
    """The table after a change was taken back; unchanged where the rule refuses."""
    after = without(rules, change)
    try:
        check_taking_back(rules, after)
    except AnotherRestsOnIt:
        return rules
    return after


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.lists(WISH, max_size=10), st.lists(st.integers(0, 9), max_size=10))
def test_no_order_of_changes_and_takings_back_leaves_a_day_without_an_office_or_with_two(wishes, undone):
    rules, made = [CITY, COUNTY], list[Entered]()
    for area, employer, office, ahead, _ in wishes:
        scope, since = Scope(RECOGNITION, area, employer), TODAY + timedelta(days=ahead)
        after = entered(rules, scope, office, since, TODAY)
        made += [(scope, since)] if after != rules else []
        rules = after
    for place in undone:
        if place < len(made):
            rules = taken_back(rules, made[place])
        assert (gaps(rules), overlaps(rules)) == ([], [])
    for region in REGIONS[1:4]:
        assert competent(rules, RECOGNITION, region=region, employer=7, on=TODAY + timedelta(days=90)) is not None


@settings(deadline=None, max_examples=150, derandomize=True)
@given(WISH)
def test_the_only_change_can_always_be_taken_back_and_all_is_as_it_was(wish):
    area, employer, office, ahead, _ = wish
    scope, since = Scope(RECOGNITION, area, employer), TODAY + timedelta(days=ahead)
    after = entered([CITY, COUNTY], scope, office, since, TODAY)
    assert taken_back(after, (scope, since)) == [CITY, COUNTY]


def resting() -> Table:
    """The city's own rule ends in favour of the province's, which begins a week before."""
    return [replace(CITY, until=LATER - DAY), COUNTY, PROVINCE]


def test_what_another_rests_on_is_named_with_its_day_and_its_place():
    with pytest.raises(AnotherRestsOnIt) as refused:
        check_taking_back(resting(), without(resting(), (PROVINCE.scope, SOON)))
    assert ("2026-03-16" in str(refused.value), "地区9901" in str(refused.value)) == (True, True)


def test_once_the_one_that_rests_on_it_is_taken_back_so_may_this_be():
    first = taken_back(resting(), (CITY.scope, LATER))
    assert first == [CITY, COUNTY, PROVINCE]
    assert taken_back(first, (PROVINCE.scope, SOON)) == [CITY, COUNTY]


def test_a_named_employer_is_told_without_its_name():
    scope = Scope(RECOGNITION, "", 7)
    own = Competence(scope, 2, "东溪", EVER, LATER - DAY, "文")
    wide = Competence(Scope(RECOGNITION, ""), 3, "省厅", SOON, None, "文")
    with pytest.raises(AnotherRestsOnIt, match="指定单位"):
        check_taking_back([own, wide], [own])


@pytest.mark.parametrize("days", [0, 1, 30])
def test_a_gap_that_was_there_already_is_no_reason_and_a_new_one_is(days):
    ended = replace(COUNTY, scope=Scope(RECOGNITION, "980103"), until=TODAY - timedelta(days=days + 1))
    check_taking_back([CITY, ended, PROVINCE], [CITY, ended])
    with pytest.raises(AnotherRestsOnIt):
        check_taking_back([*resting(), ended], [*without(resting(), (PROVINCE.scope, SOON)), ended])


def test_where_the_wider_rule_of_another_office_still_holds_nothing_rests_on_the_one_that_goes():
    country = Competence(Scope(RECOGNITION, ""), 9, "部", EVER, None, "文")
    assert taken_back([*resting(), country], (PROVINCE.scope, SOON)) == [*without(resting(), (PROVINCE.scope, SOON)), country]  # fmt: skip
