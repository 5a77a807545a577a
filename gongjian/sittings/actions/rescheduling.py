"""Another day: asked for by the person, decided by the office; or made necessary by the office itself."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.clock import postpone
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.sittings.access import require, require_appraisee
from gongjian.sittings.actions.loose_ends import close_loose_ends
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.errors import (
    AskedAlready,
    AskedByYourself,
    BookingNotFound,
    HowItCameMissing,
    ReasonMissing,
    RequestNotFound,
    TooLateToAsk,
)
from gongjian.sittings.messages import tell
from gongjian.sittings.models import Absence, Booking, Reschedule
from gongjian.sittings.owes import DECIDE_ABSENCE, DECIDE_RESCHEDULE
from gongjian.sittings.queries import live_booking, open_request
from gongjian.sittings.rules import check_request
from gongjian.sittings.states import TAKEN_DOWN, AbsenceState, BookingState, CameBy, RequestState

ARTICLE = "令55 第十二条"


@transaction.atomic
def ask_reschedule(
    case: Case, *, reason: str, available_from: date, consent: bool, by: User, came_by: str = CameBy.ONLINE
) -> Reschedule:
    """Ask for another day: the side of whoever must appear in the portal, or staff who take it down; came_by: how it came to them.

    Law: 令55 art. 12. Raises: ForTheOtherSide, SittingNotYours, HowItCameMissing, BookingNotFound, TooLateToAsk, AskedAlready, ReasonMissing,
    DayOutOfBounds, ConsentMissing.
    """
    require_appraisee(by, case, "sittings.reschedule")
    if by.kind == User.Kind.STAFF and came_by not in TAKEN_DOWN:
        raise HowItCameMissing
    locked(case)
    booking = live_booking(case)
    if booking is None:
        raise BookingNotFound
    if booking.state != BookingState.BOOKED or booking.slot.starts_at <= moment.now():
        raise TooLateToAsk
    if open_request(case):
        raise AskedAlready
    check_request(
        reason=reason,
        available_from=available_from,
        consent=consent,
        former=booking.sitting.day,
        on=moment.today(),
        region=case.office.region,
    )
    way = CameBy(came_by) if by.kind == User.Kind.STAFF else CameBy.ONLINE
    return put_request(booking, reason=reason, available_from=available_from, by=by, came_by=way)


def put_request(
    booking: Booking, *, reason: str, available_from: date, by: User, came_by: CameBy, postpones: bool = True
) -> Reschedule:
    """Keep a request and make its answer the scheduler's task. postpones=False: the lost days count."""
    now = moment.now()
    request = Reschedule.objects.create(
        case=booking.case,
        booking=booking,
        reason=reason.strip(),
        available_from=available_from,
        consent_at=now if postpones else None,
        postpones=postpones,
        came_by=came_by,
        asked_by=by,
        asked_at=now,
    )
    due = working_day_after(moment.today(), 1)
    due = min(due, booking.sitting.day) if booking.sitting.day >= moment.today() else due
    owe(booking.case, DECIDE_RESCHEDULE, due=due, article=ARTICLE, role=Role.SCHEDULER)
    told = {"available": available_from, "postpones": postpones, "came_by": came_by.value}
    record(booking.case.chain, "reschedule.asked", by=by, **told)
    return request


@transaction.atomic
def decide_reschedule(request: Reschedule, *, approve: bool, reason: str, by: User) -> Reschedule:
    """Answer a request. Yes: the place is given back, the case waits for another sitting, the decision limit is postponed. No: with reason.

    Whoever entered a request that stops the office's clock is not who grants it.
    Law: 令55 art. 12, 30. Raises: SittingNotYours, RequestNotFound, AskedByYourself, ReasonMissing, NotYours, MoveNotAllowed.
    """
    require(by, "sittings.reschedule", request.case.office_id)
    locked = (
        Reschedule.objects.select_for_update(of=("self",))
        .select_related("case__office", "case__person", "booking__sitting__venue", "booking__slot")
        .filter(pk=request.pk, state=RequestState.ASKED)
        .first()
    )
    if locked is None:
        raise RequestNotFound
    if approve and locked.postpones and locked.asked_by_id == by.pk:
        raise AskedByYourself
    if not approve and not reason.strip():
        raise ReasonMissing
    locked.state = RequestState.APPROVED if approve else RequestState.REFUSED
    locked.answer, locked.decided_by, locked.decided_at = reason.strip(), by, moment.now()
    locked.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    fulfil(locked.case, DECIDE_RESCHEDULE)
    (_approved if approve else _refused)(locked, by)
    return locked


@transaction.atomic
def release(booking: Booking, *, reason: str, by: User) -> Case:
    """Give up a booking for the office's own reasons: the case waits for another sitting and no limit is postponed.

    Raises: ReasonMissing, NotYours, MoveNotAllowed.
    """
    if not reason.strip():
        raise ReasonMissing
    case = move(booking.case, "reschedule", by=by, sitting=booking.sitting.number, ours=True)
    give_back(booking, BookingState.MOVED)
    close_loose_ends(case, answer=reason.strip())
    if booking.notice_id or booking.noticed_at:
        tell(case, "released", key=f"released/{booking.pk}", at=booking.slot.starts_at)
    return case


def _approved(request: Reschedule, by: User) -> None:
    booking, case = request.booking, request.case
    move(case, "reschedule", by=by, sitting=booking.sitting.number, available=request.available_from)
    give_back(booking, BookingState.MOVED)
    if request.postpones:
        postpone(case, first=booking.sitting.day, until=request.available_from, reason="经同意改期鉴定", by=by)
    close_loose_ends(case)
    tell(
        case,
        "reschedule_approved",
        key=f"reschedule/{request.pk}",
        from_day=request.available_from,
        at=booking.slot.starts_at,
    )


def _refused(request: Reschedule, by: User) -> None:
    booking, case = request.booking, request.case
    record(case.chain, "reschedule.refused", by=by)
    if booking.state == BookingState.ABSENT:  # the excuse is not accepted: the absence is to be decided again
        Absence.objects.filter(booking=booking).update(state=AbsenceState.OPEN)
        owe(case, DECIDE_ABSENCE, due=moment.today(), article="令55 第十四条", role=Role.EXAM_STAFF)
        return
    tell(
        case,
        "reschedule_refused",
        key=f"reschedule/{request.pk}",
        at=booking.slot.starts_at,
        place=booking.public_place,
        answer=request.answer,
    )
