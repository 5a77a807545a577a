"""Questions on which money is lost: each answered by hand from the articles, then asked of the statement."""

import pytest

from gongjian.law.benefits.tests.builders import answer_of, items_of, missing_of
from gongjian.law.errors import ToldWrong

LEAVES = {
    "terminated_on": "2026-09-01",
    "termination_by": "worker",
    "retirement_on": "2046-05-01",
    "average_wage_at_termination": "8000",
}
DIES = {
    "matter": "death",
    "injured_on": "2025-12-30",
    "died_on": "2026-01-02",
    "death": "direct",
    "average_wage_at_death": "8000",
}
WIFE = {"relation": "spouse", "sex": "female", "born": "1960-01-01", "lived_on_deceased": True}
CHILD = {"relation": "child", "born": "2015-01-01", "lived_on_deceased": True}
MOTHER = {"relation": "parent", "sex": "female", "born": "1950-01-01", "lived_on_deceased": True}
SICK = {
    "matter": "illness",
    "totally_incapacitated": True,
    "applied_on": "2026-03-02",
    "minimum_contribution_months": 180,
}

# the question, the facts, the item, its amount (None: no such item)
AMOUNTS = [
    ("十级、浙江，距退休两年半：就业补助金按40%", {"grade": 10, **LEAVES, "retirement_on": "2029-03-01"}, "employment_subsidy", "6400.00"),
    ("十级、浙江，距退休恰满五年：不减", {"grade": 10, **LEAVES, "retirement_on": "2031-09-01"}, "employment_subsidy", "16000.00"),
    ("十级、浙江，距退休差一日满五年：减20%", {"grade": 10, **LEAVES, "retirement_on": "2031-08-31"}, "employment_subsidy", "12800.00"),
    ("医疗补助金不因临近退休而减", {"grade": 10, **LEAVES, "retirement_on": "2029-03-01"}, "medical_subsidy", "16000.00"),
    ("河南距退休不足一年：10%", {"grade": 10, **LEAVES, "region": "410000", "retirement_on": "2027-03-01"}, "employment_subsidy", "4800.00"),
    ("山东职业病：七级医疗补助金19.5个月", {"grade": 7, **LEAVES, "region": "370000", "occupational_disease": True}, "medical_subsidy", "156000.00"),
    ("广东按本人工资", {"grade": 8, **LEAVES, "region": "440000"}, "employment_subsidy", "75000.00"),
    ("江苏是固定数额", {"grade": 9, **LEAVES, "region": "320000"}, "medical_subsidy", "50000.00"),
    ("五级合同期满不能终止，没有两项补助金", {"grade": 5, **LEAVES, "termination_by": "expiry"}, "medical_subsidy", None),
    ("九级合同期满，有两项补助金", {"grade": 9, **LEAVES, "termination_by": "expiry"}, "medical_subsidy", "32000.00"),
    ("三级伤残不因工资低于下限而少算", {"grade": 3, "wages": ["3000"] * 12}, "disability_grant", "110400.00"),
    ("工资高于上限的，按三倍封顶", {"grade": 10, "wages": ["30000"] * 12}, "disability_grant", "168000.00"),
    ("六级、单位安排不了工作，伤残津贴低于最低工资的补足", {"grade": 6, "work_arranged": False, "minimum_wage": "3200"}, "allowance_top_up", "200.00"),
    ("六级、单位已安排工作，没有伤残津贴", {"grade": 6, "work_arranged": True}, "disability_allowance", None),
    ("七级没有伤残津贴", {"grade": 7, "work_arranged": False}, "disability_allowance", None),
    ("一级退休后养老金低，基金补差额", {"grade": 1, "retired_on": "2030-01-01", "pension": "4000"}, "pension_top_up", "500.00"),
    ("一级退休后停发伤残津贴", {"grade": 1, "retired_on": "2030-01-01", "pension": "4000"}, "disability_allowance", None),
    ("革命伤残军人旧伤复发，没有一次性伤残补助金", {"grade": 5, "veteran_relapse": True, "work_arranged": False}, "disability_grant", None),
    ("革命伤残军人旧伤复发，伤残津贴照发", {"grade": 5, "veteran_relapse": True, "work_arranged": False}, "disability_allowance", "3500.00"),
    ("拒不接受鉴定的，停止待遇", {"grade": 5, "benefits_stopped": "refuses_appraisal"}, "disability_grant", None),
    ("护理费按统筹地区平均工资，不按本人工资", {"grade": 2, "self_care": "major"}, "living_care", "3360.00"),
    ("再次受伤：补助金按本次等级", {"grade": 9, "earlier_grades": [7], **LEAVES}, "disability_grant", "45000.00"),
    ("再次受伤、浙江：就业补助金按最高的等级算一次", {"grade": 9, "earlier_grades": [7], **LEAVES}, "employment_subsidy", "80000.00"),
    ("第三人已付的医疗费不再支付", {"grade": 10, "region": "410000", "third_party": True, "medical_cost": "20000", "third_party_medical": "15000"}, "medical", "5000.00"),
    ("第三人付的比发生的多，不倒扣", {"grade": 10, "region": "410000", "third_party": True, "medical_cost": "20000", "third_party_medical": "25000"}, "medical", "0.00"),
    ("第三人赔偿不抵伤残补助金", {"grade": 10, "region": "410000", "third_party": True, "medical_cost": "20000", "third_party_medical": "15000"}, "disability_grant", "35000.00"),
    ("上年受伤次年死亡：按受伤的上一年度收入", {**DIES, "dependants": []}, "death_grant", "1083760.00"),
    ("四级伤残停工留薪期满后死亡，没有工亡补助金", {**DIES, "grade": 4, "death": "after_stop_work", "dependants": []}, "death_grant", None),
    ("四级伤残停工留薪期满后死亡，丧葬补助金照发", {**DIES, "grade": 4, "death": "after_stop_work", "dependants": []}, "funeral_grant", "48000.00"),
    ("配偶一人、子女三人，130%以本人工资为限", {**DIES, "dependants": [WIFE, CHILD, CHILD, CHILD]}, "dependants_pension", "5000.00"),
    ("配偶与母亲，70%", {**DIES, "dependants": [WIFE, MOTHER]}, "dependants_pension", "3500.00"),
    ("孤儿30%加10%", {**DIES, "dependants": [{**CHILD, "alone": True}]}, "dependants_pension", "2000.00"),
    ("子女死亡当日满18周岁", {**DIES, "dependants": [{**CHILD, "born": "2008-01-02"}]}, "dependants_pension", None),
    ("子女次日满18周岁", {**DIES, "dependants": [{**CHILD, "born": "2008-01-03"}]}, "dependants_pension", "1500.00"),
    ("遗腹子", {**DIES, "dependants": [{**CHILD, "born": "2026-06-01"}]}, "dependants_pension", "1500.00"),
    ("非法用工十级，一倍年平均工资", {"matter": "illegal", "grade": 10, "annual_average_wage": "96000"}, "illegal_compensation", "96000.00"),
    ("非法用工一级，十六倍", {"matter": "illegal", "grade": 1, "annual_average_wage": "96000"}, "illegal_compensation", "1536000.00"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "item", "amount"), [row[1:] for row in AMOUNTS], ids=[row[0] for row in AMOUNTS])
