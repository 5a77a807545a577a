"""Reading proposals, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import offices_where
from gongjian.appraisal.entrusted import EXAMINED_HERE
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.queries import open_to
from gongjian.scheduling.errors import ProposalNotFound
from gongjian.scheduling.models import Placement, Planning, Proposal
from gongjian.scheduling.states import Outcome, ProposalState
from gongjian.sittings.models import Sitting

PLAN = "sittings.plan"
LISTED = 100
"""How many late cases the page names; the figures count all."""


def offices_of(user: User) -> QuerySet[Office]:
    """The offices whose sittings `user` plans."""
    return Office.objects.filter(pk__in=offices_where(user, PLAN)).order_by("code")


def office_for(code: str, *, by: User) -> Office:
    """One of them. Hidden and unknown answer alike. Raises: ProposalNotFound."""
    office = offices_of(by).filter(code=code).first()
    if office is None:
        raise ProposalNotFound
    return office


def visible_to(user: User) -> QuerySet[Proposal]:
    """Proposals of the offices whose sittings `user` plans; nobody else sees any."""
    return Proposal.objects.filter(office__in=offices_of(user)).select_related("office", "made_by")


def latest(office: Office) -> Proposal | None:
    """The newest proposal of an office, open or not."""
    return Proposal.objects.filter(office=office).select_related("office", "made_by").order_by("-pk").first()


def planning_of(office: Office) -> Planning | None:
    """The newest planning of an office: running, done, or failed with its sentence."""
    return Planning.objects.filter(office=office).select_related("office", "asked_by").order_by("-pk").first()


def outside(office: Office, by: User) -> list[Case]:
    """Accepted cases that the newest proposal does not know, those of the green channel and the most urgent first: one query."""
    known = Placement.objects.filter(case=OuterRef("pk"), proposal__office=office, proposal__state=ProposalState.OPEN)
    waiting = Case.objects.filter(office=office, procedure__in=EXAMINED_HERE, state=State.ACCEPTED).exclude(
        Exists(known)
    )
    rows = open_to(waiting.select_related("person"), by).order_by("priority", F("due_on").asc(nulls_last=True), "id")
    return list(rows[:LISTED])


def urgent_for(number: str, *, office: Office, by: User) -> Case:
    """A case of the office that waits and is open to `by`. Hidden, unknown and no longer waiting answer alike. Raises: ProposalNotFound."""
    waiting = Case.objects.filter(office=office, procedure__in=EXAMINED_HERE, state=State.ACCEPTED, number=number)
    found = open_to(waiting.select_related("person", "office", "window"), by).first()
    if found is None:
        raise ProposalNotFound
    return found


def placements_of(proposal: Proposal, by: User) -> QuerySet[Placement]:
    """The placements whose cases are open to `by`, the most urgent first."""
    rows = Placement.objects.filter(proposal=proposal).select_related("case__person", "sitting", "booking__slot")
    return open_to(rows, by, at="case").order_by("due", "id")


def placement_for(pk: int, *, by: User) -> Placement:
    """One placement. Hidden and unknown answer alike. Raises: ProposalNotFound."""
    rows = Placement.objects.filter(pk=pk, proposal__in=visible_to(by))
    rows = rows.select_related("proposal__office", "case__person", "case__office", "sitting__venue")
    found = open_to(rows, by, at="case").first()
    if found is None:
        raise ProposalNotFound
    return found


@dataclass(frozen=True)
class Column:
    """One sitting in the picture. taken: places in use before; in_time, late: those proposed; booked: of them booked already."""

    sitting: Sitting
    places: int
    taken: int
    in_time: int
    late: int
    booked: int
    locked: int


def columns_of(proposal: Proposal, sittings: list[Sitting]) -> list[Column]:
    """The sittings (with `places` and `booked`) by day, and who is proposed for each: one query."""
    pending = ~Q(outcome=Outcome.BOOKED)
    rows = (
        Placement.objects.filter(proposal=proposal)
        .values("sitting_id")
        .annotate(
            in_time=Count("id", filter=pending & Q(is_late=False)),
            late=Count("id", filter=pending & Q(is_late=True)),
            booked=Count("id", filter=~pending),
            locked=Count("id", filter=Q(locked=True)),
        )
    )
    found = {row["sitting_id"]: row for row in rows}
    return [_column(sitting, found.get(sitting.pk, {})) for sitting in sittings]


def _column(sitting: Sitting, counted: Mapping[str, Any]) -> Column:
    return Column(
        sitting,
        places=vars(sitting)["places"],
        taken=vars(sitting)["booked"],
        **{name: counted.get(name, 0) for name in ("in_time", "late", "booked", "locked")},
    )


def outcomes_of(proposal: Proposal) -> dict[str, int]:
    """Outcome → how many, and "nowhere" for those without a sitting."""
    rows = Placement.objects.filter(proposal=proposal)
    found = dict(rows.filter(sitting__isnull=False).values_list("outcome").annotate(count=Count("id")))
    return {**found, "nowhere": rows.filter(sitting=None).count()}


def late_of(proposal: Proposal, by: User) -> list[Placement]:
    """The most urgent of those who are late or nowhere."""
    return list(
        placements_of(proposal, by).filter(is_late=True).order_by(F("sitting").asc(nulls_first=True), "due")[:LISTED]
    )


def refused_of(proposal: Proposal, by: User) -> list[Placement]:
    """Those who could not be booked when the proposal was accepted."""
    return list(placements_of(proposal, by).filter(outcome=Outcome.REFUSED)[:LISTED])
