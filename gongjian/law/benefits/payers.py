"""Who pays in the end: an employer without insurance, insurance taken up late, a third party, an earlier injury."""

from dataclasses import replace
from decimal import Decimal

from gongjian.law.benefits.money import written
from gongjian.law.benefits.rates import rate
from gongjian.law.benefits.sheet import Item, Sheet
from gongjian.law.marks import weakest

ARTICLE = "条例 第六十二条"
NEWLY_ARISING = frozenset(
    {
        "medical",
        "hospital_food",
        "travel",
        "rehabilitation",
        "devices",
        "living_care",
        "disability_allowance",
        "allowance_top_up",
        "dependants_pension",
    }
)


def uninsured(sheet: Sheet) -> None:
    """The employer pays what the fund would; after late insurance the fund pays what newly arises. Law: 条例 art. 62; 社保法 art. 41."""
    facts = sheet.facts
    if not any(one.payer == "fund" for one in sheet.items) or sheet.ask("insured", "由谁支付") is not False:
        return
    sheet.items[:] = [_shifted(one, sheet) if one.payer == "fund" else one for one in sheet.items]
    sheet.remark("受伤时未参加工伤保险的，由用人单位按规定的项目和标准支付。", ARTICLE)
    sheet.remark("用人单位不支付的，可以申请从工伤保险基金中先行支付，由用人单位偿还。", "社保法 第四十一条")
    if facts.insured_later_on:
        text = f"{facts.insured_later_on:%Y-%m-%d}补缴参保后，新发生的费用由工伤保险基金支付；哪些属于新发生的费用尚未与文件原文核对。"
        sheet.remark(text, ARTICLE, "memory")


def third_party(sheet: Sheet) -> None:
    """Benefits are paid beside the civil claim, but not the medical costs that the third party has paid.

    Law: 法释9 art. 8; 社保法 art. 42. Where the province sets off (差额补足), no amount is changed and the statement says so.
    """
    facts = sheet.facts
    if not facts.third_party or facts.injured_on is None or sheet.ask("region", "第三人侵权的处理") is None:
        return
    rule = rate("third_party_rule", facts.injured_on, facts.region)
    if rule.word != "medical only":
        sheet.refuse(f"当地对第三人侵权实行差额补足（{rule.source}），怎样抵扣没有录入；以上金额没有扣除第三人的赔偿。")
        return
    sheet.remark("已向第三人索赔的，仍可享受工伤待遇，但第三人已经支付的医疗费除外。", rule.source)
    sheet.remark("第三人不支付医疗费或者无法确定第三人的，由工伤保险基金先行支付后追偿。", "社保法 第四十二条")
    if any(one.id == "medical" for one in sheet.items) and sheet.ask("third_party_medical", "工伤医疗费") is not None:
        paid = facts.third_party_medical or Decimal(0)
        sheet.items[:] = [_less(one, paid) if one.id == "medical" else one for one in sheet.items]


def earlier_injuries(sheet: Sheet) -> None:
    """A new injury: the allowance follows the newly recognised grade, each injury has its own grant. Law: 条例 art. 45."""
    if sheet.facts.earlier_grades:
        sheet.remark("再次发生工伤的，伤残津贴按新认定的伤残等级（grade）享受。", "条例 第四十五条")
        sheet.remark("本单只计算本次工伤的一次性伤残补助金，以前各次的不在其中。", "条例 第四十五条", "inference")


def _shifted(one: Item, sheet: Sheet) -> Item:
    article, later = f"{one.article}、{ARTICLE}", sheet.facts.insured_later_on
    if later is None:
        return replace(one, payer="employer", article=article)
    sure = weakest([one.confidence, "memory"])
    if one.id == "medical_subsidy" and (sheet.facts.terminated_on or later) >= later:
        note = f"{one.note}解除或者终止在{later:%Y-%m-%d}参保以后，由工伤保险基金支付。"
        return replace(one, article=article, note=note, confidence=sure)
    if one.id in NEWLY_ARISING and one.rhythm == "monthly":
        note = f"{one.note}自{later:%Y-%m-%d}起由工伤保险基金支付，此前由用人单位支付。"
        return replace(one, article=article, note=note, confidence=sure)
    if one.id in NEWLY_ARISING:
        note = f"{one.note}{later:%Y-%m-%d}参保后新发生的部分由工伤保险基金支付。"
        return replace(one, payer="employer", article=article, note=note, confidence=sure)
    return replace(one, payer="employer", article=article)


def _less(one: Item, paid: Decimal) -> Item:
    left = max((one.amount or Decimal(0)) - paid, Decimal("0.00"))
    formula = f"{one.formula}－第三人已经支付的医疗费{written(paid)}＝{written(left)}"
    return replace(one, amount=left, formula=formula, article=f"{one.article}、法释9 第八条")
