"""A decision is corrected or falls: one proposes, another signs. What was decided stays as it was, and its check page says what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.clock import lay_down, run_again
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after
from gongjian.papers.actions import issue, supersede
from gongjian.papers.decided import tell
from gongjian.papers.models import Paper
from gongjian.recognition import notices
from gongjian.recognition.errors import ProposerSigns, RejectionOnlyAnew, RemedyNotTheGround, RevisionWaits
from gongjian.recognition.models import Decision, Remedy, Revision
from gongjian.recognition.owes import CARRY_OUT, SIGN_REVISION
from gongjian.recognition.queries import decision_of
from gongjian.recognition.queries.remedies import must_hold, open_revision, standing_decision
from gongjian.recognition.revising import CORRECTION, REVOCATION, check_ground, check_lines, check_rests_on

PROPOSE, SIGN = "recognition.review", "recognition.sign"
DECIDE, FAST, DELIVER = "WI-DECIDE", "WI-DECIDE-FAST", "WI-DELIVER"
REVIEW = "WI-REVIEW"
REMEDIES = ("WI-RECONS", "WI-SUIT", "WI-SUIT-AFTER")
ARTICLE, ANEW = "条例 第五十五条、令8 第二十三条", "原决定已撤销，重新办理"
PROMISE = 5
"""Working days within which a proposed revision is signed or refused: the office's own promise, where the law names no day."""


@dataclass(frozen=True)
class Fall:
    """Why a decision is to fall. order, ordered_on: the document that says so, where it was ordered; anew: whether it is decided anew."""

    ground: str
    reason: str
    anew: bool
    order: str = ""
    ordered_on: date | None = None
    remedy: Remedy | None = None


@transaction.atomic
def propose_correction(case: Case, lines: Sequence[Mapping[str, str]], *, reason: str, by: User) -> Revision:
    """Propose to set clerical errors right; outcome, grounds and remedies stay. Law: 令8 art. 19.

    Raises: NotYours, KeepsAway, NoDecisionStands, NothingCorrected, ReasonMissing, RevisionWaits.
    """
    check_lines(lines)
    told = [{name: one[name].strip() for name in ("place", "wrong", "right")} for one in lines]
    return _proposed(case, by, kind=CORRECTION, reason=reason, lines=told)


@transaction.atomic
def propose_revocation(case: Case, fall: Fall, *, by: User) -> Revision:
    """Propose that the decision falls: by the office's own correction, or as an organ or a court has ordered.

    Law: 条例 art. 55; 法释9 art. 9; 复议法 art. 64, 77; 行诉法 art. 70, 94.
    Raises: NotYours, KeepsAway, NoDecisionStands, GroundUnknown, RevocationNeedsOrder, RejectionOnlyAnew, RemedyNotTheGround, OrderedAnew,
    ReasonMissing, RevisionWaits.
    """
    check_ground(fall.ground, order=fall.order, ordered_on=fall.ordered_on, today=moment.today())
    row = decision_of(case)
    if row and row.outcome in ("rejected", "revoked") and not fall.anew:
        raise RejectionOnlyAnew
    if fall.remedy:
        _check_remedy(fall.remedy, row, fall)
    told = {"ground": fall.ground, "anew": fall.anew, "order": fall.order.strip(), "ordered_on": fall.ordered_on}
    return _proposed(case, by, kind=REVOCATION, reason=fall.reason, remedy=fall.remedy, **told)


@transaction.atomic
def refuse_revision(case: Case, pk: int, *, reason: str, by: User) -> Revision:
    """The signer refuses what was proposed. Raises: NotYours, KeepsAway, RevisionNotFound, ProposerSigns, ReasonMissing."""
    case, row = _to_end(case, pk, by)
    if not reason.strip():
        raise ReasonMissing
    return _ended(row, by, refusal=reason.strip())


@transaction.atomic
def sign_revision(case: Case, pk: int, *, by: User) -> Revision:
    """Sign a correction or a revocation: its paper goes to both sides and to whom the decision was copied.

    Law: 条例 art. 20, 55; 令8 art. 8, 19, 22; 法释9 art. 9.
    Raises: NotYours, KeepsAway, RevisionNotFound, ProposerSigns, NoDecisionStands, MoveNotAllowed, and what `papers.actions.issue` refuses.
    """
    case, row = _to_end(case, pk, by)
    decision = standing_decision(case)
    if row.kind == CORRECTION:
        return _ended(row, by, paper=notices.tell_correction(case, decision, row, by=by))
    paper = _revoked_anew(case, decision, row, by) if row.anew else _revoked(case, decision, row, by)
    _settle(case, decision)
    return _ended(row, by, paper=paper)


