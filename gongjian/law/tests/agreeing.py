"""Holding both tellings of a history against each other."""

from collections.abc import Iterable
from datetime import date
from random import Random

from gongjian.law.errors import RuleError
from gongjian.law.history import Event, Standing, standing
from gongjian.law.limits import limit as limit_by_id
from gongjian.law.tests.naive import History, Refused, Told, tell

REFUSED = "refused"


def told(limit: str, events: tuple[Event, ...], today: date) -> Told | str:
    """What the naive telling says; "refused" where the law does not allow it."""
    try:
        return tell(limit, events, today)
    except Refused:
        return REFUSED


def found(limit: str, events: tuple[Event, ...], today: date) -> Standing | str:
    """What the platform says; "refused" likewise."""
    try:
        return standing(limit_by_id(limit), events, today)
    except RuleError:
        return REFUSED


def as_told(one: Standing | str) -> Told | str:
    """The platform's answer in the words of the naive telling."""
    if isinstance(one, str):
        return one
    return Told(one.deadline.due, one.state, one.finished_on, one.days_left, one.late_by)


def disagreements(histories: Iterable[History]) -> list[tuple[History, Told | str, Told | str]]:
    """The histories on which the tellings differ, or whose answer differs in another order of entry, at most five."""
    differing: list[tuple[History, Told | str, Told | str]] = []
    for number, one in enumerate(histories):
        answer = found(one.limit, one.events, one.today)
        expected = told(one.limit, one.events, one.today)
        if as_told(answer) != expected:
            differing.append((one, as_told(answer), expected))
        shuffled = list(one.events)
        Random(number).shuffle(shuffled)  # a seed: tests that can be repeated
        again = found(one.limit, (*shuffled, shuffled[0]), one.today)
        if again != answer or (
            isinstance(again, Standing) and isinstance(answer, Standing) and again.lines != answer.lines
        ):
            differing.append((one, as_told(again), as_told(answer)))
        if len(differing) >= 5:
            break
    return differing
