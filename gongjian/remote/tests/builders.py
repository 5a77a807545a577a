"""Somebody who has come to a point to be examined by video, and the room for it, from no arguments."""

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role as Post
from gongjian.accounts.tests.builders import a_member, an_exam_staff, an_expert_user
from gongjian.kernel.tests.kept import kept
from gongjian.law.modes import Mode
from gongjian.opinions.models import Assignment
from gongjian.remote import actions
from gongjian.remote.models import RemoteRoom, RemoteSeat
from gongjian.remote.queries import room_for
from gongjian.remote.rules import Measure
from gongjian.sittings.actions.arriving import check_in
from gongjian.sittings.models import Booking, Presence
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import MORNING, at, put_in_sitting_state
from gongjian.sittings.tests.wishes import a_booked_wish, a_sitting_of

CLEAR = Measure(kbps=900, loss=0, delay_ms=40, lines=480)
POOR = Measure(kbps=20, loss=60, delay_ms=40, lines=120)
EXPERTS = (("expert-luo", "骆骨生"), ("expert-shen", "沈明远"), ("expert-wen", "温若兰"))


def a_host() -> User:
    """A member of staff who is not beside the worker."""
    return a_member(Post.EXAM_STAFF, "宁会场")


def the_panel(size: int = 3) -> list[User]:
    """The users of the group's experts."""
    return [an_expert_user(*told) for told in EXPERTS[:size]]


@kept
def a_present_by_video() -> Booking:
    """Somebody who was granted a video and has checked in at the point."""
    booking = a_booked_wish(sitting=a_sitting_of(Mode.VIDEO))
    put_in_sitting_state(booking.sitting, SittingState.OPEN)
    with at(MORNING):
        return check_in(booking.exam_code, booking.sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())


@kept
def a_room() -> RemoteRoom:
    """The room, opened by the examiner."""
    booking = a_present_by_video()
    with at(MORNING):
        return actions.open_room(booking.pk, by=an_exam_staff())


def declares(room: RemoteRoom, user: User, seat: int = 1, **changes: object) -> Assignment:
    """An expert of the group has declared no conflict in the case of the room."""
    told: dict[str, object] = {"exam_code": room.booking.exam_code, "expert_number": user.username, "seat": seat}
    told |= {"assigned_at": MORNING, "declared_at": MORNING, **changes}
    return Assignment.objects.create(case=room.booking.case, user=user, **told)


def enters(room: RemoteRoom, user: User, measure: Measure | None = CLEAR) -> RemoteSeat:
    """Somebody takes their place and has measured their line."""
    seat = actions.enter(room, room_for(room.pk, by=user)[1], by=user)
    actions.measured(seat, measure)
    seat.refresh_from_db()
    return seat


def everybody_enters(room: RemoteRoom) -> list[RemoteSeat]:
    """Examiner, host and the whole panel, which has declared."""
    for seat, user in enumerate(the_panel(), 1):
        declares(room, user, seat)
    return [enters(room, user) for user in (an_exam_staff(), a_host(), *the_panel())]
