"""A history of events in; how each limit stands on a day, out. The answer depends on the events alone, not on their order.

How pauses, corrections and days on both sides are read: docs/decisions/001-how-days-are-counted.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

from gongjian.law import clock, working
from gongjian.law.calendar import is_working_day
from gongjian.law.changes import Extension, Postponement, Restart
from gongjian.law.clock import Deadline
from gongjian.law.counting import DAY
from gongjian.law.errors import CorrectionWrong, EventNumberWrong, ExtensionTooLate
from gongjian.law.events import ENDED, vocabulary
from gongjian.law.limits import Limit, PauseGround, all_limits, extension_events
from gongjian.law.parameters import parameter
from gongjian.law.working import Line

State = Literal["running", "paused", "met", "ended", "late", "open", "over"]


@dataclass(frozen=True)
class Event:
    """Something that happened, or was decided, on a day. `what`: a name of data/events.toml.

    number: of a ground, so many days from `day` on do not count; of an extension, so many more of the limit's unit (without it, the most).
    about: the party or paper it is about; an event about nothing concerns all. id, corrects: this one stands in the place of that one.
    """

    day: date
    what: str
    number: int | None = None
    about: str = ""
    reason: str = ""
    id: str = ""
    corrects: str = ""


@dataclass(frozen=True)
class Standing:
    """How one limit stands on a day.

    state: running; paused (today does not count); met or ended (fell away) on `finished_on`; late (past its last day, not met);
    open (an act that had to wait is possible); over (a time has passed). days_left: calendar days to the due day, also when paused.
    working_days_left: for limits in working days. late_by: days past the due day, until today or until it was met.
    """

    deadline: Deadline
    about: str
    today: date
    state: State
    finished_on: date | None

    @property
    def limit(self) -> str:
        """The id of the limit."""
        return self.deadline.limit

    @property
    def is_running(self) -> bool:
        """Whether something is still to come: neither met, ended, open nor over."""
        return self.state in ("running", "paused", "late")

    @property
    def days_left(self) -> int:
        """Calendar days from today to the due day; 0 once it is no longer running or the day is past."""
        return max(0, self.deadline.days_left(self.today)) if self.is_running else 0

    @property
    def working_days_left(self) -> int | None:
        """Working days that still count, from today to the due day, today not counted; None for limits in another unit."""
        if self.deadline.unit != "working day":
            return None
        spans = [one.span for one in self.deadline.postponements]
        ahead = (self.today + DAY * step for step in range(1, self.days_left + 1))
        return sum(is_working_day(day) for day in ahead if not any(span.first <= day < span.until for span in spans))

    @property
    def late_by(self) -> int:
        """Days past the due day, until it was met, or until today; 0 for what fell away."""
        return 0 if self.state == "ended" else self.deadline.late_by(self.finished_on or self.today)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The working of the limit, and as its last line how it stands."""
        told = working.standing(self.state, self.today, self.finished_on, self.days_left, self.late_by)
        return (*self.deadline.lines, told)


def standings(events: Iterable[Event], today: date, *, region: str | None = None) -> list[Standing]:
    """Every limit that the events started, as it stands on a day, in the order of the limits and of what they are about.

    Law: 民法典 art. 200, 201, 202, 203, 204; 民诉法 art. 85; 令55 art. 10, 12, 39; 条例 art. 17, 20, 25; 法释〔2014〕9号 art. 7.
    Raises: EventUnknown, EventNumberWrong, CorrectionWrong, NotInForce, RegionWrong, ExtendedTwice, ExtensionTooLong, ExtensionTooLate.
    """
    valid = in_force(events)
    return [
        _standing(rule, valid, today, about, region, ())
        for rule in all_limits().values()
        for about in sorted({event.about for event in valid if event.what == rule.start_event})
    ]


def standing(
    rule: Limit,
    events: Iterable[Event],
    today: date,
    *,
    about: str = "",
    region: str | None = None,
    uncounted: Iterable[Postponement] = (),
) -> Standing:
    """One limit as it stands on a day. events: as `standings`, with at least one that starts it. uncounted: further days that do not count.

    Law and refusals: as `standings`. Raises: ValueError when nothing starts it.
    """
    return _standing(rule, in_force(events), today, about, region, tuple(uncounted))


def _standing(
    rule: Limit,
    valid: frozenset[Event],
    today: date,
    about: str,
    region: str | None,
    uncounted: tuple[Postponement, ...],
) -> Standing:
    mine = [event for event in valid if event.about in ("", about) and event.what in rule.events]
    starts = sorted({event.day for event in mine if event.what == rule.start_event})
    if not starts:
        raise ValueError(f"nothing starts {rule.id}")
    restarts = list(_restarts(rule, mine, starts, region))
    finished_on, was_met = _finish(rule, mine, max([starts[0], *(one.on for one in restarts)]))
    if finished_on:
        mine = [event for event in mine if event.day <= finished_on]
    pauses = [*_pauses(rule, mine, min(today, finished_on or today)), *uncounted]
    compute = partial(
        clock.computed,
        rule,
        starts[0],
        region=region,
        postponements=[part for one in pauses for part in _until(one, finished_on)],
        restarts=restarts,
        instead=rule.instead if rule.instead and any(one.what == rule.instead.event for one in mine) else None,
        finished=finished_on,
    )
    found = compute(extensions=_extensions(rule, mine, region, compute))
    return Standing(found, about, today, _state(found, today, finished_on, was_met=was_met), finished_on)


