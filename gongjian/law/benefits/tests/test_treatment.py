"""While the injury is treated."""

import pytest

from gongjian.law.benefits.tests.builders import answer_of, items_of, missing_of

COSTS = {
    "medical_cost": "12345.67",
    "travel_cost": "800",
    "rehabilitation_cost": "3000.5",
    "device_cost": "5600.00",
}


@pytest.mark.parametrize(
    ("fact", "id_", "article"),
    [
        ("medical_cost", "medical", "条例 第三十条"),
        ("travel_cost", "travel", "条例 第三十条"),
        ("rehabilitation_cost", "rehabilitation", "条例 第三十条"),
        ("device_cost", "devices", "条例 第三十二条、令27"),
    ],
)
def test_costs_that_fit_are_paid_by_the_fund(fact, id_, article):
    item = items_of(**{fact: COSTS[fact]})[id_]
    assert (float(item["amount"]), item["payer"], item["rhythm"], item["article"]) == (
        float(COSTS[fact]),
        "fund",
        "cost",
        article,
    )


def test_food_in_hospital_is_days_at_the_local_standard():
    item = items_of(hospital_days=17, hospital_food_per_day="33.30")["hospital_food"]
    assert (item["amount"], item["formula"]) == ("566.10", "每日33.30元×17日＝566.10元")


def test_the_local_standard_is_asked_for_and_not_guessed():
    assert "hospital_food_per_day" in missing_of(hospital_days=17)


def test_no_days_in_hospital_no_food():
    assert "hospital_food" not in items_of(hospital_days=0, hospital_food_per_day="33.30")


def test_the_usual_wage_goes_on_month_by_month_and_is_never_multiplied():
    item = items_of(stop_work_months=5, usual_wage="6200")["stop_work_wage"]
    assert (item["amount"], item["payer"], item["rhythm"]) == ("6200.00", "employer", "monthly")
    assert item["formula"] == "原工资福利待遇每月6,200.00元，按月支付5个月"


def test_the_usual_wage_is_asked_for():
    assert "usual_wage" in missing_of(stop_work_months=5)


def test_nursing_has_no_national_amount():
    item = items_of(nursing_needed=True, region="440000")["nursing"]
    assert (item["amount"], item["payer"], item["note"]) == (None, "employer", "")
    assert "浙江省工伤保险条例 第二十五条" in items_of(nursing_needed=True, region="330100")["nursing"]["note"]


def test_costs_are_in_no_sum():
    assert answer_of(**COSTS)["one_off_totals"] == {}
