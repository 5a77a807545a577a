"""The one place that knows what time it is, so that a test or the demo story can hand the time in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_fixed: list[datetime] = []  # a stack for the whole process: a test's server threads must see the same time


def now() -> datetime:
    """The present instant, aware, in Asia/Shanghai."""
    return _fixed[-1] if _fixed else datetime.now(ZONE)


def today() -> date:
    """The present day in Asia/Shanghai, whatever the machine's own zone."""
    return now().astimezone(ZONE).date()


def day_of(instant: datetime) -> date:
    """The day of an instant in Asia/Shanghai."""
    return instant.astimezone(ZONE).date()


def read(text: str) -> datetime | None:
    """An instant as the address of a list's next page tells it; None for what is none, has no zone, or lies where no table can keep it."""
    try:
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def read_day(text: str) -> date | None:
    """A day as an address tells it; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def lasting(minutes: int) -> str:
    """A length of time as people say it: 45分钟, 2小时, 12小时45分钟."""
    hours, rest = divmod(minutes, 60)
    told = [f"{hours}小时"] * bool(hours) + [f"{rest}分钟"] * bool(rest or not hours)
    return "".join(told)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of the given day in Asia/Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


@contextmanager
def fixed(instant: datetime) -> Iterator[None]:
    """Let `now()` answer `instant` (aware) inside the block. Raises: ValueError for an instant without a zone."""
    if instant.tzinfo is None:
        raise ValueError("instant needs a time zone")
    _fixed.append(instant)
    try:
        yield
    finally:
        _fixed.pop()
