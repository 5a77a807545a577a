"""What `gongjian check` asks of sittings: no slot over its capacity or wrongly counted, nobody booked without a notice."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, F, Q

from gongjian.kernel import moment
from gongjian.kernel.checks import Problem
from gongjian.sittings.models import Booking, Slot
from gongjian.sittings.states import LIVE, BookingState, SittingState

HOURS_TO_NOTICE = 2


def capacity() -> Iterator[Problem]:
    """Slots whose count differs from their live bookings, or lies over their capacity."""
    counted = Slot.objects.annotate(live=Count("bookings", filter=Q(bookings__state__in=LIVE)))
    wrong = counted.filter(~Q(live=F("taken")) | Q(taken__gt=F("capacity"))).select_related("sitting")
    for slot in wrong.iterator():
        yield Problem(
            "capacity", slot.sitting.number, f"时段名额{slot.capacity}，记为已用{slot.taken}，实有{slot.live}人。"
        )


def notices() -> Iterator[Problem]:
    """People booked in a published sitting for some hours without a notice to appear."""
    late = moment.now() - timedelta(hours=HOURS_TO_NOTICE)
    missing = Booking.objects.filter(
        state=BookingState.BOOKED, notice=None, booked_at__lt=late, sitting__state=SittingState.PUBLISHED
    )
    for number in missing.values_list("case__number", flat=True).iterator():
        yield Problem("notices", number, "已安排场次，却没有发出鉴定通知书。")
