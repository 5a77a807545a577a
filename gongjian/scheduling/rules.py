"""By when an examination must be, and which sittings can still be filled: pure."""

from datetime import date

from gongjian.law.calendar import working_day_before
from gongjian.law.parameters import parameter
from gongjian.sittings.rules import notice_days


def examine_by(due_on: date, *, on: date, region: str | None) -> date:
    """The last day for the examination, so that opinion and conclusion come before the decision is due.

    Law: 令55 art. 10 (the decision's limit), art. 15, 16 (opinion and conclusion come after the examination; how long they take is the office's).
    """
    return working_day_before(due_on, parameter("conclude_days", on=on, region=region).number)


def can_be_noticed(day: date, *, on: date, region: str | None) -> bool:
    """Whether people called to this day from today on hear of it early enough. Law: 令55 art. 12 (told in advance)."""
    return day > on and notice_days(on, day) >= parameter("notice_lead_days", on=on, region=region).number
