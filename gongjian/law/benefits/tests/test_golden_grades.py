"""Grades, own wage and living care, each to the cent as worked out a second way."""

import pytest

from gongjian.law.benefits.tests import by_hand
from gongjian.law.benefits.tests.builders import answer_of, items_of
from gongjian.law.benefits.tests.by_hand import CASES_OF_WAGES, GRADES, yuan

WAGES = range(len(CASES_OF_WAGES))


def told(case):
    wages, average = CASES_OF_WAGES[case]
    return {"wages": [yuan(one) for one in wages], "average_wage_at_injury": yuan(average)}


@pytest.mark.parametrize("case", WAGES)
@pytest.mark.parametrize("grade", GRADES)
def test_the_grant_and_the_allowance_of_a_grade(grade, case):
    items = items_of(grade=grade, work_arranged=False, minimum_wage="0.01", **told(case))
    wage = by_hand.own_wage(*CASES_OF_WAGES[case])
    allowance = by_hand.allowance(grade, wage)
    expected: dict[str, tuple[str, str | None, str, str]] = {}
    expected |= {"disability_grant": (yuan(by_hand.grant(grade, wage)), "fund", "one_off", GRADES[grade][3])}
    if allowance is not None:
        expected["disability_allowance"] = (yuan(allowance), GRADES[grade][2], "monthly", GRADES[grade][3])
    assert {id_: (one["amount"], one["payer"], one["rhythm"], one["article"]) for id_, one in items.items()} == expected


@pytest.mark.parametrize("case", WAGES)
def test_the_own_wage(case):
    found = answer_of(grade=9, **told(case))["own_wage"]
    assert found["amount"] == yuan(by_hand.own_wage(*CASES_OF_WAGES[case]))


@pytest.mark.parametrize("average", [812345, 700000, 655555, 999999, 1000001, 333333])
@pytest.mark.parametrize("level", by_hand.CARE)
def test_living_care(level, average):
    item = items_of(self_care=level, average_wage_now=yuan(average))["living_care"]
    assert (item["amount"], item["payer"], item["rhythm"], item["article"]) == (
        yuan(by_hand.care(level, average)),
        "fund",
        "monthly",
        "条例 第三十四条",
    )


@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("minimum", [200000, 300001, 350000, 400000, 425000, 450000, 500000])
def test_the_allowance_is_filled_up_to_the_minimum_wage(grade, minimum):
    items = items_of(grade=grade, work_arranged=False, minimum_wage=yuan(minimum))
    gap = minimum - by_hand.allowance(grade, 500000)
    found = items.get("allowance_top_up")
    assert (found and (found["amount"], found["payer"])) == ((yuan(gap), GRADES[grade][2]) if gap > 0 else None)


@pytest.mark.parametrize("grade", [1, 2, 3, 4])
@pytest.mark.parametrize("pension", [0, 100000, 374999, 375000, 400001, 424999, 450000, 500000])
def test_after_retirement_the_fund_fills_up_the_pension(grade, pension):
    items = items_of(grade=grade, retired_on="2030-05-01", pension=yuan(pension))
    gap = by_hand.allowance(grade, 500000) - pension
    found = items.get("pension_top_up")
    assert "disability_allowance" not in items
    assert (found and (found["amount"], found["payer"])) == ((yuan(gap), "fund") if gap > 0 else None)
