"""Another day asked for on the spot: the person is here, or their time has just passed, and says why they cannot be examined today."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked
from gongjian.kernel import moment
from gongjian.reception.access import RECEIVE
from gongjian.reception.errors import NotOnTheSpot
from gongjian.sittings.access import require
from gongjian.sittings.actions.rescheduling import put_request
from gongjian.sittings.errors import AskedAlready
from gongjian.sittings.models import Booking, Reschedule
from gongjian.sittings.queries import open_request
from gongjian.sittings.rules import check_request
from gongjian.sittings.states import BookingState, CameBy

ON_THE_SPOT = {
    BookingState.BOOKED: ("scheduled",),
    BookingState.PRESENT: ("present",),
}
"""State of the booking → states of the case in which the person may still go home unexamined: not once the lot has given them a group."""


@transaction.atomic
def ask_on_the_spot(booking: Booking, *, reason: str, available_from: date, consent: bool, by: User) -> Reschedule:
    """Take down that a person cannot be examined today for a cause of their own; a colleague answers, on the spot or later, and until then it is owed.

    consent: the person has agreed that the days up to then do not count. Law: 令55 art. 12.
    Raises: SittingNotYours, NotOnTheSpot, AskedAlready, ReasonMissing, DayOutOfBounds, ConsentMissing.
    """
    require(by, RECEIVE, booking.sitting.office_id)
    case = locked(booking.case)
    here = Booking.objects.select_related("sitting", "case__office", "slot").get(pk=booking.pk)
    if here.sitting.day != moment.today() or case.state not in ON_THE_SPOT.get(BookingState(here.state), ()):
        raise NotOnTheSpot(stage=BookingState(here.state).label)
    if open_request(case):
        raise AskedAlready
    region = case.office.region
    today = moment.today()
    check_request(
        reason=reason, available_from=available_from, consent=consent, former=here.sitting.day, on=today, region=region
    )
    return put_request(here, reason=reason, available_from=available_from, by=by, came_by=CameBy.IN_PERSON)
