"""Death through work, dependants, and workers of whom nothing is known."""

import pytest

from gongjian.law.benefits.tests import by_hand
from gongjian.law.benefits.tests.builders import answer_of, items_of, missing_of
from gongjian.law.benefits.tests.by_hand import yuan

WIFE = {"relation": "spouse", "sex": "female", "born": "1965-04-01", "lived_on_deceased": True}
CHILD = {"relation": "child", "born": "2012-08-08", "lived_on_deceased": True}
FATHER = {"relation": "parent", "sex": "male", "born": "1950-01-01", "lived_on_deceased": True}
ORPHAN = {**CHILD, "alone": True}
LONELY = {**FATHER, "alone": True}
DEATH = {
    "matter": "death",
    "death": "direct",
    "died_on": "2026-03-02",
    "average_wage_at_death": "8400.00",
    "dependants": [WIFE, CHILD],
}
FAMILIES = {
    "nobody": [],
    "wife": [WIFE],
    "child": [CHILD],
    "orphan": [ORPHAN],
    "lonely father": [LONELY],
    "wife and child": [WIFE, CHILD],
    "wife and two": [WIFE, CHILD, CHILD],
    "wife, child, father": [WIFE, CHILD, FATHER],
    "three": [CHILD, CHILD, FATHER],
    "two orphans": [ORPHAN, ORPHAN],
    "two orphans and lonely father": [ORPHAN, ORPHAN, LONELY],
    "four": [CHILD, CHILD, FATHER, FATHER],
    "five": [WIFE, CHILD, CHILD, FATHER, FATHER],
}


@pytest.mark.parametrize("wage", [500000, 512345, 480001, 777777])
@pytest.mark.parametrize("family", FAMILIES)
def test_the_dependants_together_have_at_most_the_wage(family, wage):
    people = FAMILIES[family]
    item = items_of(**{**DEATH, "dependants": people, "wages": [yuan(wage)] * 12}).get("dependants_pension")
    total = by_hand.dependants_sum(wage, [(one["relation"], one.get("alone", False)) for one in people])
    assert (item and (item["amount"], item["payer"], item["rhythm"])) == (
        (yuan(total), "fund", "monthly") if people else None
    )


@pytest.mark.parametrize("year", by_hand.DEATH_GRANT)
def test_the_grant_follows_the_year_of_the_injury(year):
    told = {**DEATH, "injured_on": f"{year}-12-31", "died_on": "2026-12-31", "death": "in_stop_work"}
    item = items_of(**told)["death_grant"]
    assert (item["amount"], item["payer"], item["rhythm"], item["confidence"]) == (
        yuan(by_hand.DEATH_GRANT[year]),
        "fund",
        "one_off",
        "seen-2",
    )


@pytest.mark.parametrize("day", ["2022-12-31", "2027-01-01"])
def test_a_year_whose_income_is_not_recorded_is_refused_and_the_rest_stands(day):
    answer = answer_of(**{**DEATH, "injured_on": day, "died_on": "2027-02-01"})
    assert [one["id"] for one in answer["items"]] == ["funeral_grant", "dependants_pension"]
    assert f"没有适用于{day}的标准" in answer["refused"][0]


@pytest.mark.parametrize("average", [840000, 712345, 999999])
def test_the_funeral_grant_is_six_months_of_the_average_wage(average):
    item = items_of(**{**DEATH, "average_wage_at_death": yuan(average)})["funeral_grant"]
    assert (item["amount"], item["rhythm"]) == (yuan(average * 6), "one_off")


@pytest.mark.parametrize(
    ("told", "ids"),
    [
        ({"death": "direct"}, {"funeral_grant", "dependants_pension", "death_grant"}),
        ({"death": "in_stop_work"}, {"funeral_grant", "dependants_pension", "death_grant"}),
        ({"death": "after_stop_work", "grade": 4}, {"funeral_grant", "dependants_pension"}),
        ({"death": "after_stop_work", "grade": 1}, {"funeral_grant", "dependants_pension"}),
    ],
)
def test_which_benefits_a_death_brings(told, ids):
    assert set(items_of(**{**DEATH, **told})) == ids


@pytest.mark.parametrize("name", ["died_on", "death", "injured_on", "average_wage_at_death", "dependants", "wages"])
def test_what_is_missing_is_asked_for_by_name(name):
    assert missing_of(**{**DEATH, name: ...}) == [name]


