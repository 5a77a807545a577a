"""How often a message is tried, and how a dependency that is down is spared. Pure: counts in, time spans out."""

from datetime import timedelta

MOST_ATTEMPTS = 8
GIVE_UP_AFTER = timedelta(days=1)
FAILURES_IN_A_ROW = 5
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(minutes=30)
PROBE = timedelta(minutes=1)
MOST_CREDIT = 100


def pause_after(attempts: int) -> timedelta:
    """How long a message rests after its attempt number `attempts` (from 1): 1, 2, 4 … minutes, an hour at most.

    The shortest pause is longer than any gateway's time-out, so that no message is on its way twice at once.
    """
    return min(FIRST_PAUSE * (1 << (attempts - 1)), LONGEST_PAUSE)


def is_last(attempts: int) -> bool:
    """Whether attempt number `attempts` was the last one a message gets."""
    return attempts >= MOST_ATTEMPTS


def rest_after(failures: int) -> timedelta | None:
    """How long a channel rests after so many failures in a row: not before the fifth; then 1, 2, 4 … minutes, half an hour at most."""
    if failures < FAILURES_IN_A_ROW:
        return None
    return min(FIRST_REST * (1 << min(failures - FAILURES_IN_A_ROW, 10)), LONGEST_REST)


def credit_after(credit: int, *, attempts: int) -> int:
    """Credit for repetitions after an attempt: a first one earns one, a repetition costs one.

    So repetitions never outnumber first attempts, and a dependency in trouble sees at most twice its normal load.
    """
    return min(credit + 1, MOST_CREDIT) if attempts == 1 else max(credit - 1, 0)
