"""Reading employers' applications for a day on their premises: what the employer sees, and what the office sees."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.cases.models import Case, CaseParty
from gongjian.cases.queries import open_to
from gongjian.cases.queries import visible_to as cases_of
from gongjian.cases.queries.sides import in_force
from gongjian.kernel import moment
from gongjian.law.modes import ModeRule
from gongjian.sittings.collectives import Collective, Listed
from gongjian.sittings.errors import CollectiveNotFound
from gongjian.sittings.fitting import demands_of
from gongjian.sittings.modes import ASKED_IN, why_not
from gongjian.sittings.states import CollectiveState, WishState

BOOK = "sittings.book"


@dataclass(frozen=True)
class Counted:
    """What the employer learns: how many it named, how many are asked, how many agree; never who, and never why not."""

    row: Collective
    named: int
    asked: int
    agreed: int


@dataclass(frozen=True)
class Line:
    """One case of an application for the office: what became of the worker's choice, or why it cannot be asked."""

    case: Case
    label: str
    cannot: str


def visible_to(user: User) -> QuerySet[Collective]:
    """An employer's people see what they asked themselves, schedulers what was asked of their offices; nobody else sees any."""
    rows = Collective.objects.select_related("office", "employer", "asked_by", "venue")
    if user.kind == User.Kind.APPLICANT:
        return rows.filter(asked_by=user)
    return rows.filter(office_id__in=offices_where(user, BOOK)) if user.kind == User.Kind.STAFF else rows.none()


def collective_for(pk: int, *, by: User) -> Collective:
    """One of them. Hidden and unknown answer alike. Raises: CollectiveNotFound."""
    found = visible_to(by).filter(pk=pk).first()
    if found is None:
        raise CollectiveNotFound
    return found


def open_collective_of(case: Case, *, by: User) -> Collective:
    """The application that waits for an answer and names a case. Raises: CollectiveNotFound."""
    found = visible_to(by).filter(listed__case=case, listed__is_open=True).first()
    if found is None:
        raise CollectiveNotFound
    return found


def waiting(user: User) -> QuerySet[Collective]:
    """Those that wait for an answer, the oldest first, with how many they name."""
    rows = visible_to(user).filter(state=CollectiveState.ASKED)
    return rows.annotate(people=Count("listed")).order_by("asked_at", "pk")


def counted(row: Collective) -> Counted:
    """One application in numbers: two queries."""
    wishes = Counter(row.wishes.values_list("state", flat=True))
    return Counted(row, row.listed.count(), sum(wishes.values()), wishes[WishState.GRANTED])


def cases_to_name(user: User) -> QuerySet[Case]:
    """The cases that an employer's people may name: their side's, before the examination, in no other application."""
    parties = CaseParty.objects.filter(in_force(moment.today()), user=user)
    theirs = parties.filter(capacity=CaseParty.Capacity.EMPLOYER) | parties.filter(mandate__employer__isnull=False)
    named = Listed.objects.filter(is_open=True).values("case")
    rows = cases_of(user).filter(pk__in=theirs.values("case"), state__in=ASKED_IN, employer__isnull=False)
    return rows.exclude(pk__in=named).order_by("office_id", "employer_id", "number")


def lines_of(row: Collective, rule: ModeRule, *, by: User) -> list[Line]:
    """Every case that was named and is open to `by`: five queries, however many."""
    rows = open_to(row.listed.select_related("case__person", "case__office"), by, at="case").order_by("case__number")
    listed = list(rows)
    demands = demands_of([one.case for one in listed])
    wishes = {wish.case_id: wish for wish in row.wishes.all()}
    return [
        Line(
            one.case,
            one.get_left_out_display() or (wishes[one.case_id].get_state_display() if one.case_id in wishes else ""),
            "；".join(why_not(rule, demands[one.case_id].needs, demands[one.case_id].parts)),
        )
        for one in listed
    ]
