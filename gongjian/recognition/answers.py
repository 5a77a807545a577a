"""What is wrong with the answers of an application for recognition, and what they say as plain values. Pure: texts in, sentences out."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gongjian.applications import answers
from gongjian.applications.rules import RELATIONS, Capacity, day_of
from gongjian.applications.steps import Step
from gongjian.recognition.choices import BY_RELATIVE, EMPLOYMENT, NOT_COUNTED, PERIODS
from gongjian.recognition.rules import ACCIDENT, CAPACITIES, DISEASE, HARMS
from gongjian.recognition.steps import LONGEST

Told = Mapping[str, Any]
INSURED = {"yes": True, "no": False}
DEAD = "按所填内容，职工已经去世。请选择近亲属、工会组织或者用人单位。"
DEAD_GIVES_NO_POWER = "按所填内容，职工已经去世，不能再委托代理人。请选择受近亲属委托，并填写委托人。"
ANOTHER = "您选择了由职工本人申请，职工姓名应与您的姓名一致。替别人申请的，请回到“申请人身份”另选。"


def faults(step: Step, told: Told, *, on: date) -> dict[str, str]:
    """What is wrong with the answers of one step: field → sentence. Being late is no fault.

    Law: 条例 art. 17 (who applies), art. 18 (time, place, cause, degree of harm); 令8 art. 5, 6; 法释9 art. 7.
    """
    found = answers.faults(step, told, on=on, checks=CHECKS.get(step.code, {}), longest=LONGEST)
    more = MORE.get(step.code)
    return {**more(told, on), **found} if more else found


def between(told: Told) -> Iterator[tuple[str, str, str]]:
    """What is wrong between the steps: (step, field, sentence). told: the answers of all steps in one.

    Law: 条例 art. 17, 令8 art. 5 (who applies); 条例 art. 18; 令8 art. 19 (the name of the disease); 民法典 art. 13 (the dead do not act).
    """
    own = told.get("capacity") == Capacity.WORKER
    if own and told.get("died_on"):
        yield "applicant", "capacity", DEAD
    elif told.get("capacity") == Capacity.AGENT and told.get("acts_for") == "worker" and told.get("died_on"):
        yield "applicant", "acts_for", DEAD_GIVES_NO_POWER
    elif (
        own and told.get("name") and told.get("applicant_name") and _name(told, "name") != _name(told, "applicant_name")
    ):
        yield "person", "name", ANOTHER
    if told.get("kind") == DISEASE and told.get("diagnosis") and not told.get("disease"):
        yield "medical", "disease", answers.MUST
    diagnosed, injured = day_of(told.get("diagnosed_on")), day_of(told.get("injured_on"))
    if diagnosed and injured and diagnosed < injured and told.get("kind") == ACCIDENT:
        yield "medical", "diagnosed_on", "诊断的日期不能早于受伤的日期，请对照诊断证明书核对。"


def not_counted(told: Told) -> list[dict[str, str | None]]:
    """The periods that do not count, as `standing_of` takes them; one that is not told whole is left out. Law: 法释9 art. 7; 意见二 art. 8."""
    return [one for ending in PERIODS if (one := _period(told, ending))]


def _period(told: Told, ending: str) -> dict[str, str | None] | None:
    ground, begin, until = (
        str(told.get(f"{name}{ending}") or "") for name in ("not_counted", "not_counted_from", "not_counted_until")
    )
    if ground not in NOT_COUNTED or day_of(begin) is None:
        return None
    return {"ground": ground, "from": begin, "until": until if day_of(until) else None}


def applicant_of(told: Told) -> str:
    """Whose time limit counts: an agent's is that of who gave the power. Law: 条例 art. 17; 令8 art. 4, 5."""
    capacity = str(told.get("capacity", ""))
    if capacity == Capacity.AGENT:
        return "employer" if told.get("acts_for") == "employer" else "worker"
    return capacity


