"""While the injury is treated: what the fund pays for, and what the employer goes on paying."""

from decimal import Decimal

from gongjian.law.benefits.money import to_cents, written
from gongjian.law.benefits.sheet import Item, Payer, Sheet

COSTS = (
    ("medical", "medical_cost", "工伤医疗费", "条例 第三十条"),
    ("travel", "travel_cost", "统筹地区以外就医的交通、食宿费", "条例 第三十条"),
    ("rehabilitation", "rehabilitation_cost", "工伤康复费", "条例 第三十条"),
    ("devices", "device_cost", "辅助器具费", "条例 第三十二条、令27"),
)


def treatment(sheet: Sheet) -> None:
    """Medical costs, food in hospital, travel, rehabilitation, devices; the wage and the nursing of 停工留薪期.

    Law: 条例 art. 30, 32, 33, 38; 令27 art. 12.
    """
    for id_, fact, title, article in COSTS:
        amount = getattr(sheet.facts, fact)
        if amount is not None:
            sheet.add(
                Item(id_, title, "fund", "cost", to_cents(amount), f"符合规定的费用{written(amount)}", article, "seen")
            )
    hospital_food(sheet)
    stop_work(sheet)
    if sheet.facts.relapse:
        sheet.remark("工伤复发，确认需要治疗的，享受医疗、辅助器具和停工留薪期待遇。", "条例 第三十八条")


def hospital_food(sheet: Sheet, payer: Payer = "fund", article: str = "条例 第三十条") -> None:
    """Days in hospital at the local standard. Law: 条例 art. 30; 令9 art. 4."""
    days = sheet.facts.hospital_days
    if not days or sheet.ask("hospital_food_per_day", "住院伙食补助费") is None:
        return
    standard: Decimal = sheet.facts.hospital_food_per_day or Decimal(0)
    amount = to_cents(standard * days)
    formula = f"每日{written(standard)}×{days}日＝{written(amount)}"
    sheet.add(Item("hospital_food", "住院伙食补助费", payer, "cost", amount, formula, article, "seen"))


def stop_work(sheet: Sheet) -> None:
    """The usual wage goes on, month by month, and the employer provides nursing. Law: 条例 art. 33."""
    facts = sheet.facts
    if facts.stop_work_months and sheet.ask("usual_wage", "停工留薪期工资") is not None:
        wage = to_cents(facts.usual_wage or Decimal(0))
        formula = f"原工资福利待遇每月{written(wage)}，按月支付{facts.stop_work_months}个月"
        sheet.add(
            Item("stop_work_wage", "停工留薪期工资", "employer", "monthly", wage, formula, "条例 第三十三条", "seen")
        )
    if facts.nursing_needed:
        nursing(sheet, "employer", "条例 第三十三条")


def nursing(sheet: Sheet, payer: Payer, article: str) -> None:
    """Nursing is provided by where one works; the nation sets no amount. Law: 条例 art. 33; 令9 art. 4."""
    formula = "由所在单位负责护理，没有全国统一的金额"
    local = sheet.local_if_any("nursing_rule", sheet.facts.injured_on)
    note = f"当地规定：{local.source}。" if local else ""
    title = "治疗期间护理" if payer == "unit" else "停工留薪期护理"
    sheet.add(Item("nursing", title, payer, "monthly", None, formula, article, "seen", note))
