"""What a person needs, and looking again at a booking when it has changed after the booking (L6)."""

from collections.abc import Collection

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.sittings.access import require_appraisee
from gongjian.sittings.fitting import Demand, demands_of, flags_now
from gongjian.sittings.models import Booking, SpecialNeeds
from gongjian.sittings.owes import REBOOK
from gongjian.sittings.queries import live_booking
from gongjian.sittings.rules import BLOCKING, Flag, check_assistance
from gongjian.sittings.states import BookingState


@transaction.atomic
def set_assistance(case: Case, codes: Collection[str], *, note: str = "", by: User) -> SpecialNeeds:
    """Keep what the case's person needs in order to come; it travels with the person, and a booking already made is looked at again.

    Told by the side of the appraisee, or taken down by staff. Law: 令55 art. 18 (accessible environment).
    Raises: NeedUnknown, ForTheOtherSide, SittingNotYours.
    """
    require_appraisee(by, case, "sittings.book")
    return keep_assistance(case, codes, note=note, by=by)


@transaction.atomic
def keep_assistance(case: Case, codes: Collection[str], *, note: str = "", by: User) -> SpecialNeeds:
    """The same where who may was asked already, as with a case that came from another committee. Raises: NeedUnknown."""
    kept, _ = SpecialNeeds.objects.update_or_create(
        person_id=case.person_id,
        defaults={
            "codes": check_assistance(codes),
            "note": note.strip(),
            "changed_at": moment.now(),
            "changed_by": by,
        },
    )
    record(case.chain, "needs.changed", by=by, count=len(kept.codes))
    booking = live_booking(case)
    if booking and booking.state == BookingState.BOOKED:
        revalidate(booking)
    return kept


@transaction.atomic
def revalidate(booking: Booking) -> bool:
    """Compare a booking with what its case needs now; whether anything had changed. What no longer fits is flagged.

    A flag with which the booking cannot stand becomes the scheduler's task; when it fits again, flag and task go.
    """
    rows = Booking.objects.select_for_update(of=("self",))
    locked = rows.select_related("case", "sitting__venue", "sitting__office").get(pk=booking.pk)
    demand = demands_of([locked.case])[locked.case_id]
    flags = _flags(locked, demand)
    if (demand.needs, demand.assistance, flags) == (locked.needs, locked.assistance, locked.flags):
        return False
    Booking.objects.filter(pk=locked.pk).update(needs=demand.needs, assistance=demand.assistance, flags=flags)
    booking.needs, booking.assistance, booking.flags = demand.needs, demand.assistance, flags
    record(locked.case.chain, "booking.revalidated", by=None, flags=flags)
    _follow(locked, flags)
    return True


def _flags(booking: Booking, demand: Demand) -> list[str]:
    found = flags_now(booking, demand)
    if demand.assistance != booking.assistance or Flag.ASSISTANCE in booking.flags:
        found = [*found, Flag.ASSISTANCE] if demand.assistance else found
    return [flag.value for flag in found]


def _follow(booking: Booking, flags: list[str]) -> None:
    if BLOCKING & set(flags):
        due = max(moment.today(), min(working_day_after(moment.today(), 1), booking.sitting.day))
        owe(booking.case, REBOOK, due=due, article="令55 第十一条、第十二条", role=Role.SCHEDULER)
    else:
        fulfil(booking.case, REBOOK)
