"""Recusals: declared by an expert, asked by a party, found by the office; and what follows when the expert already sits."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.appraisal.states import State as CaseState
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.cases.queries import is_party
from gongjian.draws.actions.leaving import lock_seats, member_leaves
from gongjian.draws.errors import (
    GrantTooLate,
    NotAMember,
    NotTheExpert,
    NotTied,
    ReasonMissing,
    RecusalDecided,
    RecusalTooLate,
    RecusedAlready,
)
from gongjian.draws.models import Group, Recusal, Seat
from gongjian.draws.owes import DECIDE_RECUSAL
from gongjian.draws.queries.conflicts import conflicts_of
from gongjian.draws.queries.groups import group_of, members
from gongjian.draws.states import Ground
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.clock import deadline
from gongjian.law.errors import NotAllowed
from gongjian.sittings.models import Booking
from gongjian.sittings.queries import live_booking

DRAW = "draws.draw"
ARTICLE = "令55 第二十八条"
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
    case: Case, expert: Expert, ground: Ground, *, source: Recusal.Source, by: User, facts: str = ""
) -> Recusal:
    """Bar an expert from a case. Law: 令55 art. 28. Raises: NotTheExpert, RecusedAlready."""
    _check_who(case, expert, by)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if _is_recused(case, expert, ground):
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

    by: the expert, or who draws at the case's office. Law: 令55 art. 28. Raises: NotAMember, NotTheExpert, RecusedAlready, NoDrawYet, NotTaking.
    """
    group = group_of(case)
    if group:
        lock_seats(group.draw.sitting)
    if group is None or expert not in members(group):
        raise NotAMember
    source = Recusal.Source.EXPERT if expert.user_id == by.pk else Recusal.Source.OFFICE
    record_recusal(case, expert, ground, source=source, by=by, facts=facts)
    return member_leaves(group.draw.sitting, expert, reason=ground.value, group=group, by=by)


@transaction.atomic
def step_back(booking: Booking, expert: Expert, group: Group, *, by: User) -> list[Seat]:
    """A member stands between a person and a group, on a ground already known: the next committed reserve takes the seat. Law: 令55 art. 28.

    Raises: NotAllowed, NotTied, NotAMember, NoDrawYet, NotTaking.
    """
    if not by.holds(DRAW, booking.sitting.office_id):
        raise NotAllowed
    grounds = conflicts_of([booking.case], [expert]).get((booking.case_id, expert.pk), ())
    if not grounds:
        raise NotTied(expert=expert.number, person=booking.exam_code)
    lock_seats(booking.sitting)
    if expert not in members(group):
        raise NotAMember
    if not _is_recused(booking.case, expert, grounds[0]):
        record_recusal(booking.case, expert, grounds[0], source=Recusal.Source.OFFICE, by=by)
    cases = [booking.case]
    return member_leaves(booking.sitting, expert, reason=grounds[0].value, group=group, cases=cases, by=by)


@transaction.atomic
def ask_recusal(case: Case, *, ground: Ground, facts: str, by: User) -> Recusal:
    """A party asks that an expert be recused; the facts say whom and why. The draw officer owes a decision before the sitting.

    The same request sent twice is one. Law: 令55 art. 28; 条例 art. 27. Raises: NotYours, ReasonMissing, RecusalTooLate.
    """
    if not is_party(by, case):
        raise NotYours(act="申请回避")
    if not facts.strip():
        raise ReasonMissing
    case = Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=case.pk)
    if case.state not in OPEN:
        raise RecusalTooLate
    waiting = Recusal.objects.filter(case=case, ground=ground, told_by=by, decision=Recusal.Decision.ASKED)
    if known := next((row for row in waiting if row.facts == facts.strip()), None):
        return known
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
    booking = live_booking(case)
    if booking and booking.sitting.day >= moment.today():
        due = min(due, booking.sitting.day)
    owe(case, DECIDE_RECUSAL, due=due, article=ARTICLE, role=Role.DRAW_OFFICER, about=str(row.pk))
    record(case.chain, "recusal.asked", by=by, ground=ground, recusal=row.pk)
    return row


@transaction.atomic
def decide_recusal(row: Recusal, *, expert: Expert | None, answer: str, by: User) -> Recusal:
    """Grant a request by naming the expert, or refuse it (no expert), with an answer to the party. Law: 令55 art. 28.

    A second request about an expert who is barred on this ground already is granted without a second bar. Once the group's opinion is
    formed nothing is granted any more: it would change nothing, the remedy is the second appraisal. While a request waits the group seals
    nothing, so whoever asked in time is answered in time.
    Raises: NotAllowed, ReasonMissing, RecusalDecided when it was decided before, GrantTooLate.
    """
    if not by.holds(DRAW, row.case.office_id):
        raise NotAllowed
    if not answer.strip():
        raise ReasonMissing
    row = Recusal.objects.select_for_update(of=("self",)).select_related("case__office").get(pk=row.pk)
    if row.decision != Recusal.Decision.ASKED:
        raise RecusalDecided
    group = group_of(row.case)
    if group:
        lock_seats(group.draw.sitting)
    case = Case.objects.select_for_update(of=("self",)).get(pk=row.case_id)
    if expert and case.state not in OPEN:
        raise GrantTooLate
    barred = expert is not None and _is_recused(row.case, expert, Ground(row.ground))
    row.expert, row.answer = None if barred else expert, answer.strip()
    row.decision = Recusal.Decision.GRANTED if expert else Recusal.Decision.REFUSED
    row.decided_at, row.decided_by = moment.now(), by
    row.save()
    fulfil(row.case, DECIDE_RECUSAL, about=str(row.pk))
    record(row.case.chain, "recusal.decided", by=by, recusal=row.pk, decision=row.decision)
    if expert and group and expert in members(group):
        member_leaves(group.draw.sitting, expert, reason=row.ground, group=group, by=by)
    return row


def _check_who(case: Case, expert: Expert, by: User) -> None:
    if expert.user_id != by.pk and not by.holds(DRAW, case.office_id):
        raise NotTheExpert


def _is_recused(case: Case, expert: Expert, ground: Ground) -> bool:
    barred = Recusal.objects.filter(case=case, expert=expert, ground=ground, decision=Recusal.Decision.GRANTED)
    return barred.exists()
