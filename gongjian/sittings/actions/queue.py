"""The queue: entering it after the door, being called, called again, put back, and leaving it."""

from django.db import IntegrityError, transaction
from django.db.models import F

from gongjian.accounts.models import User
from gongjian.cases.actions.move import move
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.sittings.access import require
from gongjian.sittings.errors import CalledJustNow, NotInQueue, QueuedAlready, QueueEmpty, ReasonMissing
from gongjian.sittings.models import Booking, QueueEntry, Sitting, Skip
from gongjian.sittings.states import BookingState, QueueState


@transaction.atomic
def enter(booking: Booking, group_number: int, room: str = "", *, by: User | None = None) -> QueueEntry:
    """Put a checked-in person into the queue of the group the door gave them. Called by `draws`, in the transaction of its draw.

    room: as the screen shows it; empty: "第N组". Who has left a group's queue stands anew, never called yet.
    Raises: QueuedAlready, NotInQueue for who has not checked in.
    """
    if booking.state != BookingState.PRESENT:
        raise NotInQueue(state=BookingState(booking.state).label)
    known = QueueEntry.objects.filter(booking=booking).first()
    if known and known.state != QueueState.LEFT:
        raise QueuedAlready(group=known.group_number)
    entry = known or QueueEntry(booking=booking, sitting_id=booking.sitting_id)
    entry.group_number, entry.room, entry.stands_since = group_number, room or f"第{group_number}组", moment.now()
    entry.state, entry.calls, entry.called_at, entry.called_by, entry.finished_at = (
        QueueState.WAITING,
        0,
        None,
        None,
        None,
    )
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        raise QueuedAlready(group=group_number) from error
    record(booking.sitting.chain, "queue.entered", by=by, group=group_number, ticket=booking.ticket)
    return entry


@transaction.atomic
def call_next(sitting: Sitting, group_number: int, by: User) -> Booking:
    """Call the person who has waited longest for a group. Two who call at once call two persons, never the same one.

    The first call takes the case into examination. Law: 令55 art. 13. Raises: SittingNotYours, QueueEmpty.
    """
    require(by, "sittings.call", sitting.office_id)
    waiting = QueueEntry.objects.filter(sitting=sitting, group_number=group_number, state=QueueState.WAITING)
    entry = (
        waiting.select_for_update(skip_locked=True, of=("self",))
        .select_related("booking__case__office", "booking__sitting", "booking__slot")
        .order_by("stands_since", "id")
        .first()
    )
    if entry is None:
        raise QueueEmpty(group=group_number)
    if entry.calls == 0:
        move(entry.booking.case, "examine", by=None, group=group_number)
    _called(entry, by)
    record(sitting.chain, "queue.called", by=by, group=group_number, ticket=entry.booking.ticket, call=entry.calls)
    return entry.booking


@transaction.atomic
def recall(booking: Booking, by: User) -> QueueEntry:
    """Call a person again who was called and has not come in. Raises: SittingNotYours, NotInQueue."""
    entry = _locked(booking, by, QueueState.CALLED)
    _called(entry, by)
    record(booking.sitting.chain, "queue.recalled", by=by, ticket=booking.ticket, call=entry.calls)
    return entry


@transaction.atomic
def skip(booking: Booking, reason: str, by: User) -> QueueEntry:
    """Put a person who was called and did not come to the end of the queue, with the reason. Raises: SittingNotYours, NotInQueue, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    entry = _locked(booking, by, QueueState.CALLED)
    entry.state, entry.stands_since = QueueState.WAITING, moment.now()
    entry.save(update_fields=["state", "stands_since"])
    Skip.objects.create(entry=entry, reason=reason.strip()[:200], by=by, at=moment.now())
    record(booking.sitting.chain, "queue.skipped", by=by, ticket=booking.ticket)
    return entry


@transaction.atomic
def finish(booking: Booking, by: User | None = None) -> QueueEntry:
    """The examination of a person is over. by: None when the experts' own acts say so. Raises: SittingNotYours, NotInQueue."""
    entry = _locked(booking, by, QueueState.CALLED)
    entry.state, entry.finished_at = QueueState.FINISHED, moment.now()
    entry.save(update_fields=["state", "finished_at"])
    Booking.objects.filter(pk=booking.pk).update(state=BookingState.DONE)
    booking.state = BookingState.DONE
    record(booking.sitting.chain, "queue.finished", by=by, ticket=booking.ticket)
    return entry


@transaction.atomic
def leave(booking: Booking, by: User) -> QueueEntry:
    """End a person's place with a group that can no longer judge them; they are present and wait for another. Called by `draws`.

    Raises: NotInQueue for who stands in no group's queue; CalledJustNow while somebody else holds the place, calling.
    """
    entries = QueueEntry.objects.filter(booking=booking).exclude(state=QueueState.LEFT)
    entry = entries.select_for_update(skip_locked=True, of=("self",)).first()
    if entry is None:
        raise CalledJustNow if entries.exists() else NotInQueue(state="未分组")
    entry.state, entry.finished_at = QueueState.LEFT, moment.now()
    entry.save(update_fields=["state", "finished_at"])
    Booking.objects.filter(pk=booking.pk, state=BookingState.DONE).update(state=BookingState.PRESENT)
    booking.refresh_from_db(fields=["state"])
    record(booking.sitting.chain, "queue.left", by=by, group=entry.group_number, ticket=booking.ticket)
    return entry


def _called(entry: QueueEntry, by: User) -> None:
    """One more call, now."""
    QueueEntry.objects.filter(pk=entry.pk).update(
        state=QueueState.CALLED, calls=F("calls") + 1, called_at=moment.now(), called_by=by
    )
    entry.refresh_from_db(fields=["state", "calls", "called_at"])


def _locked(booking: Booking, by: User | None, state: QueueState) -> QueueEntry:
    if by is not None:
        require(by, "sittings.call", booking.sitting.office_id)
    entry = QueueEntry.objects.select_for_update(of=("self",)).filter(booking=booking).first()
    if entry is None:
        raise NotInQueue(state="未分组")
    if entry.state != state:
        raise NotInQueue(state=QueueState(entry.state).label)
    return entry
