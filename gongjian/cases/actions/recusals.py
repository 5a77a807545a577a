"""Staff keep away from a case: they declare it, or a party asks and somebody else decides; what they owed goes to others."""

from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.accounts.roles import RECUSE, Role
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe, settle_roles
from gongjian.cases.errors import (
    NotYours,
    OwnRecusal,
    ReasonMissing,
    RecusalDecided,
    RecusalTooLate,
    WhoIsMeant,
)
from gongjian.cases.models import Case, CaseDuty, Obligation, StaffRecusal
from gongjian.cases.owes import DECIDE_STAFF_RECUSAL, FIND_COLLEAGUE
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries.access import is_party, visible_to
from gongjian.cases.queries.recusals import colleagues_for
from gongjian.cases.states import Ground
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel
from gongjian.law.clock import deadline
from gongjian.law.errors import NotAllowed

ARTICLE = "令55 第二十八条"
Decision, Source = StaffRecusal.Decision, StaffRecusal.Source


@transaction.atomic
def declare_interest(case: Case, *, ground: Ground, facts: str, by: User) -> StaffRecusal:
    """A member of staff says that they have an interest: from this moment they neither see nor act in the case.

    A request about them that waits is still answered by somebody else. Law: 令55 art. 28. Raises: NotYours, ReasonMissing.
    """
    case = _locked(case, facts)
    if by.kind != User.Kind.STAFF or not visible_to(by).filter(pk=case.pk).exists():
        raise NotYours(act="声明回避")
    row = StaffRecusal.objects.create(
        user=by, source=Source.STAFF, **_told(case, ground, facts, by), **_decided(Decision.GRANTED, by)
    )
    record(case.chain, "staff.recused", by=by, user=by.pk, ground=ground, source=Source.STAFF)
    settle_roles(case)
    return row


@transaction.atomic
def ask_staff_recusal(case: Case, *, ground: Ground, facts: str, duty: str = "", by: User) -> StaffRecusal:
    """A party asks that a member of staff keep away: the holder of a duty, or whom the facts name. The administrator owes a decision.

    Until the decision who is named does nothing in the case, and nothing is concluded. The same request sent twice is one.
    Law: 令55 art. 28. Raises: NotYours, ReasonMissing, RecusalTooLate.
    """
    if not is_party(by, case):
        raise NotYours(act="申请工作人员回避")
    case = _locked(case, facts)
    if case.state not in procedure_of(case.procedure).deciding:
        raise RecusalTooLate
    holder = CaseDuty.objects.filter(case=case, duty=duty).first() if duty else None
    same = case.staff_recusals.filter(told_by=by, ground=ground, decision=Decision.ASKED)
    if known := next((row for row in same if row.facts == facts.strip()), None):
        return known
    row = StaffRecusal.objects.create(
        user_id=holder.user_id if holder else None,
        source=Source.PARTY,
        decision=Decision.ASKED,
        **_told(case, ground, facts, by),
    )
    due = deadline("LA-REVIEW", moment.today(), region=case.office.region).due
    due = max(min(due, case.due_on or due), moment.today())
    owe(case, DECIDE_STAFF_RECUSAL, due=due, article=ARTICLE, role=Role.ADMINISTRATOR, about=str(row.pk))
    record(case.chain, "staff.recusal_asked", by=by, ground=ground, recusal=row.pk, user=row.user_id)
    return row


@transaction.atomic
def decide_staff_recusal(row: StaffRecusal, *, user: User | None, answer: str, by: User) -> StaffRecusal:
    """Grant a request by naming who keeps away, or refuse it (nobody), with reasons that the party is told.

    Law: 令55 art. 28. Raises: NotAllowed, OwnRecusal, ReasonMissing, RecusalDecided, RecusalTooLate, WhoIsMeant.
    """
    if row.case.office_id not in offices_where(by, RECUSE):
        raise NotAllowed
    case = _locked(row.case, answer)
    row = StaffRecusal.objects.select_for_update(of=("self",)).select_related("told_by").get(pk=row.pk)
    if by.pk in (row.user_id, user.pk if user else None):
        raise OwnRecusal
    if row.decision != Decision.ASKED:
        raise RecusalDecided
    if user and case.state not in procedure_of(case.procedure).deciding:
        raise RecusalTooLate
    if user and not colleagues_for(case).filter(pk=user.pk).exists():
        raise WhoIsMeant
    row.user, row.answer = user or row.user, answer.strip()
    for name, value in _decided(Decision.GRANTED if user else Decision.REFUSED, by).items():
        setattr(row, name, value)
    row.save()
    fulfil(case, DECIDE_STAFF_RECUSAL, about=str(row.pk))
    record(case.chain, "staff.recusal_decided", by=by, recusal=row.pk, decision=row.decision, user=row.user_id)
    _tell(case, row)
    settle_roles(case)
    return row


def settle_for(role: str, office_id: int) -> int:
    """Close what an administrator owed because nobody of a role was left, in every case where somebody is again; how many."""
    rows = Obligation.objects.filter(kind=FIND_COLLEAGUE, about=role, office_id=office_id, fulfilled_at=None)
    cases = [row.case for row in rows.select_related("case__office")]
    return sum(settle_roles(case) for case in cases)


def _tell(case: Case, row: StaffRecusal) -> None:
    send(
        key=f"{case.chain}/staff-recusal/{row.pk}",
        channel=Channel.INBOX,
        user=row.told_by,
        template="cases.staff_recusal_decided",
        context={"number": case.number, "decision": Decision(row.decision).label, "office": case.office.name},
        chain=case.chain,
        by_office=case.office.code,
    )


def _locked(case: Case, reason: str) -> Case:
    if not reason.strip():
        raise ReasonMissing
    return locked(case)


def _told(case: Case, ground: Ground, facts: str, by: User) -> dict[str, Any]:
    return {"case": case, "ground": ground, "facts": facts.strip(), "told_at": moment.now(), "told_by": by}


def _decided(decision: StaffRecusal.Decision, by: User) -> dict[str, Any]:
    return {"decision": decision, "decided_at": moment.now(), "decided_by": by}