def test_the_pension_names_each_ones_share():
    assert items_of(**DEATH)["dependants_pension"]["formula"] == (
        "本人工资5,000.00元：配偶40%＝2,000.00元；子女30%＝1,500.00元；合计3,500.00元（每月）"
    )


def test_the_cap_says_what_it_takes_away():
    answer = answer_of(**{**DEATH, "dependants": FAMILIES["five"]})
    item = next(one for one in answer["items"] if one["id"] == "dependants_pension")
    assert item["formula"].endswith("合计8,000.00元（每月），超过本人工资，以5,000.00元为限")
    assert "各人怎样分配由经办机构核定" in "".join(answer["lines"])


@pytest.mark.parametrize(
    ("one", "holds"),
    [
        ({**WIFE, "born": "1971-03-02"}, True),
        ({**WIFE, "born": "1971-03-03"}, False),
        ({**WIFE, "sex": "male", "born": "1966-03-02"}, True),
        ({**WIFE, "sex": "male", "born": "1966-03-03"}, False),
        ({**WIFE, "born": "1990-01-01", "incapacitated": True}, True),
        ({**WIFE, "stopped": True}, False),
        ({**WIFE, "lived_on_deceased": False}, False),
        ({**CHILD, "born": "2008-03-03"}, True),
        ({**CHILD, "born": "2008-03-02"}, False),
        ({**CHILD, "born": "2026-08-01"}, True),
        ({**CHILD, "born": "1990-01-01", "incapacitated": True}, True),
        ({**FATHER, "born": "1966-03-02"}, True),
        ({**FATHER, "born": "1966-03-03"}, False),
        ({**FATHER, "relation": "grandparent", "supporters_gone": True}, True),
        ({**FATHER, "relation": "grandparent", "supporters_gone": False}, False),
        ({**CHILD, "relation": "grandchild", "supporters_gone": True}, True),
        ({**CHILD, "relation": "grandchild", "supporters_gone": False}, False),
        ({**CHILD, "relation": "sibling", "supporters_gone": True}, True),
        ({**CHILD, "relation": "sibling", "supporters_gone": False}, False),
        ({**CHILD, "relation": "sibling", "born": "2008-03-02", "supporters_gone": True}, False),
    ],
)
def test_who_is_a_dependant(one, holds):
    answer = answer_of(**{**DEATH, "dependants": [one]})
    assert ("dependants_pension" in {item["id"] for item in answer["items"]}) == holds
    assert answer["missing"] == []
    assert any(one["text"].startswith("供养亲属1，") for one in answer["remarks"])


@pytest.mark.parametrize(
    ("one", "asked"),
    [
        ({"relation": "spouse"}, ["dependants[1].lived_on_deceased"]),
        ({"relation": "spouse", "lived_on_deceased": True}, ["dependants[1].born", "dependants[1].sex"]),
        ({"relation": "child", "lived_on_deceased": True}, ["dependants[1].born"]),
        (
            {"relation": "sibling", "lived_on_deceased": True},
            ["dependants[1].born", "dependants[1].supporters_gone"],
        ),
    ],
)
def test_what_is_missing_about_a_dependant_is_asked_for(one, asked):
    assert missing_of(**{**DEATH, "dependants": [one]}) == asked


def test_treatment_before_the_death_is_in_the_statement():
    assert items_of(**DEATH, medical_cost="20000")["medical"]["amount"] == "20000.00"


MISSING = {"matter": "missing", "missing_since": "2026-03-02", "usual_wage": "6000", "dependants": [WIFE]}


def test_a_missing_workers_wage_goes_on_for_three_months_and_then_the_pension_begins():
    items = items_of(**MISSING)
    assert set(items) == {"missing_wage", "dependants_pension"}
    assert (items["missing_wage"]["amount"], items["missing_wage"]["payer"]) == ("6000.00", "employer")
    assert items["missing_wage"]["formula"].endswith("从事故发生当月起照发3个月")
    assert items["dependants_pension"]["note"] == "从第4个月起按月支付。"


def test_in_hardship_half_of_the_grant_may_be_advanced():
    item = items_of(**MISSING, in_hardship=True)["death_grant_advance"]
    assert (item["amount"], item["rhythm"]) == (yuan(by_hand.DEATH_GRANT[2026] // 2), "one_off")


@pytest.mark.parametrize("name", ["missing_since", "usual_wage", "dependants"])
def test_what_is_missing_about_a_missing_worker_is_asked_for(name):
    assert missing_of(**{**MISSING, name: ...}) == [name]
