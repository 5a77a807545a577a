"""Death through work, and workers of whom nothing is known: grant, funeral, and the pension of the dependants with its cap."""

from datetime import date
from decimal import Decimal

from gongjian.law.benefits.dependants import NAMES, standing
from gongjian.law.benefits.facts import Dependant
from gongjian.law.benefits.money import HUNDRED, percent, plain, to_cents, written
from gongjian.law.benefits.rates import Rate, rate
from gongjian.law.benefits.sheet import Item, Sheet
from gongjian.law.benefits.wage import OwnWage, own_wage

ARTICLE, MISSING_ARTICLE = "条例 第三十九条", "条例 第四十一条"
PENSION = "供养亲属抚恤金"


def death(sheet: Sheet) -> None:
    """Funeral, dependants' pension, and the grant unless a worker of grades 1-4 died after 停工留薪期. Law: 条例 art. 39; 令13 art. 11."""
    facts = sheet.facts
    if not sheet.ask_all("因工死亡待遇", "injured_on", "died_on", "death"):
        return
    assert facts.died_on and facts.injured_on
    funeral(sheet, facts.injured_on)
    dependants_pension(sheet, facts.died_on, ARTICLE)
    if facts.death == "after_stop_work":
        sheet.remark(
            "一级至四级伤残职工在停工留薪期满后死亡的，享受丧葬补助金和供养亲属抚恤金，没有一次性工亡补助金。", ARTICLE
        )
        return
    worked_out = death_grant(sheet, facts.injured_on)
    if worked_out:
        amount, formula, found = worked_out
        sheet.add(
            Item(
                "death_grant",
                "一次性工亡补助金",
                "fund",
                "one_off",
                amount,
                formula,
                f"{ARTICLE}、令13 第十一条",
                "seen",
            ),
            *found,
        )


def missing_worker(sheet: Sheet) -> None:
    """Three months' wages, then the dependants' pension; half of the grant may be advanced in hardship. Law: 条例 art. 41."""
    facts = sheet.facts
    if not sheet.ask_all("下落不明职工的待遇", "injured_on", "missing_since"):
        return
    assert facts.missing_since and facts.injured_on
    if sheet.ask("usual_wage", "下落不明期间照发的工资") is not None:
        wage, months = to_cents(facts.usual_wage or Decimal(0)), rate("missing_wage_months", facts.injured_on)
        formula = f"每月{written(wage)}，从事故发生当月起照发{plain(months.value)}个月"
        sheet.add(
            Item("missing_wage", "下落不明期间的工资", "employer", "monthly", wage, formula, MISSING_ARTICLE, "seen"),
            months,
        )
    dependants_pension(sheet, facts.missing_since, MISSING_ARTICLE, note="从第4个月起按月支付。")
    worked_out = death_grant(sheet, facts.injured_on) if facts.in_hardship else None
    if worked_out:
        whole, formula, found = worked_out
        share = rate("missing_advance_percent", facts.injured_on)
        amount = percent(share.value, whole)
        formula = f"{formula}，预支{plain(share.value)}%＝{written(amount)}"
        item = Item(
            "death_grant_advance", "预支的一次性工亡补助金", "fund", "one_off", amount, formula, MISSING_ARTICLE, "seen"
        )
        sheet.add(item, *found, share)
    sheet.remark("职工被人民法院宣告死亡的，按照因工死亡的规定处理。", MISSING_ARTICLE)


def funeral(sheet: Sheet, on: date) -> None:
    """Six months of the area's average wage. Law: 条例 art. 39."""
    if sheet.ask("average_wage_at_death", "丧葬补助金") is None:
        return
    months, average = rate("funeral_months", on), sheet.facts.average_wage_at_death or Decimal(0)
    amount = to_cents(average * months.value)
    formula = f"上年度职工月平均工资{written(average)}×{plain(months.value)}个月＝{written(amount)}"
    sheet.add(Item("funeral_grant", "丧葬补助金", "fund", "one_off", amount, formula, ARTICLE, "seen"), months)


def death_grant(sheet: Sheet, injured_on: date) -> tuple[Decimal, str, tuple[Rate, ...]] | None:
    """Twenty times the urban income of the year before the injury: amount, words, what it rests on. Law: 条例 art. 39; 令13 art. 11."""
    income = sheet.national("urban_income", injured_on)
    if income is None:
        return None
    times = rate("death_grant_times", injured_on)
    amount = to_cents(income.value * times.value)
    words = f"{injured_on.year - 1}年全国城镇居民人均可支配收入{written(income.value)}×{plain(times.value)}倍＝{written(amount)}"
    return amount, words, (income, times)


def dependants_pension(sheet: Sheet, on: date, article: str, note: str = "") -> None:
    """Each dependant's share of the own wage; together not more than the wage. Law: 条例 art. 39, 41; 令18 art. 2, 3, 4."""
    if sheet.ask("dependants", PENSION) is None:
        return
    entitled = [one for place, one in enumerate(sheet.facts.dependants or (), start=1) if _holds(sheet, one, place, on)]
    if not entitled:
        sheet.remark("按所填事实，没有符合条件的供养亲属。", "令18 第二条、第三条")
        return
    wage = own_wage(sheet, PENSION)
    if wage is None:
        return
    assert sheet.facts.injured_on
    found = rate("dependant_percent", sheet.facts.injured_on)
    amount, formula = _together(entitled, wage, found)
    if amount == wage.amount and "超过" in formula:
        sheet.remark("“生前的工资”此处按本人工资理解；超过时各人怎样分配由经办机构核定。", article, "inference")
    sheet.add(
        Item("dependants_pension", PENSION, "fund", "monthly", amount, formula, article, wage.confidence, note), found
    )


def share_of(one: Dependant, found: Rate) -> Decimal:
    """Per cent of the own wage: spouse, others, and more for who is left alone. Law: 条例 art. 39."""
    spouse, other, alone = found.values
    return (spouse if one.relation == "spouse" else other) + (alone if one.alone else 0)


def _together(entitled: list[Dependant], wage: OwnWage, found: Rate) -> tuple[Decimal, str]:
    shares = [share_of(one, found) for one in entitled]
    amounts = [to_cents(wage.amount * share / HUNDRED) for share in shares]
    total = sum(amounts, Decimal(0))
    each = "；".join(
        f"{NAMES[one.relation]}{plain(share)}%＝{written(amount)}"
        for one, share, amount in zip(entitled, shares, amounts, strict=True)
    )
    words = f"本人工资{written(wage.amount)}：{each}；合计{written(total)}（每月）"
    if total > wage.amount:
        return wage.amount, f"{words}，超过本人工资，以{written(wage.amount)}为限"
    return total, words


def _holds(sheet: Sheet, one: Dependant, place: int, on: date) -> bool:
    found = standing(one, on)
    for name in found.missing:
        sheet.ask_about(f"dependants[{place}].{name}", name, PENSION)
    if found.why:
        sheet.remark(
            f"供养亲属{place}，{found.why}{'' if found.holds else '不享受抚恤金。'}", "令18 第二条、第三条、第四条"
        )
    return bool(found.holds)
