"""What becomes of an appointment when its application is withdrawn, or the person has died."""

from gongjian.accounts.models import User
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.sittings.actions.changing import end_wishes
from gongjian.sittings.actions.loose_ends import close_loose_ends
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.models import Booking, QueueEntry
from gongjian.sittings.states import LIVE, BookingState, QueueState


def give_back_place(case: Case, by: User) -> None:
    """The place goes back to the sitting, in the transaction that withdraws the application; what was owed about it ends."""
    for booking in _live(case):
        give_back(booking, BookingState.MOVED)
    close_loose_ends(case, answer="申请已撤回。")
    end_wishes(case, answer="申请已撤回。")


def end_appointment(case: Case, by: User) -> None:
    """The place and the turn in the queue end in the transaction that ends the case. A case that goes on keeps the appointment it has had."""
    if case.state == State.DECEASED:
        leave_sitting(case, answer="被鉴定人死亡，鉴定终结。")


def leave_sitting(case: Case, *, answer: str) -> None:
    """A case that has ended gives its place and its turn in the queue back, in the same transaction; what was owed about them ends.

    answer: what whoever asked for something is told.
    """
    for booking in _live(case):
        give_back(booking, BookingState.ENDED)
        leave_queue(booking)
    close_loose_ends(case, answer=answer)
    end_wishes(case, answer=answer)


def leave_queue(booking: Booking) -> None:
    """Whoever waited or was called for this booking is called no more."""
    waiting = [QueueState.WAITING, QueueState.CALLED]
    QueueEntry.objects.filter(booking=booking, state__in=waiting).update(
        state=QueueState.LEFT, finished_at=moment.now()
    )


def _live(case: Case) -> list[Booking]:
    return list(Booking.objects.select_related("slot").filter(case=case, state__in=LIVE))
