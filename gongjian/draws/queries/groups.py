"""Who sits where, and who was sent where."""

from django.db.models import QuerySet

from gongjian.cases.models import Case
from gongjian.draws.models import Draw, Group
from gongjian.draws.states import Kind, State
from gongjian.experts.models import Expert
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import LIVE


def live_draw(sitting: Sitting, kind: Kind) -> Draw | None:
    """The sitting's draw of this kind that is not void."""
    return Draw.objects.filter(sitting=sitting, kind=kind).exclude(state=State.VOID).select_related("office").first()


def bookings_for(sitting: Sitting) -> QuerySet[Booking]:
    """Those expected at the sitting, whom a draw must provide for, in the order of their exam codes."""
    live = Booking.objects.filter(sitting=sitting, state__in=[state.value for state in LIVE])
    return live.select_related("case__employer", "case__office").order_by("exam_code")


def group_of(case: Case) -> Group | None:
    """The group that the door gave the case, newest first; None until then."""
    groups = Group.objects.filter(arrivals__booking__case=case).select_related("draw__sitting")
    return groups.order_by("-arrivals__at", "-arrivals__pk").first()


def members(group: Group) -> list[Expert]:
    """The experts who sit in a group now, by seat."""
    seats = group.seats.filter(expert__isnull=False).select_related("expert__user").order_by("position")
    return [seat.expert for seat in seats if seat.expert]


def cases_of_group(group: Group) -> QuerySet[Case]:
    """The cases sent to a group, in the order of arrival."""
    return Case.objects.filter(bookings__arrival__group=group).order_by("bookings__arrival__position")
