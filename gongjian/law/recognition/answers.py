"""Reading answers from plain values (JSON): every fault is one sentence that says where it stood and what is wrong."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from gongjian.law.days import read_day
from gongjian.law.recognition.errors import AnswersWrong
from gongjian.law.recognition.heads import Question, questions

Answers = Mapping[str, Any]
MOST_DAYS = 9999
PERIOD = ("ground", "from", "until")
NOT_BEFORE_THE_INJURY = ("applied_on", "died_on", "employer_extended_on", "asked_on")


def read_answers(told: object) -> Answers:
    """The answers by the names of their questions; null is no answer. Raises: AnswersWrong, DayWrong."""
    if not isinstance(told, Mapping):
        raise AnswersWrong(field="answers", fault="应为一组“问题: 答案”。")
    found: dict[str, Any] = {}
    for name, value in told.items():
        question = questions().get(name)
        if question is None:
            raise AnswersWrong(field=name, fault="没有这个问题，请核对名称。")
        if value is not None:
            found[name] = READERS[question.kind](value, name, question)
    _refuse_the_impossible(found)
    return found


def _refuse_the_impossible(found: Answers) -> None:
    injured = found.get("injured_on")
    for name in NOT_BEFORE_THE_INJURY:
        if injured and name in found and found[name] < injured:
            raise AnswersWrong(field=name, fault="不能早于事故发生或者诊断的日期。")
    if ("employer_extended_on" in found) != ("employer_extension_days" in found):
        raise AnswersWrong(field="employer_extension_days", fault="延长的天数和同意延长的日期应当一起填写。")
    is_open = any(one["until"] is None for one in found.get("not_counted", ()))
    if is_open and "asked_on" not in found and "applied_on" not in found:
        raise AnswersWrong(field="asked_on", fault="不计入期限的情形尚未消除的，应填写询问的日期。")
    if found.get("died_at_once_or_within_48_hours") and found.get("sudden_illness") is False:
        raise AnswersWrong(field="died_at_once_or_within_48_hours", fault="没有突发疾病的，不应回答此项。")


def _flag(value: object, field: str, _question: Question) -> bool:
    if not isinstance(value, bool):
        raise AnswersWrong(field=field, fault="应为 true 或者 false。")
    return value


def _word(value: object, field: str, question: Question) -> str:
    if not isinstance(value, str) or value not in question.words:
        raise AnswersWrong(field=field, fault=f"应为以下之一：{'、'.join(question.words)}。")
    return value


def _words(value: object, field: str, question: Question) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise AnswersWrong(field=field, fault="应为一列名称。")
    return tuple(_word(one, f"{field}[{number}]", question) for number, one in enumerate(value, start=1))


def _day(value: object, field: str, _question: Question) -> str:
    text = value if isinstance(value, str) else str(value)
    return read_day(text, field).isoformat()


def _count(value: object, field: str, _question: Question) -> int:
    if type(value) is not int or not 1 <= value <= MOST_DAYS:
        raise AnswersWrong(field=field, fault="应为1至9999的整数。")
    return value


def _region(value: object, field: str, _question: Question) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{6}", value, re.ASCII):
        raise AnswersWrong(field=field, fault="应为6位数字的行政区划代码，写作文本。")
    return value


def _periods(value: object, field: str, question: Question) -> tuple[Mapping[str, str | None], ...]:
    if not isinstance(value, list):
        raise AnswersWrong(field=field, fault="应为一列情形，每项写明 ground、from、until。")
    return tuple(_period(one, f"{field}[{number}]", question) for number, one in enumerate(value, start=1))


def _period(one: object, place: str, question: Question) -> Mapping[str, str | None]:
    if not isinstance(one, Mapping) or set(one) - set(PERIOD) or "from" not in one:
        raise AnswersWrong(field=place, fault="应写明 ground、from，已经结束的再写 until。")
    ground = _word(one.get("ground"), f"{place}.ground", question)
    begin = _day(one["from"], f"{place}.from", question)
    end = None if one.get("until") is None else _day(one["until"], f"{place}.until", question)
    if end and end <= begin:
        raise AnswersWrong(field=f"{place}.until", fault="情形消除的日期应晚于开始的日期。")
    return {"ground": ground, "from": begin, "until": end}


READERS: dict[str, Callable[[Any, str, Question], Any]] = {
    "flag": _flag,
    "word": _word,
    "words": _words,
    "day": _day,
    "count": _count,
    "region": _region,
    "periods": _periods,
}
