"""A wish for another mode, and sittings of each, from no arguments."""

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_scheduler, a_worker_user
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.law.modes import Mode
from gongjian.sittings.actions import Wish, ask_mode, book, grant_mode, plan_sitting
from gongjian.sittings.models import Booking, Sitting, Venue
from gongjian.sittings.states import CameBy, SittingState
from gongjian.sittings.tests.builders import PLANNED, a_plan, a_venue, an_accepted_case, at, put_in_sitting_state
from gongjian.sittings.wishes import ModeWish

ADDRESS = "云溪市东溪县柳桥路1号2单元301室"
CONTACT = "林母 19900000011"
GROUNDS = {Mode.HOME: "immobile", Mode.VIDEO: "far", Mode.CLINIC: "simple"}


def a_wish_for(mode: Mode = Mode.HOME, **changes: object) -> Wish:
    """What a person asks; staff who take it down have seen the proof."""
    told: dict[str, object] = {
        "mode": mode,
        "ground": GROUNDS[mode],
        "reason": "截瘫卧床，不能坐轮椅外出",
        "address": ADDRESS,
        "contact": CONTACT,
        "consent": "3月10日来电，本人口头同意",
        "proof_seen": "诊断证明上门时核对",
        "came_by": CameBy.TELEPHONE,
    }
    return Wish(**{**told, **changes})  # type: ignore[arg-type]


def the_worker_of(case: Case) -> User:
    """The appraisee, who takes part in the case."""
    join_case(case, a_worker_user(), capacity="worker", is_applicant=True)
    return a_worker_user()


def an_asked_wish(case: Case | None = None, mode: Mode = Mode.HOME) -> ModeWish:
    """A wish taken down from a telephone call."""
    return ask_mode(case or an_accepted_case(parts=["143:left"]), a_wish_for(mode), by=a_scheduler())


def a_granted_wish(case: Case | None = None, mode: Mode = Mode.HOME) -> ModeWish:
    """The same, granted."""
    return grant_mode(an_asked_wish(case, mode), by=a_scheduler())


def a_sitting_of(
    mode: Mode, *, state: SittingState = SittingState.PLANNED, minutes: int = 60, hours: int = 3, **changes: object
) -> Sitting:
    """Three stops of an hour, or as many slots as fit."""
    venue: Venue = a_venue()
    plan = a_plan(venue=venue, mode=mode, minutes=minutes, hours=hours, capacity=1, **changes)
    with at(PLANNED):
        sitting = plan_sitting(venue.office, plan, by=a_scheduler())
    return put_in_sitting_state(sitting, state)


def a_booked_wish(case: Case | None = None, sitting: Sitting | None = None, mode: Mode = Mode.HOME) -> Booking:
    """Somebody booked in the mode of a sitting."""
    sitting = sitting or a_sitting_of(mode)
    with at(PLANNED):
        wish = a_granted_wish(case, Mode(sitting.mode))
        return book(wish.case, sitting, by=a_scheduler())
