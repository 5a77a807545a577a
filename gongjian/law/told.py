"""Reading what somebody told, field by field: every fault is one sentence that says where it stood and what is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from gongjian.law.days import read_day
from gongjian.law.errors import ToldWrong

MONEY = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?", re.ASCII)
MOST_MONEY = Decimal(1_000_000_000)
MOST_COUNT, MOST_DAYS = 100_000, 9999


class Asked(NamedTuple):
    """How a field is asked for and read. kind: one of READERS, or one that its owner reads; words: what a word may be."""

    title: str
    kind: str
    words: tuple[str, ...] = ()


Reader = Callable[[Any, str, Asked], Any]


def read_fields(
    told: object,
    known: Mapping[str, Asked],
    place: str,
    *,
    whole: bool = True,
    more: Mapping[str, Reader] | None = None,
) -> dict[str, Any]:
    """The fields by name; null is not told. place: what this is, in a refusal; whole: its fields stand at the top.

    more: readers of kinds that only this owner has. Raises: ToldWrong, DayWrong.
    """
    if not isinstance(told, Mapping):
        raise ToldWrong(field=place, fault="应为一组“名称: 值”。")
    readers = {**READERS, **(more or {})}
    found = {}
    for name, value in told.items():
        where = name if whole else f"{place}.{name}"
        if name not in known:
            raise ToldWrong(field=where, fault="没有这一项，请核对名称。")
        if value is not None:
            found[name] = readers[known[name].kind](value, where, known[name])
    return found


def read_list(value: object, field: str, what: str) -> Iterator[tuple[Any, str]]:
    """Each entry of a list with its place: wages[3]. Raises: ToldWrong."""
    if not isinstance(value, list):
        raise ToldWrong(field=field, fault=f"应为一列{what}。")
    return ((one, f"{field}[{number}]") for number, one in enumerate(value, start=1))


def read_date(value: object, field: str, _asked: Asked) -> date:
    """A day written as 2026-02-10. Raises: ToldWrong, DayWrong."""
    if not isinstance(value, str):
        raise ToldWrong(field=field, fault="应为写作 2026-02-10 的日期。")
    return read_day(value, field)


def read_word(value: object, field: str, asked: Asked) -> str:
    """One of the words that may stand there. Raises: ToldWrong."""
    if not isinstance(value, str) or value not in asked.words:
        raise ToldWrong(field=field, fault=f"应为以下之一：{'、'.join(asked.words)}。")
    return value


def _money(value: object, field: str, _asked: Asked) -> Decimal:
    text = str(value) if type(value) in (str, int, Decimal) else ""
    if not MONEY.fullmatch(text) or Decimal(text) > MOST_MONEY:
        raise ToldWrong(field=field, fault="应为不小于0的金额，最多两位小数，例如 5000.00。")
    return Decimal(text)


def _flag(value: object, field: str, _asked: Asked) -> bool:
    if not isinstance(value, bool):
        raise ToldWrong(field=field, fault="应为 true 或者 false。")
    return value


def _count(value: object, field: str, _asked: Asked) -> int:
    if type(value) is not int or not 0 <= value <= MOST_COUNT:
        raise ToldWrong(field=field, fault=f"应为0至{MOST_COUNT}的整数。")
    return value


def _days(value: object, field: str, _asked: Asked) -> int:
    if type(value) is not int or not 1 <= value <= MOST_DAYS:
        raise ToldWrong(field=field, fault=f"应为1至{MOST_DAYS}的整数。")
    return value


def _region(value: object, field: str, _asked: Asked) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{6}", value, re.ASCII):
        raise ToldWrong(field=field, fault='应为6位数字的行政区划代码，写作文本，例如 "330000"。')
    return value


def _moneys(value: object, field: str, asked: Asked) -> tuple[Decimal, ...]:
    return tuple(_money(one, place, asked) for one, place in read_list(value, field, "金额"))


def _grades(value: object, field: str, asked: Asked) -> tuple[int, ...]:
    return tuple(_count(one, place, asked) for one, place in read_list(value, field, "伤残等级"))


def _words(value: object, field: str, asked: Asked) -> tuple[str, ...]:
    return tuple(read_word(one, place, asked) for one, place in read_list(value, field, "名称"))


READERS: Mapping[str, Reader] = {
    "day": read_date,
    "money": _money,
    "moneys": _moneys,
    "flag": _flag,
    "count": _count,
    "days": _days,
    "word": read_word,
    "words": _words,
    "region": _region,
    "grades": _grades,
}
