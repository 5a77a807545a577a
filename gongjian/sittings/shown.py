"""Bookings as the pages show them: templates decide nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongjian.experts.specialties import labels
from gongjian.sittings.assistance import told
from gongjian.sittings.models import Booking
from gongjian.sittings.rules import Flag
from gongjian.sittings.states import BookingState, QueueState

KINDS = {
    BookingState.BOOKED: "info",
    BookingState.PRESENT: "good",
    BookingState.ABSENT: "bad",
    BookingState.DONE: "good",
    BookingState.MOVED: "neutral",
    BookingState.ENDED: "neutral",
}


@dataclass(frozen=True)
class BookingLine:
    """One line of a list. state, kind: words and colour of the badge."""

    booking: Booking
    state: str
    kind: str
    needs: str
    assistance: str
    flags: list[str]
    group: str


def lines(bookings: Iterable[Booking]) -> list[BookingLine]:
    """Bookings, with their queue entry fetched, as lines."""
    return [line(booking) for booking in bookings]


def line(booking: Booking) -> BookingLine:
    """One booking as a line."""
    state = BookingState(booking.state)
    entry = getattr(booking, "queue_entry", None)
    return BookingLine(
        booking=booking,
        state=state.label,
        kind=KINDS[state],
        needs=labels(booking.needs) or "不限专业",
        assistance=told(booking.assistance),
        flags=[Flag(flag).label for flag in booking.flags],
        group=f"第{entry.group_number}组" if entry and entry.state != QueueState.LEFT else "",
    )


def state_counts(counts: dict[str, int]) -> list[tuple[str, int, str]]:
    """(state in words, how many, colour) in the order of a day."""
    return [(state.label, counts[state], KINDS[state]) for state in BookingState if counts.get(state)]
