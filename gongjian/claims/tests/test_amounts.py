"""What the statement that goes to the agency says for a handful of persons, each sum worked out by hand from the regulation's numbers."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.benefits.sheet import Sheet, read_sheet
from gongjian.claims.errors import AnswerIncomplete
from gongjian.claims.forms import MORE, ApprovalForm
from gongjian.claims.rules import check_approval
from gongjian.law.benefits.statement import Statement, statement
from gongjian.law.benefits.wording import as_answer
from gongjian.law.errors import RuleError

ZHEJIANG = "330000"
TOLD: dict[str, Any] = {
    "matter": "injury", "region": ZHEJIANG, "injured_on": "2026-02-10", "insured": True, "wages": ["5000"] * 12,
    "average_wage_at_injury": "8000",
}  # fmt: skip
AT_THE_END = {
    "terminated_on": "2026-05-31", "termination_by": "expiry", "retirement_on": "2050-01-01",
    "average_wage_at_termination": "8300",
}  # fmt: skip
DIED = {"matter": "death", "died_on": "2026-02-11", "death": "direct", "average_wage_at_death": "8100"}
WIDOW = {"relation": "spouse", "sex": "female", "born": "1965-05-05", "lived_on_deceased": True}
DAUGHTER = {"relation": "child", "born": "2015-03-03", "lived_on_deceased": True}
LONELY_FATHER = {"relation": "parent", "sex": "male", "born": "1950-01-01", "lived_on_deceased": True, "alone": True}


def found_for(**told: Any) -> Statement:
    return statement(Sheet({**TOLD, **told}).read())


def paid(**told: Any) -> dict[tuple[str, str], str]:
    """(payer, item) → yuan."""
    return {(one.payer, one.id): str(one.amount) for one in found_for(**told).items}


def test_regulation_art_34_35_grade_four_with_partial_care_has_grant_allowance_and_care():
    """21 months of 5,000; 75 % of 5,000; 30 % of 8,200."""
    assert paid(grade=4, self_care="partial", average_wage_now="8200", minimum_wage="2660") == {
        ("fund", "disability_grant"): "105000.00",
        ("fund", "disability_allowance"): "3750.00",
        ("fund", "living_care"): "2460.00",
    }


def test_regulation_art_35_an_allowance_below_the_minimum_wage_is_topped_up_by_the_fund():
    """The wage is lifted to 60 % of 8,000; 75 % of 4,800 are 3,600; 400 are wanting to 4,000."""
    found = paid(grade=4, wages=["3000"] * 12, minimum_wage="4000")
    assert found["fund", "disability_grant"] == "100800.00"
    assert (found["fund", "disability_allowance"], found["fund", "allowance_top_up"]) == ("3600.00", "400.00")


def test_regulation_art_37_zhejiang_grade_seven_whose_contract_ended_has_two_subsidies_of_ten_months():
    """13 months of 5,000; 10 months of 8,300 from the fund and 10 from the employer."""
    assert paid(grade=7, **AT_THE_END) == {
        ("fund", "disability_grant"): "65000.00",
        ("fund", "medical_subsidy"): "83000.00",
        ("employer", "employment_subsidy"): "83000.00",
    }


def test_regulation_art_37_zhejiang_near_retirement_only_the_employers_subsidy_shrinks():
    """Four full years are left: one of five years is wanting, 20 % less of 83,000."""
    found = paid(grade=7, **{**AT_THE_END, "retirement_on": "2030-06-30"})
    assert found["fund", "medical_subsidy"] == "83000.00"
    assert found["employer", "employment_subsidy"] == "66400.00"


def test_regulation_art_30_without_a_grade_there_are_the_costs_and_nothing_else():
    assert paid(medical_cost="3200.50", hospital_days=12, hospital_food_per_day="45.5") == {
        ("fund", "medical"): "3200.50",
        ("fund", "hospital_food"): "546.00",
    }


def test_regulation_art_39_three_dependants_together_have_no_more_than_the_wage():
    """20 times 56,502; 6 months of 8,100; 40 + 30 + 30 + 10 % of 5,000 are 5,500, so 5,000."""
    assert paid(**DIED, dependants=[WIDOW, DAUGHTER, LONELY_FATHER]) == {
        ("fund", "death_grant"): "1130040.00",
        ("fund", "funeral_grant"): "48600.00",
        ("fund", "dependants_pension"): "5000.00",
    }


def test_regulation_art_39_two_dependants_below_the_cap_have_their_shares():
    assert paid(**DIED, dependants=[WIDOW, DAUGHTER])["fund", "dependants_pension"] == "3500.00"


def test_order_13_art_11_for_an_accident_of_the_year_before_the_income_of_the_year_before_it_counts():
    """20 times 54,188, though the death was in 2026."""
    assert paid(**{**DIED, "injured_on": "2025-12-30"})["fund", "death_grant"] == "1083760.00"


def test_regulation_art_39_grade_four_who_died_after_the_paid_leave_leaves_no_grant():
    found = paid(**{**DIED, "death": "after_stop_work"}, grade=4, dependants=[WIDOW])
    assert found == {("fund", "funeral_grant"): "48600.00", ("fund", "dependants_pension"): "2000.00"}


@pytest.mark.parametrize(("grade", "months"), [(1, 27), (2, 25), (3, 23), (5, 18), (6, 16), (8, 11), (9, 9), (10, 7)])
def test_regulation_art_35_to_37_every_other_grade_has_its_months(grade, months):
    assert paid(grade=grade)["fund", "disability_grant"] == f"{months * 5000}.00"


@pytest.mark.parametrize(("wage", "counts"), [("4799.99", "4800.00"), ("24000.01", "24000.00"), ("4800.01", "4800.01")])
def test_regulation_art_64_the_wage_lies_between_sixty_and_three_hundred_per_cent(wage, counts):
    found = found_for(grade=10, wages=[wage] * 12)
    assert found.wage and str(found.wage.amount) == counts


def test_regulation_art_62_of_an_uninsured_employer_the_fund_pays_nothing():
    assert {payer for payer, _ in paid(grade=7, insured=False, **AT_THE_END)} == {"employer"}


def test_no_two_items_of_one_statement_bear_one_title_so_none_is_lost_in_the_answer():
    for told in (
        {"grade": 4, "self_care": "partial"},
        {"grade": 7, **AT_THE_END},
        {**DIED, "dependants": [WIDOW, DAUGHTER]},
    ):
        more = {"medical_cost": "1", "travel_cost": "2", "rehabilitation_cost": "3", "device_cost": "4"}
        titles = [one.title for one in found_for(**told, **more, average_wage_now="8200").items]
        assert len(titles) == len(set(titles))


# What is sent by hand.

SIGNS = '九9.-e{["\x00𠮷\u202e'
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(SIGNS, max_size=8) | st.just("2026-02-30"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(SIGNS, max_size=6), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from([*TOLD, *AT_THE_END, "grade", "dependants", "hospital_days", "earlier_grades", "missing_since"])


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(NAMES, JUNK, max_size=5))
def test_whatever_a_sheet_holds_it_is_worked_out_or_refused_in_words(told):
    try:
        found = statement(read_sheet(json.dumps({"told": told, "skipped": []}), {}).read())
    except RuleError as refusal:
        assert str(refusal)
    else:
        json.dumps(as_answer(found), ensure_ascii=False).encode()


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(SIGNS, max_size=40) | JUNK.map(lambda junk: json.dumps(junk)))
def test_whatever_is_posted_in_place_of_a_sheet_is_read_or_refused_in_words(text):
    try:
        assert read_sheet(text, {"grade": 9}).all["grade"] == 9
    except RuleError as refusal:
        assert str(refusal)


# What the agency fixes.


@pytest.mark.parametrize("amount", ["-0.01", "NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("title", ["一次性伤残补助金", "一次性工伤医疗补助金"])
def test_no_amount_is_below_nothing_or_no_number(amount, title):
    with pytest.raises(AnswerIncomplete):
        check_approval(["一次性伤残补助金"], {"一次性伤残补助金": Decimal(1), title: Decimal(amount)})


def filled(**told: str) -> ApprovalForm:
    return ApprovalForm({"item_0": "45000.00", **told}, items=[("一次性伤残补助金", "45000.00", "…")])


def test_the_agency_adds_what_the_estimate_could_not_know():
    form = filled(more_0="一次性工伤医疗补助金", more_amount_0="60000")
    assert form.is_valid()
    assert form.amounts() == {"一次性伤残补助金": Decimal("45000.00"), "一次性工伤医疗补助金": Decimal(60000)}


@pytest.mark.parametrize(
    "told",
    [
        {"more_0": "一次性工伤医疗补助金"},
        {"more_amount_1": "5"},
        {"more_0": "一次性伤残补助金", "more_amount_0": "5"},
        {"more_0": "丧葬补助金", "more_amount_0": "5", "more_2": "丧葬补助金", "more_amount_2": "6"},
        {"more_0": "字" * 61, "more_amount_0": "5"},
        {"more_0": "丧葬补助金", "more_amount_0": "-5"},
        {"item_0": "1e999"},
        {"item_0": "４５０００．００１"},
        {"item_0": "99999999999.00"},
    ],
    ids=["no amount", "no name", "listed", "twice", "too long", "below nothing", "no money", "thousandths", "too much"],
)
def test_a_hurried_answer_is_told_what_is_wrong(told):
    form = filled(**told)
    assert not form.is_valid() and form.errors
    assert MORE == 3
