"""The own wage 本人工资: the average of the contribution wages before the injury, between its floor and its cap."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjian.law.benefits.money import percent, plain, to_cents, written
from gongjian.law.benefits.rates import rate
from gongjian.law.benefits.sheet import Sheet
from gongjian.law.parameters import Confidence

YEAR = 12
ARTICLE = "条例 第六十四条"


@dataclass(frozen=True)
class OwnWage:
    """The amount that counts, what it was worked out from, and which bound held: none, floor or cap."""

    amount: Decimal
    average: Decimal
    floor: Decimal
    cap: Decimal
    bound: str
    months: int
    confidence: Confidence
    lines: tuple[str, ...]


def own_wage_of(wages: tuple[Decimal, ...], average_wage: Decimal, on: date) -> OwnWage:
    """The own wage in yuan. wages: 1 to 12 monthly contribution wages; average_wage: monthly, of the pooling area; on: the injury.

    Law: 条例 art. 64. Raises: RateNotInForce.
    """
    average = to_cents(sum(wages, Decimal(0)) / len(wages))
    low, high = rate("wage_floor", on), rate("wage_cap", on)
    floor, cap = percent(low.value, average_wage), percent(high.value, average_wage)
    amount = min(max(average, floor), cap)
    bound = "floor" if average < floor else "cap" if average > cap else "none"
    lines = [
        f"受伤前{len(wages)}个月的平均月缴费工资：{written(sum(wages, Decimal(0)))}÷{len(wages)}＝{written(average)}。",
        f"下限：{written(average_wage)}×{plain(low.value)}%＝{written(floor)}；上限：{written(average_wage)}×{plain(high.value)}%＝{written(cap)}。",
        {"none": "在上下限之内", "floor": "低于下限，按下限计算", "cap": "高于上限，按上限计算"}[bound]
        + f"，本人工资为{written(amount)}。",
    ]
    if len(wages) < YEAR:
        lines.append("缴费不足12个月，按实际缴费月数平均；这一做法由当地规定，尚未与条文核对。")
    sure: Confidence = "seen" if len(wages) == YEAR else "memory"
    return OwnWage(amount, average, floor, cap, bound, len(wages), sure, tuple(lines))


def own_wage(sheet: Sheet, purpose: str) -> OwnWage | None:
    """The own wage of the facts, or None after asking for what is missing. Law: 条例 art. 64."""
    facts = sheet.facts
    if not sheet.ask_all(purpose, "injured_on", "wages", "average_wage_at_injury"):
        return None
    assert facts.wages and facts.average_wage_at_injury and facts.injured_on
    return own_wage_of(facts.wages, facts.average_wage_at_injury, facts.injured_on)
