"""Where one answer ends and another begins: days, months, cents and payers, each worked out by hand from the articles."""

import random
from decimal import Decimal
from itertools import pairwise

import pytest

from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.law.benefits.tests.builders import answer_of, facts_of, items_of, missing_of
from gongjian.law.errors import ToldWrong

LEAVES = {
    "terminated_on": "2026-09-01",
    "termination_by": "worker",
    "retirement_on": "2046-05-01",
    "average_wage_at_termination": "8000",
}
DIES = {
    "matter": "death",
    "injured_on": "2026-03-02",
    "died_on": "2026-03-05",
    "death": "direct",
    "average_wage_at_death": "8000",
    "dependants": [],
}
WIFE = {"relation": "spouse", "sex": "female", "born": "1960-01-01", "lived_on_deceased": True}
CHILD = {"relation": "child", "born": "2015-01-01", "lived_on_deceased": True}
SICK = {
    "matter": "illness",
    "injured_on": ...,
    "totally_incapacitated": True,
    "applied_on": "2026-03-02",
    "retirement_on": "2046-01-01",
    "minimum_contribution_months": 240,
}
ILLEGAL = {"matter": "illegal", "grade": 10, "annual_average_wage": "96000"}


# The own wage: 条例 art. 64.


@pytest.mark.parametrize(
    ("monthly", "wage", "words"),
    [
        ("2999.99", "3000.00", "低于下限"),
        ("3000.00", "3000.00", "在上下限之内"),
        ("3000.01", "3000.01", "在上下限之内"),
        ("14999.99", "14999.99", "在上下限之内"),
        ("15000.00", "15000.00", "在上下限之内"),
        ("15000.01", "15000.00", "高于上限"),
    ],
)
def test_sixty_and_three_hundred_per_cent_of_the_average_wage_themselves_are_within_the_bounds(monthly, wage, words):
    found = answer_of(grade=10, wages=[monthly] * 12, average_wage_at_injury="5000")["own_wage"]
    assert found["amount"] == wage
    assert words in "".join(found["working"])


def test_half_a_cent_is_rounded_up_and_not_to_the_even_cent():
    wages = ["5000.00"] * 11 + ["5000.06"]  # 60,000.06 / 12 = 5,000.005
    assert answer_of(grade=10, wages=wages)["own_wage"]["amount"] == "5000.01"
    told = {"wages": ["3333.34"] * 12, "average_wage_at_injury": "5000"}
    assert items_of(grade=4, **told)["disability_allowance"]["amount"] == "2500.01"  # 75 % = 2,500.005


def test_the_grant_is_counted_from_the_wage_as_it_is_written_so_that_a_reader_can_repeat_it():
    item = items_of(grade=1, wages=["5000.00"] * 11 + ["5000.06"])["disability_grant"]
    assert item["amount"] == "135000.27"
    assert item["formula"] == "本人工资5,000.01元×27个月＝135,000.27元"


def test_raising_every_wage_never_lowers_any_benefit_of_any_grade():
    order = random.Random(64)
    for _ in range(12):
        grade, average = order.randint(1, 10), order.randint(300_000, 1_200_000)
        amounts = []
        for cents in sorted(order.randint(0, 4_000_000) for _ in range(4)):
            wages = [f"{cents // 100}.{cents % 100:02d}"] * 12
            told = {"average_wage_at_injury": f"{average // 100}.{average % 100:02d}", "minimum_wage": "0.01"}
            items = items_of(grade=grade, wages=wages, work_arranged=False, **told)
            amounts.append({id_: Decimal(one["amount"]) for id_, one in items.items()})
        for less, more in pairwise(amounts):
            assert less.keys() == more.keys()
            assert all(less[id_] <= more[id_] for id_ in less)


@pytest.mark.parametrize("region", ["320000", "330000", "370000", "410000", "440000"])
def test_no_lighter_grade_is_paid_more_than_a_heavier_one(region):
    paid = []
    for grade in range(5, 11):
        items = items_of(grade=grade, work_arranged=True, region=region, **LEAVES)
        paid.append(
            [Decimal(items[one]["amount"]) for one in ("disability_grant", "medical_subsidy", "employment_subsidy")]
        )
    for heavier, lighter in pairwise(paid):
        assert all(more > less for more, less in zip(heavier, lighter, strict=True))


# Leaving the employer: 条例 art. 36, 37, 45.


@pytest.mark.parametrize(
    ("grade", "earlier", "by", "medical"),
    [
        (7, [], "expiry", "80000.00"),
        (7, [8], "expiry", "80000.00"),
        (8, [7], "expiry", "80000.00"),
        (7, [6], "expiry", None),
        (10, [5], "expiry", None),
        (10, [9, 6, 8], "expiry", None),
        (6, [], "expiry", None),
        (7, [6], "worker", "200000.00"),
        (10, [5], "worker", "240000.00"),
    ],
)
def test_who_ever_was_graded_five_or_six_keeps_the_employment_and_leaves_by_their_own_wish_alone(
    grade, earlier, by, medical
):
    told = {"grade": grade, "earlier_grades": earlier, "work_arranged": True, **LEAVES, "termination_by": by}
    item = items_of(**told).get("medical_subsidy")
    assert (item and item["amount"]) == medical
    refused = "".join(answer_of(**told)["refused"])
    assert ("合同期满不能终止" in refused) == (medical is None)


