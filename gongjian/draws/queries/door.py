"""The door as its rows make it: who was sent where, whom each group must not see, and who could be sent nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongjian.draws.lot import door as lot
from gongjian.draws.lot.plan import Recusal, read_recusals
from gongjian.draws.lot.words import Word
from gongjian.draws.models import Arrival, Draw
from gongjian.draws.queries.conflicts import Conflicts, conflicts_of
from gongjian.draws.queries.exact import Bar, Note, of_grounds, unkept
from gongjian.draws.queries.groups import Panel, live_draw, panels_of
from gongjian.draws.queries.plan import labels_of
from gongjian.draws.states import Ground, Kind, Reason, State
from gongjian.experts.models import Expert
from gongjian.experts.specialties import labels
from gongjian.sittings.models import Booking

EMPTY_SEAT = "本组有席位空缺"
NOT_COVERED = "本组现有专家的专业不再齐备"


@dataclass(frozen=True)
class Tie:
    """A member whose conflict keeps a person from a group that could judge them otherwise."""

    panel: Panel
    expert: Expert
    grounds: tuple[Ground, ...]

    @property
    def reason(self) -> str:
        return "、".join(ground.label for ground in self.grounds)


@dataclass(frozen=True)
class Unserved:
    """Somebody expected whom no group may see as the groups sit now. ties: empty where no group covers the needs at all."""

    booking: Booking
    ties: tuple[Tie, ...]

    @property
    def needs(self) -> str:
        return labels(self.booking.needs) or "不限专业"


def door_of(row: Draw, words: Sequence[Word]) -> lot.Door:
    """The open door with everyone who came so far, rebuilt from its rows."""
    came = [
        lot.Arrival(
            arrival.booking.exam_code, arrival.word, read_recusals(arrival.late), arrival.group.code, arrival.hash
        )
        for arrival in row.arrivals.select_related("booking", "group").order_by("position")
    ]
    door = lot.Door(lot.read_door(row.commitment), tuple(words), bytes.fromhex(row.secret))
    return replace(door, arrivals=tuple(came))


def visitors(bookings: Sequence[Booking], panels: Sequence[Panel], note: Note) -> list[lot.Visitor]:
    """Those expected as the list of the day names them: exam code, needs, and the groups that must not see them."""
    barred = barred_groups(bookings, panels)
    return [
        lot.Visitor(booking.exam_code, labels_of(booking.needs), tuple(one.noted(note) for one in barred[booking.pk]))
        for booking in bookings
    ]


def barred_groups(bookings: Sequence[Booking], panels: Sequence[Panel]) -> dict[int, tuple[Bar, ...]]:
    """Booking id → the groups that must not see the person, with the grounds of their members. A few queries for all."""
    everybody = list({expert.pk: expert for panel in panels for expert in panel.members}.values())
    grounds = conflicts_of([booking.case for booking in bookings], everybody)
    return {
        booking.pk: tuple(bar for panel in panels if (bar := _bar(booking, panel, grounds))) for booking in bookings
    }


def _bar(booking: Booking, panel: Panel, grounds: Conflicts) -> Bar | None:
    """The recusals of a group's members in one case, as one bar."""
    exact = [
        of_grounds(expert.number, panel.group.code, [(booking.case.number, ground) for ground in why])
        for expert in panel.members
        if (why := grounds.get((booking.case_id, expert.pk)))
    ]
    return Bar(panel.group.code, Reason.RECUSED.label, {"members": exact}) if exact else None


def late_for(
    booking: Booking, panels: Sequence[Panel], committed: lot.DoorCommitment, note: Note
) -> tuple[Recusal, ...]:
    """What keeps a person now from groups that the committed list leaves open to them: conflicts, seats that changed hands, new needs."""
    visitor = next((one for one in committed.visitors if one.id == booking.exam_code), None)
    if visitor is None:
        return ()
    fitting = set(lot.fitting_groups(committed.groups, visitor))
    new = list(barred_groups([booking], panels)[booking.pk])
    new += [_of_seats(panel, EMPTY_SEAT) for panel in panels if panel.empty]
    new += [_of_seats(panel, NOT_COVERED) for panel in panels if not _covers(panel, booking)]
    kept = sorted((one for one in new if one.group in fitting), key=lambda one: (one.group, one.reason))
    return tuple(one.noted(note) for one in kept)


def _of_seats(panel: Panel, reason: str) -> Bar:
    """A bar that follows from who sits in a group now."""
    members = [expert.number for expert in panel.members]
    return Bar(panel.group.code, reason, {"group": panel.group.code, "reason": reason, "members": members})


def groups_left_for(sent: Arrival) -> int:
    """How many groups of the open door could judge somebody whose group lacks a member. The door draws among them; none: another day."""
    door = live_draw(sent.booking.sitting, Kind.DOOR)
    experts = live_draw(sent.booking.sitting, Kind.EXPERTS)
    if door is None or experts is None or door.state != State.HELD:
        return 0
    committed = lot.read_door(door.commitment)
    visitor = next((one for one in committed.visitors if one.id == sent.booking.exam_code), None)
    late = late_for(sent.booking, panels_of(experts), committed, unkept)
    return len(lot.fitting_groups(committed.groups, visitor, late)) if visitor else 0


def nowhere_to_go(bookings: Sequence[Booking]) -> list[Unserved]:
    """Those who wait at a door that is closed: no group receives anybody any more."""
    return [Unserved(booking, ()) for booking in bookings]


def unserved(
    bookings: Sequence[Booking], panels: Sequence[Panel], committed: lot.DoorCommitment | None = None
) -> list[Unserved]:
    """Those whom no group may see, with the members who stand between. committed: the list, once it is fixed."""
    barred = _ties(bookings, panels)
    listed = (
        {visitor.id: lot.fitting_groups(committed.groups, visitor) for visitor in committed.visitors}
        if committed
        else {}
    )
    found = []
    for booking in bookings:
        able = [panel for panel in panels if not panel.empty and _covers(panel, booking)]
        if committed:
            able = [panel for panel in able if panel.group.code in listed.get(booking.exam_code, ())]
        ties = [barred.get((booking.pk, panel.group.pk), ()) for panel in able]
        if all(ties):
            found.append(Unserved(booking, tuple(tie for those in ties for tie in those)))
    return found


def _ties(bookings: Sequence[Booking], panels: Sequence[Panel]) -> dict[tuple[int, int], tuple[Tie, ...]]:
    everybody = list({expert.pk: expert for panel in panels for expert in panel.members}.values())
    grounds = conflicts_of([booking.case for booking in bookings], everybody)
    return {
        (booking.pk, panel.group.pk): tuple(
            Tie(panel, expert, grounds[booking.case_id, expert.pk])
            for expert in panel.members
            if (booking.case_id, expert.pk) in grounds
        )
        for booking in bookings
        for panel in panels
    }


def _covers(panel: Panel, booking: Booking) -> bool:
    return set(booking.needs) <= panel.specialties
