"""Another day for a whole sitting, as long as nobody has been told of it."""

from datetime import date

from django.db import transaction
from django.db.models import F

from gongjian.accounts.models import User
from gongjian.experts.actions.answers import ask_anew
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.modes import mode_rule
from gongjian.sittings.access import require
from gongjian.sittings.actions.needs import revalidate
from gongjian.sittings.errors import NotAvailableYet, StepNotAllowed, VenueClosed
from gongjian.sittings.models import Booking, Reschedule, Sitting, Slot
from gongjian.sittings.rules import check_planned_day
from gongjian.sittings.states import LIVE, RequestState, SittingState

ACT = "改日期"
COMMITTED, VOID = "专家名单已承诺", "void"


@transaction.atomic
def move_sitting(sitting: Sitting, day: date, *, by: User) -> Sitting:
    """Move a sitting that is not published yet to another day, at the same hours. Who is booked stays booked; the experts are asked anew.

    To the day on which it is already: nothing changes. Law: 令55 art. 12 (people are told of the day once it is published).
    Raises: SittingNotYours, StepNotAllowed once it or its list of experts is published, DayOutOfBounds, VenueClosed, NotAvailableYet for somebody who cannot come by then.
    """
    require(by, "sittings.plan", sitting.office_id)
    held = Sitting.objects.select_for_update(of=("self",)).select_related("venue", "office").get(pk=sitting.pk)
    if held.state != SittingState.PLANNED:
        raise StepNotAllowed(state=SittingState(held.state).label, act=ACT)
    if held.draws.exclude(state=VOID).exists():  # a list is of those who can come on the day for which it was published
        raise StepNotAllowed(state=COMMITTED, act=ACT)
    if held.day == day:
        return held
    _check_day(held, day)
    before, by_days = held.day, day - held.day
    Slot.objects.filter(sitting=held).update(starts_at=F("starts_at") + by_days)
    held.day, held.starts_at, held.ends_at = day, held.starts_at + by_days, held.ends_at + by_days
    held.save(update_fields=["day", "starts_at", "ends_at"])
    asked = ask_anew(held, by=by)
    record(held.chain, "sitting.moved", by=by, before=before, day=day, asked_anew=asked)
    for booking in Booking.objects.filter(sitting=held, state__in=LIVE).select_related("case__office"):
        revalidate(booking)
    return held


def _check_day(held: Sitting, day: date) -> None:
    check_planned_day(day, today=moment.today())
    mode_rule(held.mode, on=day, region=held.office.region)
    if held.venue.closed_on is not None and held.venue.closed_on <= day:
        raise VenueClosed
    later = Reschedule.objects.filter(settled_by__sitting=held, settled_by__state__in=LIVE, state=RequestState.APPROVED)
    if waits := later.filter(available_from__gt=day).order_by("-available_from").first():
        raise NotAvailableYet(from_day=waits.available_from)
