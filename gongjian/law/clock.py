"""The clock: a limit and its start day in; the due day and the whole working, line by line with its articles, out.

Our own limits are computed strictly; a party's last day that is a rest day moves to the next working day
(docs/decisions/001-how-days-are-counted.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from gongjian.law import calendar, marks, working
from gongjian.law.changes import Extension, Postponement, Restart, in_order
from gongjian.law.counting import DAY, merged, period_end
from gongjian.law.errors import (
    ExtendedTwice,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooLong,
    ExtensionWithoutReason,
    NotFixed,
    PostponementNotAllowed,
)
from gongjian.law.limits import Limit, Substitute, Transition
from gongjian.law.limits import limit as limit_by_id
from gongjian.law.parameters import NATIONAL, Confidence, Parameter, Unit, parameter
from gongjian.law.working import Line

__all__ = ["Deadline", "Extension", "Postponement", "Restart", "check_extension", "check_extensions", "deadline"]


@dataclass(frozen=True)
class Deadline:
    """A computed limit.

    due: the last day to act; for a limit of kind "earliest" the first day on which the act is possible; of kind "lasts" the day the
    time is over with. strict / rolled: the computed day, and the same moved to a working day; `due` rests on one of them.
    act_by: the last working day not after `due`, for early warning. provisional: `due` lies in, or was counted through, a year
    without holiday data. postponed_days: calendar days that the postponements moved the end. extended_by: in the limit's unit.
    basis: the dated number used; article: where it stands. transition: the limit began under the old law and follows the new one.
    """

    rule: Limit
    start: date
    strict: date
    rolled: date
    due: date
    extended_by: int
    postponed_days: int
    provisional: bool
    basis: Parameter
    article: str
    region: str | None = None
    transition: Transition | None = None
    postponements: tuple[Postponement, ...] = ()
    extensions: tuple[Extension, ...] = ()
    first_start: date | None = None
    restarts: tuple[Restart, ...] = ()

    @property
    def limit(self) -> str:
        """The id of the limit."""
        return self.rule.id

    @property
    def title(self) -> str:
        """The limit in words."""
        return self.rule.title

    @property
    def is_partys(self) -> bool:
        """A right or duty of a party, not a duty of an office."""
        return self.rule.who == "party"

    @property
    def kind(self) -> str:
        """What the due day means: "last_day", "earliest" or "lasts"."""
        return self.rule.kind

    @property
    def unit(self) -> Unit:
        """The unit of the length."""
        return self.basis.unit

    @property
    def length(self) -> int:
        """The length by law, without extensions."""
        return self.basis.number

    @cached_property
    def act_by(self) -> date:
        """The last working day not after the due day."""
        return calendar.working_day_on_or_before(self.due)

    @cached_property
    def ends(self) -> str:
        """The time of the due day at which it is over: "24:00", or close of business where the locality says so."""
        return parameter("last_day_ends", on=self.due, region=self.region).word

    @cached_property
    def rests_on(self) -> tuple[marks.Mark, ...]:
        """Everything the answer rests on, each with how sure it is."""
        return tuple(dict.fromkeys(_marks(self)))

    @property
    def confidence(self) -> Confidence:
        """The least sure of everything the answer rests on."""
        return marks.weakest(mark.confidence for mark in self.rests_on)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The working: one line per step, each with its article."""
        return tuple(_lines(self))

    def days_left(self, today: date) -> int:
        """Calendar days from today to the due day: 0 on the due day itself, below 0 after it."""
        return (self.due - today).days

    def late_by(self, today: date) -> int:
        """Calendar days past the due day; 0 while there is time, and always 0 for a limit that nobody can miss."""
        return max(0, (today - self.due).days) if self.kind == "last_day" else 0


def deadline(
    limit: str,
    start: date,
    *,
    region: str | None = None,
    postponements: Sequence[Postponement] = (),
    extensions: Sequence[Extension] = (),
    restarts: Sequence[Restart] = (),
    law_of: date | None = None,
) -> Deadline:
    """The due day of a limit that started on a day. The answer does not depend on the order of what is handed in.

    start: the day of the start event, itself not counted. region: six digits; none means national values.
    law_of: the day whose law counts; by default the start day, or the day of a transition through which the limit ran.
    Law: 民法典 art. 200, 201, 202, 203, 204; 民诉法 art. 85; 令55 art. 10, 12 (postponed by rescheduling), 39; 条例 art. 25.
    Raises: LimitUnknown, NotInForce, RegionWrong, PostponementNotAllowed, PostponementWrong, ExtensionNotAllowed, ExtendedTwice,
    ExtensionWithoutReason, ExtensionTooLong.
    """
    rule = limit_by_id(limit)
    if postponements and not rule.pauses:
        raise PostponementNotAllowed(title=rule.title)
    if extensions:
        check_extensions(rule, extensions, on=law_of or start, region=region)
        if not all(extension.reason.strip() for extension in extensions):
            raise ExtensionWithoutReason()
    return computed(
        rule,
        start,
        region=region,
        postponements=postponements,
        extensions=extensions,
        restarts=restarts,
        law_of=law_of,
    )


