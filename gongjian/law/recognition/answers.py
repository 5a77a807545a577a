"""Reading answers from plain values (JSON), and refusing those that cannot be true together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongjian.law.errors import ToldWrong
from gongjian.law.recognition.heads import questions
from gongjian.law.told import Asked, read_date, read_fields, read_list, read_word

Answers = Mapping[str, Any]
PERIOD = ("ground", "from", "until")
NOT_BEFORE_THE_INJURY = ("applied_on", "died_on", "employer_extended_on", "asked_on")


def read_answers(told: object) -> Answers:
    """The answers by the names of their questions; null is no answer. Raises: ToldWrong, DayWrong."""
    found = read_fields(told, questions(), "answers", more={"periods": _periods})
    _refuse_the_impossible(found)
    return found


def _refuse_the_impossible(found: Answers) -> None:
    injured = found.get("injured_on")
    for name in NOT_BEFORE_THE_INJURY:
        if injured and name in found and found[name] < injured:
            raise ToldWrong(field=name, fault="不能早于事故发生或者诊断的日期。")
    if ("employer_extended_on" in found) != ("employer_extension_days" in found):
        raise ToldWrong(field="employer_extension_days", fault="延长的天数和同意延长的日期应当一起填写。")
    is_open = any(one["until"] is None for one in found.get("not_counted", ()))
    if is_open and "asked_on" not in found and "applied_on" not in found:
        raise ToldWrong(field="asked_on", fault="不计入期限的情形尚未消除的，应填写询问的日期。")
    if found.get("died_at_once_or_within_48_hours") and found.get("sudden_illness") is False:
        raise ToldWrong(field="died_at_once_or_within_48_hours", fault="没有突发疾病的，不应回答此项。")


def _periods(value: object, field: str, asked: Asked) -> tuple[Mapping[str, str | date | None], ...]:
    return tuple(
        _period(one, place, asked) for one, place in read_list(value, field, "情形，每项写明 ground、from、until")
    )


def _period(one: object, place: str, asked: Asked) -> Mapping[str, str | date | None]:
    if not isinstance(one, Mapping) or set(one) - set(PERIOD) or "from" not in one:
        raise ToldWrong(field=place, fault="应写明 ground、from，已经结束的再写 until。")
    ground = read_word(one.get("ground"), f"{place}.ground", asked)
    begin = read_date(one["from"], f"{place}.from", asked)
    end = None if one.get("until") is None else read_date(one["until"], f"{place}.until", asked)
    if end and end <= begin:
        raise ToldWrong(field=f"{place}.until", fault="情形消除的日期应晚于开始的日期。")
    return {"ground": ground, "from": begin, "until": end}
