"""When what was decided takes effect: plain values in and out."""

from collections.abc import Sequence
from datetime import date, timedelta


def effective_on(remedy_ends: Sequence[date]) -> date:
    """The day on which a decision takes effect: the day after the last party's remedy has ended.

    remedy_ends: the last day of each recipient. Law: 令55 art. 19 (15 days from each party's receipt); 条例 art. 55; 令8 art. 23.
    Raises: ValueError without a recipient.
    """
    return max(remedy_ends) + timedelta(days=1)
