"""From the draft to the signed decision: one person reviews, another signs, and neither has accepted or investigated."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.clock import meet_limit, run_again
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseDuty, CaseLimit
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.papers.actions import issue
from gongjian.papers.decided import tell
from gongjian.recognition.actions.proposing import must_be_seen, refuse_pending
from gongjian.recognition.errors import ProposalChanged
from gongjian.recognition.models import Decision, Proposal, Review
from gongjian.recognition.paper import decision_form
from gongjian.recognition.queries import reviewed_of
from gongjian.recognition.rules import OUTCOMES

DECIDE, DELIVER = ("WI-DECIDE-FAST", "WI-DECIDE"), "WI-DELIVER"
NEW = "原决定撤销后作出新的决定"
Kind = Review.Kind


@transaction.atomic
def review(case: Case, *, seen: str, note: str = "", by: User) -> Review:
    """Pass a draft on to the signer. seen: its digest on the page. Law: 令8 art. 18.

    Raises: MoveNotAllowed, NotYours, NothingProposed, ProposalChanged, StillPending, DutyConflict.
    """
    case = locked(case)
    allowed_move(case, "review", by=by)
    row = must_be_seen(case, seen)
    refuse_pending(row)
    take_duty(case, CaseDuty.Duty.REVIEWER, by=by)
    kept = _keep(row, Kind.REVIEWED, note, by)
    move(case, "review", by=by, digest=row.digest)
    return kept


@transaction.atomic
def give_back(case: Case, *, reason: str, by: User) -> Review:
    """Send a draft back to the investigators, for a reason. Law: 令8 art. 18. Raises: MoveNotAllowed, NotYours, ReasonMissing, DutyConflict."""
    return _sent_back(case, "give_back", Kind.GIVEN_BACK, CaseDuty.Duty.REVIEWER, reason, by)


@transaction.atomic
def send_back(case: Case, *, reason: str, by: User) -> Review:
    """Send a reviewed draft back to the reviewer, for a reason. Law: 令8 art. 18. Raises: MoveNotAllowed, NotYours, ReasonMissing, DutyConflict."""
    return _sent_back(case, "return", Kind.RETURNED, CaseDuty.Duty.SIGNER, reason, by)


@transaction.atomic
def decide(case: Case, *, seen: str, by: User) -> Decision:
    """Sign the decision: number, paper and seal; the limit is met, delivery and copies begin. What is signed is what was reviewed.

    Law: 条例 art. 20; 令8 art. 18, 19, 22. Raises: MoveNotAllowed, NotYours, NothingProposed, ProposalChanged, StillPending, DutyConflict,
    and what `decision_form` and `papers.actions.issue` refuse.
    """
    case = locked(case)
    allowed_move(case, "decide", by=by)
    row = must_be_seen(case, seen)
    reviewed = reviewed_of(row)
    if reviewed is None or reviewed.kind != Kind.REVIEWED:
        raise ProposalChanged
    refuse_pending(row)
    take_duty(case, CaseDuty.Duty.SIGNER, by=by)
    form = decision_form(case, row)
    paper = issue(OUTCOMES[row.outcome].paper, case=case, office=case.office, form=form, by=by)
    today = moment.today()
    decision = Decision.objects.create(
        case=case,
        outcome=row.outcome,
        heads=row.heads,
        proposal=row,
        reviewed_by=reviewed.by,
        signed_by=by,
        decided_on=today,
        was_late=_is_late(case),
        paper=paper,
    )
    for limit in DECIDE:
        meet_limit(case, limit, on=today)
    run_again(case, DELIVER, start=today, reason=NEW, article="令8 第二十二条", by=by)
    move(case, "decide", by=by, outcome=row.outcome, number=paper.number, late=decision.was_late, digest=row.digest)
    tell(decision)
    case.refresh_from_db(fields=["state", "version"])
    return decision


def _sent_back(case: Case, act: str, kind: Review.Kind, duty: CaseDuty.Duty, reason: str, by: User) -> Review:
    case = locked(case)
    allowed_move(case, act, by=by)
    if not reason.strip():
        raise ReasonMissing
    take_duty(case, duty, by=by)
    row = Proposal.objects.filter(case=case).latest("pk")
    kept = _keep(row, kind, reason, by)
    move(case, act, by=by)
    return kept


def _keep(row: Proposal, kind: Review.Kind, note: str, by: User) -> Review:
    kept = Review.objects.create(proposal=row, kind=kind, note=note.strip(), by=by, at=moment.now())
    record(row.case.chain, f"proposal.{kind}", by=by, proposal=row.pk, noted=bool(note.strip()))
    return kept


def _is_late(case: Case) -> bool:
    rows = CaseLimit.objects.filter(case=case, limit__in=DECIDE, about="", ended_on=None)
    due = rows.order_by("due_on").values_list("due_on", flat=True).first()
    return due is not None and moment.today() > due
