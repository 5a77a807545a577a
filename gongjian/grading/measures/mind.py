"""Mental capacity by quotients, epilepsy by frequency of fits."""

from typing import Final

from gongjian.grading.measures.base import UNMEASURED, Measured, Step, shown
from gongjian.grading.measures.words import LEVELS

# The level from this quotient on; below the first it is profound.
_QUOTIENTS: Final = ((80, "normal"), (70, "borderline"), (50, "mild"), (35, "moderate"), (20, "severe"))
_MONTHS: Final = 6


def mental_level(*, iq: float | None, mq: float | None, months: int | None) -> Measured[str]:
    """profound, severe, moderate, mild, borderline or normal: the lower of IQ and MQ decides, after six months.

    Law: GB/T 16180-2014 A.1.1, B.1.3 (the quotients are for reference; the case history decides with them).
    """
    known = {name: each for name, each in (("智商", iq), ("记忆商", mq)) if each is not None}
    if not known:
        return UNMEASURED
    steps = [Step("、".join(f"{name}{shown(each)}" for name, each in known.items()) + "，就重取低者", "A.1.1")]
    if months is not None and months < _MONTHS:
        return Measured(None, (*steps, Step(f"症状持续{months}个月，不足6个月，尚不能诊断", "A.1.1")))
    lowest = min(known.values())
    reached = next((level for limit, level in _QUOTIENTS if lowest >= limit), "profound")
    return Measured(reached, (*steps, Step(f"{shown(lowest)}：{LEVELS[reached]}", "A.1.1")))


def epilepsy_level(
    *,
    treated_years: float | None,
    grand_mal_per_month: float | None,
    other_per_week: float | None,
    needs_medicine: bool | None,
) -> Measured[str]:
    """severe, moderate or mild epilepsy after a year of treatment; fits per month and per week on average.

    Exactly one fit a week of the other kinds can be read both ways and stays open.
    Law: GB/T 16180-2014 A.1.4.
    """
    if treated_years is None and grand_mal_per_month is None and other_per_week is None and needs_medicine is None:
        return UNMEASURED
    if treated_years is None or treated_years < 1:
        return Measured(None, (Step("须系统服药治疗满一年后评定", "A.1.4"),))
    grand, other = grand_mal_per_month or 0, other_per_week or 0
    steps = (Step(f"大发作平均每月{shown(grand)}次，其他发作平均每周{shown(other)}次", "A.1.4"),)
    if grand > 1 or other > 1:
        return Measured("severe", (*steps, Step("每月或每周1次以上：重度", "A.1.4")))
    if other == 1:
        return Measured(None, (*steps, Step("每周恰1次，“1次以上”与“1次以下”两读，由专家组决定", "A.1.4")))
    if grand > 0 or other > 0:
        return Measured("moderate", (*steps, Step("每月1次及以下，或每周不足1次：中度", "A.1.4")))
    if needs_medicine:
        return Measured("mild", (*steps, Step("须系统服药方能控制：轻度", "A.1.4")))
    return Measured(None, (*steps, Step("无发作，且未说明须服药控制", "A.1.4")))
