"""Recusals: declared by an expert, asked by a party, found by the office; and what follows when the expert already sits."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.cases.queries import is_party
from gongjian.draws.actions.experts import member_leaves
from gongjian.draws.errors import NotAMember, ReasonMissing, RecusedAlready
from gongjian.draws.models import Recusal, Seat
from gongjian.draws.queries.groups import group_of, members
from gongjian.draws.states import Ground
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.clock import deadline
from gongjian.law.errors import NotAllowed

DRAW = "draws.draw"
KIND = "decide_recusal"


@transaction.atomic
def record_recusal(
    case: Case, expert: Expert, ground: Ground, *, source: Recusal.Source, by: User, facts: str = ""
) -> Recusal:
    """Bar an expert from a case. Law: 令55 art. 28. Raises: RecusedAlready."""
    if Recusal.objects.filter(case=case, expert=expert, ground=ground).exclude(decision="refused").exists():
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
def late_conflict(case: Case, expert: Expert, ground: Ground, *, by: User, facts: str = "") -> list[Seat]:
    """A conflict declared by an expert who already sits in the case's group: barred, and the next committed reserve takes the seat.

    Law: 令55 art. 28. Raises: NotAMember, RecusedAlready, NoDrawYet, NotTaking.
    """
    group = group_of(case)
    if group is None or expert not in members(group):
        raise NotAMember
    record_recusal(case, expert, ground, source=Recusal.Source.EXPERT, by=by, facts=facts)
    return member_leaves(group.draw.sitting, expert, reason=ground.value, group=group, by=by)


@transaction.atomic
def ask_recusal(case: Case, *, ground: Ground, facts: str, by: User) -> Recusal:
    """A party asks that an expert be recused; the facts say whom and why. The draw officer owes a decision. Law: 令55 art. 28; 条例 art. 27.

    Raises: NotYours, ReasonMissing.
    """
    if not is_party(by, case):
        raise NotYours(act="申请回避")
    if not facts.strip():
        raise ReasonMissing
    row = Recusal.objects.create(
        case=case,
        ground=ground,
        source=Recusal.Source.PARTY,
        facts=facts.strip(),
        told_at=moment.now(),
        told_by=by,
        decision=Recusal.Decision.ASKED,
    )
    due = deadline("LA-REVIEW", moment.today(), region=case.office.region).due
    owe(case, KIND, due=due, article="令55 第二十八条", role="draw_officer", about=str(row.pk))
    record(case.chain, "recusal.asked", by=by, ground=ground, recusal=row.pk)
    return row


@transaction.atomic
def decide_recusal(row: Recusal, *, expert: Expert | None, answer: str, by: User) -> Recusal:
    """Grant a request by naming the expert, or refuse it (no expert), with an answer to the party. Law: 令55 art. 28.

    Raises: NotAllowed, ReasonMissing, RecusedAlready when it was decided before.
    """
    if not by.holds(DRAW, row.case.office_id):
        raise NotAllowed
    if not answer.strip():
        raise ReasonMissing
    row = Recusal.objects.select_for_update(of=("self",)).select_related("case__office").get(pk=row.pk)
    if row.decision != Recusal.Decision.ASKED:
        raise RecusedAlready
    row.expert, row.answer = expert, answer.strip()
    row.decision = Recusal.Decision.GRANTED if expert else Recusal.Decision.REFUSED
    row.decided_at, row.decided_by = moment.now(), by
    row.save()
    fulfil(row.case, KIND, about=str(row.pk))
    record(row.case.chain, "recusal.decided", by=by, recusal=row.pk, decision=row.decision)
    group = group_of(row.case)
    if expert and group and expert in members(group):
        member_leaves(group.draw.sitting, expert, reason=row.ground, group=group, by=by)
    return row