def test_what_is_refused_for_an_earlier_grade_stands_under_the_article_of_that_grade():
    found = statement(read_facts(facts_of(grade=9, earlier_grades=[6], **{**LEAVES, "termination_by": "expiry"})))
    assert [one.article for one in found.refused] == ["条例 第三十六条"]


def test_an_earlier_grade_of_one_to_four_leaves_no_way_to_end_the_employment():
    with pytest.raises(ToldWrong, match="没有解除或者终止劳动关系的待遇"):
        answer_of(grade=9, earlier_grades=[4], **LEAVES)


def test_only_what_is_paid_once_is_summed_and_each_payer_has_a_sum_of_their_own():
    told = {"grade": 9, "medical_cost": "1234.56", "stop_work_months": 3, "usual_wage": "6000", **LEAVES}
    found = statement(read_facts(facts_of(**told)))
    assert found.one_off_totals == {"fund": Decimal("77000.00"), "employer": Decimal("32000.00")}


def test_the_years_to_retirement_are_whole_years_from_the_last_day_of_work():
    subsidies = {
        retires: items_of(grade=10, **{**LEAVES, "terminated_on": "2028-02-29", "retirement_on": retires})
        for retires in ("2033-02-27", "2033-02-28", "2032-02-28", "2032-02-29")
    }
    assert {day: items["employment_subsidy"]["amount"] for day, items in subsidies.items()} == {
        "2033-02-27": "12800.00",  # one day short of five years: 80 % of 16,000
        "2033-02-28": "16000.00",  # February 2033 has no 29th
        "2032-02-28": "9600.00",  # one day short of four years: 60 %
        "2032-02-29": "12800.00",
    }


# Insurance taken up later: 条例 art. 62; 人社部发〔2016〕29号 三.

EVERYTHING = {
    "grade": 4,
    "self_care": "partial",
    "medical_cost": "1000",
    "rehabilitation_cost": "100",
    "travel_cost": "10",
    "device_cost": "500",
    "hospital_days": 2,
    "hospital_food_per_day": "30",
    "minimum_wage": "4000",
    "stop_work_months": 2,
    "usual_wage": "5200",
}
NEW_COSTS = {"medical", "rehabilitation", "travel", "devices", "hospital_food"}
NEW_BY_THE_MONTH = {"living_care", "disability_allowance", "allowance_top_up"}


def test_of_what_the_fund_would_pay_only_what_newly_arises_is_the_funds_after_late_insurance():
    insured = items_of(**EVERYTHING)
    late = items_of(**EVERYTHING, insured=False, insured_later_on="2026-08-01")
    assert {id_ for id_, one in insured.items() if one["payer"] == "employer"} == {"stop_work_wage"}
    assert {id_ for id_, one in late.items() if one["payer"] == "fund"} == NEW_BY_THE_MONTH
    assert {id_ for id_, one in late.items() if "参保后新发生" in one["note"]} == NEW_COSTS
    assert {id_ for id_, one in late.items() if "此前由用人单位支付" in one["note"]} == NEW_BY_THE_MONTH
    assert {id_: one["amount"] for id_, one in late.items()} == {id_: one["amount"] for id_, one in insured.items()}


def test_after_a_death_the_pension_of_the_family_is_newly_arising_and_the_grants_are_the_employers():
    told = {**DIES, "dependants": [WIFE], "insured": False}
    late = items_of(**told, insured_later_on="2026-08-01")
    assert {id_: one["payer"] for id_, one in late.items()} == {
        "funeral_grant": "employer",
        "dependants_pension": "fund",
        "death_grant": "employer",
    }
    assert {one["payer"] for one in items_of(**told).values()} == {"employer"}


def test_the_employers_own_duties_are_the_employers_with_and_without_insurance():
    told = {"grade": 6, "work_arranged": False, "stop_work_months": 2, "usual_wage": "5200", "minimum_wage": "3600"}
    for about in ({}, {"insured": False}, {"insured": False, "insured_later_on": "2026-08-01"}):
        items = items_of(**told, **about)
        own = {items[one]["payer"] for one in ("stop_work_wage", "disability_allowance", "allowance_top_up")}
        assert own == {"employer"}
        assert items["allowance_top_up"]["amount"] == "600.00"


# Death: 条例 art. 39, 41.


@pytest.mark.parametrize(
    ("injured", "died", "grant"),
    [
        ("2025-12-31", "2026-01-01", "1083760.00"),
        ("2026-01-01", "2026-01-01", "1130040.00"),
        ("2026-12-31", "2027-11-30", "1130040.00"),
    ],
)
def test_the_income_of_the_year_before_the_injury_counts_however_late_the_death(injured, died, grant):
    told = {**DIES, "injured_on": injured, "died_on": died, "death": "in_stop_work"}
    assert items_of(**told)["death_grant"]["amount"] == grant


