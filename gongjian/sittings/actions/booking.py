"""Giving a case its place in a sitting, one by one or the oldest first."""

from collections.abc import Iterator

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal.entrusted import EXAMINED_HERE
from gongjian.appraisal.states import State
from gongjian.cases.actions.clock import postpone
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.models import Case
from gongjian.cases.procedures import procedure_of
from gongjian.kernel import moment
from gongjian.sittings.access import require
from gongjian.sittings.actions.notices import give_notice
from gongjian.sittings.actions.places import take_place
from gongjian.sittings.codes import new_exam_code
from gongjian.sittings.errors import (
    BookedAlready,
    NotAvailableYet,
    NotBookable,
    OtherOffice,
    SlotFull,
    SlotTooShort,
)
from gongjian.sittings.fitting import check_fits, demands_of, unmet
from gongjian.sittings.models import Booking, Reschedule, Sitting, Slot
from gongjian.sittings.queries import live_booking, unsettled_request
from gongjian.sittings.rules import check_notice, postponed_until
from gongjian.sittings.states import BOOKABLE, SittingState


@transaction.atomic
def book(case: Case, where: Slot | Sitting, *, by: User, consent: str = "") -> Booking:
    """Give a case a place in a slot, or in the first free slot of a sitting.

    consent: when and how the person agreed to a notice that comes late. In a published sitting the notice goes out at once.
    Law: 令55 art. 12 (told in advance of time and place).
    Raises: NotYours, MoveNotAllowed, MovedMeanwhile, BookedAlready, OtherOffice, NotBookable, WrongMode, ModeCannotJudge, SpecialtyNotOffered,
    NotStepFree, SlotTooShort, NotAvailableYet, NoticeTooLate, SlotFull.
    """
    sitting = where.sitting if isinstance(where, Slot) else where
    if live_booking(case):
        raise BookedAlready
    locked(case)  # nobody changes its mode meanwhile
    allowed_move(case, "book", by=by)
    demand, request = demands_of([case])[case.pk], unsettled_request(case)
    _check_sitting(case, sitting, request)
    check_fits(sitting, demand)
    check_notice(sent_on=moment.today(), day=sitting.day, region=case.office.region, consent=consent)
    slot = take_place([where] if isinstance(where, Slot) else sitting.slots.order_by("starts_at"))
    move(case, "book", by=by, appointed=sitting.day, sitting=sitting.number, at=slot.starts_at)
    booking = Booking.objects.create(
        case=case,
        sitting=sitting,
        slot=slot,
        exam_code=new_exam_code(),
        wish=demand.wish,
        needs=demand.needs,
        assistance=demand.assistance,
        short_notice_consent=consent.strip(),
        booked_at=moment.now(),
        booked_by=by,
    )
    if request:
        _settle(request, booking, by)
    if sitting.state == SittingState.PUBLISHED:
        give_notice(booking, by=by)
    return booking


def book_oldest_first(sitting: Sitting, *, by: User) -> list[Booking]:
    """Fill a sitting with accepted cases, the oldest due day first, each that needs only what the sitting offers.

    Each booking is a transaction of its own: whoever is booked is booked, and a second run goes on where the first ended.
    Law: 令55 art. 10 (the decision is due), art. 12. Raises: SittingNotYours, NotBookable, NoticeTooLate.
    """
    require(by, "sittings.book", sitting.office_id)
    _check_bookable(sitting)
    check_notice(sent_on=moment.today(), day=sitting.day, region=sitting.office.region)
    booked: list[Booking] = []
    for case in _oldest_first(sitting):
        try:
            booked.append(book(case, sitting, by=by))
        except SlotTooShort:
            continue
        except SlotFull:
            break
    return booked


def _oldest_first(sitting: Sitting) -> Iterator[Case]:
    """Accepted cases of the office that fit the sitting, by due day and id."""
    waiting = Case.objects.filter(office=sitting.office, procedure__in=EXAMINED_HERE, state=State.ACCEPTED)
    cases = list(waiting.select_related("office", "person").order_by("due_on", "id"))
    demands = demands_of(cases)
    later = dict(
        Reschedule.objects.filter(
            case__in=cases, state="approved", settled_by=None, available_from__gt=sitting.day
        ).values_list("case_id", "available_from")
    )
    for case in cases:
        if not unmet(sitting, demands[case.pk]) and case.pk not in later:
            yield case


def _check_bookable(sitting: Sitting) -> None:
    if sitting.state not in BOOKABLE or sitting.day <= moment.today():
        raise NotBookable(number=sitting.number)


def _check_sitting(case: Case, sitting: Sitting, request: Reschedule | None) -> None:
    if sitting.office_id != case.office_id:
        raise OtherOffice(number=sitting.number)
    _check_bookable(sitting)
    if request and sitting.day < request.available_from:
        raise NotAvailableYet(from_day=request.available_from)


def _settle(request: Reschedule, booking: Booking, by: User) -> None:
    """The promised other day has come about: the limit is postponed by what the person asked for, not by the office's own time.

    Where another committee has entrusted us no limit of ours runs; the day is the one it has named.
    """
    request.settled_by = booking
    request.save(update_fields=["settled_by"])
    former, region = request.booking.sitting.day, booking.case.office.region
    until = postponed_until(request.available_from, day=booking.sitting.day, on=moment.today(), region=region)
    if request.postpones and until > former and procedure_of(booking.case.procedure).decision_limits:
        postpone(booking.case, first=former, until=until, reason="经同意改期鉴定", by=by)
