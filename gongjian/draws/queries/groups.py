"""Who sits where, and who was sent where."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from gongjian.appraisal.states import State as CaseState
from gongjian.cases.models import Case
from gongjian.draws.models import Arrival, Draw, Group, Seat
from gongjian.draws.states import Kind, State
from gongjian.experts.models import Expert
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState

EXPECTED = (BookingState.BOOKED.value, BookingState.PRESENT.value)
STILL_TO_JUDGE = (CaseState.GROUPED, CaseState.EXAMINING, CaseState.DELIBERATING)
"""States of a case whose group has still to come to its opinion."""


def live_draw(sitting: Sitting, kind: Kind) -> Draw | None:
    """The sitting's draw of this kind that is not void."""
    return Draw.objects.filter(sitting=sitting, kind=kind).exclude(state=State.VOID).select_related("office").first()


def bookings_for(sitting: Sitting) -> QuerySet[Booking]:
    """Those expected at the sitting, whom a draw must provide for, in the order of their exam codes."""
    expected = Booking.objects.filter(sitting=sitting, state__in=EXPECTED)
    return expected.select_related("case__employer", "case__office").order_by("exam_code")


def waiting_for_a_group(sitting: Sitting) -> QuerySet[Booking]:
    """Who has checked in and has no group, first come first: not sent yet, or left by a group that lost a member."""
    sent = Arrival.objects.filter(booking=OuterRef("pk"), departure=None)
    here = Booking.objects.filter(~Exists(sent), sitting=sitting, state=BookingState.PRESENT)
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


def arrival_of(case: Case) -> Arrival | None:
    """How the door sent the case to the group it has now; None until then, and again once it has left that group."""
    sent = Arrival.objects.filter(booking__case=case, departure=None)
    return (
        sent.select_related("group__draw__sitting", "booking__sitting__office", "draw").order_by("-at", "-pk").first()
    )


def group_of(case: Case) -> Group | None:
    """The group that has the case now."""
    sent = arrival_of(case)
    return sent.group if sent else None


def empty_seats(group: Group) -> list[int]:
    """Places of the seats for which no reserve was left. They stay empty: nobody is put there by hand."""
    return list(group.seats.filter(expert=None).order_by("position").values_list("position", flat=True))


def left_stuck(sitting: Sitting) -> list[Arrival]:
    """Those of a sitting whose group has still to judge them and lacks a member for good, by group and turn: one query."""
    lacking = Seat.objects.filter(group=OuterRef("group"), expert=None)
    sent = Arrival.objects.filter(
        Exists(lacking), departure=None, booking__sitting=sitting, booking__case__state__in=STILL_TO_JUDGE
    )
    return list(sent.select_related("group", "booking__case").order_by("group__number", "position"))


def members(group: Group) -> list[Expert]:
    """The experts who sit in a group now, by seat."""
    seats = group.seats.filter(expert__isnull=False).select_related("expert__user").order_by("position")
    return [seat.expert for seat in seats if seat.expert]


def cases_of_group(group: Group) -> QuerySet[Case]:
    """The cases that a group has, in the order of arrival; those that have left it are not among them."""
    sent = Arrival.objects.filter(group=group, departure=None)
    cases = Case.objects.filter(bookings__arrivals__in=sent).select_related("office", "employer")
    return cases.order_by("bookings__arrivals__position")
