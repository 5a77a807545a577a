"""Barring an expert from a case: the one place where a recusal comes into force."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal.states import State as CaseState
from gongjian.cases.actions.locked import locked, locked_row
from gongjian.cases.actions.obligations import fulfil
from gongjian.cases.models import Case
from gongjian.draws.errors import GrantTooLate, NotTheExpert, RecusalDecided, RecusedAlready
from gongjian.draws.models import Recusal
from gongjian.draws.owes import DECIDE_RECUSAL
from gongjian.draws.states import Ground
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record

DRAW = "draws.draw"
OPEN = (
    CaseState.SUBMITTED,
    CaseState.SUPPLEMENT,
    CaseState.ACCEPTED,
    CaseState.SCHEDULED,
    CaseState.PRESENT,
    CaseState.GROUPED,
    CaseState.EXAMINING,
    CaseState.DELIBERATING,
)
"""States of a case in which a recusal still changes who judges it."""


@transaction.atomic
def record_recusal(
    case: Case,
    expert: Expert,
    ground: Ground,
    *,
    source: Recusal.Source,
    by: User,
    facts: str = "",
    again: bool = False,
) -> Recusal:
    """Bar an expert from a case. again: what is recorded already is handed back. Law: 令55 art. 28. Raises: NotTheExpert, RecusedAlready."""
    if expert.user_id != by.pk and not by.holds(DRAW, case.office_id):
        raise NotTheExpert
    locked(case)
    known = _known(case, expert, ground)
    if known and again:
        return known
    if known:
        raise RecusedAlready
    row = Recusal.objects.create(
        case=case,
        expert=expert,
        ground=ground,
        source=source,
        facts=facts.strip(),
        told_at=moment.now(),
        told_by=by,
        decision=Recusal.Decision.GRANTED,
        decided_at=moment.now(),
        decided_by=by,
    )
    record(case.chain, "recusal.recorded", by=by, expert=expert.number, ground=ground, source=source)
    return row


@transaction.atomic
def grant(row: Recusal, expert: Expert | None, *, answer: str, decided_by: User, by: User) -> Recusal:
    """Answer a party's request: by barring the expert, or by refusing (no expert). by: whose act brings it into force.

    A request about an expert who is barred on this ground already is granted without a second bar.
    Law: 令55 art. 28. Raises: RecusalDecided, GrantTooLate.
    """
    case = locked_row(row.case_id)
    if row.decision != Recusal.Decision.ASKED:
        raise RecusalDecided
    if expert and case.state not in OPEN:
        raise GrantTooLate
    barred = expert is not None and _known(case, expert, Ground(row.ground)) is not None
    row.expert, row.answer = None if barred else expert, answer
    row.decision = Recusal.Decision.GRANTED if expert else Recusal.Decision.REFUSED
    row.decided_at, row.decided_by = moment.now(), decided_by
    row.save()
    fulfil(case, DECIDE_RECUSAL, about=str(row.pk))
    facts = {"recusal": row.pk, "decision": row.decision, "decided_by": decided_by.pk}
    record(case.chain, "recusal.decided", by=by, **facts)
    return row


def _known(case: Case, expert: Expert, ground: Ground) -> Recusal | None:
    barred = Recusal.objects.filter(case=case, expert=expert, ground=ground, decision=Recusal.Decision.GRANTED)
    return barred.first()