def computed(
    rule: Limit,
    start: date,
    *,
    region: str | None = None,
    postponements: Iterable[Postponement] = (),
    extensions: Iterable[Extension] = (),
    restarts: Iterable[Restart] = (),
    instead: Substitute | None = None,
    law_of: date | None = None,
    finished: date | None = None,
) -> Deadline:
    """The due day without asking whether the limit may be postponed or extended. Every due day of the platform is computed here.

    instead: another number takes the place of the limit's own. finished: the day the limit was met or fell away, if it was.
    Law: 民法典 art. 200, 201, 202, 203, 204; 民诉法 art. 85; 令55 art. 39 (transition).
    Raises: NotInForce, NotFixed, RegionWrong, PostponementWrong.
    """
    if isinstance(start, datetime):
        raise TypeError("a clock starts on a day, not at a moment")
    renewed = tuple(sorted(set(restarts), key=lambda one: (one.number, one.on, one.reason, one.article)))
    longer = tuple(sorted(set(extensions), key=lambda one: (one.on, one.length, one.reason, one.article)))
    course = _Course(rule, start, renewed, in_order(postponements), longer, instead, region)
    found = course.under(law_of or course.begin)
    moved = rule.transition
    if law_of is None and moved and course.begin < moved.since <= min(found.due, finished or found.due):
        return course.under(moved.since, moved)
    return found


@dataclass(frozen=True)
class _Course:
    """What happened to a limit, to be counted under the law of a day."""

    rule: Limit
    start: date
    restarts: tuple[Restart, ...]
    postponements: tuple[Postponement, ...]
    extensions: tuple[Extension, ...]
    instead: Substitute | None
    region: str | None

    @property
    def begin(self) -> date:
        return self.restarts[-1].on if self.restarts else self.start

    def under(self, law: date, transition: Transition | None = None) -> Deadline:
        rule, begin = self.rule, self.begin
        number = parameter(self.instead.parameter if self.instead else rule.parameter, on=law, region=self.region)
        article = self.instead.article if self.instead else rule.article(law)
        extended = sum(extension.length for extension in self.extensions)
        unmoved = strict = period_end(begin, number.number + extended, number.unit)
        if self.postponements:
            spans = merged(one.span for one in self.postponements)
            strict = period_end(begin, number.number + extended, number.unit, spans)
        rolled = calendar.working_day_on_or_after(strict)
        due = _due(rule, strict, rolled)
        return Deadline(
            rule=rule,
            start=begin,
            strict=strict,
            rolled=rolled,
            due=due,
            extended_by=extended,
            postponed_days=(strict - unmoved).days,
            provisional=bool(_unknown_years(begin, strict, due, number.unit)),
            basis=number,
            article=article if number.region == NATIONAL else f"{article}；{number.source}",
            region=self.region,
            transition=transition,
            postponements=self.postponements,
            extensions=self.extensions,
            first_start=self.start if self.restarts else None,
            restarts=self.restarts,
        )


def check_extension(
    limit: str,
    start: date,
    extension: Extension,
    *,
    region: str | None = None,
    postponements: Sequence[Postponement] = (),
    already: Sequence[Extension] = (),
) -> None:
    """May the limit be extended now? An extension must be decided before the limit has run out.

    Law: 令55 art. 10; 条例 art. 25 (once, up to 30 days).
    Raises: as `deadline`, and ExtensionTooLate.
    """
    deadline(limit, start, region=region, postponements=postponements, extensions=(*already, extension))
    due = deadline(limit, start, region=region, postponements=postponements).due
    if extension.on > due:
        raise ExtensionTooLate(due=due)


