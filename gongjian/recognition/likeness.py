"""Whether two applications are about one injury, and which of the two cases goes on: plain values in and out."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

NEAR_DAYS = 1
ALIKE = 0.4
"""Share of two-character pieces in common from which two descriptions of a place read alike."""


@dataclass(frozen=True)
class Turn:
    """How far one of two cases has come. accepted_on: None while its papers are checked."""

    accepted_on: date | None
    received_at: datetime


def is_near(first: date, second: date) -> bool:
    """Whether two injuries of one person may be the same one: the days differ by one at most.

    Law: 条例 art. 17 (the employer and the worker's side may each apply for one injury).
    """
    return abs((first - second).days) <= NEAR_DAYS


def is_place_alike(first: str, second: str) -> bool:
    """Whether two descriptions may mean one place. One that is not told excludes nothing. Law: 条例 art. 18 (the place is told)."""
    one, two = _plain(first), _plain(second)
    if not one or not two or one in two or two in one:
        return True
    pieces, others = _pieces(one), _pieces(two)
    return 2 * len(pieces & others) / (len(pieces) + len(others)) >= ALIKE


def goes_on_first(one: Turn, two: Turn) -> bool:
    """Whether the first of two cases goes on: an accepted one before one that is not, then the earlier. So no limit grows by joining.

    Law: 条例 art. 17, 20; 令8 art. 8, 18.
    """
    return _key(one) <= _key(two)


def _key(turn: Turn) -> tuple[bool, date, datetime]:
    return turn.accepted_on is None, turn.accepted_on or date.max, turn.received_at


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def _pieces(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(max(len(text) - 1, 1))}
