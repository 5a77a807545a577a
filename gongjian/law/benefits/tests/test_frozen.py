"""The golden amounts as they were written out: the statement and the second way must both still give them."""

import pytest

from gongjian.law.benefits.tests import by_hand, frozen
from gongjian.law.benefits.tests.builders import items_of
from gongjian.law.benefits.tests.test_death import CHILD, DEATH, LONELY, WIFE
from gongjian.law.benefits.tests.test_golden_termination import LEFT, subsidies

RELATIVES = {"S": WIFE, "C": CHILD, "A": LONELY}
FAR = {20: "2046-05-01", **LEFT}


def cents(text):
    return int(text.replace(".", ""))


def amounts(items, *ids):
    return tuple(items[id_]["amount"] if id_ in items else None for id_ in ids)


@pytest.mark.parametrize(("grade", "wage", "average", "grant", "allowance"), frozen.GRADES)
def test_grades(grade, wage, average, grant, allowance):
    told = {"wages": [wage] * 12, "average_wage_at_injury": average, "minimum_wage": "1", "work_arranged": False}
    assert amounts(items_of(grade=grade, **told), "disability_grant", "disability_allowance") == (grant, allowance)
    own = by_hand.own_wage((cents(wage),) * 12, cents(average))
    assert by_hand.yuan(by_hand.grant(grade, own)) == grant


@pytest.mark.parametrize(("province", "grade", "average", "disease", "left", "medical", "employment"), frozen.SUBSIDIES)
def test_subsidies(province, grade, average, disease, left, medical, employment):
    found = subsidies(
        region=province,
        grade=grade,
        average_wage_at_termination=average,
        occupational_disease=disease,
        retirement_on=FAR[left],
    )
    assert tuple(one and one[0] for one in found) == (medical, employment)
    again = by_hand.subsidies(province, grade, 512345, cents(average), disease, left)
    assert tuple(one if one is None else by_hand.yuan(one) for one in again) == (medical, employment)


@pytest.mark.parametrize(("level", "average", "care"), frozen.CARE)
def test_care(level, average, care):
    assert amounts(items_of(self_care=level, average_wage_now=average), "living_care") == (care,)
    assert by_hand.yuan(by_hand.care(level, cents(average))) == care


@pytest.mark.parametrize(("wage", "family", "pension"), frozen.PENSIONS)
def test_pensions(wage, family, pension):
    people = [RELATIVES[one] for one in family]
    items = items_of(**{**DEATH, "wages": [wage] * 12, "dependants": people})
    assert amounts(items, "dependants_pension") == (pension,)
    again = by_hand.dependants_sum(cents(wage), [("spouse" if one == "S" else "child", one == "A") for one in family])
    assert by_hand.yuan(again) == pension
