"""What the screens show: ticket, masked name, where to go. Nothing else leaves this file: no full name, no case, no injury."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from gongjian.delivery.rules import masked
from gongjian.kernel import moment
from gongjian.reception.models import Attendance
from gongjian.reception.queries.day import groups_of
from gongjian.sittings.models import QueueEntry, Sitting
from gongjian.sittings.states import BookingState, QueueState

COLUMNS = ("group_number", "room", "state", "calls", "called_at", "booking__ticket", "booking__case__person__name")
NEXT = 4
"""How many waiting tickets a screen shows for each group."""
DESK_CALL = timedelta(minutes=10)
"""For how long a call to an identity desk stays on the screen."""


@dataclass(frozen=True)
class Call:
    """Somebody called. times: how often; with the ticket it says whether a screen has spoken of it already."""

    ticket: int
    name: str
    place: str
    times: int
    at: datetime

    @property
    def key(self) -> str:
        return f"{self.ticket}-{self.place}-{self.times}"

    @property
    def spoken(self) -> str:
        """What a voice says: the ticket sign by sign, so that it is understood in a loud hall."""
        return f"请{' '.join(str(self.ticket))}号，到{self.place}。"


@dataclass(frozen=True)
class RoomCall:
    """What the screen says about one group: who is called now (newest first), and the tickets that come next."""

    group: int
    room: str
    now: tuple[Call, ...]
    next: tuple[int, ...]
    waiting: int


def calls_of(
    sitting: Sitting, *, group: int | None = None, groups: Sequence[tuple[int, str]] | None = None
) -> list[RoomCall]:
    """Each group with who is called and who comes next; only one group, where told. groups: of the sitting, where they are known already."""
    rows = QueueEntry.objects.filter(sitting=sitting, state__in=[QueueState.WAITING, QueueState.CALLED])
    entries = list(rows.order_by("stands_since", "id").values_list(*COLUMNS, named=True))
    rooms = {number: room or f"第{number}组" for number, room in groups or groups_of(sitting)}
    rooms |= {entry.group_number: entry.room for entry in entries}
    wanted = [number for number in sorted(rooms) if group in (None, number)]
    return [_room(number, rooms[number], [one for one in entries if one.group_number == number]) for number in wanted]


def desk_calls(sitting: Sitting) -> list[Call]:
    """Who is called to an identity desk and has not been there yet, newest first: one query."""
    rows = _at_the_desk(sitting).filter(called_at__gt=moment.now() - DESK_CALL).order_by("-called_at", "-pk")
    return [
        Call(row.booking.ticket or 0, masked(row.booking.case.person.name), row.desk, row.calls, row.called_at)
        for row in rows
        if row.called_at
    ]


def _at_the_desk(sitting: Sitting) -> QuerySet[Attendance]:
    here = Attendance.objects.filter(sitting=sitting, booking__state=BookingState.BOOKED)
    return here.select_related("booking__case__person")


def _room(number: int, room: str, entries: list[Any]) -> RoomCall:
    now = [
        Call(one.booking__ticket, masked(one.booking__case__person__name), room, one.calls, one.called_at)
        for one in entries
        if one.state == QueueState.CALLED
    ]
    waiting = [one.booking__ticket for one in entries if one.state == QueueState.WAITING]
    newest = tuple(sorted(now, key=lambda call: call.at))[::-1]  # of two at once, the later in turn
    return RoomCall(number, room, newest, tuple(waiting[:NEXT]), len(waiting))
