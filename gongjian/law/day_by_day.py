"""The working of a limit day by day: which days counted, as the how-manieth, and why the others did not."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gongjian.law.calendar import SATURDAY, rest_name
from gongjian.law.clock import Deadline
from gongjian.law.counting import DAY

ROLLED = "最后一日是休息日，顺延（{name}）"
REST = "休息日（{name}）"
COUNTED_ANYWAY = "{name}，照样计入"
WORKED = "调休上班，照样计入"


class CountedDay(NamedTuple):
    """One day: its number among those that counted, or None and why it did not count ("" when it counted).

    remark: what is out of the ordinary about a day that counted: a rest day of a period in calendar days, a weekend that was worked.
    """

    day: date
    number: int | None
    why: str
    remark: str = ""


def day_by_day(found: Deadline) -> Iterator[CountedDay]:
    """Every day from the one after the start to the due day. The day of the start itself is not counted and not told.

    Law: 民法典 art. 200, 201, 202, 203; 民诉法 art. 85; 令55 art. 12.
    """
    number, day = 0, found.start
    while day < found.strict:
        day += DAY
        why = _why_not(found, day)
        number += not why
        yield CountedDay(day, None if why else number, why, "" if why else _remark(day))
    while day < found.due and found.kind != "earliest":
        name = rest_name(day)
        day += DAY
        yield CountedDay(day, None, ROLLED.format(name=name))


def _remark(day: date) -> str:
    name = rest_name(day)
    if name:
        return COUNTED_ANYWAY.format(name=name)
    return WORKED if day.weekday() >= SATURDAY else ""


def _why_not(found: Deadline, day: date) -> str:
    for one in found.postponements:
        if one.span.first <= day < one.span.until:
            return one.reason
    name = rest_name(day) if found.unit == "working day" else None
    return REST.format(name=name) if name else ""
