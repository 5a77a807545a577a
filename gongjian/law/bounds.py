"""One rule for every day that somebody writes down of what has happened or is to come: it lies between what it follows and what it may reach."""

from dataclasses import dataclass
from datetime import date

from gongjian.law.errors import DayOutOfBounds

TODAY = "今天"


@dataclass(frozen=True, slots=True)
class Bound:
    """A day beyond which another may not lie, in words what happened or happens on it, and what to do about a day beyond it."""

    day: date
    why: str
    then: str = "请核对后重新填写。"


def check_past(what: str, day: date, *, since: Bound, today: date) -> None:
    """Refuse the day of something past that lies before what it follows, or after today. Both days themselves are possible.

    what: what happened on the day ("送达日期"). Law: none of its own (a limit counts from a day that was, 民法典 art. 201).
    Raises: DayOutOfBounds.
    """
    check_between(what, day, first=since, last=Bound(today, TODAY))


def check_coming(what: str, day: date, *, after: Bound, until: Bound) -> None:
    """Refuse the day of something to come that does not lie after a day, or lies beyond the last sensible one, which itself is possible.

    Law: none of its own. Raises: DayOutOfBounds.
    """
    if day <= after.day:
        raise DayOutOfBounds(what=what, day=day, must="要晚于", why=after.why, limit=after.day, then=after.then)
    check_between(what, day, first=after, last=until)


def check_between(what: str, day: date, *, first: Bound, last: Bound) -> None:
    """Refuse a day outside two days that are possible themselves. Law: none of its own. Raises: DayOutOfBounds."""
    if day < first.day:
        raise DayOutOfBounds(what=what, day=day, must="不能早于", why=first.why, limit=first.day, then=first.then)
    if day > last.day:
        raise DayOutOfBounds(what=what, day=day, must="不能晚于", why=last.why, limit=last.day, then=last.then)
