"""Calling whoever has come to an identity desk, in the order in which they came."""

from django.db import transaction
from django.db.models import F, QuerySet

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.reception.access import RECEIVE
from gongjian.reception.errors import DeskNameMissing, NobodyAtTheDesk
from gongjian.reception.models import Attendance
from gongjian.sittings.access import require
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState


@transaction.atomic
def call_to_desk(sitting: Sitting, *, desk: str, by: User) -> Attendance:
    """Call the person who came first and was not called yet. Two desks at once call two persons.

    Law: 令55 art. 12 (staff verify the identity). Raises: SittingNotYours, DeskNameMissing, NobodyAtTheDesk.
    """
    require(by, RECEIVE, sitting.office_id)
    row = _waiting(sitting).filter(called_at=None).order_by("at", "id").first()
    return _called(row, desk, by)


@transaction.atomic
def recall_to_desk(booking: Booking, *, desk: str, by: User) -> Attendance:
    """Call somebody again who was called and has not come to the desk. Raises: SittingNotYours, DeskNameMissing, NobodyAtTheDesk."""
    require(by, RECEIVE, booking.sitting.office_id)
    row = _waiting(booking.sitting).filter(booking=booking).first()
    return _called(row, desk, by)


def _waiting(sitting: Sitting) -> QuerySet[Attendance]:
    here = Attendance.objects.filter(sitting=sitting, booking__state=BookingState.BOOKED)
    return here.select_for_update(skip_locked=True, of=("self",)).select_related("booking", "sitting")


def _called(row: Attendance | None, desk: str, by: User) -> Attendance:
    if not desk.strip():
        raise DeskNameMissing
    if row is None:
        raise NobodyAtTheDesk
    told = {"desk": desk.strip()[:20], "called_at": moment.now()}
    Attendance.objects.filter(pk=row.pk).update(calls=F("calls") + 1, **told)
    row.refresh_from_db(fields=["desk", "called_at", "calls"])
    record(row.sitting.chain, "desk.called", by=by, ticket=row.booking.ticket, call=row.calls)
    return row
