"""The signature: it makes the conclusion of what the group has found, word for word, or gives the case back to the reviewer."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.clock import meet_limit, start_limit
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseDuty, CaseLimit
from gongjian.conclusions.actions.review import keep, must_be_seen
from gongjian.conclusions.errors import NotReviewed
from gongjian.conclusions.models import Conclusion, Review
from gongjian.conclusions.paper import conclusion_form, result_told
from gongjian.conclusions.queries.opinion import latest_review, opinion_of
from gongjian.conclusions.rules import is_late, must_follow
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions.queries.result import GroupOpinion
from gongjian.papers.actions import issue
from gongjian.papers.decided import tell
from gongjian.papers.models import Paper

DECIDE, DELIVER = "LA-DECIDE", "LA-DELIVER"


@transaction.atomic
def conclude(case: Case, *, by: User, seen: str = "") -> Conclusion:
    """Sign the conclusion: number, paper and signature; the decision limit is met, the limit of delivery runs, deliveries and copies begin.

    Grade, self-care and clauses come from the sealed opinions and from nowhere else. seen: hash of the opinion that the page showed.
    Law: 令55 art. 4, 10, 15, 16, 17, 34(5). Raises: MoveNotAllowed, NotYours, DutyConflict, NoOpinion, NotReviewed, OpinionNotFollowed, and
    what `conclusion_form` and `papers.actions.issue` refuse.
    """
    case = locked(case)
    allowed_move(case, "conclude", by=by)
    opinion = opinion_of(case)
    reviewed = _reviewed(case)
    must_follow(reviewed.result, result_told(opinion), what="复核时所见的意见")
    must_be_seen(result_told(opinion), seen)
    take_duty(case, CaseDuty.Duty.SIGNER, by=by)
    paper = issue("conclusion", case=case, office=case.office, form=conclusion_form(case, opinion), by=by)
    conclusion = _kept(case, opinion, reviewed, paper, by)
    meet_limit(case, DECIDE, on=conclusion.concluded_on)
    start_limit(case, DELIVER, start=conclusion.concluded_on)
    move(case, "conclude", by=by, number=paper.number, late=conclusion.was_late)
    tell(conclusion)
    case.refresh_from_db(fields=["state", "version"])
    return conclusion


@transaction.atomic
def send_back(case: Case, *, by: User, reason: str) -> Review:
    """Give a case back to the reviewer, for a reason. Law: 令55 art. 16. Raises: MoveNotAllowed, NotYours, DutyConflict, ReasonMissing, NoOpinion."""
    case = locked(case)
    allowed_move(case, "return", by=by)
    if not reason.strip():
        raise ReasonMissing
    take_duty(case, CaseDuty.Duty.SIGNER, by=by)
    row = keep(case, Review.Kind.RETURNED, result_told(opinion_of(case)), by=by, note=reason)
    move(case, "return", by=by)
    return row


def _reviewed(case: Case) -> Review:
    last = latest_review(case)
    if last is None or last.kind != Review.Kind.REVIEWED:
        raise NotReviewed
    return last


def _kept(case: Case, opinion: GroupOpinion, reviewed: Review, paper: Paper, by: User) -> Conclusion:
    today = moment.today()
    due = CaseLimit.objects.filter(case=case, limit=DECIDE, about="").values_list("due_on", flat=True).first()
    conclusion = Conclusion.objects.create(
        case=case,
        grade=opinion.grade,
        selfcare=opinion.selfcare.value,
        clauses=list(opinion.clauses),
        standard=opinion.standard,
        condition=opinion.condition,
        opinion_hash=opinion.hash,
        reviewed_by=reviewed.by,
        signed_by=by,
        concluded_on=today,
        was_late=due is not None and is_late(today, due),
        paper=paper,
    )
    record(case.chain, "conclusion.made", by=by, opinion=opinion.hash, sha256=paper.sha256, paper=paper.number)
    return conclusion
