"""That somebody has come: by themselves at a kiosk, or noted by staff. Who they are is still to be seen by a person."""

from secrets import token_urlsafe

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.allowance.actions import Allowance
from gongjian.kernel.ledger.actions import record
from gongjian.reception.access import RECEIVE
from gongjian.reception.errors import NoLongerExpected, TriedTooOften
from gongjian.reception.models import Attendance, Kiosk
from gongjian.reception.queries.recognising import recognise
from gongjian.sittings.access import require
from gongjian.sittings.actions.arriving import give_ticket
from gongjian.sittings.codes import read
from gongjian.sittings.errors import NotOpen
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState, SittingState

KEY_BYTES = 18
PER_PERSON = Allowance("kiosk-person", most=6, seconds=900)
"""How often one code or number may be tried at the kiosks: four signs cannot be guessed in six tries."""
PER_KIOSK = Allowance("kiosk", most=120, seconds=600)
"""How often one machine may be used: people stand before it one after the other, and nobody is done in five seconds."""
STILL_HERE = (BookingState.BOOKED, BookingState.PRESENT, BookingState.DONE)


def attend(kiosk: Kiosk, *, who: str, second: str) -> Attendance:
    """Receive somebody at a kiosk, once; a second time shows the same. Tries are counted before anything is compared, and outlive a refusal.

    who: code, identity number, telephone or ticket; second: the end of the identity number, or of the telephone.
    Law: 令55 art. 12; 个保法 art. 9. Raises: TriedTooOften, NotRecognised, ComesAnotherDay, ComesElsewhere, NoLongerExpected, NotOpen.
    """
    person = f"{kiosk.sitting.office_id}/{read(who)}"
    if not (PER_KIOSK.spend_on(str(kiosk.pk)) and PER_PERSON.spend_on(person)):
        raise TriedTooOften
    booking = recognise(who, second, kiosk.sitting)
    return _noted(booking, kiosk=kiosk, by=None)


def note_come(booking: Booking, *, by: User) -> Attendance:
    """Note that somebody has come, at the desk; whoever has a ticket keeps it. Raises: SittingNotYours, NotOpen, NoLongerExpected."""
    require(by, RECEIVE, booking.sitting.office_id)
    return _noted(booking, kiosk=None, by=by)


@transaction.atomic
def _noted(booking: Booking, *, kiosk: Kiosk | None, by: User | None) -> Attendance:
    known = Attendance.objects.filter(booking=booking).first()
    if known:
        return known
    sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=booking.sitting_id)  # tickets stay unique
    if sitting.state != SittingState.OPEN:
        raise NotOpen(number=sitting.number)
    known = Attendance.objects.filter(booking=booking).first()  # somebody was quicker
    if known:
        return known
    here = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if here.state not in STILL_HERE:
        raise NoLongerExpected
    ticket = give_ticket(here)
    booking.ticket = ticket
    kept = Attendance.objects.create(
        booking=here, sitting=sitting, kiosk=kiosk, noted_by=by, at=moment.now(), key=token_urlsafe(KEY_BYTES)
    )
    record(sitting.chain, "attendance.noted", by=by, ticket=ticket, kiosk=kiosk.pk if kiosk else None)
    return kept
