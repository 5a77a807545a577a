"""Facts that cannot be true together, refused before anything is computed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gongjian.law.benefits.facts import Facts
from gongjian.law.errors import ToldWrong

FIRST_DAY = date(2011, 1, 1)
YEAR_OF_WAGES = 12
WORST_GRADE, LEAST_GRADE = 1, 10
LAST_GRADE_THAT_STAYS = 4
AFTER_INJURY = ("insured_later_on", "retired_on", "terminated_on", "died_on", "missing_since", "applied_on")
ABOVE_NOTHING = (
    "average_wage_at_injury",
    "average_wage_now",
    "average_wage_at_termination",
    "average_wage_at_death",
    "annual_average_wage",
    "minimum_wage",
)


def refuse_the_impossible(facts: Facts) -> None:
    """Stop at the first contradiction. Raises: ToldWrong, with the name of the fact and the fault."""
    for field, fault in _faults(facts):
        raise ToldWrong(field=field, fault=fault)


def _faults(facts: Facts) -> Iterator[tuple[str, str]]:
    yield from _grades(facts)
    yield from _days(facts)
    yield from _amounts(facts)
    yield from _death(facts)
    if facts.insured and facts.insured_later_on:
        yield "insured_later_on", "受伤时已经参保的，没有补缴后参保的日期。"
    if facts.stop_work_months is not None and facts.stop_work_months > YEAR_OF_WAGES * (
        2 if facts.stop_work_extended else 1
    ):
        yield "stop_work_months", "停工留薪期一般不超过12个月；经确认延长的，合计不超过24个月。"


def _grades(facts: Facts) -> Iterator[tuple[str, str]]:
    for field, grade in [("grade", facts.grade), *(("earlier_grades", one) for one in facts.earlier_grades)]:
        if grade is not None and not WORST_GRADE <= grade <= LEAST_GRADE:
            yield field, "伤残等级应为1至10级。"
    worst = min((one for one in (facts.grade, *facts.earlier_grades) if one), default=LEAST_GRADE)
    if facts.terminated_on and worst <= LAST_GRADE_THAT_STAYS and facts.matter == "injury":
        yield "terminated_on", "一级至四级伤残职工保留劳动关系、退出工作岗位，没有解除或者终止劳动关系的待遇。"


def _days(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.injured_on and facts.injured_on < FIRST_DAY:
        yield "injured_on", "2011-01-01以前受伤的，适用修订前的标准，本平台没有录入。"
    for field in AFTER_INJURY:
        day = getattr(facts, field)
        if day and facts.injured_on and day < facts.injured_on:
            yield field, "不能早于受伤日期。"
    for field in ("retired_on", "terminated_on"):
        day = getattr(facts, field)
        if day and facts.died_on and day > facts.died_on:
            yield field, "不能晚于死亡日期。"


def _amounts(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.wages is not None and not 1 <= len(facts.wages) <= YEAR_OF_WAGES:
        yield "wages", "应为受伤前1至12个月的逐月缴费工资，每月一个金额。"
    for field in ABOVE_NOTHING:
        if getattr(facts, field) == Decimal(0):
            yield field, "应大于0。"


def _death(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.matter not in ("death", "illegal") and facts.died_on:
        yield "died_on", "填写死亡日期的，情形（matter）应为因工死亡（death）；非法用工的，应为非法用工（illegal）。"
    if facts.death == "after_stop_work" and not (facts.grade and facts.grade <= LAST_GRADE_THAT_STAYS):
        yield "death", "停工留薪期满后死亡享受供养亲属抚恤金的，限于一级至四级伤残职工；请填写 grade。"
    if facts.missing_since and facts.matter != "missing":
        yield "missing_since", "填写下落不明日期的，情形（matter）应为下落不明（missing）。"
    if facts.matter == "illegal" and facts.died_on and facts.grade:
        yield "grade", "非法用工造成死亡的，不再按伤残等级赔偿。"
    if sum(one.relation == "spouse" for one in facts.dependants or ()) > 1:
        yield "dependants", "配偶只能有一人。"
    for number, one in enumerate(facts.dependants or (), start=1):
        died = facts.died_on or facts.missing_since
        if one.born and died and one.relation in ("parent", "grandparent") and one.born >= died:
            yield f"dependants[{number}].born", "父母、祖父母的出生日期不能晚于死亡日期。"
