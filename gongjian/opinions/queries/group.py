"""Who sits in the group that examines a case: the one place where this room asks the draw and the queue."""

from dataclasses import dataclass

from django.db.models import Q

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.draws.actions.leaving import lock_seats
from gongjian.draws.actions.recusal import late_conflict
from gongjian.draws.models import Arrival, Recusal, Seat
from gongjian.draws.queries.changes import conflict_is_waiting
from gongjian.draws.queries.groups import arrival_of
from gongjian.draws.states import Ground
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.sittings.actions.queue import finish
from gongjian.sittings.models import QueueEntry
from gongjian.sittings.states import LIVE, QueueState


@dataclass(frozen=True, slots=True)
class Member:
    """One present member of a group. seat: as the draw numbers it; user_id: None while the expert has no account."""

    seat: int
    number: str
    name: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Panel:
    """The group of one case as it sits now, under which exam code it knows the case, and where.

    empty: seats for which no reserve was left; turn: which of the case's groups this is.
    """

    exam_code: str
    group: int
    room: str
    members: tuple[Member, ...]
    empty: int = 0
    turn: int = 1

    def member(self, user: User) -> Member | None:
        """The member whose account this is."""
        return next((each for each in self.members if each.user_id == user.pk), None)


@dataclass(frozen=True, slots=True)
class Seating:
    """A case that `member` examines, as the day's list shows it. ticket: what the hall calls; queue: where the person waits, None before."""

    case: Case
    panel: Panel
    member: Member
    ticket: int | None
    queue: QueueState | None


def panel_of(case: Case) -> Panel | None:
    """The group of a case; None until the door has drawn one, and again while the case waits for another."""
    sent = arrival_of(case)
    if sent is None:
        return None
    seats = list(sent.group.seats.select_related("expert").order_by("position"))
    members = tuple(_member(seat) for seat in seats if seat.expert_id)
    empty = len(seats) - len(members)
    return Panel(sent.booking.exam_code, sent.group.number, sent.group.room, members, empty, sent.turn)


def case_of_code(exam_code: str) -> Case | None:
    """The case behind an exam code. For this room's own use: nobody is shown it."""
    live = [state.value for state in LIVE]
    cases = Case.objects.filter(bookings__exam_code=exam_code, bookings__state__in=live)
    return cases.select_related("office", "person").first()


def seatings_of(user: User) -> list[Seating]:
    """Today's cases of the groups in which `user` sits, and older ones not yet opined, in the order of arrival: two queries."""
    seats = {seat.group_id: seat for seat in Seat.objects.filter(expert__user=user).select_related("expert")}
    sent = Arrival.objects.filter(group__in=seats, departure=None, booking__state__in=[state.value for state in LIVE])
    open_or_today = Q(booking__sitting__day=moment.today()) | Q(booking__case__state__in=["examining", "deliberating"])
    recused = Recusal.objects.filter(expert__user=user, decision=Recusal.Decision.GRANTED).values("case_id")
    rows = sent.filter(open_or_today).exclude(booking__case__in=recused)
    rows = rows.select_related("group", "booking__queue_entry", "booking__case__office", "booking__case__person")
    return [_seating(row, seats[row.group_id]) for row in rows.order_by("at", "pk")]


def is_recused(case: Case, user_id: int) -> bool:
    """Whether the expert of this account has been barred from the case."""
    rows = Recusal.objects.filter(case=case, expert__user_id=user_id, decision=Recusal.Decision.GRANTED)
    return rows.exists()


def hold_seats(case: Case) -> None:
    """Hold the seats of a case's group against every other change. Before the case's own row, as everywhere: so nobody waits in a ring."""
    if sent := arrival_of(case):
        lock_seats(sent.group.draw.sitting)


def has_recusal_waiting(case: Case) -> bool:
    """Whether a party has asked for a recusal in the case, or the office has claimed a conflict, and there is no answer yet."""
    asked = Recusal.objects.filter(case=case, decision=Recusal.Decision.ASKED).exists()
    return asked or conflict_is_waiting(case)


def replace_member(case: Case, member: Member, *, ground: Ground, by: User) -> None:
    """Let the next reserve take the seat of a member who may not sit in this case. Raises what the draw refuses."""
    late_conflict(case, Expert.objects.get(number=member.number), ground, by=by)


def leave_room(case: Case) -> None:
    """The person may go and the room is free: everybody has sealed a first opinion. Nothing happens where nobody was called."""
    called = QueueEntry.objects.select_related("booking__sitting").filter(
        booking__case=case, state=QueueState.CALLED.value
    )
    for entry in called:
        finish(entry.booking, by=None)


def _seating(row: Arrival, seat: Seat) -> Seating:
    entry = getattr(row.booking, "queue_entry", None)
    member = _member(seat)
    panel = Panel(row.booking.exam_code, row.group.number, row.group.room, (member,), turn=row.turn)
    return Seating(row.booking.case, panel, member, row.booking.ticket, QueueState(entry.state) if entry else None)


def _member(seat: Seat) -> Member:
    assert seat.expert is not None  # empty seats are left out by the queries
    return Member(seat.position, seat.expert.number, seat.expert.name, seat.expert.user_id)