def in_force(events: Iterable[Event]) -> frozenset[Event]:
    """The events without those that others correct. The same event twice is once.

    Raises: EventUnknown, EventNumberWrong, CorrectionWrong.
    """
    given = frozenset(events)
    for event in given:
        _check(event)
    ids = Counter(event.id for event in given if event.id)
    if twice := sorted(id for id, times in ids.items() if times > 1):
        raise CorrectionWrong(id=twice[0], fault="有两条不同的内容")
    corrects = {event.id: event.corrects for event in given if event.id}
    for event in given:
        if event.corrects and event.corrects not in ids:
            raise CorrectionWrong(id=event.corrects, fault="不存在，不能更正")
        if event.id and _goes_round(event.id, corrects):
            raise CorrectionWrong(id=event.id, fault="更正来更正去，没有最后一条")
    corrected = {event.corrects for event in given}
    return frozenset(replace(event, corrects="") for event in given if not event.id or event.id not in corrected)


def _goes_round(id: str, corrects: dict[str, str]) -> bool:
    seen = {id}
    while id := corrects.get(id, ""):
        if id in seen:
            return True
        seen.add(id)
    return False


def _check(event: Event) -> None:
    title = vocabulary().title(event.what)
    fault = ""
    if event.number is not None and event.what not in vocabulary().grounds and event.what not in extension_events():
        fault = "这一事件不带数字"
    elif event.number is not None and event.number < 1:
        fault = "数字应至少为1"
    elif event.number is None and event.what in vocabulary().spans:
        fault = "应写明不计入期限的天数"
    if fault:
        raise EventNumberWrong(day=event.day, title=title, fault=fault)


def _restarts(rule: Limit, mine: list[Event], starts: list[date], region: str | None) -> Iterator[Restart]:
    for day in starts[1:]:
        article = rule.article(day) if rule.basis[0][0] <= day else ""
        yield Restart(day, article, vocabulary().title(rule.start_event))
    chosen = rule.restart
    if chosen and parameter(chosen.choice, on=starts[0], region=region).word == chosen.word:
        for event in mine:
            if event.what == chosen.event and event.day > starts[0]:
                reason = event.reason or vocabulary().title(event.what)
                yield Restart(event.day, chosen.article, reason, reading=chosen.choice)


def _finish(rule: Limit, mine: list[Event], begin: date) -> tuple[date | None, bool]:
    """The first day, from the start in force on, on which the limit was met or fell away; and whether it was met."""
    met = [event.day for event in mine if event.what in rule.met_by and event.day >= begin]
    ended = [event.day for event in mine if event.what in rule.ended_by and event.day >= begin]
    first = min([*met, *ended], default=None)
    return first, first in met


def _pauses(rule: Limit, mine: list[Event], stop: date) -> Iterator[Postponement]:
    for ground in rule.pauses:
        yield from (
            Postponement(event.number, event.day, ground.article, event.reason or ground.title, ground.confidence)
            for event in mine
            if event.what == ground.name and event.number
        )
        if not ground.is_span:
            yield from _between(ground, mine, stop)


def _between(ground: PauseGround, mine: list[Event], stop: date) -> Iterator[Postponement]:
    """From each beginning to its end: the day it begins does not count, the day it ends does. Several at once end with the last."""
    begins = Counter(event.day for event in mine if event.what == ground.name and not event.number)
    ends = Counter(event.day for event in mine if event.what == ground.name + ENDED)
    depth, since = 0, date.min
    for day in sorted({*begins, *ends}):
        before, depth = depth, max(0, depth + begins[day] - ends[day])
        if not before and depth:
            since = day
        elif before and not depth:
            yield Postponement((day - since).days, since, ground.article, ground.title, ground.confidence)
    days = (stop - since).days + 1
    if depth and days > 0:
        yield Postponement(days, since, ground.article, ground.title, ground.confidence, is_open=True)


def _until(one: Postponement, finished_on: date | None) -> Iterator[Postponement]:
    """What of the days lies before the limit was done with: what came after moves nothing."""
    if finished_on is None or one.span.until <= finished_on:
        yield one
    elif one.on <= finished_on:
        yield replace(one, days=(finished_on - one.on).days + 1)


def _extensions(
    rule: Limit, mine: list[Event], region: str | None, compute: Callable[..., Deadline]
) -> list[Extension]:
    """The extensions, each decided no later than the last day that those before it gave."""
    decided = sorted((event for event in mine if rule.extension and event.what == rule.extension.event), key=_by_day)
    if rule.extension is None or not decided:
        return []
    law = compute().start
    most = clock.longest_extension(rule, on=law, region=region)
    longer: list[Extension] = []
    for event in decided:
        number = event.number or (most.number if most else None)
        if number is None:
            raise EventNumberWrong(day=event.day, title=vocabulary().title(event.what), fault="应写明延长的天数")
        due = compute(extensions=longer).due
        if event.day > due:
            raise ExtensionTooLate(due=due)
        longer.append(Extension(number, event.day, rule.extension.article, event.reason))
    clock.check_extensions(rule, longer, on=law, region=region)
    return longer


def _by_day(event: Event) -> tuple[date, int, str]:
    return event.day, event.number or 0, event.reason


def _state(found: Deadline, today: date, finished_on: date | None, *, was_met: bool) -> State:
    if finished_on and finished_on <= today:
        return "met" if was_met else "ended"
    if found.kind == "earliest":
        return "open" if today >= found.due else "running"
    if today > found.due:
        return "late" if found.kind == "last_day" else "over"
    is_paused = any(one.span.first <= today < one.span.until for one in found.postponements)
    return "paused" if is_paused and today > found.start else "running"
