"""The basics of 病残津贴: who may have it, by which of the three standards, and for how long; the amount is the agency's."""

from datetime import date
from math import ceil

from gongjian.law.benefits.money import plain
from gongjian.law.benefits.rates import Rate
from gongjian.law.benefits.sheet import Item, Sheet
from gongjian.law.benefits.termination import whole_years
from gongjian.law.counting import DAY
from gongjian.law.parameters import Confidence

YEAR = 12
SHORT_YEARS = 5
PURPOSE = "病残津贴"


def illness(sheet: Sheet) -> None:
    """Complete loss of labour capacity, before retirement age, from 2025-01-01 on. Law: 72号 art. 1, 2, 3, 4, 5."""
    facts = sheet.facts
    if sheet.ask("totally_incapacitated", PURPOSE) is None:
        return
    if not facts.totally_incapacitated:
        sheet.remark(
            "未达到完全丧失劳动能力的，不领取病残津贴；结论生效满一年后可以重新申请鉴定。",
            "72号、令55 第二十一条",
            "seen-2",
        )
        return
    if not sheet.ask_all(PURPOSE, "applied_on", "retirement_on", "contribution_months", "minimum_contribution_months"):
        return
    assert facts.applied_on and facts.retirement_on
    if facts.applied_on >= facts.retirement_on:
        sheet.refuse("申请时已达到法定退休年龄的，不适用病残津贴，应办理退休。", "72号 第二条")
        return
    near, months = (
        sheet.national("sickness_near_years", facts.applied_on),
        sheet.national("sickness_months", facts.applied_on),
    )
    if near and months:
        standard(sheet, facts.applied_on, near, months)


def standard(sheet: Sheet, on: date, near: Rate, months: Rate) -> None:
    """Which of the three standards. Law: 72号 art. 3, 4, 5."""
    facts = sheet.facts
    assert (
        facts.retirement_on and facts.contribution_months is not None and facts.minimum_contribution_months is not None
    )
    if facts.contribution_months < facts.minimum_contribution_months:
        lasting = allowance_months(facts.contribution_months, months)
        _add(sheet, f"缴费年限不满最低缴费年限，有期限地领取，共{lasting}个月", "72号 第五条", "seen-2", months)
        return
    if whole_years(on, facts.retirement_on - DAY) < near.value:
        _add(
            sheet,
            f"满最低缴费年限且距退休{plain(near.value)}年以内，按待遇领取地基本养老金的办法计发",
            "72号 第三条",
            "seen-2",
            near,
        )
    else:
        _add(
            sheet,
            f"满最低缴费年限且距退休{plain(near.value)}年以上，按基础养老金的水平计发",
            "72号 第四条",
            "seen-2",
            near,
        )
        sheet.remark(
            f"距离法定退休年龄{plain(near.value)}年时，病残津贴按第三条的办法重新核算。", "72号 第四条", "seen-2"
        )


def allowance_months(contribution_months: int, rates: Rate) -> int:
    """How many months: 12 up to five years of contributions, three more for each year beyond, a year begun counting whole. Law: 72号 art. 5."""
    first, more = rates.values
    beyond = ceil(max(contribution_months - SHORT_YEARS * YEAR, 0) / YEAR)
    return int(first + more * beyond)


def _add(sheet: Sheet, formula: str, article: str, confidence: Confidence, basis: Rate) -> None:
    note = "领取期间不缴纳基本养老保险费；再就业并缴费的，自次月起停发；经复查未完全丧失劳动能力的，自次月起停发。"
    sheet.add(
        Item("sickness_allowance", "病残津贴", "pension_fund", "monthly", None, formula, article, confidence, note),
        basis,
    )
