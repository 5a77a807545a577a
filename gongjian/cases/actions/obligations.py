"""Opening and fulfilling what is owed."""

from datetime import date

from django.db import transaction

from gongjian.cases.actions.clock import start_limit
from gongjian.cases.models import Case, CaseLimit, Obligation
from gongjian.cases.procedures import procedure_of
from gongjian.cases.states import Owed
from gongjian.kernel import moment


@transaction.atomic
def owe(
    case: Case,
    kind: str,
    *,
    due: date,
    article: str,
    role: str = "",
    party: str = "",
    about: str = "",
    limit: CaseLimit | None = None,
    state: str = "",
) -> Obligation:
    """Open an obligation of the case's office (role) or of a party. What is owed already is not owed twice."""
    obligation, _ = Obligation.objects.get_or_create(
        case=case,
        kind=kind,
        about=about,
        fulfilled_at=None,
        defaults={
            "office_id": case.office_id,
            "role": role,
            "party": party,
            "due_on": due,
            "article": article,
            "limit": limit,
            "state": state,
            "opened_at": moment.now(),
        },
    )
    return obligation


@transaction.atomic
def fulfil(case: Case, kind: str, *, about: str = "") -> int:
    """Close what is owed under this kind; how many were open."""
    open_ones = Obligation.objects.filter(case=case, kind=kind, about=about, fulfilled_at=None)
    return open_ones.update(fulfilled_at=moment.now())


def owe_for_state(case: Case, left: str) -> None:
    """Close what the left state owed and open what the case's present state owes."""
    if left:
        Obligation.objects.filter(case=case, state=left, fulfilled_at=None).update(fulfilled_at=moment.now())
    for owed in procedure_of(case.procedure).owed.get(case.state, ()):
        _owe_by_table(case, owed)


def _owe_by_table(case: Case, owed: Owed) -> None:
    limit = _limit_for(case, owed.limit)
    due = limit.due_on if limit else max(case.due_on or moment.today(), moment.today())  # never late from the start
    owe(
        case,
        owed.kind,
        due=due,
        article=owed.article,
        role=owed.role,
        party=owed.party,
        limit=limit,
        state=case.state,
    )


def _limit_for(case: Case, limit: str) -> CaseLimit | None:
    if not limit:
        return None
    running = CaseLimit.objects.filter(case=case, limit=limit, about="").first()
    return running or start_limit(case, limit, start=moment.today())
