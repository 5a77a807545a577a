"""A kiosk, people who come to it, and a day under way, from no arguments. The story is that of `sittings.tests.builders`."""

from datetime import timedelta

from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.kernel.tests.kept import kept
from gongjian.reception.actions import attend, open_kiosk
from gongjian.reception.models import Attendance, Kiosk
from gongjian.reception.queries.day import Day, day_of
from gongjian.sittings.actions import call_next, enter, finish
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import (
    MORNING,
    a_booking,
    a_grouped,
    a_sitting,
    an_accepted_case,
    at,
    put_in_sitting_state,
)

NAMES = ("林知远", "江雨晴", "罗向川", "苏明月", "何立春", "谢长风")
TELEPHONE = "19900000001"


@kept
def an_open_day(people: int = 3, *, capacity: int = 4) -> Sitting:
    """An open sitting with so many people expected."""
    sitting = a_sitting(capacity=capacity)
    for serial in range(1, people + 1):
        a_booking(an_accepted_case(serial, name=NAMES[(serial - 1) % len(NAMES)]), sitting=sitting)
    return put_in_sitting_state(sitting, SittingState.OPEN)


def people_of(sitting: Sitting) -> list[Booking]:
    """The bookings in the order they were made."""
    rows = Booking.objects.filter(sitting=sitting).select_related(
        "case__person", "case__office", "sitting__office", "slot"
    )
    return list(rows.order_by("pk"))


def a_kiosk(sitting: Sitting) -> Kiosk:
    """A machine opened that morning."""
    with at(MORNING):
        return open_kiosk(sitting, by=an_exam_staff())[0]


def tail_of(booking: Booking) -> str:
    """The second thing, for who named themselves by code or telephone."""
    return booking.case.person.id_number[-4:]


def comes(booking: Booking, kiosk: Kiosk, *, minutes: int = 0) -> Attendance:
    """Somebody receives themselves with their code, so many minutes after nine."""
    with at(MORNING + timedelta(minutes=minutes)):
        return attend(kiosk, who=booking.exam_code, second=tail_of(booking))


@kept
def a_grouped_day(groups: tuple[int, ...] = (1, 1, 1, 2)) -> Sitting:
    """An open sitting whose people stand in the queues of these groups, as the door has sent them."""
    sitting = a_sitting(capacity=4)
    for serial, group in enumerate(groups, 1):
        booking = a_grouped(an_accepted_case(serial, name=NAMES[serial - 1]), sitting=sitting)
        with at(MORNING + timedelta(seconds=serial)):
            enter(booking, group, f"{'一二三四'[group - 1]}号诊室")
    return put_in_sitting_state(sitting, SittingState.OPEN)


def examined(sitting: Sitting, group: int, *, begun: int, ended: int) -> Booking:
    """The next of a group is called and finished, in minutes after nine."""
    with at(MORNING + timedelta(minutes=begun)):
        booking = call_next(sitting, group, an_exam_staff())
    with at(MORNING + timedelta(minutes=ended)):
        finish(booking, an_exam_staff())
    return booking


def the_day(sitting: Sitting, *, minutes: int = 0) -> Day:
    """The sitting as it is so many minutes after nine."""
    with at(MORNING + timedelta(minutes=minutes)):
        return day_of(sitting)
