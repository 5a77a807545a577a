"""What the room's sweeps look for: people nobody received, notices not yet sent, bookings that no longer fit."""

import logging

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat

from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Obligation
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import State
from gongjian.law.calendar import working_day_after
from gongjian.law.errors import RuleError
from gongjian.sittings.actions.absences import ARTICLE
from gongjian.sittings.actions.needs import revalidate
from gongjian.sittings.actions.notices import give_notice, owe_in_person
from gongjian.sittings.fitting import Demand, demands_of, flags_now
from gongjian.sittings.messages import NOTICES, came_to_nothing
from gongjian.sittings.models import Booking
from gongjian.sittings.owes import DECIDE_ABSENCE
from gongjian.sittings.rules import BLOCKING
from gongjian.sittings.states import BookingState, SittingState

log = logging.getLogger(__name__)
MOST = 200
"""How many notices one run sends; the next run goes on."""
BOOKED = Booking.objects.filter(state=BookingState.BOOKED).select_related(
    "case__office", "case__person", "sitting__venue", "sitting__office", "slot", "wish"
)


def find_not_received() -> int:
    """Whoever was expected at a sitting that is over and was neither received nor noted as absent becomes the exam staff's task."""
    owed = Obligation.objects.filter(case=OuterRef("case"), kind=DECIDE_ABSENCE, fulfilled_at=None)
    missed = BOOKED.filter(~Exists(owed), sitting__ends_at__lt=moment.now())
    due = working_day_after(moment.today(), 1)
    for booking in missed:
        owe(booking.case, DECIDE_ABSENCE, due=due, article=ARTICLE, role=Role.EXAM_STAFF)
    return len(missed)


def send_notices() -> int:
    """Give everyone booked in a published sitting the notice they have not had yet, those of the nearest day first."""
    waiting = BOOKED.filter(notice=None, sitting__state=SittingState.PUBLISHED, sitting__ends_at__gt=moment.now())
    found = list(waiting.order_by("sitting__day", "id")[:MOST])
    return sum(_noticed(booking) for booking in found)


def find_unreached() -> int:
    """Whoever was told by messages that have all failed since is to be told in person, before the day; how many there are (L13)."""
    failed = Message.objects.filter(
        state=State.FAILED,
        template__in=[f"sittings.{name}" for name in NOTICES],
        chain=Concat(Value("case:"), OuterRef("case__number")),
    )
    coming = BOOKED.filter(Exists(failed), told_at=None, slot__starts_at__gt=moment.now()).exclude(notice=None)
    unreached = [booking for booking in coming if came_to_nothing(booking)]
    for booking in unreached:
        owe_in_person(booking)
    return len(unreached)


def _noticed(booking: Booking) -> bool:
    """Whether the notice could be given; one that cannot be made does not hold up the others, the check names it."""
    try:
        give_notice(booking, by=None)
    except RuleError as refusal:
        log.warning("notice.not_given", extra={"booking": booking.pk, "code": refusal.code})
        return False
    return True


def revalidate_coming() -> int:
    """Look again at bookings whose case or person has changed since (L6); how many had."""
    coming = list(BOOKED.filter(sitting__day__gte=moment.today()))
    demands = demands_of([booking.case for booking in coming])
    return sum(revalidate(booking) for booking in coming if _changed(booking, demands[booking.case_id]))


def _changed(booking: Booking, demand: Demand) -> bool:
    """Whether a booking is not what it would be if it were made now."""
    known = BLOCKING & set(booking.flags) != BLOCKING & set(flags_now(booking, demand))
    return known or (booking.needs, booking.assistance) != (demand.needs, demand.assistance)