def check_extensions(rule: Limit, extensions: Sequence[Extension], *, on: date, region: str | None = None) -> None:
    """Are these extensions what the law allows: no more of them, and none longer, than the parameter says?

    Law: 令55 art. 10; 条例 art. 17, 25, 33; 令27 art. 8; 信息公开条例 art. 33.
    Raises: ExtensionNotAllowed, ExtendedTwice, ExtensionTooLong, NotInForce.
    """
    if rule.extension is None:
        raise ExtensionNotAllowed(title=rule.title)
    if rule.extension.times is not None and len(extensions) > rule.extension.times:
        raise ExtendedTwice(title=rule.title)
    most = longest_extension(rule, on=on, region=region)
    for extension in extensions:
        if extension.length < 1 or (most and extension.length > most.number):
            allowed = most.number if most else "若干"
            unit = working.UNIT_LABELS[most.unit].partition("（")[0] if most else "日"
            raise ExtensionTooLong(allowed=allowed, length=extension.length, unit=unit)


def longest_extension(rule: Limit, *, on: date, region: str | None = None) -> Parameter | None:
    """The most one extension may add; None where neither the nation nor the region sets a number.

    Law: 令55 art. 10; 条例 art. 17, 25, 33; 令27 art. 8; 信息公开条例 art. 33. Raises: ExtensionNotAllowed, NotInForce.
    """
    if rule.extension is None:
        raise ExtensionNotAllowed(title=rule.title)
    try:
        return parameter(rule.extension.most, on=on, region=region)
    except NotFixed:
        return None


def _due(rule: Limit, strict: date, rolled: date) -> date:
    if rule.kind == "earliest":
        return strict + DAY
    return rolled if rule.roll == "forward" else strict


def _unknown_years(start: date, strict: date, due: date, unit: Unit) -> list[int]:
    first = start.year if unit == "working day" else strict.year
    last = (due + calendar.REACHES_BACK).year  # an arrangement may take in the last days of the December before it
    return [year for year in range(first, last + 1) if not calendar.known(year)]


def _marks(found: Deadline) -> Iterable[marks.Mark]:
    yield marks.of_number(found.basis)
    yield from (marks.of_pause(one.confidence, one.article) for one in found.postponements if found.postponed_days)
    if found.restarts and found.restarts[-1].reading:
        yield marks.of_reading(parameter(found.restarts[-1].reading, on=found.start, region=found.region))
    if found.extensions and (most := longest_extension(found.rule, on=found.start, region=found.region)):
        yield marks.of_reading(most)
    rolls = found.rule.roll == "forward"
    if found.unit == "working day":
        yield from marks.of_years(found.start.year, found.due.year)
    elif rolls:
        yield from marks.of_years(found.strict.year, found.due.year)
    if (rolls and found.strict.weekday() >= calendar.SATURDAY) or (found.due != found.strict and rolls):
        yield marks.of_reading(parameter("rest_days", on=found.due, region=found.region))
    if found.kind == "last_day":
        yield marks.of_reading(parameter("last_day_ends", on=found.due, region=found.region))


def _lines(found: Deadline) -> Iterable[Line]:
    if found.first_start:
        yield working.first_started(found.first_start)
        yield from (working.restarted(one.on, one.reason, one.article) for one in found.restarts)
    yield working.started(found.start, found.rule.start)
    end = period_end(found.start, found.length, found.unit)
    yield working.lasts(found.length, found.unit, found.title, end, found.article)
    if found.transition:
        yield working.transition(found.transition.since, found.transition.article)
    length = found.length
    for one in found.extensions:
        length += one.length
        end = period_end(found.start, length, found.unit)
        yield working.extended(one.length, found.unit, one.on, one.reason, end, one.article)
    for pause in found.postponements:
        yield working.postponed(pause.on, pause.span.until - DAY, pause.reason, pause.article, is_open=pause.is_open)
    if found.postponements:
        yield working.postponed_in_all(found.postponed_days, found.strict)
    yield from working.stepped_over(found.start, found.strict, found.unit)
    yield _last_line(found)
    if found.rule.note:
        yield Line(None, found.rule.note, found.article)
    yield from (mark.line for mark in found.rests_on if mark.line)
    yield from working.unknown_years(_unknown_years(found.start, found.strict, found.due, found.unit))


def _last_line(found: Deadline) -> Line:
    if found.kind == "earliest":
        return working.earliest(found.due, found.strict)
    if found.kind == "lasts":
        return working.over(found.due)
    return working.last_day(found.due, found.strict, forward=found.rule.roll == "forward", ends=found.ends)
