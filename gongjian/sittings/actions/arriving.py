"""Check-in: finding the person's booking, seeing who they are, and giving them a ticket."""

from django.db import transaction
from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.cases.actions.move import move
from gongjian.cases.queries import keeps_away
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.actions import record
from gongjian.sittings import codes
from gongjian.sittings.access import require
from gongjian.sittings.actions.changing import end_wishes
from gongjian.sittings.actions.loose_ends import close_loose_ends
from gongjian.sittings.actions.needs import revalidate
from gongjian.sittings.errors import (
    CodeUnknown,
    DocumentMissing,
    InAlready,
    NotExpected,
    NotOpen,
    WrongDay,
    WrongSitting,
)
from gongjian.sittings.models import Booking, Presence, Sitting
from gongjian.sittings.states import LIVE, BookingState, SittingState


@transaction.atomic
def check_in(code_or_id: str, sitting: Sitting, method: str, *, by: User, document: str = "") -> Booking:
    """Receive a person by exam code, the text of its QR, identity number, telephone or ticket, with the way their identity was seen.

    method: a `Presence.Method`; document: which document, for the method "other". Needs that have changed are looked at again.
    Law: 令55 art. 12 (staff verify the identity).
    Raises: SittingNotYours, NotOpen, CodeUnknown, WrongDay, WrongSitting, InAlready, NotExpected, DocumentMissing, NotYours.
    """
    require(by, "sittings.check_in", sitting.office_id)
    way = Presence.Method(method)
    if way == Presence.Method.OTHER and not document.strip():
        raise DocumentMissing
    here = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)  # one at a time: tickets stay unique
    if here.state != SittingState.OPEN:
        raise NotOpen(number=here.number)
    booking, found_by = find(code_or_id, sitting)
    if keeps_away(by, booking.case):
        raise CodeUnknown
    _check_expected(booking, sitting)
    revalidate(booking)
    move(booking.case, "check_in", by=by, appointed=sitting.day, sitting=sitting.number, method=way.value)
    give_ticket(booking)
    booking.state = BookingState.PRESENT
    booking.save(update_fields=["state"])
    Presence.objects.create(
        booking=booking, method=way, document=document.strip()[:40], found_by=found_by, staff=by, at=moment.now()
    )
    close_loose_ends(booking.case, answer="当事人已按原定时间到场。")
    end_wishes(booking.case, answer="被鉴定人已按安排参加鉴定。")
    return booking


def give_ticket(booking: Booking) -> int:
    """The person's number for the day: the one they have, else a new one. The caller holds the sitting's row: tickets stay unique."""
    if booking.ticket is None:
        used = Booking.objects.filter(sitting=booking.sitting_id).exclude(ticket=None).values_list("ticket", flat=True)
        booking.ticket = codes.new_ticket([ticket for ticket in used if ticket])
        booking.save(update_fields=["ticket"])
    return booking.ticket


def expected(code_or_id: str, sitting: Sitting, *, by: User) -> Booking:
    """Who would be received for this code or number, so that staff can compare them with their document; nothing is written.

    Raises: as `check_in`.
    """
    require(by, "sittings.check_in", sitting.office_id)
    if sitting.state != SittingState.OPEN:
        raise NotOpen(number=sitting.number)
    booking, _ = find(code_or_id, sitting)
    if keeps_away(by, booking.case):
        raise CodeUnknown
    _check_expected(booking, sitting)
    return booking


@transaction.atomic
def refuse_identity(code_or_id: str, sitting: Sitting, *, by: User) -> Booking:
    """Note that somebody came for a booking whom the document does not show; nobody is received.

    Law: 令55 art. 12 (staff verify the identity), art. 31 (impersonation). Raises: as `check_in`.
    """
    booking = expected(code_or_id, sitting, by=by)
    record(booking.case.chain, "identity.refused", by=by, sitting=sitting.number)
    return booking


def find(text: str, sitting: Sitting) -> tuple[Booking, str]:
    """The booking meant by what was typed or scanned, and by what it was found. A telephone that several expected people gave finds none of them.

    Raises: CodeUnknown.
    """
    plain = codes.read(text)
    bookings = Booking.objects.filter(sitting__office_id=sitting.office_id).select_related(
        "case__office", "case__person", "sitting__venue", "slot", "presence"
    )
    booking = bookings.filter(exam_code=plain).first()
    if booking:
        return booking, "code"
    shape = codes.shape_of(plain)
    theirs = list(_meant(bookings, plain, shape, sitting).filter(state__in=LIVE).order_by("-id"))
    if not theirs or len({booking.case.person_id for booking in theirs}) > 1:
        raise CodeUnknown
    return next((each for each in theirs if each.sitting_id == sitting.pk), theirs[0]), shape.value


def _meant(bookings: QuerySet[Booking], plain: str, shape: codes.Shape, sitting: Sitting) -> QuerySet[Booking]:
    """The bookings that something typed may mean, other than an exam code. A ticket means somebody of this sitting."""
    if shape is codes.Shape.TICKET:
        return bookings.filter(sitting=sitting, ticket=int(plain))
    if shape is codes.Shape.TELEPHONE:
        telephone = blind_index(plain, "telephone")
        return bookings.filter(case__person__telephone_index=telephone, sitting__day=sitting.day)
    return bookings.filter(case__person__id_index=blind_index(plain, "id_number"))


def _check_expected(booking: Booking, sitting: Sitting) -> None:
    if booking.state in (BookingState.MOVED, BookingState.ENDED):
        raise NotExpected(state=BookingState(booking.state).label)
    if booking.sitting.day != moment.today():
        raise WrongDay(day=booking.sitting.day)
    if booking.sitting_id != sitting.pk:
        raise WrongSitting(number=booking.sitting.number, venue=booking.sitting.venue.name)
    if booking.state in (BookingState.PRESENT, BookingState.DONE):
        raise InAlready(at=booking.presence.at.astimezone(moment.ZONE))
    if booking.state != BookingState.BOOKED:
        raise NotExpected(state=BookingState(booking.state).label)
