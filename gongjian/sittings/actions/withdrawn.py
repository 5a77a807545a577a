"""What becomes of an appointment when its application is withdrawn."""

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.sittings.actions.loose_ends import close_loose_ends
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.models import Booking
from gongjian.sittings.states import LIVE, BookingState


def give_back_place(case: Case, by: User) -> None:
    """The place goes back to the sitting, in the transaction that withdraws the application; what was owed about it ends."""
    for booking in Booking.objects.select_related("slot").filter(case=case, state__in=LIVE):
        give_back(booking, BookingState.MOVED)
    close_loose_ends(case, answer="申请已撤回。")