def _proposed(case: Case, by: User, **told: object) -> Revision:
    case = locked(case)
    must_hold(case, PROPOSE, "提出更正、撤销", by=by)
    decision = standing_decision(case)
    if not str(told["reason"]).strip():
        raise ReasonMissing
    if Revision.objects.filter(case=case, ended_at=None).exists():
        raise RevisionWaits
    row = Revision.objects.create(case=case, decision=decision, proposed_by=by, proposed_at=moment.now(), **told)
    due = working_day_after(moment.today(), PROMISE)
    owe(case, SIGN_REVISION, due=due, article=ARTICLE, role=Role.SIGNER)
    record(case.chain, "revision.proposed", by=by, kind=row.kind, ground=row.ground, number=decision.paper.number)
    return row


def _check_remedy(remedy: Remedy, decision: Decision | None, fall: Fall) -> None:
    if decision is None or remedy.decision_id != decision.pk or remedy.settled_on:
        raise RemedyNotTheGround
    check_rests_on(remedy.kind, remedy.outcome, ground=fall.ground, anew=fall.anew)


def _to_end(case: Case, pk: int, by: User) -> tuple[Case, Revision]:
    case = locked(case)
    must_hold(case, SIGN, "签发更正、撤销", by=by)
    row = open_revision(case, pk)
    if row.proposed_by_id == by.pk:
        raise ProposerSigns
    return case, row


def _ended(row: Revision, by: User, *, paper: Paper | None = None, refusal: str = "") -> Revision:
    row.ended_by, row.ended_at, row.paper, row.refusal = by, moment.now(), paper, refusal
    row.save(update_fields=["ended_by", "ended_at", "paper", "refusal"])
    fulfil(row.case, SIGN_REVISION)
    act = "revision.signed" if paper else "revision.refused"
    record(row.case.chain, act, by=by, kind=row.kind, paper=paper.number if paper else "")
    return row


def _revoked(case: Case, decision: Decision, row: Revision, by: User) -> Paper:
    """The revocation is itself a decision: served like one, with remedies of its own."""
    allowed_move(case, "revoke", by=by)
    form = notices.revocation_form(case, decision, row)
    paper = issue("decision_revocation", case=case, office=case.office, form=form, by=by)
    _fall(case, decision, paper, by)
    new = Decision.objects.create(
        case=case,
        outcome="revoked",
        heads=[],
        reason=row.reason,
        reviewed_by=row.proposed_by,
        signed_by=by,
        decided_on=moment.today(),
        paper=paper,
    )
    _run(case, DELIVER, by)
    move(case, "revoke", by=by, number=paper.number, former=decision.paper.number, ground=row.ground)
    tell(new)
    return paper


def _revoked_anew(case: Case, decision: Decision, row: Revision, by: User) -> Paper:
    act = "revoke_rejection" if decision.outcome == "rejected" else "revoke_anew"
    allowed_move(case, act, by=by)
    lay_down(case, (*REMEDIES, FAST), on=moment.today())
    limit = _run(case, _owed_limit(act), by)
    paper = notices.tell_revoked_anew(case, decision, row, due_on=limit.due_on, by=by)
    _fall(case, decision, paper, by)
    move(case, act, by=by, number=paper.number, former=decision.paper.number, ground=row.ground, due=limit.due_on)
    return paper


def _owed_limit(act: str) -> str:
    return REVIEW if act == "revoke_rejection" else DECIDE


def _fall(case: Case, decision: Decision, paper: Paper, by: User) -> None:
    lay_down(case, REMEDIES, on=moment.today())
    supersede(decision.paper, paper, by=by)
    Decision.objects.filter(pk=decision.pk).update(revoked_on=moment.today())


def _run(case: Case, limit: str, by: User) -> CaseLimit:
    return run_again(case, limit, start=moment.today(), reason=ANEW, article=ARTICLE, by=by)


def _settle(case: Case, decision: Decision) -> None:
    """What had been ordered about a decision is done with its fall, whichever review or suit the revocation named."""
    for remedy in Remedy.objects.filter(decision=decision, settled_on=None).exclude(outcome=""):
        Remedy.objects.filter(pk=remedy.pk).update(settled_on=moment.today())
        fulfil(case, CARRY_OUT, about=remedy.subject)