def as_kept(told: Told) -> dict[str, Any]:
    """The answers about the injury, as the table keeps them. told: without faults. Law: 条例 art. 18; 令8 art. 6."""
    return {
        **{name: told[name] for name in ("kind", "occupation", "harm", "hospital", "diagnosis", "employment")},
        **{name: told.get(name, "") for name in ("happened_at", "place", "cause", "disease", "late_reason")},
        **{name: told.get(name, "") for name in ("insured_region", "business_region")},
        "giver_name": str(told.get("giver_name") or "") if told.get("acts_for") == BY_RELATIVE else "",
        "injured_on": date.fromisoformat(told["injured_on"]),
        "diagnosed_on": date.fromisoformat(told["diagnosed_on"]),
        "died_on": day_of(told.get("died_on")),
        "parts": list(dict.fromkeys(told.get("parts", ()))),
        "insured": INSURED.get(told.get("insured", "")),
        "not_counted": not_counted(told),
    }


def _region(field: str) -> answers.Check:
    """A check that the answer is the code of a region. Law: GB/T 2260."""
    return lambda told, on: None if re.fullmatch(r"[0-9]{6}", told[field]) else "行政区划代码是6位数字。"


def _name(told: Told, field: str) -> str:
    return "".join(str(told[field]).split())


def _injury(told: Told, on: date) -> dict[str, str]:
    """An accident has a place and a course; who died did not die before it. A disease may be diagnosed after death. Law: 条例 art. 18."""
    wanted = ("place", "cause") if told.get("kind") == ACCIDENT else ()
    found = {field: answers.MUST for field in wanted if not told.get(field)}
    died, injured = day_of(told.get("died_on")), day_of(told.get("injured_on"))
    if died and injured and died < injured and told.get("kind") != DISEASE:
        found["died_on"] = "死亡日期不能早于事故发生日期。"
    return found


def _applicant(told: Told, on: date) -> dict[str, str]:
    """Who acts for a relative of the dead says for whom, and how that one stands to the worker. Law: 条例 art. 17; 民法典 art. 165."""
    found = answers.on_behalf(told, on)
    if told.get("capacity") == Capacity.AGENT and told.get("acts_for") == BY_RELATIVE:
        del found["acts_for"]
        if not told.get("giver_name"):
            found["giver_name"] = "受近亲属委托的，要填写委托人的姓名。"
        if told.get("relation") not in RELATIONS:
            found["relation"] = "受近亲属委托的，要选择委托人与职工的关系。"
    return found


def _time(told: Told, on: date) -> dict[str, str]:
    """Each period that does not count has a beginning, and ends after it. Law: 法释9 art. 7."""
    return {field: sentence for ending in PERIODS for field, sentence in _wrong_period(told, ending)}


def _wrong_period(told: Told, ending: str) -> Iterator[tuple[str, str]]:
    ground, first, last = (f"{name}{ending}" for name in ("not_counted", "not_counted_from", "not_counted_until"))
    begin, until = day_of(told.get(first)), day_of(told.get(last))
    if told.get(ground) and not told.get(first):
        yield first, "请填写该情形开始的日期。"
    if not told.get(ground) and told.get(first):
        yield ground, "填写了日期的，请选择属于哪种情形。"
    if begin and until and until <= begin:
        yield last, "情形消除的日期应晚于开始的日期；还没有消除的，不用填。"


CHECKS: Mapping[str, Mapping[str, answers.Check]] = {
    "applicant": {"capacity": answers.one_of("capacity", CAPACITIES, "请选择您以什么身份申请。")},
    "person": answers.PERSON,
    "employer": {
        **answers.EMPLOYER,
        "employment": answers.one_of("employment", EMPLOYMENT, "请选择用工情形。"),
        "insured": answers.one_of("insured", INSURED, "请从列出的答案中选择。"),
        "insured_region": _region("insured_region"),
        "business_region": _region("business_region"),
    },
    "injury": {
        "kind": answers.one_of("kind", HARMS, "请选择是事故伤害还是职业病。"),
        "injured_on": answers.past("injured_on"),
        "died_on": answers.past("died_on"),
        "parts": answers.parts,
    },
    "medical": {"diagnosed_on": answers.past("diagnosed_on")},
    "time": {
        field: check
        for ending in PERIODS
        for field, check in (
            (f"not_counted{ending}", answers.one_of(f"not_counted{ending}", NOT_COUNTED, "请从列出的情形中选择。")),
            (f"not_counted_from{ending}", answers.past(f"not_counted_from{ending}")),
            (f"not_counted_until{ending}", answers.past(f"not_counted_until{ending}")),
        )
    },
    "address": answers.ADDRESS,
}
MORE = {"applicant": _applicant, "injury": _injury, "time": _time}
