"""What the law and the office ask of an application, of its supplement and of its end: plain values in and out."""

import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from gongjian.applications import answers
from gongjian.applications.rules import RELATIONS, Capacity, day_of
from gongjian.applications.steps import Step
from gongjian.appraisal.errors import GroundNotMet, RelativeIncomplete, SupplementLate
from gongjian.appraisal.grounds import Ground
from gongjian.appraisal.steps import LONGEST
from gongjian.law.bounds import Bound, check_coming, check_past
from gongjian.law.clock import deadline

LATEST_SUPPLEMENT_DAYS = 60
"""The latest that a later day for the supplement may lie after the first one: our own number, no rule names one."""
EARLIEST_CONCLUSION = Bound(date(2004, 1, 1), "《工伤保险条例》施行之日")


CAPACITIES = MappingProxyType(
    {
        Capacity.WORKER: "工伤职工本人",
        Capacity.RELATIVE: "工伤职工的近亲属",
        Capacity.EMPLOYER: "用人单位",
        Capacity.AGENT: "委托代理人",
    }
)
DEATH_PROOFS = (
    "医疗机构出具的死亡证明",
    "公安机关出具的死亡证明",
    "户口注销证明",
    "火化证明",
    "人民法院宣告死亡的判决书",
)
"""By what a death is proved. Law: 民法典 art. 15, 48 (the court's declaration counts by the day it names)."""
GROUNDS = MappingProxyType(
    {
        "stable": "经治疗伤情相对稳定，存在残疾、影响劳动能力",
        "leave_ended": "停工留薪期（包括确认的延长期）已满",
    }
)
"""When an appraisal may be applied for. Law: 令55 art. 7."""


def faults(step: Step, told: Mapping[str, Any], *, on: date) -> dict[str, str]:
    """What is wrong with the answers of one step: field → sentence. Nothing wrong: an empty dict.

    told: field → text, or a list of "code" / "code:side" for `parts`. on: the day of the check.
    Law: 令55 art. 7 (ground), art. 8 (near relative), art. 9 (identity document), art. 13 (recognised parts).
    """
    found = answers.faults(step, told, on=on, checks=CHECKS.get(step.code, {}), longest=LONGEST)
    if step.code != "applicant":
        return found
    if told.get("capacity") == Capacity.RELATIVE and not told.get("unable_reason"):
        found["unable_reason"] = "近亲属代为申请的，要写明被鉴定人不能亲自申请的原因。"
    return found | answers.on_behalf(told, on)


def _recognised(told: Mapping[str, Any], on: date) -> str | None:
    injured, recognised = day_of(told.get("injured_on")), day_of(told["recognition_on"])
    if injured and recognised and recognised < injured:
        return "工伤认定日期不能早于受伤日期。请对照决定书核对。"
    return answers.past("recognition_on")(told, on)


CHECKS: Mapping[str, Mapping[str, answers.Check]] = {
    "applicant": {"capacity": answers.one_of("capacity", CAPACITIES, "请选择您以什么身份申请。")},
    "person": answers.PERSON,
    "employer": answers.EMPLOYER,
    "recognition": {"injured_on": answers.past("injured_on"), "recognition_on": _recognised},
    "injury": {"ground": answers.one_of("ground", GROUNDS, "请选择申请的情形。"), "parts": answers.parts},
    "address": answers.ADDRESS,
}


def last_day(due: date, granted: date | None) -> date:
    """The last day on which a supplement is in time.

    due: the day of the notice's reasonable period; granted: a later day, granted for good reason.
    Law: 令55 art. 10 (a reasonable period; good reason).
    """
    return max(due, granted) if granted else due


def is_lapsed(due: date, granted: date | None, *, today: date) -> bool:
    """Whether the time for the supplement is over: the last day itself still counts whole.

    Law: 令55 art. 10.
    """
    return today > last_day(due, granted)


def check_handed_in(handed_in_on: date, *, sent_on: date, due: date, granted: date | None, today: date) -> None:
    """A supplement is in time if it was handed in, or posted, by the last day.

    Law: 令55 art. 10; 民诉法 art. 85 (posted in time is in time). Raises: DayOutOfBounds, SupplementLate.
    """
    check_past("收到补正材料的日期", handed_in_on, since=Bound(sent_on, "告知补正之日"), today=today)
    if is_lapsed(due, granted, today=handed_in_on):
        raise SupplementLate(due=last_day(due, granted))


def check_later_day(until: date, *, due: date, today: date) -> None:
    """A later day for good reason lies after the first one and not in the past, and not so far that the application would only wait.

    Law: 令55 art. 10 (good reason; the number of days is our own). Raises: DayOutOfBounds.
    """
    after = max(Bound(due, "原补正期限"), Bound(today, "今天"), key=lambda bound: bound.day)
    last = Bound(due + timedelta(days=LATEST_SUPPLEMENT_DAYS), f"原补正期限之后{LATEST_SUPPLEMENT_DAYS}日")
    check_coming("延后的日期", until, after=after, until=last)


def check_within_a_year(former_on: date | None, *, today: date, region: str) -> None:
    """Refuse the ground "within a year" without the day of the earlier conclusion, or once the year is over.

    Law: 令55 art. 20; 条例 art. 28. Raises: GroundNotMet, DayOutOfBounds.
    """
    label = Ground.WITHIN_A_YEAR.label
    if former_on is None:
        raise GroundNotMet(ground=label, why="没有写明原结论作出的日期。")
    check_past("原结论作出的日期", former_on, since=EARLIEST_CONCLUSION, today=today)
    since = deadline("LA-REVIEW-1Y", former_on, region=region).due
    if today >= since:
        raise GroundNotMet(ground=label, why=f"原结论作出已满一年，自{since:%Y-%m-%d}起就可以申请复查鉴定。")


def check_death(died_on: date, *, injured_on: date, today: date) -> None:
    """The person lived when injured and has died by today. Law: 民法典 art. 13, 15 (proof of death). Raises: DayOutOfBounds."""
    check_past("死亡日期", died_on, since=Bound(injured_on, "受伤日期"), today=today)


def check_relative(name: str, relation: str, address: str) -> None:
    """A near relative who receives is named with relation and address, or not at all. Law: 民法典 art. 1045. Raises: RelativeIncomplete."""
    told = [bool(text.strip()) for text in (name, relation, address)]
    if (any(told) and not all(told)) or (relation.strip() and relation not in RELATIONS):
        raise RelativeIncomplete


def normal_number(text: str) -> str:
    """The number of a recognition decision as it is compared: without spaces, brackets of any kind alike, "第" and "号" left out.

    Law: 条例 art. 23 (the appraisal follows a recognition decision).
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign.isalnum() and sign not in "第号").upper()
