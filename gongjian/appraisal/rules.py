"""What the law and the office ask of an application, of its supplement and of its end: plain values in and out."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from gongjian.applications.rules import GIVERS, RELATIONS, Capacity, day_of
from gongjian.appraisal.errors import GroundNotMet, ReceivedDayWithoutReason, RelativeIncomplete, SupplementLate
from gongjian.appraisal.grounds import Ground
from gongjian.appraisal.steps import FILLED_IN, LONGEST, Step
from gongjian.grading.parts import recognised_part
from gongjian.law.bounds import Bound, check_between, check_coming, check_past
from gongjian.law.clock import deadline
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType, check_document, check_mobile, normalise_credit_code

MUST = "这一项要填写。"
EARLIEST_ENTRY_DAYS = 60
"""A paper application is entered at most so many days after it came: by then its conclusion would be due."""


LATEST_SUPPLEMENT_DAYS = 60
"""The latest that a later day for the supplement may lie after the first one: our own number, no rule names one."""
LONGEST_MANDATE_DAYS = 3652
"""Ten years: a later last day of a power is a slip of the pen."""
EARLIEST_INJURY = Bound(date(1950, 1, 1), "1950年1月1日")
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
    found = {field: MUST for field in step.required if not told.get(field)}
    found |= {field: wrong for field in step.fields if (wrong := _unkeepable(field, told.get(field)))}
    for field, check in CHECKS.get(step.code, {}).items():
        if field not in found and told.get(field):
            _try(found, field, lambda check=check: check(told, on))  # type: ignore[misc]
    return found | (_on_behalf(told, on) if step.code == "applicant" else {})


def _on_behalf(told: Mapping[str, Any], on: date) -> dict[str, str]:
    """What is missing of a relative's or an agent's answers. Law: 令55 art. 8; 民法典 art. 165."""
    found = {}
    if told.get("capacity") == Capacity.RELATIVE:
        if told.get("relation") not in RELATIONS:
            found["relation"] = "近亲属代为申请的，要选择与被鉴定人的关系。"
        if not told.get("unable_reason"):
            found["unable_reason"] = "近亲属代为申请的，要写明被鉴定人不能亲自申请的原因。"
    if told.get("capacity") == Capacity.AGENT:
        if told.get("acts_for") not in GIVERS:
            found["acts_for"] = "委托代理人要选择受谁委托。"
        if told.get("mandate_until"):
            _try(found, "mandate_until", lambda: _mandate_until(told, on))
    return found


def _mandate_until(told: Mapping[str, Any], on: date) -> str | None:
    day = day_of(told["mandate_until"])
    if day is None:
        return "委托到期的日期写得不对，请对照授权委托书重新选择。"
    check_mandate_until(day, on=on)
    return None


def check_mandate_until(until: date | None, *, on: date) -> None:
    """A power that is shown today has not ended, and ends some day in sight, or with the matter (None). Law: 民法典 art. 165. Raises: DayOutOfBounds."""
    if until is not None:
        last = Bound(on + timedelta(days=LONGEST_MANDATE_DAYS), "今天之后十年")
        check_between("委托到期的日期", until, first=Bound(on, "今天"), last=last)


def all_faults(told: Mapping[str, Mapping[str, Any]], *, on: date) -> list[tuple[str, str, str]]:
    """Everything wrong in a whole application: (step, field, sentence), in the order of the steps.

    Law: 令55 art. 9.
    """
    return [
        (step.code, field, sentence)
        for step in FILLED_IN
        for field, sentence in faults(step, told.get(step.code, {}), on=on).items()
    ]


def _try(found: dict[str, str], field: str, check: Callable[[], str | None]) -> None:
    try:
        wrong = check()
    except RuleError as error:
        wrong = str(error)
    if wrong:
        found[field] = wrong


def _unkeepable(field: str, answer: object) -> str | None:
    text, most = answer if isinstance(answer, str) else "", LONGEST.get(field, 200)
    if "\x00" in text:
        return "这一项里有不能保存的符号，请删去后重新填写。"
    return f"这一项最多写{most}个字，请缩短后再填写。" if len(text) > most else None


def _credit_code(told: Mapping[str, Any], on: date) -> str | None:
    code = normalise_credit_code(str(told["credit_code"]))
    return "统一社会信用代码最多18位，请对照营业执照核对；不知道的可以不填。" if len(code) > 18 else None


def _capacity(told: Mapping[str, Any], on: date) -> str | None:
    return None if told["capacity"] in CAPACITIES else "请选择您以什么身份申请。"


def _document(told: Mapping[str, Any], on: date) -> str | None:
    if told.get("id_type") not in set(IdType):
        return None
    check_document(IdType(told["id_type"]), told["id_number"], on=on)
    return None


def _id_type(told: Mapping[str, Any], on: date) -> str | None:
    return None if told["id_type"] in set(IdType) else "请选择证件类型。"


def _mobile(field: str) -> Callable[[Mapping[str, Any], date], str | None]:
    def check(told: Mapping[str, Any], on: date) -> str | None:
        check_mobile(told[field])
        return None

    return check


def _past(field: str) -> Callable[[Mapping[str, Any], date], str | None]:
    def check(told: Mapping[str, Any], on: date) -> str | None:
        day = day_of(told[field])
        if day is None:
            return "日期写得不对，请重新选择。"
        try:
            check_past("日期", day, since=EARLIEST_INJURY, today=on)
        except RuleError as error:
            return str(error)
        return None

    return check


def _recognised(told: Mapping[str, Any], on: date) -> str | None:
    injured, recognised = day_of(told.get("injured_on")), day_of(told["recognition_on"])
    if injured and recognised and recognised < injured:
        return "工伤认定日期不能早于受伤日期。请对照决定书核对。"
    return _past("recognition_on")(told, on)


def _ground(told: Mapping[str, Any], on: date) -> str | None:
    return None if told["ground"] in GROUNDS else "请选择申请的情形。"


def _parts(told: Mapping[str, Any], on: date) -> str | None:
    for each in told["parts"]:
        code, _, side = str(each).partition(":")
        recognised_part(code, side)
    return None


CHECKS: Mapping[str, Mapping[str, Callable[[Mapping[str, Any], date], str | None]]] = {
    "applicant": {"capacity": _capacity},
    "person": {"id_type": _id_type, "id_number": _document, "telephone": _mobile("telephone")},
    "employer": {"credit_code": _credit_code},
    "recognition": {"injured_on": _past("injured_on"), "recognition_on": _recognised},
    "injury": {"ground": _ground, "parts": _parts},
    "address": {"delivery_telephone": _mobile("delivery_telephone")},
}


def check_received_day(received_on: date, *, today: date, reason: str) -> None:
    """A paper application may have come on an earlier day, if it is said why: its limits run from that day.

    Law: 令55 art. 10 (the limits run from receipt). Raises: DayOutOfBounds, ReceivedDayWithoutReason.
    """
    earliest = today - timedelta(days=EARLIEST_ENTRY_DAYS)
    since = Bound(earliest, f"今天之前{EARLIEST_ENTRY_DAYS}日")
    check_past("收到申请的日期", received_on, since=since, today=today)
    if received_on < today and not reason.strip():
        raise ReceivedDayWithoutReason


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