def test_what_the_law_pays_in_a_hard_question(told, item, amount):
    found = items_of(**told).get(item)
    assert (found and found["amount"]) == amount


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({**DIES, "injured_on": "2027-01-05", "died_on": "2027-01-05", "dependants": []}, "没有适用于2027-01-05"),
        ({**DIES, "injured_on": "2020-01-05", "dependants": []}, "没有适用于2020-01-05"),
        ({"grade": 8, **LEAVES, "region": "650000"}, "尚未录入，不能计算"),
        ({"grade": 8, **LEAVES, "retirement_on": "2027-03-01"}, "没有写明，不能计算"),
        ({"grade": 8, **LEAVES, "retirement_on": "2026-09-01"}, "已达到法定退休年龄"),
        ({"grade": 8, "earlier_grades": [7], **LEAVES, "region": "370000"}, "尚未录入，不能计算"),
        ({"third_party": True, "grade": 10}, "怎样抵扣没有录入"),
        ({"matter": "illness", **SICK, "retirement_on": "2026-03-02", "contribution_months": 240}, "应办理退休"),
    ],
)
def test_what_nothing_recorded_answers_is_said_in_a_sentence_and_not_guessed(told, words):
    assert words in "".join(answer_of(**told)["refused"])


@pytest.mark.parametrize(
    ("retirement_on", "months", "article"),
    [
        ("2031-03-02", 240, "72号 第三条"),
        ("2031-03-03", 240, "72号 第四条"),
        ("2031-03-02", 179, "72号 第五条"),
    ],
)
def test_five_years_to_retirement_and_the_least_years_of_contributions_part_the_three_standards(
    retirement_on, months, article
):
    found = items_of(**SICK, retirement_on=retirement_on, contribution_months=months)["sickness_allowance"]
    assert (found["article"], found["amount"]) == (article, None)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"stop_work_months": 13}, "不超过12个月"),
        ({"stop_work_months": 25, "stop_work_extended": True}, "不超过24个月"),
        ({"grade": 4, **LEAVES}, "没有解除或者终止劳动关系的待遇"),
        ({"injured_on": "2010-12-31"}, "修订前的标准"),
        ({**DIES, "dependants": [WIFE, WIFE]}, "配偶只能有一人"),
        ({**DIES, "death": "after_stop_work", "grade": 5}, "限于一级至四级"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(told, words):
    with pytest.raises(ToldWrong, match=words):
        answer_of(**told)


def test_without_insurance_every_item_is_the_employers_and_the_fund_advances_what_it_does_not_pay():
    found = answer_of(grade=3, insured=False, medical_cost="100", self_care="complete")
    assert {one["payer"] for one in found["items"]} == {"employer"}
    assert any("先行支付" in one["text"] for one in found["remarks"])


def test_months_short_of_twelve_carry_the_mark_to_the_item_and_to_the_whole():
    found = answer_of(grade=10, wages=["5000"] * 11)
    assert {one["confidence"] for one in found["items"]} == {"memory"} == {found["confidence"]}


def test_shandongs_employment_subsidy_is_from_memory_though_its_medical_one_was_seen_at_second_hand():
    items = items_of(grade=8, **LEAVES, region="370000")
    assert (items["medical_subsidy"]["confidence"], items["employment_subsidy"]["confidence"]) == ("seen-2", "memory")


def test_a_worker_who_has_not_left_is_not_asked_about_leaving():
    assert "termination_by" not in missing_of(grade=9)
