"""Whom to remind of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from gongjian.accounts.models import User
from gongjian.accounts.queries import in_role
from gongjian.cases.models import Case, CaseParty, Obligation
from gongjian.cases.queries.recusals import keeps_away
from gongjian.cases.rules import first_day_to_remind, last_day_soon

EXPERTS = "experts"
WHO_ASKS_EXPERTS = "exam_staff"
"""Experts are reminded by those who run the exam day: in this room nobody knows them, they work by exam code."""
CAPACITIES = {
    "applicant": (),
    "worker": (CaseParty.Capacity.WORKER, CaseParty.Capacity.RELATIVE),
    "employer": (CaseParty.Capacity.EMPLOYER,),
}


@dataclass(frozen=True)
class Reached:
    """One who is told: in the box of an account, by a telephone, or both."""

    user: User | None
    telephone: str = ""


def to_remind(today: date, *, limit: int = 500) -> list[int]:
    """Ids of open obligations that are due soon or overdue and whose owner was not told so yet, the most overdue first."""
    found: list[int] = []
    for condition in _conditions(today):
        rows = Obligation.objects.filter(condition, fulfilled_at=None).order_by("due_on", "pk")
        found += rows.values_list("pk", flat=True)[: limit - len(found)]
    return found


def _conditions(today: date) -> Iterator[Q]:
    yield Q(due_on__lt=today) & (Q(reminded_at=None) | Q(reminded_at__date__lte=F("due_on")))
    last = last_day_soon(today)
    for due in (today + timedelta(days=step) for step in range((last - today).days + 1)):
        yield Q(due_on=due) & (Q(reminded_at=None) | Q(reminded_at__date__lt=first_day_to_remind(due)))


def owners_of(obligation: Obligation) -> list[Reached]:
    """Who is to be told: the holders of the role, or the party with its telephone."""
    if obligation.party and obligation.party != EXPERTS:
        return _party(obligation.case, obligation.party)
    case, role = obligation.case, obligation.role or WHO_ASKS_EXPERTS
    users = in_role(role, obligation.office_id, obligation.window_id)
    return [Reached(user) for user in users if not keeps_away(user, case)]


def _party(case: Case, party: str) -> list[Reached]:
    rows = case.parties.select_related("user").order_by("pk")
    rows = rows.filter(capacity__in=CAPACITIES[party]) if CAPACITIES.get(party) else rows.filter(is_applicant=True)
    found = [Reached(row.user, row.user.telephone) for row in rows]
    if found or party == "employer":
        return found
    return [Reached(None, case.person.telephone)] if case.person.telephone else []
