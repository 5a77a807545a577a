"""How telephone codes look and how often they are sent: pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gongjian.accounts.errors import CodeTooOften, CodeTooSoon

DIGITS = 6
VALID = timedelta(minutes=5)
PAUSE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
"""Guesses at one code before it is worth nothing."""
MOST_PER_HOUR = 5
"""Codes for one telephone asked for at one address within an hour."""
MOST_PER_DAY = 20
"""Codes for one telephone from anywhere within a day."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def check_rate(here: Sequence[datetime], anywhere: Sequence[datetime], *, at: datetime) -> None:
    """May one more code be sent? Counted per telephone and address, so that an office of thirty behind one address is not stopped.

    here: when codes were sent to this telephone for this address; anywhere: for any address. Both within the last day.
    Raises: CodeTooSoon, CodeTooOften.
    """
    if here and (waited := at - max(here)) < PAUSE:
        raise CodeTooSoon(seconds=int((PAUSE - waited).total_seconds()) or 1)
    if len([sent for sent in here if at - sent < HOUR]) >= MOST_PER_HOUR:
        raise CodeTooOften
    if len([sent for sent in anywhere if at - sent < DAY]) >= MOST_PER_DAY:
        raise CodeTooOften
