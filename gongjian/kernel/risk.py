"""How near a day is, in words and by the colour of its risk."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

URGENT_DAYS = 3
SOON_DAYS = 10


class Dated(Protocol):
    """What the deadline chip shows; `law.clock.Deadline` is one."""

    @property
    def title(self) -> str: ...
    @property
    def due(self) -> date: ...
    @property
    def article(self) -> str: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def is_partys(self) -> bool: ...
    @property
    def lines(self) -> tuple[Any, ...]: ...
    def days_left(self, today: date) -> int: ...


@dataclass(frozen=True)
class Countdown:
    """Calendar days left to a day: negative when it is past."""

    days: int

    @property
    def risk(self) -> str:
        """late, urgent (3 days or fewer), soon (10 or fewer) or calm."""
        if self.days < 0:
            return "late"
        return "urgent" if self.days <= URGENT_DAYS else "soon" if self.days <= SOON_DAYS else "calm"

    @property
    def words(self) -> str:
        """The same in words, so that nothing hangs on the colour."""
        if self.days < 0:
            return f"已超期{-self.days}天"
        return f"还剩{self.days}天" if self.days else "今天到期"


@dataclass(frozen=True)
class Met:
    """A day that has been met: by how many calendar days before its end, negative when after it."""

    days: int

    @property
    def risk(self) -> str:
        """late when it was met after its day, else calm."""
        return "late" if self.days < 0 else "calm"

    @property
    def words(self) -> str:
        """The same in words."""
        return f"逾期{-self.days}天办结" if self.days < 0 else "已按期办结"


@dataclass(frozen=True)
class Over:
    """A day on which nothing hangs any more, in the words that tell why. Nobody is late."""

    words: str
    risk: str = "over"


RUN_OUT, UNCOUNTED = Over("已届满"), Over("不再计算")


def standing(limit: Dated, today: date, *, met_on: date | None, is_over: bool) -> Countdown | Met | Over:
    """How a limit stands: a party's own time runs out and makes nobody late; what is over with its case counts no more."""
    if met_on:
        return Met(limit.days_left(met_on))
    if limit.is_partys and limit.days_left(today) < 0:
        return RUN_OUT
    return UNCOUNTED if is_over else Countdown(limit.days_left(today))
