"""By when an examination must be, which sittings can still be filled, and how far people have to come: pure."""

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


def steps_between(home: str, place: str) -> int:
    """How far it is from one district to another, in steps: 0 the same, 1 a county and its city's own seat, 2 two counties of a city, 3 two cities.

    home, place: six digits each. A case that the city's own counter received may come from anywhere in the city.
    Law: 令55 art. 12, 18 (arranged so that people can come; how far is too far no text says).
    """
    if home == place:
        return 0
    if home[:4] != place[:4]:
        return 3
    return 1 if "00" in (home[4:], place[4:]) else 2
