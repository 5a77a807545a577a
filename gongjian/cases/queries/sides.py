"""On whose side a user stands in a case, and for whom they may speak: the one place that reads mandates."""

from datetime import date
from enum import StrEnum

from django.db.models import Q

from gongjian.accounts.models import User
from gongjian.cases.models import Case, CaseParty
from gongjian.kernel import moment


class Side(StrEnum):
    """The two sides of a case: whose body is appraised, and who employed them."""

    WORKER = "worker"
    EMPLOYER = "employer"


def in_force(on: date) -> Q:
    """The condition on parties: those in their own right, and those whose mandate is valid on the day and not revoked. No agent is without one."""
    begun = Q(mandate__valid_from__lte=on, mandate__revoked_at=None)
    own_right = Q(mandate=None) & ~Q(capacity=CaseParty.Capacity.AGENT)
    return own_right | (begun & (Q(mandate__valid_until=None) | Q(mandate__valid_until__gte=on)))


def parties_of(case: Case, side: Side | None = None) -> list[CaseParty]:
    """Who takes part today, on one side or on both, in the order in which they joined."""
    rows = case.parties.filter(in_force(moment.today())).select_related("user", "mandate").order_by("pk")
    return [row for row in rows if side in (None, side_of_party(row))]


def side_of_party(row: CaseParty) -> Side:
    """The side of one party: an agent stands where the giver of the mandate stands, a relative with the worker."""
    if row.capacity == CaseParty.Capacity.EMPLOYER:
        return Side.EMPLOYER
    return Side.EMPLOYER if row.mandate and row.mandate.employer_id else Side.WORKER


def sides_of(user: User, case: Case) -> frozenset[Side]:
    """Every side for which a user may speak today; none for a stranger, for staff, and once the mandate is over."""
    if not user.is_active:
        return frozenset()
    return frozenset(side_of_party(row) for row in parties_of(case) if row.user_id == user.pk)


def side_of(user: User, case: Case) -> Side | None:
    """The one side on which a user stands; None for a stranger and for who would stand on both."""
    sides = sides_of(user, case)
    return next(iter(sides)) if len(sides) == 1 else None


def speaks_for(user: User, case: Case, side: Side) -> bool:
    """Whether what this user says today is said for that side.

    An agent speaks for who gave the mandate, only while it is valid and not revoked. Law: 令55 art. 8; 民法典 art. 162, 173.
    """
    return side in sides_of(user, case)
