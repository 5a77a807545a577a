"""What is wrong with the answers of an application: the checks that procedures have alike, of plain values, as sentences."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Any

from gongjian.applications.rules import GIVERS, RELATIONS, Capacity, day_of
from gongjian.applications.steps import Step
from gongjian.grading.parts import recognised_part
from gongjian.law.bounds import Bound, check_between, check_past
from gongjian.law.errors import RuleError
from gongjian.law.identity import IdType, check_document, check_mobile, normalise_credit_code

Told = Mapping[str, Any]
Check = Callable[[Told, date], str | None]
"""(the answers of a step, the day of the check) → what is wrong, or None. It may also refuse."""
MUST = "这一项要填写。"
EARLIEST_INJURY = Bound(date(1950, 1, 1), "1950年1月1日")
UNKEEPABLE = frozenset("\x00\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that no column keeps, or that turn the order in which what follows is read: a paper would show another text than it holds."""
LONGEST_MANDATE_DAYS = 3652
"""Ten years: a later last day of a power is a slip of the pen."""


def faults(
    step: Step, told: Told, *, on: date, checks: Mapping[str, Check], longest: Mapping[str, int]
) -> dict[str, str]:
    """What is wrong with the answers of one step: field → sentence. Nothing wrong: an empty dict.

    told: field → text, a list of texts, yes or no. checks: field → its check; longest: field → most signs, 200 for all others.
    Law: 令55 art. 9; 条例 art. 18 (what an application tells).
    """
    found = {field: MUST for field in step.required if _is_blank(told.get(field))}
    found |= {field: wrong for field in step.kept if (wrong := _unkeepable(told.get(field), longest.get(field, 200)))}
    for field, check in checks.items():
        if field not in found and told.get(field):
            attempt(found, field, lambda check=check: check(told, on))  # type: ignore[misc]
    return found


def attempt(found: dict[str, str], field: str, check: Callable[[], str | None]) -> None:
    """Write down what a check says against a field, or by what it refuses."""
    try:
        wrong = check()
    except RuleError as error:
        wrong = str(error)
    if wrong:
        found[field] = wrong


def on_behalf(told: Told, on: date) -> dict[str, str]:
    """What is missing of a relative's or an agent's answers. Law: 令55 art. 8; 令8 art. 5; 民法典 art. 165."""
    found: dict[str, str] = {}
    if told.get("capacity") == Capacity.RELATIVE and told.get("relation") not in RELATIONS:
        found["relation"] = "近亲属申请的，要选择与职工的关系。"
    if told.get("capacity") == Capacity.AGENT:
        if told.get("acts_for") not in GIVERS:
            found["acts_for"] = "委托代理人要选择受谁委托。"
        if told.get("mandate_until"):
            attempt(found, "mandate_until", lambda: _mandate_until(told, on))
    return found


def check_mandate_until(until: date | None, *, on: date) -> None:
    """A power that is shown today has not ended, and ends some day in sight, or with the matter (None). Law: 民法典 art. 165. Raises: DayOutOfBounds."""
    if until is not None:
        last = Bound(on + timedelta(days=LONGEST_MANDATE_DAYS), "今天之后十年")
        check_between("委托到期的日期", until, first=Bound(on, "今天"), last=last)


def one_of(field: str, choices: Collection[str], sentence: str) -> Check:
    """A check that the answer is one of the choices."""
    return lambda told, on: None if told[field] in choices else sentence


def mobile(field: str) -> Check:
    """A check that the answer is a mobile telephone."""

    def check(told: Told, on: date) -> str | None:
        check_mobile(told[field])
        return None

    return check


def past(field: str) -> Check:
    """A check that the answer is a day that has been."""

    def check(told: Told, on: date) -> str | None:
        day = day_of(told[field])
        if day is None:
            return "日期写得不对，请重新选择。"
        check_past("日期", day, since=EARLIEST_INJURY, today=on)
        return None

    return check


def document(told: Told, on: date) -> str | None:
    """The number fits the kind of document. Law: GB 11643."""
    if told.get("id_type") in set(IdType):
        check_document(IdType(told["id_type"]), told["id_number"], on=on)
    return None


def credit_code(told: Told, on: date) -> str | None:
    """No longer than such a code is. Law: GB 32100."""
    code = normalise_credit_code(str(told["credit_code"]))
    return "统一社会信用代码最多18位，请对照营业执照核对；不知道的可以不填。" if len(code) > 18 else None


def parts(told: Told, on: date) -> str | None:
    """Each is a part of the body with its side. Refuses what is none."""
    for each in told["parts"]:
        code, _, side = str(each).partition(":")
        recognised_part(code, side)
    return None


def _mandate_until(told: Told, on: date) -> str | None:
    day = day_of(told["mandate_until"])
    if day is None:
        return "委托到期的日期写得不对，请对照授权委托书重新选择。"
    check_mandate_until(day, on=on)
    return None


def _is_blank(answer: object) -> bool:
    """Whether nothing is there to see. Signs of private use are seen: rare names are written with them."""
    if not isinstance(answer, str):
        return not answer
    return all(sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf") for sign in answer)


def _unkeepable(answer: object, most: int) -> str | None:
    text = answer if isinstance(answer, str) else ""
    if not UNKEEPABLE.isdisjoint(text):
        return "这一项里有不能保存的符号，请删去后重新填写。"
    return f"这一项最多写{most}个字，请缩短后再填写。" if len(text) > most else None


ID_TYPE = one_of("id_type", frozenset(IdType), "请选择证件类型。")
PERSON: Mapping[str, Check] = {"id_type": ID_TYPE, "id_number": document, "telephone": mobile("telephone")}
EMPLOYER: Mapping[str, Check] = {"credit_code": credit_code}
ADDRESS: Mapping[str, Check] = {"delivery_telephone": mobile("delivery_telephone")}
"""The checks of the steps that every procedure asks alike."""
