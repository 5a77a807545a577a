"""Questions from outside (command line, other programs): plain texts in, a plain answer out, stable in its names."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from gongjian.law.clock import Deadline, Postponement, computed
from gongjian.law.counting import DAY
from gongjian.law.errors import DayWrong, PauseWrong
from gongjian.law.limits import limit as limit_by_id


class Step(TypedDict):
    """One line of the working; `day` is None for a remark."""

    day: str | None
    what: str
    article: str


# "from" is no name for a field, so the class is written as a call.
Answer = TypedDict(
    "Answer",
    {
        "limit": str,
        "title": str,
        "from": str,
        "due": str,
        "kind": str,
        "unit": str,
        "length": int,
        "basis": str,
        "confidence": str,
        "strict": str,
        "rolled": str,
        "act_by": str,
        "postponed_days": int,
        "provisional": bool,
        "region": str,
        "working": list[Step],
    },
)
NOT_POSTPONABLE = "法律没有规定本期限可以顺延；此处按所给的日子扣除，仅供推算。"


def due(limit: str, start: str, *, pauses: Sequence[str] = (), region: str | None = None) -> Answer:
    """The due day of a limit and its working. start: a day; pauses: "A:B", the days A to B, both included, do not count.

    Law: 民法典 art. 200, 201, 202, 203, 204; 民诉法 art. 85.
    Raises: LimitUnknown, DayWrong, PauseWrong, RegionWrong, NotInForce.
    """
    rule = limit_by_id(limit)
    day = _day(start, "from")
    postponements = [_pause(text) for text in pauses]
    found = computed(rule, day, region=region, postponements=postponements, extensions=(), law_of=day)
    answer = as_answer(found)
    if postponements and not rule.postponable:
        answer["working"].append({"day": None, "what": NOT_POSTPONABLE, "article": ""})
    return answer


def as_answer(found: Deadline) -> Answer:
    """A deadline in plain values: days as 2026-02-10. `region` is where the number came from: "national" or six digits."""
    return {
        "limit": found.limit,
        "title": found.title,
        "from": found.start.isoformat(),
        "due": found.due.isoformat(),
        "kind": found.kind,
        "unit": found.unit,
        "length": found.length,
        "basis": found.article,
        "confidence": found.basis.confidence,
        "strict": found.strict.isoformat(),
        "rolled": found.rolled.isoformat(),
        "act_by": found.act_by.isoformat(),
        "postponed_days": found.postponed_days,
        "provisional": found.provisional,
        "region": found.basis.region,
        "working": [
            {"day": line.day.isoformat() if line.day else None, "what": line.text, "article": line.article}
            for line in found.lines
        ],
    }


def _day(text: str, field: str) -> date:
    if not re.fullmatch(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
        raise DayWrong(field=field, text=text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayWrong(field=field, text=text) from None


def _pause(text: str) -> Postponement:
    first, colon, last = text.partition(":")
    if not colon:
        raise PauseWrong(field="pause", text=text)
    begin, end = _day(first, "pause"), _day(last, "pause")
    if end < begin:
        raise PauseWrong(field="pause", text=text)
    return Postponement.between(begin, end + DAY, article="", reason="暂停计算")
