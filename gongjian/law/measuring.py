"""Work for the benchmark: due days by the million, the same every time."""

from datetime import date

from gongjian.law.changes import Postponement
from gongjian.law.clock import deadline
from gongjian.law.counting import DAY
from gongjian.law.limits import all_limits

FIRST = date(2025, 7, 1)
DAYS = 540
PAUSED = ("LA-DECIDE", "WI-DECIDE", "SV-INFO")


def recompute(count: int) -> int:
    """Compute so many due days: every limit in turn, from every day of a year and a half, some of them paused. Answers a checksum."""
    limits = list(all_limits())
    total = 0
    for number in range(count):
        limit, start = limits[number % len(limits)], FIRST + (number // len(limits) % DAYS) * DAY
        pauses = [Postponement(number % 20 + 1, start + 9 * DAY)] if limit in PAUSED else []
        total += deadline(limit, start, postponements=pauses).due.toordinal()
    return total
