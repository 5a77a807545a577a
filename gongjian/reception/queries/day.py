"""One sitting's day as its rows make it: who stands where, since when, and when they will be called. Two queries, no names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Q

from gongjian.draws.models import Group
from gongjian.draws.states import State as DrawState
from gongjian.kernel import moment
from gongjian.reception.models import Delay
from gongjian.reception.rules import DEFAULT_MINUTES, Standing, forecast, minutes_late, pace, planned_pace, stage_of
from gongjian.reception.states import HERE_AND_WAITING, WALK, Cause, Stage
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState, QueueState

COLUMNS = (
    "pk",
    "ticket",
    "state",
    "slot__starts_at",
    "attendance__at",
    "attendance__desk",
    "presence__at",
    "queue_entry__state",
    "queue_entry__group_number",
    "queue_entry__room",
    "queue_entry__stands_since",
    "queue_entry__called_at",
    "queue_entry__finished_at",
)
GONE = (BookingState.MOVED, BookingState.ENDED)


@dataclass(frozen=True)
class Place:
    """One person's place in the day. id: of the booking; since: for how long at this stage; took: how long the examination lasted."""

    id: int
    ticket: int | None
    stage: Stage
    due_at: datetime
    since: datetime
    group: int
    room: str
    desk: str
    called_at: datetime | None
    took: timedelta | None

    @property
    def standing(self) -> Standing:
        """The same for the forecast."""
        return Standing(self.id, self.stage, self.due_at, self.since, self.group)


@dataclass(frozen=True)
class Day:
    """A sitting at an instant. delay: what staff said about beginning later."""

    sitting: Sitting
    now: datetime
    places: tuple[Place, ...]
    groups: tuple[tuple[int, str], ...]
    pace: timedelta
    delay: Delay | None

    @cached_property
    def expected(self) -> dict[int, datetime]:
        """Booking id → when the person will be called."""
        return forecast(
            (place.standing for place in self.places),
            now=self.now,
            pace=self.pace,
            groups=[number for number, _ in self.groups],
            not_before=self.delay.at + timedelta(minutes=self.delay.minutes) if self.delay else self.now,
        )

    def late(self, place: Place) -> int:
        """By how many minutes a person will be called after their time; 0 for who has nothing before them."""
        at = self.expected.get(place.id)
        due_by = place.due_at + timedelta(minutes=self.sitting.minutes or DEFAULT_MINUTES)
        return minutes_late(at, due_by=due_by, since=place.since) if at else 0

    @property
    def minutes_late(self) -> int:
        """How late it is for those who are here and wait: of them all the most, in steps of five."""
        worst = max((self.late(place) for place in self.places if place.stage in HERE_AND_WAITING), default=0)
        return -(-worst // 5) * 5

    @property
    def cause(self) -> str:
        """Why, where staff said so."""
        return Cause(self.delay.cause).label if self.delay else ""

    @property
    def counts(self) -> list[tuple[Stage, int]]:
        """How many are at each stage of a good day, then the others where there are any."""
        found = Counter(place.stage for place in self.places)
        return [(stage, found[stage]) for stage in Stage if stage in WALK or found[stage]]

    def at(self, *stages: Stage) -> list[Place]:
        """Who is at these stages, in their turn."""
        return sorted((place for place in self.places if place.stage in stages), key=lambda one: (one.since, one.id))

    def ahead_of(self, place: Place) -> int:
        """How many who wait here will be called before somebody."""
        mine = self.expected.get(place.id)
        rivals = (one for one in self.places if one.stage in HERE_AND_WAITING and one.id != place.id)
        own_group = place.group if place.stage is Stage.WAITING else 0
        return sum(
            mine is not None and self.expected[one.id] <= mine and (not own_group or one.group == own_group)
            for one in rivals
        )


def day_of(sitting: Sitting) -> Day:
    """The sitting now: four queries, however many people."""
    now = moment.now()
    places = tuple(_places(sitting))
    met = {place.group: place.room for place in places if place.group}
    groups = tuple(sorted({**dict(groups_of(sitting)), **met}.items()))
    slots: dict[str, Any] = sitting.slots.aggregate(most=Max("capacity"), count=Count("id"))
    planned = planned_pace(slot_minutes=sitting.minutes, slot_people=slots["most"] or 0, groups=len(groups))
    took = [place.took for place in places if place.took is not None]
    delay = Delay.objects.filter(sitting=sitting, ended_at=None).first()
    return Day(sitting, now, places, groups, pace(took, planned), delay)


def groups_of(sitting: Sitting) -> tuple[tuple[int, str], ...]:
    """The groups of a sitting with their rooms; before they are drawn, its rooms count as groups; one where nothing is known."""
    drawn = Group.objects.filter(Q(draw__sitting=sitting) & ~Q(draw__state=DrawState.VOID)).order_by("number")
    found = tuple(drawn.values_list("number", "room"))
    return found or tuple(enumerate(sitting.rooms.values_list("name", flat=True), 1)) or ((1, ""),)


def _places(sitting: Sitting) -> Iterator[Place]:
    rows = Booking.objects.filter(sitting=sitting).exclude(state__in=GONE).order_by("slot__starts_at", "pk")
    for row in rows.values_list(*COLUMNS):
        yield _place(row)


def _place(row: Sequence[Any]) -> Place:
    pk, ticket, state, due_at, came, desk, seen, queue, group, room, stands, called, finished = row
    here = queue is not None and queue != QueueState.LEFT
    stage = stage_of(state, has_come=came is not None, queue=queue if here else None)
    took = finished - called if finished and called and here else None
    since = {Stage.ARRIVED: came, Stage.IDENTIFIED: came or seen, Stage.WAITING: stands, Stage.CALLED: called}
    return Place(
        id=pk,
        ticket=ticket,
        stage=stage,
        due_at=due_at,
        since=since.get(stage) or seen or came or due_at,
        group=group if here else 0,
        room=room if here else "",
        desk=desk or "",
        called_at=called,
        took=took,
    )
