"""Uninsured employers, third parties, earlier injuries, illegal employment, and the allowance for illness."""

import pytest

from gongjian.law.benefits.tests import by_hand
from gongjian.law.benefits.tests.builders import answer_of, items_of, missing_of
from gongjian.law.benefits.tests.by_hand import yuan

EVERYTHING = {"grade": 3, "self_care": "partial", "medical_cost": "1000", "insured": False}
LEAVING = {
    "grade": 9,
    "terminated_on": "2026-11-02",
    "termination_by": "worker",
    "retirement_on": "2046-05-01",
    "average_wage_at_termination": "8000",
}


def test_an_employer_without_insurance_pays_everything():
    items = items_of(**EVERYTHING)
    assert {one["payer"] for one in items.values()} == {"employer"}
    assert all(one["article"].endswith("条例 第六十二条") for one in items.values())


def test_the_fund_may_advance_what_the_employer_does_not_pay():
    assert "先行支付" in "".join(answer_of(**EVERYTHING)["lines"])


def test_after_late_insurance_the_fund_pays_what_newly_arises():
    items = items_of(**EVERYTHING, insured_later_on="2026-08-01")
    assert {id_: one["payer"] for id_, one in items.items()} == {
        "medical": "employer",
        "living_care": "fund",
        "disability_grant": "employer",
        "disability_allowance": "fund",
    }
    assert "自2026-08-01起由工伤保险基金支付，此前由用人单位支付。" in items["living_care"]["note"]
    assert "参保后新发生的部分由工伤保险基金支付" in items["medical"]["note"]
    assert items["living_care"]["confidence"] == "memory"


@pytest.mark.parametrize(("later", "payer"), [("2026-11-02", "fund"), ("2026-11-03", "employer")])
def test_the_medical_subsidy_follows_the_day_of_the_late_insurance(later, payer):
    assert items_of(**LEAVING, insured=False, insured_later_on=later)["medical_subsidy"]["payer"] == payer


def test_whether_there_was_insurance_is_asked_for():
    assert missing_of(grade=9, insured=...) == ["insured"]


def test_the_third_party_has_paid_part_of_the_medical_costs():
    item = items_of(region="410000", third_party=True, medical_cost="10000", third_party_medical="3000.50")["medical"]
    assert (item["amount"], item["article"]) == ("6999.50", "条例 第三十条、法释9 第八条")
    assert item["formula"].endswith("－第三人已经支付的医疗费3,000.50元＝6,999.50元")


def test_the_third_party_has_paid_more_than_the_medical_costs():
    item = items_of(region="410000", third_party=True, medical_cost="100", third_party_medical="100.01")["medical"]
    assert item["amount"] == "0.00"


def test_what_the_third_party_has_paid_is_asked_for():
    assert "third_party_medical" in missing_of(region="410000", third_party=True, medical_cost="100", grade=9)


def test_all_other_benefits_stand_beside_the_third_partys():
    plain = items_of(region="410000", grade=9)["disability_grant"]["amount"]
    assert items_of(region="410000", grade=9, third_party=True)["disability_grant"]["amount"] == plain


def test_a_province_that_sets_off_is_refused_and_the_statement_says_so():
    answer = answer_of(third_party=True, medical_cost="100", grade=9)
    assert "差额补足" in answer["refused"][0]
    assert "没有扣除第三人的赔偿" in answer["refused"][0]


def test_after_a_second_injury_the_allowance_follows_the_new_grade():
    answer = answer_of(grade=4, earlier_grades=[8])
    assert "伤残津贴按新认定的伤残等级" in "".join(answer["lines"])
    assert {one["id"]: one["amount"] for one in answer["items"]}["disability_allowance"] == "3750.00"


def test_a_relapse_is_treated_as_the_injury_was():
    assert "工伤复发" in "".join(answer_of(grade=9, relapse=True)["lines"])


ILLEGAL = {"matter": "illegal", "region": "110000"}


