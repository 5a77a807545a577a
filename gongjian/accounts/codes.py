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
MOST_PER_DAY = 10
"""Codes for one telephone asked for at one address within a day."""
KEPT_FOR_EACH = 3
"""Codes that an address gets in a day however many others have been asked for elsewhere: nobody is locked out by strangers."""
MOST_ELSEWHERE, MOST_OF_ALL = 20, 60
"""Codes for one telephone from all addresses within a day: above the first an address gets those kept for each, above the second nobody."""
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
    mine, all_of_them = (len([sent for sent in list_ if at - sent < DAY]) for list_ in (here, anywhere))
    if mine >= MOST_PER_DAY or all_of_them >= MOST_OF_ALL or (all_of_them >= MOST_ELSEWHERE and mine >= KEPT_FOR_EACH):
        raise CodeTooOften
