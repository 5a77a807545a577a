"""What follows when the mode of a case changes: its place is given back, and it is on the list again in the same transaction (L4)."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal.states import State
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import move
from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.sittings.access import require_appraisee
from gongjian.sittings.actions.entrusting import back_from_elsewhere, end_choice, end_mode
from gongjian.sittings.actions.loose_ends import close_loose_ends
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.errors import ModeUnderWay, NoModeInForce, ReasonMissing
from gongjian.sittings.messages import tell, tell_employer
from gongjian.sittings.owes import ANSWER_COLLECTIVE, OF_A_WISH
from gongjian.sittings.queries import live_booking, mode_in_force
from gongjian.sittings.states import OPEN_WISHES, BookingState, WishState
from gongjian.sittings.wishes import ModeWish

CHANGES_FROM = (BookingState.BOOKED, BookingState.PRESENT)
"""States of a booking in which the mode may still change: nobody has a group yet."""
CHANGES_IN = (State.ACCEPTED, State.ENTRUSTED, State.SCHEDULED, State.PRESENT)
"""The same of a case."""


@transaction.atomic
def leave_mode(case: Case, *, reason: str, by: User) -> Case:
    """Withdraw the consent to a mode, or give it up: the case is examined in the hall again and is on the list at once.

    The appraisee's side, who need give no reason; or staff who take it down, with theirs. What was agreed to and when stays on record.
    Law: 令55 art. 12; 个保法 art. 15 (consent may be withdrawn; what was done before stands).
    Raises: ForTheOtherSide, SittingNotYours, NoModeInForce, ReasonMissing, ModeUnderWay.
    """
    require_appraisee(by, case, "sittings.book")
    if by.kind == User.Kind.STAFF and not reason.strip():
        raise ReasonMissing
    return back_to_the_hall(locked(case), reason=reason, by=by)


def back_to_the_hall(case: Case, *, reason: str, by: User) -> Case:
    """What leaving a mode does; that `by` may leave it was asked before. case: locked. Raises: NoModeInForce, ModeUnderWay."""
    former = mode_in_force(case)
    if former is None:
        raise NoModeInForce
    require_before_examination(case)
    end_mode(case, by=by, why=reason)
    tell(case, "mode_left", key=f"mode/{former.pk}/left", title=former.meant.label)
    back_on_the_list(case, unless=Mode.HALL)
    return case


def require_before_examination(case: Case) -> None:
    """Refuse to change the mode of a case whose person has a group or is being examined. Law: 令55 art. 12. Raises: ModeUnderWay."""
    booking = live_booking(case)
    if case.state not in CHANGES_IN or (booking and booking.state not in CHANGES_FROM):
        raise ModeUnderWay


def back_on_the_list(case: Case, *, unless: Mode) -> None:
    """Give back a place at a sitting of another mode than `unless`, or take back what is entrusted; nobody is left booked where they will not be examined."""
    if back_from_elsewhere(case, mode=unless.value):
        return
    booking = live_booking(case)
    if booking is None or booking.sitting.mode == unless:
        return
    move(case, "change_mode", by=None, sitting=booking.sitting.number, mode=unless.value)
    give_back(booking, BookingState.MOVED)
    close_loose_ends(case, answer="鉴定方式已改变，重新安排时间。")
    if booking.notice_id or booking.noticed_at:
        tell_employer(case, "employer_released", key=f"released/{booking.pk}", at=booking.slot.starts_at)


def end_wishes(case: Case, *, answer: str) -> None:
    """A wish still open has no more object: the person came, or the case is over. It stays on record with the reason."""
    told = {"state": WishState.ENDED, "ended_at": moment.now(), "answer": answer}
    ModeWish.objects.filter(case=case, state__in=OPEN_WISHES).update(**told)
    for kind in OF_A_WISH:
        fulfil(case, kind)
    end_choice(case)
    for about in case.obligations.filter(kind=ANSWER_COLLECTIVE, fulfilled_at=None).values_list("about", flat=True):
        fulfil(case, ANSWER_COLLECTIVE, about=about)
