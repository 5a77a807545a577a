"""The clock: a limit and its start day in; the due day and the whole working, line by line with its articles, out.

Our own limits are computed strictly; a party's last day that is a rest day moves to the next working day
(docs/decisions/001-how-days-are-counted.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongjian.law import calendar, working
from gongjian.law.counting import DAY, Span, merged, period_end
from gongjian.law.errors import (
    ExtendedTwice,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooLong,
    ExtensionWithoutReason,
    PostponementNotAllowed,
    PostponementWrong,
)
from gongjian.law.limits import Limit
from gongjian.law.limits import limit as limit_by_id
from gongjian.law.parameters import Parameter, Unit, parameter
from gongjian.law.working import Line

RESCHEDULE_ARTICLE = "令55 第十二条"
EXTENSION_ARTICLE = "令55 第十条"


@dataclass(frozen=True)
class Postponement:
    """Days that do not count: `days` days from `on`, the first of them. Several may overlap or touch; each day counts once.

    For a rescheduled appraisal use `between(old day, new day)`: the days from the old appointment up to the new one.
    """

    days: int
    on: date
    article: str = RESCHEDULE_ARTICLE
    reason: str = "经同意改期鉴定"

    @classmethod
    def between(
        cls, first: date, until: date, article: str = RESCHEDULE_ARTICLE, reason: str = "经同意改期鉴定"
    ) -> "Postponement":
        """The days from `first` up to, but without, `until`. Raises: PostponementWrong when that is no day."""
        if until <= first:
            raise PostponementWrong()
        return cls((until - first).days, first, article, reason)

    @property
    def span(self) -> Span:
        """The days that do not count. Raises: PostponementWrong when that is no day."""
        if self.days < 1:
            raise PostponementWrong()
        return Span(self.on, self.on + self.days * DAY)


@dataclass(frozen=True)
class Extension:
    """`days` more days, decided on the day `on`, for a reason that must be written."""

    days: int
    on: date
    article: str = EXTENSION_ARTICLE
    reason: str = ""


@dataclass(frozen=True)
class Deadline:
    """A computed limit.

    due: the last day to act; for a limit of kind "earliest" the first day on which the act is possible.
    strict / rolled: the computed day, and the same moved to a working day; `due` is one of them.
    act_by: the last working day not after `due`, for early warning. provisional: `due` lies in, or was counted through, a year
    without holiday data. postponed_days: calendar days that the postponements moved the end. basis: the dated number used.
    """

    limit: str
    title: str
    kind: str
    article: str
    unit: Unit
    length: int
    start: date
    strict: date
    rolled: date
    due: date
    act_by: date
    extended_days: int
    postponed_days: int
    provisional: bool
    basis: Parameter
    lines: tuple[Line, ...]

    def days_left(self, today: date) -> int:
        """Calendar days from today to the due day: 0 on the due day itself, below 0 after it."""
        return (self.due - today).days

    def late_by(self, today: date) -> int:
        """Calendar days past the due day; 0 while there is time, and always 0 for a limit of kind "earliest"."""
        return 0 if self.kind == "earliest" else max(0, (today - self.due).days)


def deadline(
    limit: str,
    start: date,
    *,
    region: str | None = None,
    postponements: Sequence[Postponement] = (),
    extensions: Sequence[Extension] = (),
    law_of: date | None = None,
) -> Deadline:
    """The due day of a limit that started on a day. The answer does not depend on the order of what is handed in.

    start: the day of the start event, itself not counted. region: six digits; none means national values.
    law_of: the day whose law counts, by default the start day.
    Law: 民法典 art. 200, 201, 202, 203, 204; 民诉法 art. 85; 令55 art. 10, 12 (postponed by rescheduling), 39; 条例 art. 25.
    Raises: LimitUnknown, NotInForce, RegionWrong, PostponementNotAllowed, PostponementWrong, ExtensionNotAllowed, ExtendedTwice,
    ExtensionWithoutReason, ExtensionTooLong.
    """
    rule = limit_by_id(limit)
    if postponements and not rule.postponable:
        raise PostponementNotAllowed(title=rule.title)
    law_day = law_of or start
    if extensions:
        check_extensions(rule, extensions, on=law_day, region=region)
    return computed(rule, start, region=region, postponements=postponements, extensions=extensions, law_of=law_day)


def computed(
    rule: Limit,
    start: date,
    *,
    region: str | None,
    postponements: Sequence[Postponement],
    extensions: Sequence[Extension],
    law_of: date,
) -> Deadline:
    """The due day without asking whether the limit may be postponed or extended: for what-if questions.

    Law: 民法典 art. 200, 201, 202, 203, 204; 民诉法 art. 85. Raises: NotInForce, RegionWrong, PostponementWrong.
    """
    if isinstance(start, datetime):
        raise TypeError("a clock starts on a day, not at a moment")
    number = parameter(rule.parameter, on=law_of, region=region)
    extended = sum(extension.days for extension in extensions)
    unmoved = period_end(start, number.number + extended, number.unit)
    strict = period_end(start, number.number + extended, number.unit, merged(one.span for one in postponements))
    rolled = calendar.working_day_on_or_after(strict)
    due = _due(rule, strict, rolled)
    found = Deadline(
        limit=rule.id,
        title=rule.title,
        kind=rule.kind,
        article=rule.article(law_of),
        unit=number.unit,
        length=number.number,
        start=start,
        strict=strict,
        rolled=rolled,
        due=due,
        act_by=calendar.working_day_on_or_before(due),
        extended_days=extended,
        postponed_days=(strict - unmoved).days,
        provisional=bool(_unknown_years(start, strict, due, number.unit)),
        basis=number,
        lines=(),
    )
    return _with_lines(found, rule, postponements, extensions)


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
    """Are these extensions what the law allows: one, for a reason, of no more days than the parameter?

    Law: 令55 art. 10; 条例 art. 25.
    Raises: ExtensionNotAllowed, ExtendedTwice, ExtensionWithoutReason, ExtensionTooLong, NotInForce.
    """
    if rule.extension is None:
        raise ExtensionNotAllowed(title=rule.title)
    if len(extensions) > 1:
        raise ExtendedTwice(title=rule.title)
    allowed = parameter(rule.extension, on=on, region=region).number
    for extension in extensions:
        if not extension.reason.strip():
            raise ExtensionWithoutReason()
        if not 1 <= extension.days <= allowed:
            raise ExtensionTooLong(allowed=allowed, days=extension.days)


def _due(rule: Limit, strict: date, rolled: date) -> date:
    if rule.kind == "earliest":
        return strict + DAY
    return rolled if rule.roll == "forward" else strict


def _unknown_years(start: date, strict: date, due: date, unit: Unit) -> list[int]:
    first = start.year if unit == "working day" else strict.year
    return [year for year in range(first, due.year + 1) if not calendar.known(year)]


def _with_lines(
    found: Deadline, rule: Limit, postponements: Sequence[Postponement], extensions: Sequence[Extension]
) -> Deadline:
    lines = [working.started(found.start, rule.start)]
    end = period_end(found.start, found.length, found.unit)
    lines.append(working.lasts(found.length, found.unit, rule.title, end, found.article))
    length = found.length
    for one in sorted(extensions, key=lambda extension: (extension.on, extension.days)):
        length += one.days
        end = period_end(found.start, length, found.unit)
        lines.append(working.extended(one.days, one.on, one.reason, end, one.article))
    lines += _postponement_lines(found, postponements)
    lines += working.stepped_over(found.start, found.strict, found.unit)
    if found.kind == "earliest":
        lines.append(working.earliest(found.due, found.strict))
    else:
        lines.append(working.last_day(found.due, found.strict, forward=rule.roll == "forward"))
    lines += working.caveats(found.basis, _unknown_years(found.start, found.strict, found.due, found.unit))
    return replace(found, lines=tuple(lines))


def _postponement_lines(found: Deadline, postponements: Sequence[Postponement]) -> list[Line]:
    approved = sorted({(one.span, one.reason, one.article) for one in postponements})
    lines = [working.postponed(span.first, span.until - DAY, reason, article) for span, reason, article in approved]
    if lines:
        lines.append(working.postponed_in_all(found.postponed_days, found.strict))
    return lines
