"""Questions from outside (command line, other programs): plain texts in, a plain answer out, stable in its names.

The names of the answers are documented in docs/guide/law-answers.md.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from gongjian.law import history
from gongjian.law.changes import Postponement
from gongjian.law.clock import Deadline
from gongjian.law.counting import DAY
from gongjian.law.day_by_day import day_by_day
from gongjian.law.days import read_day
from gongjian.law.errors import EventWrong, PauseWrong, StillPaused
from gongjian.law.events import vocabulary
from gongjian.law.history import Event, Standing
from gongjian.law.limits import Limit
from gongjian.law.limits import limit as limit_by_id
from gongjian.law.working import Line


class Step(TypedDict):
    """One line of the working; `day` is None for a remark."""

    day: str | None
    what: str
    article: str


class Day(TypedDict):
    """One day: its number among those that counted, or None and why it did not count; remark: what is out of the ordinary about it."""

    day: str
    number: int | None
    why: str
    remark: str


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
        "ends": str,
        "postponed_days": int,
        "extended_by": int,
        "provisional": bool,
        "region": str,
        "today": str | None,
        "state": str | None,
        "days_left": int | None,
        "late_by": int | None,
        "finished_on": str | None,
        "working": list[Step],
        "days": list[Day] | None,
    },
)
NOT_POSTPONABLE = "法律没有规定本期限可以顺延；此处按所给的日子扣除，仅供推算。"
FAR_AWAY = date(2200, 1, 1)


def due(
    limit: str,
    start: str,
    *,
    events: Sequence[str] = (),
    pauses: Sequence[str] = (),
    region: str | None = None,
    today: str | None = None,
    by_day: bool = False,
) -> Answer:
    """The due day of a limit and its working. start: a day; events: "DAY:NAME" or "DAY:NAME=NUMBER".

    pauses: "A:B", the days A to B, both included, do not count. today: the day on which the limit's state is asked for.
    by_day: also every day from the start to the due day.
    Law: 民法典 art. 200, 201, 202, 203, 204; 民诉法 art. 85.
    Raises: LimitUnknown, DayWrong, PauseWrong, EventWrong, EventNumberWrong, StillPaused, RegionWrong, NotInForce, NotFixed,
    ExtendedTwice, ExtensionTooLong, ExtensionTooLate.
    """
    rule = limit_by_id(limit)
    told = [Event(read_day(start, "from"), rule.start_event), *(_event(text, rule) for text in events)]
    uncounted = [_pause(text) for text in pauses]
    asked_on = read_day(today, "today") if today else None
    found = history.standing(rule, told, asked_on or FAR_AWAY, region=region, uncounted=uncounted)
    still = [one for one in found.deadline.postponements if one.is_open]
    if asked_on is None and found.finished_on is None and still:
        raise StillPaused(title=rule.title, since=still[0].on)
    answer = as_answer(found.deadline, found if asked_on else None)
    answer["from"] = start
    if uncounted and not rule.pauses:
        answer["working"].append({"day": None, "what": NOT_POSTPONABLE, "article": ""})
    if by_day:
        days = day_by_day(found.deadline)
        answer["days"] = [
            {"day": one.day.isoformat(), "number": one.number, "why": one.why, "remark": one.remark} for one in days
        ]
    return answer


def as_answer(found: Deadline, stands: Standing | None = None) -> Answer:
    """A deadline in plain values: days as 2026-02-10. `region` is where the number came from: "national" or six digits.

    stands: how the limit stands on a day; without it the answers about a day are None.
    """
    finished_on = stands.finished_on if stands else None
    return {
        "limit": found.limit,
        "title": found.title,
        "from": (found.first_start or found.start).isoformat(),
        "due": found.due.isoformat(),
        "kind": found.kind,
        "unit": found.unit,
        "length": found.length,
        "basis": found.article,
        "confidence": found.confidence,
        "strict": found.strict.isoformat(),
        "rolled": found.rolled.isoformat(),
        "act_by": found.act_by.isoformat(),
        "ends": found.ends,
        "postponed_days": found.postponed_days,
        "extended_by": found.extended_by,
        "provisional": found.provisional,
        "region": found.basis.region,
        "today": stands.today.isoformat() if stands else None,
        "state": stands.state if stands else None,
        "days_left": stands.days_left if stands else None,
        "late_by": stands.late_by if stands else None,
        "finished_on": finished_on.isoformat() if finished_on else None,
        "working": [_step(line) for line in (stands.lines if stands else found.lines)],
        "days": None,
    }


def _step(line: Line) -> Step:
    return {"day": line.day.isoformat() if line.day else None, "what": line.text, "article": line.article}


def _event(text: str, rule: Limit) -> Event:
    day, colon, what = text.partition(":")
    name, equals, number = what.partition("=")
    is_number = re.fullmatch(r"[0-9]{1,4}", number, re.ASCII)
    names = {word: event for event in rule.events for word in (event, vocabulary().title(event))}
    if not colon or name not in names or (equals and not is_number):
        raise EventWrong(field="event", text=text, limit=rule.id, known=known_events(rule))
    return Event(read_day(day, "event"), names[name], int(number) if equals else None)


def known_events(rule: Limit) -> str:
    """The events that say something to a limit, with their words."""
    return "、".join(f"{name}（{vocabulary().title(name)}）" for name in rule.events)


def _pause(text: str) -> Postponement:
    first, colon, last = text.partition(":")
    if not colon:
        raise PauseWrong(field="pause", text=text)
    begin, end = read_day(first, "pause"), read_day(last, "pause")
    if end < begin:
        raise PauseWrong(field="pause", text=text)
    return Postponement.between(begin, end + DAY, article="", reason="暂停计算")
