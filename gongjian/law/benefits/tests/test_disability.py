"""What hangs on the grade, and what is asked, refused and said beside it."""

import pytest

from gongjian.law.benefits.tests.builders import answer_of, items_of, missing_of


def test_a_worker_can_read_every_formula_and_repeat_it():
    items = items_of(grade=3, self_care="partial")
    assert items["disability_grant"]["formula"] == "本人工资5,000.00元×23个月＝115,000.00元"
    assert items["disability_allowance"]["formula"] == "本人工资5,000.00元×80%＝4,000.00元（每月）"
    assert items["living_care"]["formula"] == "上年度职工月平均工资8,400.00元×30%＝2,520.00元（每月）"


def test_the_statement_reads_from_the_wage_to_the_rounding():
    assert answer_of(grade=9)["lines"] == [
        "本单根据所填事实估算，仅供参考；以社会保险经办机构核定的为准。",
        "【本人工资】（条例 第六十四条）",
        "  受伤前12个月的平均月缴费工资：60,000.00元÷12＝5,000.00元。",
        "  下限：8,000.00元×60%＝4,800.00元；上限：8,000.00元×300%＝24,000.00元。",
        "  在上下限之内，本人工资为5,000.00元。",
        "【一次性】",
        "  一次性伤残补助金：45,000.00元，由工伤保险基金支付。［条例 第三十七条］",
        "    本人工资5,000.00元×9个月＝45,000.00元",
        "  工伤保险基金支付的一次性待遇合计：45,000.00元",
        "【说明】",
        "  九级：劳动、聘用合同期满终止，或者职工本人提出解除的，支付两项一次性补助金。［条例 第三十七条］",
        "  用人单位不得依照劳动合同法第四十条、第四十一条解除与该职工的劳动合同。［劳动合同法 第四十二条］",
        "每一个金额（本人工资和各项待遇）在算出时四舍五入到分，此外不取整；一次性待遇与按月待遇不相加。",
    ]


def test_monthly_amounts_are_in_no_sum():
    answer = answer_of(grade=1, self_care="complete")
    assert answer["one_off_totals"] == {"fund": "135000.00"}


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [
        ("grade", ["grade"]),
        ("wages", ["wages"]),
        ("average_wage_at_injury", ["average_wage_at_injury"]),
        ("average_wage_now", ["average_wage_now"]),
        ("minimum_wage", ["minimum_wage"]),
        ("work_arranged", ["work_arranged"]),
        ("injured_on", ["injured_on"]),
    ],
)
def test_what_is_missing_is_asked_for_by_name(left_out, asked):
    known = {"grade": 6, "self_care": "major", "work_arranged": False}
    assert missing_of(**{**known, left_out: ...}) == asked


def test_a_missing_fact_says_what_it_is_needed_for():
    assert answer_of(grade=..., self_care="none")["missing"] == [
        {"fact": "grade", "title": "伤残等级（1至10级）", "needed_for": ["伤残待遇"]}
    ]


def test_the_other_items_stand_although_one_fact_is_missing():
    assert set(items_of(grade=6)) == {"disability_grant"}


def test_the_employer_that_arranges_work_owes_no_allowance():
    answer = answer_of(grade=5, work_arranged=True)
    assert [one["id"] for one in answer["items"]] == ["disability_grant"]
    assert "按所安排的工作领取工资" in answer["remarks"][0]["text"]


def test_an_old_soldiers_relapse_has_everything_but_the_grant():
    items = items_of(grade=4, veteran_relapse=True)
    assert set(items) == {"disability_allowance"}


@pytest.mark.parametrize("reason", ["refuses_appraisal", "refuses_treatment", "conditions_lost"])
def test_benefits_stop_on_the_grounds_of_the_law(reason):
    answer = answer_of(grade=4, self_care="major", benefits_stopped=reason)
    assert answer["items"] == []
    assert answer["remarks"][0]["article"] == "条例 第四十二条"


def test_the_pension_that_is_high_enough_leaves_no_difference():
    answer = answer_of(grade=4, retired_on="2030-05-01", pension="3750.00")
    assert [one["id"] for one in answer["items"]] == ["disability_grant"]
    assert "没有差额" in "".join(answer["lines"])


def test_fewer_than_twelve_months_are_averaged_and_marked():
    answer = answer_of(grade=9, wages=["5000", "5200.01"])
    assert (answer["own_wage"]["amount"], answer["own_wage"]["confidence"]) == ("5100.01", "memory")
    assert answer["confidence"] == "memory"
    assert "（未与原文核对）" in "".join(answer["lines"])


@pytest.mark.parametrize(
    ("wage", "bound", "amount"),
    [
        ("4799.99", "floor", "4800.00"),
        ("4800.00", "none", "4800.00"),
        ("24000.00", "none", "24000.00"),
        ("24000.01", "cap", "24000.00"),
    ],
)
def test_the_bounds_hold_on_both_sides(wage, bound, amount):
    found = answer_of(grade=9, wages=[wage] * 12)["own_wage"]
    assert (found["bound"], found["amount"]) == (bound, amount)


def test_no_care_is_paid_where_self_care_is_whole():
    assert "living_care" not in items_of(grade=4, self_care="none")
