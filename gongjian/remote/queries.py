"""Reading remote rooms: who may enter as whom, who sits there, what is said to whom."""

from datetime import timedelta

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.cases.queries import Side, keeps_away, open_to, speaks_for
from gongjian.cases.queries import visible_to as visible_cases
from gongjian.draws.models import Recusal
from gongjian.draws.queries import live_draw
from gongjian.draws.queries.groups import panels_of
from gongjian.draws.states import Kind
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.opinions.models import Assignment
from gongjian.remote.errors import RoomNotFound
from gongjian.remote.models import RemoteRoom, RemoteSeat, Signal
from gongjian.remote.rules import lacks
from gongjian.remote.states import OPEN, Role
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.queries import visible_sittings
from gongjian.sittings.states import BookingState

KEEPS = "sittings.check_in"
"""Who receives people on the day opens and keeps remote rooms."""
LASTS = timedelta(minutes=2)
"""How long a signal is kept."""


def panel_of(sitting: Sitting) -> list[int]:
    """Ids of the users who sit in the group of a sitting at a distance; such a sitting has one group."""
    draw = live_draw(sitting, Kind.EXPERTS)
    panels = panels_of(draw) if draw else []
    return [expert.user_id for panel in panels for expert in panel.members if expert.user_id]


def panel_for(booking: Booking) -> list[int]:
    """The same without who has been barred from this case. Law: 令55 art. 28."""
    granted = Recusal.objects.filter(case=booking.case_id, decision=Recusal.Decision.GRANTED)
    barred = set(granted.values_list("expert__user_id", flat=True))
    return [pk for pk in panel_of(booking.sitting) if pk not in barred]


def visible_to(user: User) -> QuerySet[RemoteRoom]:
    """Rooms `user` may know of: staff who receive people at the office and do not keep away from the case, experts who have
    declared no conflict in it and are not barred, and who has a part in the case. One query, however many rooms there are.

    Law: 令55 art. 28 (nothing of a person opens to an expert before the declaration).
    """
    if user.kind == User.Kind.EXPERT:
        declared = Assignment.objects.filter(user=user, declared_at__isnull=False, closed_at=None)
        barred = Recusal.objects.filter(expert__user=user, decision=Recusal.Decision.GRANTED)
        rows = _rooms().filter(booking__case__in=declared.values("case"))
        return rows.exclude(booking__case__in=barred.values("case"))
    if user.kind == User.Kind.APPLICANT:
        return _rooms().filter(booking__case__in=visible_cases(user))
    return open_to(_rooms().filter(booking__sitting__office__in=offices_where(user, KEEPS)), user, at="booking__case")


def role_in(room: RemoteRoom, user: User) -> Role | None:
    """As whom somebody enters a room of `visible_to`; None for who may not: an expert whose seat is another's, a party of the other side."""
    booking = room.booking
    if user.kind == User.Kind.EXPERT:
        return Role.EXPERT if user.pk in panel_for(booking) else None
    if user.kind == User.Kind.APPLICANT:
        return Role.WORKER if speaks_for(user, booking.case, Side.WORKER) else None
    return Role.EXAMINER if room.opened_by_id == user.pk else Role.HOST


def room_for(pk: int, *, by: User) -> tuple[RemoteRoom, Role]:
    """A room of today that `by` may enter, and as whom. Hidden, unknown and yesterday's answer alike. Raises: RoomNotFound."""
    found = visible_to(by).filter(pk=pk).first()
    role = role_in(found, by) if found and moment.day_of(found.opened_at) == moment.today() else None
    if found is None or role is None:
        raise RoomNotFound
    return found, role


def rooms_of(user: User) -> list[RemoteRoom]:
    """The open rooms of today that `user` may enter: for staff one query and their posts, for others some more for each of their own."""
    rows = visible_to(user).filter(state__in=OPEN, booking__sitting__day=moment.today()).order_by("id")
    return [room for room in rows if role_in(room, user)]


def waiting_for_a_room(user: User) -> QuerySet[Booking]:
    """Who has come today to be examined at a distance and has no open room, at sittings that `user` may see."""
    here = Booking.objects.filter(sitting__in=visible_sittings(user), sitting__day=moment.today())
    here = here.filter(sitting__mode=Mode.VIDEO, state=BookingState.PRESENT).exclude(remote_rooms__state__in=OPEN)
    return here.select_related("case__person", "sitting", "slot").order_by("slot__starts_at", "id")


def booking_for_room(pk: int, *, by: User) -> Booking:
    """A booking for which `by` may open a room. Raises: RoomNotFound."""
    rows = Booking.objects.filter(pk=pk, sitting__in=visible_sittings(by)).select_related("case", "sitting__office")
    found = rows.first()
    if found is None or not by.holds(KEEPS, found.sitting.office_id) or keeps_away(by, found.case):
        raise RoomNotFound
    return found


def seats_of(room: RemoteRoom) -> list[RemoteSeat]:
    """Who has entered, in order: one query."""
    return list(RemoteSeat.objects.filter(room=room).order_by("id"))


def lacking(room: RemoteRoom, seats: list[RemoteSeat]) -> list[str]:
    """What still lacks before it may begin."""
    panel = panel_for(room.booking)
    people = [seat.present for seat in seats if seat.role != Role.EXPERT or seat.user_id in panel]
    return lacks(people, experts=len(panel), is_identified=room.identified_at is not None, now=moment.now())


def signals_for(seat: RemoteSeat, *, after: int) -> list[Signal]:
    """What was said to a seat since, while it is fresh."""
    rows = seat.signals.filter(pk__gt=after, at__gt=moment.now() - LASTS)
    return list(rows.select_related("sender").order_by("id")[:100])


def _rooms() -> QuerySet[RemoteRoom]:
    return RemoteRoom.objects.select_related(
        "booking__case__office", "booking__case__person", "booking__sitting__office"
    )
