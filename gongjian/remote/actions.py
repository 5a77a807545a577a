"""All writing of the room."""

from secrets import token_hex
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role as Post
from gongjian.appraisal.states import State
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import owe
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.modes import Mode
from gongjian.remote.errors import GroundMissing, NotByVideo, NotForThisSeat, NotHere, NotReady, RoomOver, SignalWrong
from gongjian.remote.models import RemoteRoom, RemoteSeat, Signal
from gongjian.remote.owes import CONTINUE_EXAM
from gongjian.remote.queries import LASTS, booking_for_room, lacking, room_for, seats_of
from gongjian.remote.rules import FRESH, MOST_WORDS, Measure
from gongjian.remote.states import OPEN, SIGNALS, FallBack, Role, RoomState
from gongjian.sittings.actions.changing import back_to_the_hall
from gongjian.sittings.models import Booking
from gongjian.sittings.states import BookingState

KEEPERS = (Role.EXAMINER, Role.HOST)
LONGEST = 60_000
ARTICLE = "令55 第十二条、第十三条"


@transaction.atomic
def open_room(booking_pk: int, *, by: User) -> RemoteRoom:
    """The examiner beside the worker opens the room; it is there once. Raises: RoomNotFound, NotByVideo, NotHere."""
    booking = booking_for_room(booking_pk, by=by)
    held = Booking.objects.select_for_update(of=("self",)).select_related("case", "sitting").get(pk=booking.pk)
    if held.sitting.mode != Mode.VIDEO:
        raise NotByVideo
    if held.state != BookingState.PRESENT:
        raise NotHere
    found = RemoteRoom.objects.filter(booking=held, state__in=OPEN).first()
    if found:
        return found
    row = RemoteRoom.objects.create(booking=held, opened_by=by, opened_at=moment.now())
    record(held.case.chain, "remote.opened", by=by, room=row.pk)
    return row


@transaction.atomic
def enter(room: RemoteRoom, role: Role, *, by: User) -> RemoteSeat:
    """Take one's place; the worker's own device waits until somebody lets it in. Entering again takes the same place. Raises: RoomOver."""
    row = _open(room)
    now = moment.now()
    told = {"session": token_hex(8), "entered_at": now, "seen_at": now}
    first = {"role": role, "admitted_at": None if role is Role.WORKER else now}
    seat, is_new = RemoteSeat.objects.update_or_create(
        room=row, user=by, defaults=told, create_defaults={**told, **first}
    )
    if is_new:
        record(row.booking.case.chain, "remote.entered", by=by, room=row.pk, role=role)
    return seat


def measured(seat: RemoteSeat, measure: Measure | None) -> None:
    """A sign of life, with what the browser has measured if it has. Not an act: nothing of it is kept but the last."""
    now = moment.now()
    told: dict[str, Any] = {"seen_at": now}
    if measure:
        told |= {"kbps": measure.kbps, "loss": measure.loss, "delay_ms": measure.delay_ms, "lines": measure.lines}
        told["measured_at"] = now
    RemoteSeat.objects.filter(pk=seat.pk).update(**told)


@transaction.atomic
def say(seat: RemoteSeat, *, to: int, kind: str, body: str) -> Signal:
    """Hand a word to another browser of the same room, both let in, while it is open. The newest of a kind takes the place of the one before.

    A description is whole, so an older one is of no use; and a seat leaves two words at most for each other, however often it speaks.
    Raises: SignalWrong.
    """
    there = RemoteSeat.objects.filter(room=seat.room_id, room__state__in=OPEN, admitted_at__isnull=False)
    other = there.filter(pk=to).exclude(pk=seat.pk).first()
    if other is None or kind not in SIGNALS or not 0 < len(body) <= LONGEST or seat.admitted_at is None:
        raise SignalWrong
    RemoteSeat.objects.select_for_update().get(pk=seat.pk)  # one word of a seat after another
    Signal.objects.filter(sender=seat, recipient=other, kind=kind).delete()
    told = {"kind": kind, "session": seat.session, "body": body, "at": moment.now()}
    return Signal.objects.create(sender=seat, recipient=other, **told)


@transaction.atomic
def admit(room: RemoteRoom, seat_pk: int, *, by: User) -> None:
    """Let somebody in from the waiting area. Raises: NotForThisSeat, RoomOver."""
    row = _kept(room, by)
    waiting = RemoteSeat.objects.filter(pk=seat_pk, room=row, admitted_at=None)
    if waiting.update(admitted_at=moment.now()):
        record(row.booking.case.chain, "remote.admitted", by=by, room=row.pk)


