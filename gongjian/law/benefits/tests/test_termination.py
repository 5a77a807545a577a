"""When the employment ends: what is asked, refused and said."""

import pytest

from gongjian.law.benefits.tests.builders import answer_of, items_of, missing_of

LEAVING = {
    "grade": 9,
    "work_arranged": True,
    "terminated_on": "2026-11-02",
    "termination_by": "worker",
    "retirement_on": "2046-05-01",
    "average_wage_at_termination": "8000",
}
TWO = {"medical_subsidy", "employment_subsidy"}


def test_the_formula_names_the_base_and_the_months():
    items = items_of(**LEAVING, region="330100")
    assert items["medical_subsidy"]["formula"] == "全省上年度职工月平均工资8,000.00元×4个月＝32,000.00元"
    assert items["employment_subsidy"]["article"] == "条例 第三十七条、浙江省工伤保险条例（2020-09-24修正）"


def test_the_formula_names_the_rise_and_the_reduction():
    told = {**LEAVING, "region": "410000", "occupational_disease": True, "retirement_on": "2029-05-01"}
    items = items_of(**told)
    assert items["medical_subsidy"]["formula"] == (
        "统筹地区上年度职工月平均工资8,000.00元×8个月×130%（职业病增加30%）＝83,200.00元"
    )
    assert items["employment_subsidy"]["formula"] == (
        "统筹地区上年度职工月平均工资8,000.00元×16个月×40%（距法定退休年龄不足3年）＝51,200.00元"
    )


def test_a_fixed_amount_is_written_in_ten_thousands():
    assert items_of(**LEAVING, region="320500")["employment_subsidy"]["formula"] == "2.5万元＝25,000.00元"


def test_guangdong_counts_in_the_own_wage():
    assert items_of(**LEAVING, region="440300")["medical_subsidy"]["formula"] == "本人工资5,000.00元×2个月＝10,000.00元"


@pytest.mark.parametrize(
    ("region", "confidence"),
    [("330000", "seen"), ("410000", "seen-2"), ("370000", "memory"), ("440000", "memory"), ("320000", "memory")],
)
def test_the_mark_of_the_data_reaches_the_item(region, confidence):
    assert items_of(**LEAVING, region=region)["employment_subsidy"]["confidence"] == confidence


@pytest.mark.parametrize("region", ["110000", "510100", "650000", "990100"])
def test_a_province_without_recorded_standards_is_refused_with_a_sentence(region):
    answer = answer_of(**LEAVING, region=region)
    assert not TWO & {one["id"] for one in answer["items"]}
    assert f"“一次性工伤医疗补助金（五级至十级）”由当地规定，{region}的标准尚未录入，不能计算。" in answer["refused"][0]
    assert "不能计算" in "".join(answer["lines"])


def test_the_grant_stands_although_the_province_is_refused():
    assert items_of(**LEAVING, region="110000")["disability_grant"]["amount"] == "45000.00"


def test_a_day_before_the_recorded_standard_is_refused():
    told = {**LEAVING, "region": "440000", "injured_on": "2017-02-01", "terminated_on": "2019-06-30"}
    answer = answer_of(**told)
    assert not TWO & {one["id"] for one in answer["items"]}
    assert "没有适用于2019-06-30的标准" in answer["refused"][0]


@pytest.mark.parametrize("name", ["region", "termination_by", "retirement_on", "average_wage_at_termination"])
def test_what_is_missing_is_asked_for_by_name(name):
    assert missing_of(**{**LEAVING, name: ...}) == [name]


def test_nothing_is_asked_about_the_end_while_the_employment_goes_on():
    answer = answer_of(grade=9)
    assert (answer["missing"], answer["refused"]) == ([], [])


@pytest.mark.parametrize("grade", [5, 6])
def test_expiry_does_not_end_the_employment_of_grades_5_and_6(grade):
    answer = answer_of(**{**LEAVING, "grade": grade, "termination_by": "expiry"})
    assert not TWO & {one["id"] for one in answer["items"]}
    assert "合同期满不能终止" in answer["refused"][0]


def test_a_dismissal_is_computed_with_a_warning_and_a_mark():
    answer = answer_of(**{**LEAVING, "termination_by": "employer"})
    items = {one["id"]: one for one in answer["items"]}
    assert items["employment_subsidy"]["confidence"] == "inference"
    assert "先确认解除是否合法" in "".join(answer["lines"])


def test_in_zhejiang_the_last_year_before_retirement_is_not_written_and_so_refused():
    answer = answer_of(**{**LEAVING, "retirement_on": "2027-11-01"})
    assert TWO & {one["id"] for one in answer["items"]} == {"medical_subsidy"}
    assert "没有写明" in answer["refused"][0]


@pytest.mark.parametrize("day", ["2026-11-02", "2026-11-01"])
def test_at_retirement_shandong_pays_no_medical_subsidy(day):
    answer = answer_of(**{**LEAVING, "region": "370000", "retirement_on": day})
    assert not TWO & {one["id"] for one in answer["items"]}
    assert "不支付一次性工伤医疗补助金" in "".join(one["text"] for one in answer["remarks"])


def test_at_retirement_elsewhere_it_is_refused():
    answer = answer_of(**{**LEAVING, "retirement_on": "2026-11-02"})
    assert not TWO & {one["id"] for one in answer["items"]}
    assert len(answer["refused"]) == 2


def test_the_totals_are_by_payer():
    assert answer_of(**LEAVING)["one_off_totals"] == {"fund": "77000.00", "employer": "32000.00"}


def test_several_injuries_in_zhejiang_are_settled_by_the_highest_grade():
    answer = answer_of(**{**LEAVING, "earlier_grades": [10, 7]})
    items = {one["id"]: one for one in answer["items"]}
    assert (items["medical_subsidy"]["amount"], items["disability_grant"]["amount"]) == ("80000.00", "45000.00")
    assert "按最高的伤残等级（7级）" in "".join(answer["lines"])


def test_several_injuries_where_no_rule_is_recorded_are_refused():
    answer = answer_of(**{**LEAVING, "region": "370000", "earlier_grades": [10]})
    assert not TWO & {one["id"] for one in answer["items"]}
    assert "多次工伤" in answer["refused"][0]


def test_stopped_benefits_have_no_subsidies():
    assert not TWO & set(items_of(**LEAVING, benefits_stopped="conditions_lost"))
