"""What moves the end of a limit: days that do not count, extensions, and new starts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongjian.law.counting import DAY, Span
from gongjian.law.errors import PostponementWrong
from gongjian.law.parameters import Confidence

RESCHEDULE_ARTICLE = "令55 第十二条"
EXTENSION_ARTICLE = "令55 第十条"


@dataclass(frozen=True)
class Postponement:
    """Days that do not count: `days` days from `on`, the first of them. Several may overlap or touch; each day counts once.

    For a rescheduled appraisal use `between(old day, new day)`: the days from the old appointment up to the new one.
    is_open: nobody knows yet when it ends; `days` reach up to the day that is asked about.
    """

    days: int
    on: date
    article: str = RESCHEDULE_ARTICLE
    reason: str = "经同意改期鉴定"
    confidence: Confidence = "seen"
    is_open: bool = False

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
    """`length` more of the limit's unit (days, working days, months), decided on the day `on`, for a reason that must be written."""

    length: int
    on: date
    article: str = EXTENSION_ARTICLE
    reason: str = ""


@dataclass(frozen=True)
class Restart:
    """The limit runs anew from the day `on`, not counted. Of several the one with the highest number is in force, then the latest.

    number: given by who keeps the records, where a later word goes back to an earlier day; else 0.
    reading: the parameter whose choice makes this event a new start; "" where the law leaves no choice.
    """

    on: date
    article: str
    reason: str
    number: int = 0
    reading: str = ""


def in_order(postponements: Iterable[Postponement]) -> tuple[Postponement, ...]:
    """Each once, by day: how they came in is gone."""
    return tuple(sorted(set(postponements), key=lambda one: (one.span, one.reason, one.article, one.confidence)))
