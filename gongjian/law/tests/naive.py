"""A second telling of how limits stand: it walks day by day, and shares neither data nor code with the first.

Lengths and events are written down again from the articles; the calendar is another package's. Slow and plain on purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import chinese_calendar

from gongjian.law.history import Event

DAY = timedelta(days=1)
ORDER_55 = date(2025, 7, 1)
FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}  # 放假办法 art. 2, since 2025; the rest follows the moon


class Refused(Exception):
    """The history says what the law does not allow."""


@dataclass(frozen=True)
class Plain:
    """One limit, as an article says it. length: (number, unit)."""

    length: tuple[int, str]
    start: str
    met: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    rolls: bool = False
    kind: str = "last_day"
    grounds: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()
    extension: tuple[str, int | None, int] | None = None  # event, most, times
    restart: str | None = None
    instead: tuple[str, tuple[int, str]] | None = None
    since: date = date(2020, 1, 1)
    before: tuple[int, str] | None = None  # the length before order 55
    events: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        ends = tuple(f"{ground}_ended" for ground in self.grounds)
        single = [one[0] for one in (self.extension, self.instead) if one] + ([self.restart] if self.restart else [])
        object.__setattr__(
            self, "events", (*self.grounds, *ends, *self.spans, *single, *self.met, *self.ended, self.start)
        )


DECIDED = ("recognition_decided",)
WITHDRAWN = ("recognition_withdrawn",)
FIVE = ("force_majeure", "liberty_restricted", "employer_cause", "registration_failed", "labour_dispute")
PLAIN = {
    "WI-EMP-APPLY": Plain(
        (30, "d"),
        "injured_or_diagnosed",
        ("recognition_applied",),
        rolls=True,
        extension=("employer_period_extended", None, 99),
    ),
    "WI-WRK-APPLY": Plain((12, "m"), "injured_or_diagnosed", ("recognition_applied",), rolls=True, grounds=FIVE),
    "WI-DEATH-REPORT": Plain((5, "wd"), "sudden_death", ("death_reported",), rolls=True),
    "WI-REVIEW": Plain((15, "d"), "recognition_application_received", ("recognition_accepted",), WITHDRAWN),
    "WI-SUPPLEMENT": Plain(
        (15, "d"), "recognition_supplement_notified", ("recognition_materials_completed",), WITHDRAWN, rolls=True
    ),
    "WI-DECIDE": Plain(
        (60, "d"),
        "recognition_accepted",
        DECIDED,
        WITHDRAWN,
        grounds=("judicial_decision_pending", "labour_dispute"),
    ),
    "WI-DECIDE-FAST": Plain(
        (15, "d"),
        "recognition_accepted_simple",
        DECIDED,
        WITHDRAWN,
        grounds=("judicial_decision_pending", "labour_dispute"),
    ),
    "WI-DELIVER": Plain((20, "d"), "recognition_decided", ("recognition_delivered",)),
    "WI-RECONS": Plain(
        (60, "d"),
        "recognition_delivered",
        ("reconsideration_applied",),
        rolls=True,
        grounds=("force_majeure", "other_good_reason"),
        instead=("not_informed_of_remedy", (12, "m")),
    ),
    "WI-SUIT": Plain(
        (6, "m"),
        "recognition_delivered",
        ("suit_filed",),
        rolls=True,
        grounds=("force_majeure", "not_own_fault"),
        instead=("not_informed_of_remedy", (12, "m")),
    ),
    "WI-REPLY-RECONS": Plain((10, "wd"), "reconsideration_copy_received", ("reconsideration_replied",)),
    "LA-REVIEW": Plain(
        (5, "wd"),
        "application_received",
        ("application_accepted", "supplement_notice_issued"),
        ("application_withdrawn",),
    ),
    "LA-SUPPLEMENT": Plain(
        (15, "d"),
        "supplement_notice_delivered",
        ("materials_completed",),
        ("application_withdrawn", "application_lapsed"),
        rolls=True,
        since=ORDER_55,
    ),
    "LA-DECIDE": Plain(
        (60, "d"),
        "application_received",
        ("conclusion_made",),
        ("appraisal_terminated", "application_withdrawn", "application_lapsed"),
        spans=("rescheduled",),
        extension=("decision_extended", 30, 1),
        restart="materials_completed",
    ),
    "LA-DELIVER": Plain((15, "d"), "conclusion_made", ("conclusion_delivered",), before=(20, "d")),
    "LA-REAPPEAL": Plain((15, "d"), "conclusion_delivered", ("second_appraisal_applied",), rolls=True),
    "LA-REVIEW-1Y": Plain((12, "m"), "conclusion_made", kind="earliest"),
    "LA-POOL-ADJUST": Plain((36, "m"), "pool_adjusted"),
    "AD-DECIDE": Plain(
        (60, "d"),
        "device_application_received",
        ("device_conclusion_made",),
        extension=("device_decision_extended", 30, 1),
    ),
    "TG-MAX": Plain(
        (12, "m"), "injured", ended=("stop_work_ended",), kind="lasts", extension=("stop_work_extended", 12, 1)
    ),
    "SV-PUBLIC": Plain((30, "d"), "public_notice_issued", kind="lasts", instead=("recipient_abroad", (60, "d"))),
    "SV-INFO": Plain(
        (20, "wd"),
        "disclosure_requested",
        ("disclosure_answered",),
        grounds=("third_party_consulted",),
        extension=("disclosure_extended", 20, 1),
    ),
}
SUITED = ("suit_filed",)
PLAIN |= {
    "WI-REVIEW-2": Plain((15, "d"), "recognition_materials_completed", ("recognition_rejected",), WITHDRAWN),
    "WI-EVIDENCE": Plain((15, "d"), "evidence_notice_delivered", ("evidence_given",), rolls=True),
    "WI-SUIT-AFTER": Plain(
        (15, "d"),
        "reconsideration_decision_received",
        SUITED,
        rolls=True,
        grounds=("force_majeure", "not_own_fault"),
    ),
    "WI-REPLY-COURT": Plain((15, "d"), "complaint_received", ("court_answered",)),
    "WI-ARCHIVE": Plain((600, "m"), "recognition_closed", kind="lasts"),
    "LA-DECIDE-EXT": Plain(
        (30, "d"),
        "decision_due",
        ("conclusion_made",),
        ("appraisal_terminated", "application_withdrawn", "application_lapsed"),
        spans=("rescheduled",),
    ),
    "LA-REAPPLY-SICK": Plain((12, "m"), "effective_conclusion_made", kind="earliest", since=ORDER_55),
    "LA-EXPERT-TERM": Plain((36, "m"), "expert_appointed", ended=("expert_dismissed",), kind="lasts"),
    "LA-ARCHIVE": Plain((600, "m"), "case_closed", kind="lasts"),
    "AD-REVIEW": Plain((5, "wd"), "device_application_received", ("device_application_accepted",)),
    "AD-DELIVER": Plain((20, "d"), "device_conclusion_made", ("device_conclusion_delivered",)),
    "TG-EXT": Plain((12, "m"), "stop_work_base_ended", ended=("stop_work_ended",), kind="lasts"),
    "SI-NOTIFY-STOP": Plain((20, "wd"), "benefit_stop_event", ("agency_told",), rolls=True),
    "SI-MANUAL-CLAIM": Plain((20, "wd"), "claim_received", ("claim_settled",)),
    "PI-PIA-KEEP": Plain((36, "m"), "privacy_assessed", kind="lasts"),
    "LOG-KEEP": Plain((6, "m"), "log_written", kind="lasts"),
}
MOVING = [name for name, one in PLAIN.items() if one.grounds or one.spans or one.extension]


@dataclass(frozen=True)
class Told:
    """What the naive telling says."""

    due: date
    state: str
    finished_on: date | None
    days_left: int
    late_by: int


@dataclass(frozen=True)
class History:
    """One random history of one limit, asked about on a day."""

    limit: str
    events: tuple[Event, ...]
    today: date


def works(day: date) -> bool:
    """Whether a day is worked: by another package where a notice is known to both, else by the week and the days fixed by law."""
    if day.year in (2025, 2026):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in FIXED


def tell(limit: str, events: tuple[Event, ...], today: date) -> Told:
    """How the limit stands, by walking."""
    plain = PLAIN[limit]
    mine = [one for one in left_over(events) if one.about == "" and one.what in plain.events]
    starts = sorted({one.day for one in mine if one.what == plain.start})
    begin = starts[-1]
    for one in mine:
        if one.what == plain.restart and one.day > starts[0]:
            begin = max(begin, one.day)
    finished, state = None, ""
    for one in sorted(mine, key=lambda one: (one.day, one.what not in plain.met)):
        if one.what in plain.met + plain.ended and one.day >= begin and finished is None:
            finished, state = one.day, "met" if one.what in plain.met else "ended"
    mine = [one for one in mine if finished is None or one.day <= finished]
    idle = idle_days(plain, mine, min(today, finished) if finished else today)
    if finished:
        idle = {day for day in idle if day <= finished}
    length = length_of(plain, mine, begin)
    decided = sorted((one for one in mine if plain.extension and one.what == plain.extension[0]), key=by_day)
    if plain.extension and len(decided) > plain.extension[2]:
        raise Refused("too often")
    longer = 0
    for one in decided:
        if one.day > end_of(plain, begin, length, longer, idle):
            raise Refused("too late")
        longer += added(plain, one)
    due = end_of(plain, begin, length, longer, idle)
    return standing(plain, due, begin, today, finished, state, idle)


def by_day(one: Event) -> tuple[date, int, str]:
    return one.day, one.number or 0, one.reason


def left_over(events: tuple[Event, ...]) -> list[Event]:
    """Everything that nobody corrects, each once."""
    kept: list[Event] = []
    for one in events:
        if not any(other.corrects and other.corrects == one.id for other in events):
            plain = Event(one.day, one.what, one.number, one.about, one.reason, one.id)
            if plain not in kept:
                kept.append(plain)
    return kept


def length_of(plain: Plain, mine: list[Event], begin: date) -> tuple[int, str]:
    if begin < plain.since:
        raise Refused("not in force")
    if plain.instead and any(one.what == plain.instead[0] for one in mine):
        return plain.instead[1]
    return plain.before if plain.before and begin < ORDER_55 else plain.length


def added(plain: Plain, one: Event) -> int:
    assert plain.extension is not None
    most = plain.extension[1]
    number = one.number or most
    if number is None or (most is not None and number > most):
        raise Refused("too long")
    return number


def idle_days(plain: Plain, mine: list[Event], stop: date) -> set[date]:
    """The days that do not count."""
    idle: set[date] = set()
    for one in mine:
        if one.what in plain.spans + plain.grounds and one.number:
            idle |= {one.day + step * DAY for step in range(one.number)}
    for ground in plain.grounds:
        begins = [one.day for one in mine if one.what == ground and not one.number]
        ends = [one.day for one in mine if one.what == f"{ground}_ended"]
        if begins:
            idle |= between(begins, ends, stop)
    return idle


def between(begins: list[date], ends: list[date], stop: date) -> set[date]:
    """Walk: each beginning adds one, each end takes one away; a day with something left does not count."""
    idle: set[date] = set()
    waiting: set[date] = set()
    depth, day = 0, min(begins + ends)
    while day <= max([*begins, *ends, stop]):
        depth = max(0, depth + begins.count(day) - ends.count(day))
        if depth:
            waiting.add(day)
        else:
            idle |= waiting
            waiting = set()
        day += DAY
    return idle | {day for day in waiting if day <= stop}


def end_of(plain: Plain, begin: date, length: tuple[int, str], longer: int, idle: set[date]) -> date:
    number, unit = length
    to_count = number + longer if unit != "m" else walked_months(begin, number + longer)
    day, counted = begin, 0
    while counted < to_count:
        day += DAY
        if day not in idle and (unit != "wd" or works(day)):
            counted += 1
    if plain.kind == "earliest":
        return day + DAY
    while plain.rolls and not works(day):
        day += DAY
    return day


def walked_months(begin: date, months: int) -> int:
    """How many days to the corresponding day, or to the last day of a month that has none."""
    day, steps = begin, 0
    for _ in range(months):
        day, steps = day.replace(day=1), steps
        month = day.month
        while day.month == month:
            day += DAY
    last = day
    while (last + DAY).month == day.month:
        last += DAY
    goal = min(day + (begin.day - 1) * DAY, last)
    while begin < goal:
        begin, steps = begin + DAY, steps + 1
    return steps


def standing(
    plain: Plain, due: date, begin: date, today: date, finished: date | None, state: str, idle: set[date]
) -> Told:
    if not finished or finished > today:
        if plain.kind == "earliest":
            state = "open" if today >= due else "running"
        elif today > due:
            state = "late" if plain.kind == "last_day" else "over"
        else:
            state = "paused" if today in idle and today > begin else "running"
    until, late = finished or today, 0
    while plain.kind == "last_day" and state != "ended" and due < until:
        until, late = until - DAY, late + 1
    left = (due - today).days if state in ("running", "paused") else 0
    return Told(due, state, finished, max(0, left), late)


def histories(seed: int, count: int) -> Iterator[History]:
    """So many random histories, the same for the same seed."""
    chance = Random(seed)  # a seed: tests that can be repeated
    for _ in range(count):
        limit = chance.choice(MOVING if chance.random() < 0.8 else sorted(PLAIN))
        yield history(limit, chance)


def history_of(limit: str, seed: int) -> History:
    """One random history of one limit."""
    return history(limit, Random(seed))  # a seed: tests that can be repeated


def history(limit: str, chance: Random) -> History:
    """One start and up to nine further events around it, some of them corrected, one perhaps about something else."""
    plain = PLAIN[limit]
    start = date(2025, 1, 10) + chance.randrange(500) * DAY
    events = [Event(start, plain.start)]
    for number in range(chance.randrange(10)):
        what = chance.choice(plain.events)
        day = start + chance.randrange(-40, 130) * DAY
        one = Event(day, what, number_of(plain, what, chance), id=f"e{number}" if chance.random() < 0.5 else "")
        if what in (plain.start, *plain.met, *plain.ended) and chance.random() < 0.6:
            continue
        events.append(one)
        if one.id and chance.random() < 0.4:
            moved = day + chance.randrange(-9, 10) * DAY
            events.append(Event(moved, what, one.number, id=f"{one.id}'", corrects=one.id))
    if chance.random() < 0.2:
        events.append(Event(start, plain.start, about="另一方"))
    chance.shuffle(events)
    return History(limit, tuple(events), start + chance.randrange(-5, 220) * DAY)


def number_of(plain: Plain, what: str, chance: Random) -> int | None:
    if what in plain.spans:
        return chance.randrange(1, 25)
    if what in plain.grounds and chance.random() < 0.4:
        return chance.randrange(1, 40)
    if plain.extension and what == plain.extension[0] and (plain.extension[1] is None or chance.random() < 0.5):
        return chance.randrange(1, 35)
    return None