def test_shares_that_make_a_hundred_per_cent_do_not_exceed_the_wage_by_a_rounded_cent():
    told = {**DIES, "wages": ["3333.35"] * 12, "average_wage_at_injury": "5000"}
    item = items_of(**{**told, "dependants": [WIFE, CHILD, CHILD]})["dependants_pension"]
    assert item["amount"] == "3333.35"  # 1,333.34 + 1,000.01 + 1,000.01 would be a cent more
    assert "合计3,333.36元" in item["formula"]
    less = items_of(**{**told, "dependants": [WIFE, CHILD]})["dependants_pension"]
    assert (less["amount"], "超过" in less["formula"]) == ("2333.35", False)


@pytest.mark.parametrize("matter", ["injury", "missing", "illness"])
def test_a_day_of_death_belongs_to_a_death_and_is_not_passed_over(matter):
    with pytest.raises(ToldWrong, match="应为因工死亡"):
        answer_of(matter=matter, died_on="2026-06-01")


def test_half_of_the_grant_is_advanced_to_a_family_in_hardship_and_to_no_other():
    told = {"matter": "missing", "missing_since": "2026-03-02", "usual_wage": "5200", "dependants": [WIFE, CHILD]}
    hard = items_of(**told, in_hardship=True)
    assert hard["death_grant_advance"]["amount"] == "565020.00"
    assert (hard["missing_wage"]["amount"], hard["missing_wage"]["payer"]) == ("5200.00", "employer")
    assert (hard["dependants_pension"]["amount"], hard["dependants_pension"]["payer"]) == ("3500.00", "fund")
    assert "第4个月" in hard["dependants_pension"]["note"]
    assert "death_grant_advance" not in items_of(**told)


def test_where_a_third_party_caused_it_the_statement_says_so_of_a_missing_worker_too():
    told = {"matter": "missing", "missing_since": "2026-03-02", "third_party": True}
    assert "差额补足" in "".join(answer_of(**told)["refused"])
    assert "仍可享受工伤待遇" in "".join(answer_of(**told, region="410000")["lines"])
    assert missing_of(**told, region=...)[-1] == "region"


# Illegal employment: 令9 art. 4.


def test_the_unit_pays_food_in_hospital_and_nursing_as_well_as_the_treatment():
    items = items_of(**ILLEGAL, hospital_days=12, hospital_food_per_day="33.35", nursing_needed=True, medical_cost="9")
    assert {id_: (one["amount"], one["payer"], one["article"]) for id_, one in items.items()} == {
        "medical": ("9.00", "unit", "令9 第四条"),
        "hospital_food": ("400.20", "unit", "令9 第四条"),
        "nursing": (None, "unit", "令9 第四条"),
        "illegal_compensation": ("96000.00", "unit", "令9 第五条"),
    }
    assert missing_of(**ILLEGAL, hospital_days=12) == ["hospital_food_per_day"]


def test_nothing_of_illegal_employment_falls_to_the_fund_or_to_an_employer():
    told = {**ILLEGAL, "hospital_days": 1, "hospital_food_per_day": "30", "nursing_needed": True, "insured": False}
    assert {one["payer"] for one in items_of(**told, treatment_months=2).values()} == {"unit"}
    dead = {**told, "grade": ..., "annual_average_wage": ..., "died_on": "2026-05-01"}
    assert {one["payer"] for one in items_of(**dead).values()} == {"unit"}


# The allowance for illness: 72号 art. 3-5.


def months_of(contributions):
    """How many months of allowance the statement gives for so many months of contributions."""
    formula = items_of(**SICK, contribution_months=contributions)["sickness_allowance"]["formula"]
    return int(formula.partition("共")[2].partition("个月")[0])


@pytest.mark.parametrize(
    ("contributions", "months"),
    [
        (0, 12),
        (59, 12),
        (60, 12),
        (61, 15),
        (72, 15),
        (73, 18),
        (119, 27),
        (120, 27),
        (121, 30),
        (179, 42),
        (180, 42),
        (239, 57),
    ],
)
def test_a_year_begun_beyond_the_fifth_counts_as_a_whole_year(contributions, months):
    assert months_of(contributions) == months


def test_who_is_far_from_retirement_reads_that_the_allowance_is_reckoned_anew_five_years_before_it():
    told = {**SICK, "contribution_months": 240}
    assert "距离法定退休年龄5年时，病残津贴按第三条的办法重新核算" in "".join(answer_of(**told)["lines"])
    near = {**told, "retirement_on": "2031-03-02"}
    assert "重新核算" not in "".join(answer_of(**near)["lines"])


def test_another_year_of_contributions_beyond_the_fifth_is_always_three_months_more():
    for contributions in (60, 61, 95, 96, 150, 227):
        assert months_of(contributions + 12) == months_of(contributions) + 3
