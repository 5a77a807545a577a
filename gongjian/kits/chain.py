"""How what comes back is taken in and put in its place: plain values, no database, no clock.

A device writes its events into a chain: each bears its number and the hash of the one before. Requests and answers may be lost, repeated,
and come in any order; the office may die between any two steps. What follows here makes every event stand once, and in its order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from gongjian.kits.errors import Forked
from gongjian.kits.states import Kind, Stage

START: Final = "0" * 64
"""What stands before the first event of a chain."""
PASSING: Final = frozenset(
    {
        "opinions.not_called_yet",
        "opinions.recusal_waiting",
        "opinions.group_incomplete",
        "kits.not_come_yet",
        "kits.file_missing",
    }
)
"""Refusals that pass by themselves: the event waits and is tried again. Every other refusal is for a human."""
LONGEST_WAIT: Final = timedelta(days=7)
"""So long after the kit's end, or after it came where it came later, an event may wait for what passes by itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """One event of a chain: its number from 1, its own hash, the hash of the event before."""

    n: int
    hash: str
    before: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An event that was taken in, as far as its order matters. about: the exam code it concerns."""

    n: int
    about: str
    kind: Kind
    stage: Stage


def hash_of(text: str) -> str:
    """SHA-256 (hex) of an event as the device wrote it down."""
    return sha256(text.encode()).hexdigest()


def taken_in(known: Mapping[int, str], sent: Iterable[Link]) -> tuple[Link, ...]:
    """What of a delivery is new and follows the chain without a gap, in order; the rest the device will send again.

    known: hash of every event taken in, by number. Raises: Forked for another event under a number that is taken, or after another one.
    """
    tip, new = len(known), []
    hashes = dict(known)
    for link in sorted(sent, key=lambda each: each.n):
        if link.n in hashes:
            if hashes[link.n] != link.hash:
                raise Forked(n=link.n)
            continue
        if link.n != tip + 1:
            break
        if link.before != hashes.get(tip, START):
            raise Forked(n=link.n)
        tip, hashes[link.n] = link.n, link.hash
        new.append(link)
    return tuple(new)


def to_try(events: Sequence[Standing]) -> tuple[int, ...]:
    """Numbers of the events that may be merged now: of each examination the first that waits, in order.

    What comes later in the same examination keeps waiting behind it.
    """
    first: dict[str, int] = {}
    for each in sorted(events, key=lambda event: event.n):
        if each.stage is Stage.WAITING:
            first.setdefault(each.about, each.n)
    return tuple(sorted(first.values()))


def overtaken(events: Sequence[Standing], by: int) -> tuple[int, ...]:
    """Numbers of the conflicts about what was written that the event `by` has made idle: something later was written, or it was sealed."""
    late = next(each for each in events if each.n == by)
    if late.kind not in {Kind.DRAFTED, Kind.SEALED}:
        return ()
    return tuple(
        each.n
        for each in events
        if (each.about, each.kind, each.stage) == (late.about, Kind.DRAFTED, Stage.CONFLICT) and each.n < by
    )


def passes(code: str) -> bool:
    """Whether a refusal passes by itself."""
    return code in PASSING


def waits_on(now: datetime, *, ended: datetime | None, came: datetime) -> bool:
    """Whether an event may wait on. After the longest wait what should have passed is a human's: they never came, or the file was lost with the device.

    ended: when the kit's time ended, None while it is away; came: when the event was taken in.
    """
    return ended is None or now < max(ended, came) + LONGEST_WAIT


def expires_at(taken: datetime, hours: int) -> datetime:
    """When the device forgets and the office destroys the kit's code."""
    return taken + timedelta(hours=hours)
