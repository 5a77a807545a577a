"""Units without a licence and child labour: no recognition, a one-off compensation after the appraisal, all from the unit."""

from decimal import Decimal

from gongjian.law.benefits.money import plain, to_cents, written
from gongjian.law.benefits.rates import rate
from gongjian.law.benefits.sheet import Item, Sheet
from gongjian.law.benefits.treatment import COSTS, hospital_food, nursing

TREATMENT = "令9 第四条"


def illegal_employment(sheet: Sheet) -> None:
    """Treatment, living costs while it lasts, and the compensation by grade or for death. Law: 条例 art. 66; 令9 art. 3, 4, 5, 6."""
    if sheet.ask("injured_on", "非法用工一次性赔偿") is None:
        return
    sheet.remark(
        "非法用工伤亡不作工伤认定；经劳动能力鉴定后，由单位一次性赔偿，鉴定费由单位支付。",
        "条例 第六十六条、令9 第三条",
    )
    treatment_of_unit(sheet)
    if sheet.facts.died_on:
        compensation_for_death(sheet)
    else:
        compensation(sheet)


def treatment_of_unit(sheet: Sheet) -> None:
    """Costs of the treatment with food in hospital and nursing, and living costs at the area's average wage. Law: 令9 art. 4."""
    facts = sheet.facts
    for id_, fact, title, _ in COSTS:
        cost = getattr(facts, fact)
        if cost is not None:
            sheet.add(
                Item(id_, title, "unit", "cost", to_cents(cost), f"符合规定的费用{written(cost)}", TREATMENT, "seen")
            )
    hospital_food(sheet, "unit", TREATMENT)
    if facts.nursing_needed:
        nursing(sheet, "unit", TREATMENT)
    if facts.treatment_months and sheet.ask("average_wage_now", "治疗期间生活费") is not None:
        wage = to_cents(facts.average_wage_now or Decimal(0))
        formula = f"上年度职工月平均工资{written(wage)}，按月支付{facts.treatment_months}个月"
        sheet.add(Item("illegal_living", "治疗期间生活费", "unit", "monthly", wage, formula, TREATMENT, "seen"))


def compensation(sheet: Sheet) -> None:
    """So many times the area's yearly average wage, by grade. Law: 令9 art. 5."""
    facts = sheet.facts
    if not sheet.ask_all("一次性赔偿金", "grade", "annual_average_wage"):
        return
    assert facts.grade and facts.injured_on and facts.annual_average_wage
    found = rate("illegal_times", facts.injured_on)
    times = found.of_grade(facts.grade)
    amount = to_cents(facts.annual_average_wage * times)
    formula = f"上年度职工年平均工资{written(facts.annual_average_wage)}×{plain(times)}倍＝{written(amount)}"
    sheet.add(
        Item("illegal_compensation", "一次性赔偿金", "unit", "one_off", amount, formula, "令9 第五条", "seen"), found
    )


def compensation_for_death(sheet: Sheet) -> None:
    """Twenty times the urban income, and ten times more for the funeral and the rest. Law: 令9 art. 6."""
    assert sheet.facts.injured_on
    income = sheet.national("urban_income", sheet.facts.injured_on)
    if income is None:
        return
    found = rate("illegal_death_times", sheet.facts.injured_on)
    titles = (("illegal_death", "一次性赔偿金"), ("illegal_funeral", "丧葬补助等其他赔偿金"))
    for (id_, title), times in zip(titles, found.values, strict=True):
        amount = to_cents(income.value * times)
        formula = f"上一年度全国城镇居民人均可支配收入{written(income.value)}×{plain(times)}倍＝{written(amount)}"
        sheet.add(
            Item(id_, title, "unit", "one_off", amount, formula, "令9 第六条", "seen"),
            income,
            found,
            also=["inference"],
        )
    sheet.remark("“上一年度”此处按受伤的上一年度理解。", "令9 第六条", "inference")
