"""Sittings that wait for the list from which their experts are drawn, and the tasks that say so."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from gongjian.accounts.roles import Role
from gongjian.cases.models import Case, Obligation
from gongjian.draws.models import Draw
from gongjian.draws.owes import PREPARE_DRAW
from gongjian.draws.queries.groups import EXPECTED
from gongjian.draws.states import Kind, State
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import SittingState

TOLD = (SittingState.PUBLISHED, SittingState.OPEN)
"""States of a sitting whose people have been told to come."""


def waiting() -> QuerySet[Sitting]:
    """Published sittings with people expected and no live list."""
    expected = Booking.objects.filter(sitting=OuterRef("pk"), state__in=EXPECTED)
    live = Draw.objects.filter(sitting=OuterRef("pk"), kind=Kind.EXPERTS).exclude(state=State.VOID)
    return Sitting.objects.filter(Exists(expected), ~Exists(live), state__in=TOLD)


def waits_for_list(sitting: Sitting) -> bool:
    """Whether nobody has committed a list for a sitting that needs one."""
    return waiting().filter(pk=sitting.pk).exists()


def expected_cases(sitting: Sitting, *, among: Collection[Case] | None = None) -> QuerySet[Case]:
    """The cases expected at a sitting, booked first first; only some of them, where told."""
    here = Case.objects.filter(bookings__sitting=sitting, bookings__state__in=EXPECTED).order_by("bookings__id")
    return here if among is None else here.filter(pk__in=[case.pk for case in among])


def tasks_of(sitting: Sitting) -> QuerySet[Obligation]:
    """The open tasks of preparing a sitting's list."""
    return _tasks().filter(office=sitting.office_id, about=sitting.number).select_related("case")


def out_of_step() -> list[int]:
    """Ids of sittings without the task that they need, and with one that they do not, or that hangs on a case not expected there: two queries."""
    theirs = Booking.objects.filter(case=OuterRef("case"), sitting=OuterRef(OuterRef("pk")), state__in=EXPECTED)
    task = _tasks().filter(Exists(theirs), office=OuterRef("office"), about=OuterRef("number"))
    untold = waiting().filter(~Exists(task)).values_list("pk", flat=True)
    told = _tasks().filter(office__in=Sitting.objects.values("office")).values("about")
    idle = Sitting.objects.filter(number__in=told).exclude(pk__in=waiting().values("pk")).values_list("pk", flat=True)
    return sorted({*untold, *idle})


def _tasks() -> QuerySet[Obligation]:
    return Obligation.objects.filter(kind=PREPARE_DRAW, role=Role.DRAW_OFFICER, fulfilled_at=None)
