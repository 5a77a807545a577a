"""Recusals: declared by an expert, asked by a party; and what follows when the expert already sits."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked_row
from gongjian.cases.actions.obligations import owe
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.cases.queries import is_party
from gongjian.draws.actions.ceremony import locked
from gongjian.draws.actions.changes import propose_grant
from gongjian.draws.actions.leaving import Leaving, lock_seats, member_leaves
from gongjian.draws.actions.recusing import OPEN, grant, record_recusal
from gongjian.draws.errors import GrantTooLate, NotAMember, NotTheExpert, ReasonMissing, RecusalDecided, RecusalTooLate
from gongjian.draws.models import Recusal, Seat
from gongjian.draws.owes import DECIDE_RECUSAL
from gongjian.draws.queries.changes import held_draw_of, taking_part
from gongjian.draws.queries.exact import Bar, of_grounds
from gongjian.draws.queries.groups import group_of, members
from gongjian.draws.states import Ground, Reason
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.clock import deadline
from gongjian.law.errors import NotAllowed
from gongjian.sittings.queries import live_booking

DRAW = "draws.draw"
ARTICLE = "令55 第二十八条"


@transaction.atomic
def late_conflict(case: Case, expert: Expert, ground: Ground, *, by: User, facts: str = "") -> list[Seat]:
    """A conflict declared by an expert who sits in the case's group: barred at once, and the next committed reserve takes the seat.

    It is the expert's own act; what the office finds is asked for and confirmed (`changes.ask_conflict`).
    Law: 令55 art. 28. Raises: NotAMember, NotTheExpert, RecusedAlready, NoDrawYet, NotTaking.
    """
    if expert.user_id != by.pk:
        raise NotTheExpert
    group = group_of(case)
    if group:
        lock_seats(group.draw.sitting)
    if group is None or expert not in members(group):
        raise NotAMember
    record_recusal(case, expert, ground, source=Recusal.Source.EXPERT, by=by, facts=facts)
    exact = of_grounds(expert.number, group.code, [(case.number, ground)])
    return member_leaves(group.draw.sitting, Leaving(expert, Bar(group.code, Reason.RECUSED, exact), by))


@transaction.atomic
def ask_recusal(case: Case, *, ground: Ground, facts: str, by: User) -> Recusal:
    """A party asks that an expert be recused; the facts say whom and why. The draw officer owes a decision before the sitting.

    The same request sent twice is one. Law: 令55 art. 28; 条例 art. 27. Raises: NotYours, ReasonMissing, RecusalTooLate.
    """
    if not is_party(by, case):
        raise NotYours(act="申请回避")
    if not facts.strip():
        raise ReasonMissing
    case = locked_row(case.pk)
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

    Granting against somebody who has been drawn for the sitting, as a member or in reserve, waits for a second person; the row stays asked. Once the group's opinion is
    formed nothing is granted any more: it would change nothing, the remedy is the second appraisal. While a request waits the group seals
    nothing, so whoever asked in time is answered in time.
    Raises: NotAllowed, ReasonMissing, RecusalDecided when it was decided before, GrantTooLate, ChangeAskedAlready.
    """
    if not by.holds(DRAW, row.case.office_id):
        raise NotAllowed
    if not answer.strip():
        raise ReasonMissing
    row = Recusal.objects.select_for_update(of=("self",)).select_related("case__office").get(pk=row.pk)
    if row.decision != Recusal.Decision.ASKED:
        raise RecusalDecided
    draw = held_draw_of(row.case)
    if draw:
        draw = locked(draw)
    case = locked_row(row.case_id)
    if expert and case.state not in OPEN:
        raise GrantTooLate
    if expert and draw and expert.number in taking_part(draw):
        propose_grant(draw, row, expert, answer=answer.strip(), by=by)
        return row
    return grant(row, expert, answer=answer.strip(), decided_by=by, by=by)
