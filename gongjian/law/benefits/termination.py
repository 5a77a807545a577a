"""The two subsidies when the employment of grades 5-10 ends: each province has its own months and its own base."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gongjian.law.benefits.disability import LAST_OF_FUND, LAST_WITH_ALLOWANCE, article_of
from gongjian.law.benefits.money import HUNDRED, plain, to_cents, written
from gongjian.law.benefits.rates import Rate
from gongjian.law.benefits.sheet import Item, Payer, Sheet
from gongjian.law.benefits.wage import own_wage
from gongjian.law.counting import MONTHS, months_after
from gongjian.law.parameters import Confidence

FIRST_GRADE = LAST_OF_FUND + 1
NEAR_YEARS = 5
TEN_THOUSAND = Decimal(10_000)
PURPOSE = "解除或者终止劳动关系的两项补助金"
MEDICAL, EMPLOYMENT = "一次性工伤医疗补助金", "一次性伤残就业补助金"


class Base(NamedTuple):
    """What a subsidy is counted in: the yuan of one month (or 10,000 yuan), its words, and what they rest on."""

    amount: Decimal
    words: str
    confidence: Confidence


class Factor(NamedTuple):
    """A rise or a reduction in per cent of the whole, its words, and the rate it comes from."""

    percent: Decimal
    words: str
    rates: tuple[Rate, ...]


WHOLE = Factor(HUNDRED, "", ())


def termination(sheet: Sheet) -> None:
    """Medical subsidy from the fund, employment subsidy from the employer, at the standard of the province.

    Law: 条例 art. 36, 37; 社保法 art. 38, 39. Nothing is computed for a province without recorded standards.
    """
    facts = sheet.facts
    if not facts.terminated_on or not facts.grade or facts.grade < FIRST_GRADE or facts.benefits_stopped:
        return
    if not sheet.ask_all(PURPOSE, "region", "termination_by", "retirement_on"):
        return
    worst = min((facts.grade, *facts.earlier_grades))
    if worst <= LAST_WITH_ALLOWANCE and facts.termination_by == "expiry":
        sheet.refuse(
            "五级、六级伤残职工保留劳动关系，合同期满不能终止；经本人提出解除或者终止的，才支付两项补助金。",
            article_of(worst),
        )
        return
    grade = _grade_that_counts(sheet, facts.terminated_on)
    if grade is None:
        return
    also = _ended_by_employer(sheet, grade)
    medical(sheet, grade, facts.terminated_on, also)
    employment_subsidy(sheet, grade, facts.terminated_on, also)


def medical(sheet: Sheet, grade: int, on: date, also: Sequence[Confidence]) -> None:
    """The medical subsidy, with the rise for occupational diseases. Law: 条例 art. 36, 37."""
    if _at_retirement(sheet, on):
        found = sheet.local("medical_at_retirement", on)
        if found:
            sheet.remark(
                f"解除时已达到退休年龄的，不支付{MEDICAL}（{found.source}）。", article_of(grade), found.confidence
            )
        return
    factor = WHOLE
    if sheet.facts.occupational_disease:
        rise = sheet.local("disease_uplift", on)
        if rise is None:
            return
        factor = Factor(
            HUNDRED + rise.value, f"×{plain(HUNDRED + rise.value)}%（职业病增加{plain(rise.value)}%）", (rise,)
        )
    _subsidy(sheet, "medical", grade, on, factor, also)


def employment_subsidy(sheet: Sheet, grade: int, on: date, also: Sequence[Confidence]) -> None:
    """The employment subsidy, reduced near retirement where the province says how. Law: 条例 art. 36, 37."""
    if _at_retirement(sheet, on):
        sheet.refuse(
            f"解除时已达到法定退休年龄的，{EMPLOYMENT}怎样处理由当地规定，尚未录入，不能计算。", article_of(grade)
        )
        return
    factor = _near_retirement(sheet, on)
    if factor:
        _subsidy(sheet, "employment", grade, on, factor, also)


def whole_years(start: date, end: date) -> int:
    """Full years from one day to another; a year that begins on 29 February ends on the 28th where there is no 29th. Law: 民法典 art. 202."""
    years = end.year - start.year
    return years - (months_after(start, years * MONTHS["year"]) > end)


def _subsidy(sheet: Sheet, kind: str, grade: int, on: date, factor: Factor, also: Sequence[Confidence]) -> None:
    months, base_rule = sheet.local(f"{kind}_subsidy", on), sheet.local(f"{kind}_base", on)
    base = _base(sheet, base_rule) if months and base_rule else None
    if not months or not base_rule or not base:
        return
    number = months.of_grade(grade, FIRST_GRADE)
    amount = to_cents(base.amount * number * factor.percent / HUNDRED)
    counted = f"{plain(number)}万元" if base_rule.word == "fixed amount" else f"{base.words}×{plain(number)}个月"
    title, payer = _who(kind)
    formula = f"{counted}{factor.words}＝{written(amount)}"
    item = Item(
        f"{kind}_subsidy", title, payer, "one_off", amount, formula, f"{article_of(grade)}、{months.source}", "seen"
    )
    sheet.add(item, months, base_rule, *factor.rates, also=[base.confidence, *also])


def _who(kind: str) -> tuple[str, Payer]:
    return (MEDICAL, "fund") if kind == "medical" else (EMPLOYMENT, "employer")


def _base(sheet: Sheet, rule: Rate) -> Base | None:
    if rule.word == "fixed amount":
        return Base(TEN_THOUSAND, "", "seen")
    if rule.word == "own wage":
        wage = own_wage(sheet, PURPOSE)
        return Base(wage.amount, f"本人工资{written(wage.amount)}", wage.confidence) if wage else None
    average: Decimal | None = sheet.ask("average_wage_at_termination", PURPOSE)
    scope = "全省" if rule.word == "provincial average" else "统筹地区"
    return Base(average, f"{scope}上年度职工月平均工资{written(average)}", "seen") if average else None


def _near_retirement(sheet: Sheet, on: date) -> Factor | None:
    assert sheet.facts.retirement_on
    left = whole_years(on, sheet.facts.retirement_on)
    if left >= NEAR_YEARS:
        return WHOLE
    found = sheet.local("near_retirement", on)
    if found is None:
        return None
    place = NEAR_YEARS - 1 - left
    if place >= len(found.values):
        sheet.refuse(f"距法定退休年龄不足一年的，{EMPLOYMENT}的发放比例在已录入的规定中没有写明，不能计算。")
        return None
    share = found.values[place]
    return Factor(share, f"×{plain(share)}%（距法定退休年龄不足{left + 1}年）", (found,))


def _at_retirement(sheet: Sheet, on: date) -> bool:
    return sheet.facts.retirement_on is not None and on >= sheet.facts.retirement_on


def _grade_that_counts(sheet: Sheet, on: date) -> int | None:
    assert sheet.facts.grade
    if not sheet.facts.earlier_grades:
        return sheet.facts.grade
    rule = sheet.local("several_injuries_rule", on)
    if rule is None:
        return None
    highest = min(sheet.facts.grade, *sheet.facts.earlier_grades)
    sheet.remark(
        f"在同一用人单位多次工伤的，两项补助金按最高的伤残等级（{highest}级）计算一次。", rule.source, rule.confidence
    )
    return highest


def _ended_by_employer(sheet: Sheet, grade: int) -> tuple[Confidence, ...]:
    if sheet.facts.termination_by != "employer":
        return ()
    text = "条例写明的是本人提出或者合同期满；由用人单位解除的，先确认解除是否合法，此处按同样的标准估算。"
    sheet.remark(text, article_of(grade), "inference")
    return ("inference",)
