"""When somebody is reminded of what they owe."""

from datetime import date
from enum import StrEnum

from gongjian.law.calendar import working_day_after, working_day_before
from gongjian.law.counting import DAY

WORKING_DAYS_BEFORE = 3
"""How many working days before the last day the first reminder goes out."""


class Stage(StrEnum):
    """Why somebody is reminded."""

    SOON = "soon"
    OVERDUE = "overdue"


def first_day_to_remind(due: date) -> date:
    """The day from which on an obligation due on `due` counts as due soon: three working days before it.

    Law: 令55 art. 10, 17 (limits that must be kept; the reminder itself is our own care).
    """
    return working_day_before(due, WORKING_DAYS_BEFORE)


def last_day_soon(today: date) -> date:
    """The last due day that is soon, seen from today. Law: as `first_day_to_remind`; 令55 art. 10."""
    day = working_day_after(today, WORKING_DAYS_BEFORE)
    while first_day_to_remind(day + DAY) <= today:
        day += DAY
    return day


def stage_of(due: date, *, today: date) -> Stage | None:
    """Why the owner of an obligation is to be reminded today; None while there is time. Law: 令55 art. 10, 17."""
    if due < today:
        return Stage.OVERDUE
    return Stage.SOON if first_day_to_remind(due) <= today else None


def is_reminded(stage: Stage, *, due: date, reminded_on: date | None) -> bool:
    """Whether a reminder sent on `reminded_on` was one of this stage; one for an earlier due day is none. Law: 令55 art. 10, 12, 17."""
    if reminded_on is None:
        return False
    return reminded_on > due if stage is Stage.OVERDUE else reminded_on >= first_day_to_remind(due)
