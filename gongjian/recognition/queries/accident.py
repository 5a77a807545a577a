"""Reading accidents of the green channel: who sees them, how far each victim is, what they share."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.cases.models import Case
from gongjian.cases.queries import open_to
from gongjian.materials.models import Material
from gongjian.materials.queries import OPEN_KINDS
from gongjian.recognition.errors import AccidentNotFound, VictimNotFound
from gongjian.recognition.models import Accident, Batch, Interview, SharedEvidence, SiteRecord, Victim
from gongjian.recognition.states import LABELS, State

Operation = Batch.Operation
LIST = "recognition.accidents"
PAGE = 100
STANDS: Mapping[Operation, tuple[State, ...]] = MappingProxyType(
    {
        Operation.BEGIN: (State.ACCEPTED,),
        Operation.PROPOSE: (State.INVESTIGATING, State.SIMPLE),
        Operation.REVIEW: (State.PROPOSED,),
        Operation.DECIDE: (State.REVIEWED,),
    }
)
"""In which state a victim's case waits for an operation; opening waits for there to be a case."""
PERMISSIONS: Mapping[Operation, str] = MappingProxyType(
    {
        Operation.OPEN: "recognition.accept",
        Operation.BEGIN: "recognition.investigate",
        Operation.PROPOSE: "recognition.propose",
        Operation.REVIEW: "recognition.review",
        Operation.DECIDE: "recognition.sign",
    }
)
KINDS = ("material", "interview", "site")


@dataclass(frozen=True)
class Line:
    """A victim as the page of the accident shows them; state: the label of the case's state, where there is a case."""

    victim: Victim
    state: str

    @property
    def name(self) -> str:
        """As the list told it."""
        found: str = self.victim.told["name"]
        return found


def accidents_seen_by(user: User) -> QuerySet[Accident]:
    """The accidents of the offices where `user` handles recognitions, newest first."""
    if not user.is_authenticated or not user.is_active or user.kind != User.Kind.STAFF:
        return Accident.objects.none()
    rows = Accident.objects.select_related("office", "employer", "by")
    return rows.filter(office_id__in=offices_where(user, LIST)).order_by("-id")


def accidents_page(user: User, *, before: int = 0) -> tuple[list[tuple[Accident, int]], int]:
    """A page of accidents with how many victims each has, and the place after it (0 at the end). before: that place."""
    rows = accidents_seen_by(user).annotate(listed=Count("victims", filter=Q(victims__set_aside_at=None)))
    found = list(rows.filter(pk__lt=before)[:PAGE] if before else rows[:PAGE])
    return [(row, vars(row)["listed"]) for row in found], found[-1].pk if len(found) == PAGE else 0


def accident_for(pk: int, *, by: User) -> Accident:
    """One accident. One that is hidden and one that does not exist answer alike. Raises: AccidentNotFound."""
    found = accidents_seen_by(by).filter(pk=pk).first()
    if found is None:
        raise AccidentNotFound
    return found


def victim_for(accident: Accident, pk: int) -> Victim:
    """One victim on the list of an accident that its reader sees. Raises: VictimNotFound."""
    found = Victim.objects.select_related("accident", "case").filter(accident=accident, pk=pk).first()
    if found is None:
        raise VictimNotFound
    return found


def accident_of(case: Case) -> Accident | None:
    """The accident of which the person of a case is a victim."""
    return Accident.objects.filter(victims__case=case).first()


def victims_page(accident: Accident, *, by: User, after: int = 0) -> list[Line]:
    """A page of victims in the order of the list: two queries. Whose case `by` keeps away from is left out."""
    rows = Victim.objects.filter(accident=accident, row__gt=after).select_related("case")
    seen = Q(case=None) | Q(case__in=open_to(Case.objects.filter(victim__accident=accident), by))
    found = rows.filter(seen).order_by("row")[:PAGE]
    return [Line(row, LABELS[State(row.case.state)] if row.case else "") for row in found]


def waiting_for(accident: Accident, operation: Operation) -> QuerySet[Victim]:
    """The victims whose turn this operation is, in the order of the list. Cases that somebody had applied for go their own way.

    Where such an application was taken back, the office may still start by itself.
    """
    rows = Victim.objects.filter(accident=accident, set_aside_at=None).select_related("case").order_by("row")
    if operation == Operation.OPEN:
        return rows.filter(Q(case=None) | Q(adopted=True, case__state=State.WITHDRAWN))
    return rows.filter(case__state__in=STANDS[operation], adopted=False)


def turns_for(accident: Accident, operation: Operation, *, by: User) -> QuerySet[Victim]:
    """The victims whose turn it is and for whom `by` may act: not those from whose case `by` keeps away. Law: 令55 art. 28."""
    return open_to(waiting_for(accident, operation), by, at="case")


def how_many_wait(accident: Accident, *, by: User) -> dict[Operation, int]:
    """Operation → for how many victims `by` may do it now: one query each, by the accident's own rows. Law: 令55 art. 28."""
    return {each: turns_for(accident, each, by=by).count() for each in Operation}


def how_many_stand(accident: Accident) -> list[tuple[str, int]]:
    """How many victims' cases stand in each state, by the order of the table; first those without a case: two queries."""
    rows = Victim.objects.filter(accident=accident, set_aside_at=None)
    counted = dict(rows.exclude(case=None).values_list("case__state").annotate(count=Count("id")).order_by())
    told = [(LABELS[state], counted[state]) for state in State if state in counted]
    without = rows.filter(case=None).count()
    return [("尚未立案", without), *told] if without else told


def shared_of(accident: Accident) -> QuerySet[SharedEvidence]:
    """The evidence of an accident, kept once for all its victims."""
    rows = SharedEvidence.objects.filter(accident=accident)
    return rows.select_related("material__case", "interview__case", "site__case", "by").order_by("id")


def shares_with(cases: QuerySet[Case], material: Material) -> bool:
    """Whether one of these cases is a victim's with whom a material is shared."""
    rows = SharedEvidence.objects.filter(material=material)
    return cases.filter(victim__accident__in=rows.values("accident")).exists()


def may_be_shared(accident: Accident, *, by: User) -> dict[str, list[Any]]:
    """What was gathered in the victims' cases and may be shared: signed interviews, site records, papers that are not about health.

    From whose case `by` keeps away, of that one nothing. Law: 令8 art. 9, 11; 令55 art. 28.
    """
    cases = open_to(Case.objects.filter(victim__accident=accident), by)
    shared = SharedEvidence.objects.filter(accident=accident)
    taken = {kind: shared.filter(kind=kind).values(kind) for kind in KINDS}
    papers = Material.objects.filter(case__in=cases, kind__in=OPEN_KINDS, pages__removed_at=None, pages__isnull=False)
    talks = Interview.objects.filter(case__in=cases, signed_at__isnull=False).exclude(pk__in=taken["interview"])
    sites = SiteRecord.objects.filter(case__in=cases).exclude(pk__in=taken["site"])
    left = papers.exclude(pk__in=taken["material"]).distinct()
    return {
        kind: list(rows.select_related("case").order_by("id")[:PAGE])
        for kind, rows in (("material", left), ("interview", talks), ("site", sites))
    }