@pytest.mark.parametrize("average", [9600000, 10123457, 8888881])
@pytest.mark.parametrize("grade", by_hand.ILLEGAL)
def test_illegal_employment_by_grade(grade, average):
    item = items_of(**ILLEGAL, grade=grade, annual_average_wage=yuan(average))["illegal_compensation"]
    assert (item["amount"], item["payer"], item["rhythm"], item["article"]) == (
        yuan(average * by_hand.ILLEGAL[grade]),
        "unit",
        "one_off",
        "令9 第五条",
    )


@pytest.mark.parametrize("year", by_hand.URBAN_INCOME)
def test_death_in_illegal_employment(year):
    items = items_of(**ILLEGAL, injured_on=f"{year}-01-01", died_on="2026-12-31")
    assert {id_: (one["amount"], one["payer"]) for id_, one in items.items()} == {
        "illegal_death": (yuan(by_hand.URBAN_INCOME[year] * 20), "unit"),
        "illegal_funeral": (yuan(by_hand.URBAN_INCOME[year] * 10), "unit"),
    }


def test_the_unit_pays_treatment_and_living_costs():
    items = items_of(**ILLEGAL, grade=9, annual_average_wage="96000", medical_cost="500", treatment_months=3)
    assert (items["medical"]["payer"], items["illegal_living"]["amount"]) == ("unit", "8400.00")
    assert items["illegal_living"]["rhythm"] == "monthly"


@pytest.mark.parametrize("name", ["grade", "annual_average_wage", "injured_on"])
def test_what_is_missing_about_illegal_employment_is_asked_for(name):
    told = {**ILLEGAL, "grade": 9, "annual_average_wage": "96000", "insured": ...}
    assert missing_of(**{**told, name: ...}) == [name]


ILLNESS = {
    "matter": "illness",
    "injured_on": ...,
    "totally_incapacitated": True,
    "applied_on": "2026-03-02",
    "retirement_on": "2040-01-01",
    "contribution_months": 240,
    "minimum_contribution_months": 180,
}


@pytest.mark.parametrize(
    ("told", "article", "words"),
    [
        ({"retirement_on": "2031-03-02"}, "72号 第三条", "基本养老金"),
        ({"retirement_on": "2031-03-03"}, "72号 第四条", "基础养老金"),
        ({"contribution_months": 180}, "72号 第四条", "基础养老金"),
        ({"contribution_months": 179}, "72号 第五条", "共42个月"),
        ({"contribution_months": 59}, "72号 第五条", "共12个月"),
        ({"contribution_months": 60}, "72号 第五条", "共12个月"),
        ({"contribution_months": 71}, "72号 第五条", "共15个月"),
        ({"contribution_months": 72}, "72号 第五条", "共15个月"),
        ({"contribution_months": 0}, "72号 第五条", "共12个月"),
    ],
)
def test_which_of_the_three_standards_holds(told, article, words):
    item = items_of(**{**ILLNESS, **told})["sickness_allowance"]
    assert (item["article"], item["payer"], item["amount"]) == (article, "pension_fund", None)
    assert words in item["formula"]
    assert item["confidence"] != "seen"


def test_who_is_not_wholly_incapacitated_has_no_allowance():
    answer = answer_of(**{**ILLNESS, "totally_incapacitated": False})
    assert answer["items"] == []
    assert "可以重新申请鉴定" in "".join(answer["lines"])


def test_at_retirement_age_there_is_no_allowance():
    assert "应办理退休" in answer_of(**{**ILLNESS, "retirement_on": "2026-03-02"})["refused"][0]


def test_before_2025_there_was_no_allowance():
    answer = answer_of(**{**ILLNESS, "applied_on": "2024-12-31"})
    assert (answer["items"], len(answer["refused"])) == ([], 2)


@pytest.mark.parametrize(
    "name",
    ["totally_incapacitated", "applied_on", "retirement_on", "contribution_months", "minimum_contribution_months"],
)
def test_what_is_missing_about_an_illness_is_asked_for(name):
    assert missing_of(**{**ILLNESS, name: ...}) == [name]