@transaction.atomic
def identify(room: RemoteRoom, *, by: User) -> RemoteRoom:
    """Somebody of the committee who is not beside the worker has compared face and document on camera, from a place taken in the room. A second time changes nothing.

    Law: 令55 art. 12. Raises: NotForThisSeat, RoomOver.
    """
    row = _open(room)
    if _role(row, by) is not Role.HOST:
        raise NotForThisSeat(who="不在检查点的会场工作人员")
    if not RemoteSeat.objects.filter(room=row, user=by, seen_at__gte=moment.now() - FRESH).exists():
        raise NotForThisSeat(who="已经进入会场、能看到本人的会场工作人员")
    if row.identified_at is None:
        row.identified_by, row.identified_at = by, moment.now()
        row.save(update_fields=["identified_by", "identified_at"])
        record(row.booking.case.chain, "remote.identified", by=by, room=row.pk)
    return row


@transaction.atomic
def begin(room: RemoteRoom, *, by: User) -> RemoteRoom:
    """Begin, once everybody is there, the person is identified and every line is good enough; the ledger keeps how good.

    Law: 令55 art. 11, 12, 13. Raises: NotForThisSeat, RoomOver, NotReady.
    """
    row = _kept(room, by)
    seats = seats_of(row)
    if lack := lacking(row, seats):
        raise NotReady(lacks="；".join(lack))
    if row.state == RoomState.WAITING:
        row.state, row.started_at = RoomState.SITTING, moment.now()
        row.save(update_fields=["state", "started_at"])
        lines = {str(seat.pk): [seat.kbps, seat.loss, seat.delay_ms, seat.lines] for seat in seats}
        record(row.booking.case.chain, "remote.started", by=by, room=row.pk, lines=lines)
    return row


@transaction.atomic
def end(room: RemoteRoom, *, by: User) -> RemoteRoom:
    """The examination is over. Raises: NotForThisSeat, RoomOver."""
    row = _kept(room, by)
    if row.state != RoomState.SITTING:
        raise RoomOver(state=RoomState(row.state).label)
    return _close(row, RoomState.FINISHED, by)


@transaction.atomic
def fall_back(room: RemoteRoom, *, ground: str, reason: str, by: User) -> RemoteRoom:
    """Give the distance up on a ground of the list, which is the reason; words may be added. Before the person has a group they are examined in the hall and are on the list at once; afterwards the same group goes on another way: a group is drawn once. Arranging that is owed until the case has moved on.

    Law: 令55 art. 11, 12; 个保法 art. 15. Raises: NotForThisSeat, RoomOver, GroundMissing.
    """
    if ground not in set(FallBack) or len(reason) > MOST_WORDS:
        raise GroundMissing(most=MOST_WORDS)
    case = locked(room.booking.case)
    row = _kept(room, by)
    row.ground, row.reason = ground, reason.strip()
    row.save(update_fields=["ground", "reason"])
    _close(row, RoomState.FELL_BACK, by, ground=ground)
    if case.state == State.PRESENT:
        back_to_the_hall(case, reason=FallBack(ground).label, by=by)
    else:
        clerk = Post.EXAM_STAFF
        owe(case, CONTINUE_EXAM, due=moment.today(), article=ARTICLE, role=clerk, state=case.state)
    return row


def sweep_signals() -> int:
    """Remove what browsers said to each other some minutes ago; how many."""
    return Signal.objects.filter(at__lt=moment.now() - LASTS).delete()[0]


def _close(row: RemoteRoom, state: RoomState, by: User, **facts: str) -> RemoteRoom:
    row.state, row.ended_at = state, moment.now()
    row.save(update_fields=["state", "ended_at"])
    record(row.booking.case.chain, f"remote.{state.value}", by=by, room=row.pk, **facts)
    return row


def _kept(room: RemoteRoom, by: User) -> RemoteRoom:
    row = _open(room)
    if _role(row, by) not in KEEPERS:
        raise NotForThisSeat(who="检查员或者会场工作人员")
    return row


def _open(room: RemoteRoom) -> RemoteRoom:
    row = RemoteRoom.objects.select_for_update(of=("self",)).select_related("booking__case").get(pk=room.pk)
    if row.state not in OPEN:
        raise RoomOver(state=RoomState(row.state).label)
    return row


def _role(room: RemoteRoom, by: User) -> Role:
    return room_for(room.pk, by=by)[1]
