"""The two subsidies of each recorded province, each to the cent as worked out a second way."""

import pytest

from gongjian.law.benefits.tests import by_hand
from gongjian.law.benefits.tests.builders import items_of
from gongjian.law.benefits.tests.by_hand import PROVINCES, yuan

GRADES = (5, 6, 7, 8, 9, 10)
AVERAGES = (876543, 700001)
WAGE = 512345
LEFT = {  # years left: the day of retirement of somebody who leaves on 2026-11-02
    5: "2031-11-02",
    4: "2031-11-01",
    3: "2029-11-02",
    2: "2029-11-01",
    1: "2027-11-02",
    0: "2027-11-01",
}


def subsidies(**told):
    """(medical, employment) as the statement has them, None for what it does not have."""
    items = items_of(
        **{
            "grade": 9,
            "work_arranged": True,
            "wages": [yuan(WAGE)] * 12,
            "terminated_on": "2026-11-02",
            "termination_by": "worker",
            "retirement_on": "2046-05-01",
            **told,
        }
    )
    found = (items.get("medical_subsidy"), items.get("employment_subsidy"))
    return tuple(one and (one["amount"], one["payer"], one["rhythm"]) for one in found)


def expected(*cents):
    medical, employment = cents
    return (
        None if medical is None else (yuan(medical), "fund", "one_off"),
        None if employment is None else (yuan(employment), "employer", "one_off"),
    )


@pytest.mark.parametrize("average", AVERAGES)
@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("province", PROVINCES)
def test_the_subsidies_of_a_grade(province, grade, average):
    found = subsidies(region=province, grade=grade, average_wage_at_termination=yuan(average))
    assert found == expected(*by_hand.subsidies(province, grade, WAGE, average))


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("province", PROVINCES)
def test_the_subsidies_with_an_occupational_disease(province, grade):
    found = subsidies(region=province, grade=grade, average_wage_at_termination="8765.43", occupational_disease=True)
    assert found == expected(*by_hand.subsidies(province, grade, WAGE, 876543, disease=True))


@pytest.mark.parametrize("years_left", LEFT)
@pytest.mark.parametrize("province", PROVINCES)
def test_the_subsidies_near_retirement(province, years_left):
    found = subsidies(region=province, average_wage_at_termination="8765.43", retirement_on=LEFT[years_left])
    assert found == expected(*by_hand.subsidies(province, 9, WAGE, 876543, years_left=years_left))


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("years_left", [4, 3, 2, 1, 0])
def test_the_reduction_holds_for_every_grade(grade, years_left):
    found = subsidies(
        region="410000", grade=grade, average_wage_at_termination="7000.01", retirement_on=LEFT[years_left]
    )
    assert found == expected(*by_hand.subsidies("410000", grade, WAGE, 700001, years_left=years_left))


@pytest.mark.parametrize("grade", GRADES)
def test_shandongs_table_for_occupational_diseases_is_the_one_that_was_read(grade):
    medical, _ = subsidies(region="370000", grade=grade, average_wage_at_termination="1000", occupational_disease=True)
    assert medical[0] == f"{by_hand.SHANDONG_DISEASE[grade] * 1000:.2f}"
