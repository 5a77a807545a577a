"""Who sits where, and who was sent where."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongjian.cases.models import Case
from gongjian.draws.models import Draw, Group, Seat
from gongjian.draws.states import Kind, State
from gongjian.experts.models import Expert
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState

EXPECTED = (BookingState.BOOKED.value, BookingState.PRESENT.value)


def live_draw(sitting: Sitting, kind: Kind) -> Draw | None:
    """The sitting's draw of this kind that is not void."""
    return Draw.objects.filter(sitting=sitting, kind=kind).exclude(state=State.VOID).select_related("office").first()


def bookings_for(sitting: Sitting) -> QuerySet[Booking]:
    """Those expected at the sitting, whom a draw must provide for, in the order of their exam codes."""
    expected = Booking.objects.filter(sitting=sitting, state__in=EXPECTED)
    return expected.select_related("case__employer", "case__office").order_by("exam_code")


def waiting_for_a_group(sitting: Sitting) -> QuerySet[Booking]:
    """Who has checked in and has not been sent to a group yet, first come first."""
    here = Booking.objects.filter(sitting=sitting, state=BookingState.PRESENT, arrival=None)
    return here.select_related("case__employer", "case__office", "presence", "sitting").order_by("presence__at", "pk")


@dataclass(frozen=True)
class Panel:
    """A group and who sits in it now, by seat; an empty seat has found no reserve."""

    group: Group
    members: tuple[Expert, ...]
    empty: int

    @property
    def specialties(self) -> frozenset[str]:
        """Codes of everything its members cover."""
        return frozenset(code for expert in self.members for code in expert.specialties)


def panels_of(draw: Draw) -> list[Panel]:
    """The groups of a draw of experts in their order: two queries, however many there are."""
    sitting: dict[int, list[Expert | None]] = {}
    for seat in Seat.objects.filter(group__draw=draw).select_related("expert").order_by("group_id", "position"):
        sitting.setdefault(seat.group_id, []).append(seat.expert)
    groups = draw.groups.select_related("draw").order_by("number")
    return [_panel(group, sitting.get(group.pk, [])) for group in groups]


def _panel(group: Group, holders: list[Expert | None]) -> Panel:
    return Panel(group, tuple(expert for expert in holders if expert), holders.count(None))


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
    cases = Case.objects.filter(bookings__arrival__group=group).select_related("office", "employer")
    return cases.order_by("bookings__arrival__position")
