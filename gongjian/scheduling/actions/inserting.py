"""An urgent case comes into what stands, after a person has seen whom that moves."""

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.cases.models import Case
from gongjian.kernel.ledger.actions import record
from gongjian.scheduling.errors import InsertionChanged, NowhereToInsert
from gongjian.scheduling.insertions import Inserted, Moved, insertion_of
from gongjian.scheduling.models import Placement
from gongjian.scheduling.states import Outcome
from gongjian.sittings.access import require
from gongjian.sittings.actions import book, release
from gongjian.sittings.models import Booking

REASON = "为急件让出名额，由工作人员改到另一场；此前没有通知过时间。"


@transaction.atomic
def insert_urgent(case: Case, *, seen: str, by: User) -> Booking:
    """Book an urgent case where it disturbs fewest, and move whom that moves; all of it or nothing. seen: the digest of what `by` has seen.

    Who has been told of their day stays. Bookings go through the doors of `sittings`: a place is given back, then another is taken.
    Law: 令55 art. 10, 12. Raises: SittingNotYours, InsertionChanged, NowhereToInsert, and whatever refuses a booking.
    """
    require(by, "sittings.plan", case.office_id)
    _hold_still(case.office_id)
    found = insertion_of(case)
    if found.digest != seen:
        raise InsertionChanged
    if found.at is None:
        raise NowhereToInsert
    _move(found, by)
    booking = book(case, found.at, by=by)
    if found.own:
        told = {"outcome": Outcome.BOOKED, "booking": booking, "sitting": found.at, "is_late": found.days_late > 0}
        Placement.objects.filter(pk=found.own.pk).update(**told)
    told = {"case": case.pk, "sitting": found.at.number, "moved": len(found.moved)}
    record(f"office:{case.office.code}", "case.inserted", by=by, **told)
    return booking


def _hold_still(office: int) -> None:
    """Nobody plans, inserts or accepts here meanwhile: the placements are held before any place is given back, as who accepts holds them."""
    Office.objects.select_for_update(no_key=True).get(pk=office)
    pending = Placement.objects.filter(proposal__office=office, outcome=Outcome.PENDING).order_by("due", "id")
    list(pending.select_for_update(of=("self",)).values_list("pk", flat=True))


def _move(found: Inserted, by: User) -> None:
    """Every place is given back before the first is taken: those who move may change places with one another."""
    booked = [(one, one.row) for one in found.moved if isinstance(one.row, Booking)]
    released = [(release(row, reason=REASON, by=by), one) for one, row in booked]
    for one in found.moved:
        if isinstance(one.row, Placement):
            _replace(one.row, one)
    for case, one in released:
        book(case, one.end, by=by)


def _replace(placement: Placement, moved: Moved) -> None:
    placement.sitting, placement.is_late, placement.why = moved.end, moved.end.day > placement.due, REASON
    placement.save(update_fields=["sitting", "is_late", "why"])
