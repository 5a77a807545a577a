"""Reading facts from plain values (JSON): every fault is one sentence that says where it stood and what is wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongjian.law.benefits.errors import FactsWrong
from gongjian.law.benefits.facts import Dependant, Facts, Told, asked, asked_of_dependants
from gongjian.law.days import read_day

MONEY = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?", re.ASCII)
MOST_MONEY = Decimal(1_000_000_000)
MOST_COUNT = 100_000


def read_facts(told: object) -> Facts:
    """Facts from a mapping of plain values; money as "5000.00" or 5000. Contradictions are found by `statement`.

    Raises: FactsWrong, DayWrong.
    """
    return Facts(**_fields(told, Facts, "facts"))


def _fields(told: object, kind: type[Facts] | type[Dependant], place: str) -> dict[str, Any]:
    if not isinstance(told, Mapping):
        raise FactsWrong(field=place, fault="应为一组“名称: 值”。")
    known = asked() if kind is Facts else asked_of_dependants()
    found = {}
    for name, value in told.items():
        where = name if kind is Facts else f"{place}.{name}"
        if name not in known:
            raise FactsWrong(field=where, fault="没有这个事实，请核对名称。")
        if value is not None:
            found[name] = READERS[known[name].kind](value, where, known[name])
    return found


def _day(value: object, field: str, _asked: Told) -> date:
    return read_day(value if isinstance(value, str) else str(value), field)


def _money(value: object, field: str, _asked: Told) -> Decimal:
    text = str(value) if type(value) in (str, int, Decimal) else ""
    if not MONEY.fullmatch(text) or Decimal(text) > MOST_MONEY:
        raise FactsWrong(field=field, fault="应为不小于0的金额，最多两位小数，例如 5000.00。")
    return Decimal(text)


def _moneys(value: object, field: str, asked_: Told) -> tuple[Decimal, ...]:
    if not isinstance(value, list):
        raise FactsWrong(field=field, fault="应为一列金额。")
    return tuple(_money(one, f"{field}[{number}]", asked_) for number, one in enumerate(value, start=1))


def _flag(value: object, field: str, _asked: Told) -> bool:
    if not isinstance(value, bool):
        raise FactsWrong(field=field, fault="应为 true 或者 false。")
    return value


def _count(value: object, field: str, _asked: Told) -> int:
    if type(value) is not int or not 0 <= value <= MOST_COUNT:
        raise FactsWrong(field=field, fault="应为不小于0的整数。")
    return value


def _word(value: object, field: str, asked_: Told) -> str:
    if not isinstance(value, str) or value not in asked_.words:
        raise FactsWrong(field=field, fault=f"应为以下之一：{'、'.join(asked_.words)}。")
    return value


def _region(value: object, field: str, _asked: Told) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{6}", value, re.ASCII):
        raise FactsWrong(field=field, fault='应为6位数字的行政区划代码，写作文本，例如 "330000"。')
    return value


def _grades(value: object, field: str, asked_: Told) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise FactsWrong(field=field, fault="应为一列伤残等级。")
    return tuple(_count(one, f"{field}[{number}]", asked_) for number, one in enumerate(value, start=1))


def _people(value: object, field: str, _asked: Told) -> tuple[Dependant, ...]:
    if not isinstance(value, list):
        raise FactsWrong(field=field, fault="应为一列亲属。")
    found = tuple(
        Dependant(**_fields(one, Dependant, f"{field}[{number}]")) for number, one in enumerate(value, start=1)
    )
    for number, one in enumerate(found, start=1):
        if not one.relation:
            raise FactsWrong(field=f"{field}[{number}].relation", fault="应说明与死者的关系。")
    return found


READERS: dict[str, Callable[[Any, str, Told], Any]] = {
    "day": _day,
    "money": _money,
    "moneys": _moneys,
    "flag": _flag,
    "count": _count,
    "word": _word,
    "region": _region,
    "grades": _grades,
    "people": _people,
}
