"""The reviewer's look at the group's opinion. It can be passed on with notes; it cannot be changed."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseDuty
from gongjian.conclusions.errors import OpinionDefective, OpinionNotFollowed, ReviewNoteMissing
from gongjian.conclusions.models import Review
from gongjian.conclusions.paper import result_told
from gongjian.conclusions.queries.opinion import defects_of, doubts_of, opinion_of
from gongjian.conclusions.rules import Result
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions.actions.entrusting import set_aside
from gongjian.opinions.actions.reopen import reopen
from gongjian.opinions.queries.result import entrusted_of
from gongjian.opinions.states import Defect


@transaction.atomic
def review(case: Case, *, by: User, note: str = "", seen: str = "") -> Review:
    """Pass the group's opinion on to the signer. Where the checks found something, a note must say what came of it.

    seen: hash of the opinion that the page showed; "" where no page was involved.
    Law: 令55 art. 15, 16, 34. Raises: MoveNotAllowed, NotYours, DutyConflict, NoOpinion, OpinionNotFollowed, OpinionDefective, ReviewNoteMissing.
    """
    case = locked(case)
    allowed_move(case, "review", by=by)
    opinion = opinion_of(case)
    result = result_told(opinion)
    must_be_seen(result, seen)
    if wrong := defects_of(opinion):
        raise OpinionDefective(what="".join(wrong))
    found = doubts_of(case, opinion)
    if found and not note.strip():
        raise ReviewNoteMissing(count=len(found))
    take_duty(case, CaseDuty.Duty.REVIEWER, by=by)
    row = keep(case, Review.Kind.REVIEWED, result, by=by, note=note, doubts=len(found))
    move(case, "review", by=by, opinion=result.opinion_hash, doubts=len(found))
    return row


@transaction.atomic
def send_to_group(case: Case, defect: Defect, *, reason: str, by: User, seen: str = "") -> Review:
    """Send an opinion with a formal defect back to the group that gave it, for a new round of sealed opinions. The time limit runs on.

    The group of another committee cannot be called again: its opinion is used no more, and the case is examined here.

    reason: what is defective, for the group to read; never which grade there should be. seen: hash of the opinion that the page showed.
    Law: 令55 art. 13, 15, 16, 34(5)(6) (nobody but the experts changes an opinion).
    Raises: MoveNotAllowed, NotYours, DutyConflict, NoOpinion, OpinionNotFollowed, ReasonMissing.
    """
    case = locked(case)
    allowed_move(case, "reopen", by=by)
    result = result_told(opinion_of(case))
    must_be_seen(result, seen)
    if not reason.strip():
        raise ReasonMissing
    take_duty(case, CaseDuty.Duty.REVIEWER, by=by)
    row = keep(case, Review.Kind.REOPENED, result, by=by, note=f"{defect.label}：{reason.strip()}")
    if entrusted_of(case):
        set_aside(case, by=by, why=defect.label)
    else:
        reopen(case, defect, reason=reason, by=by)
    return row


def keep(case: Case, kind: Review.Kind, result: Result, *, by: User, note: str, doubts: int = 0) -> Review:
    """Write down what was seen and what was said of it."""
    row = Review.objects.create(
        case=case,
        kind=kind,
        grade=result.grade,
        selfcare=result.selfcare,
        clauses=list(result.clauses),
        opinion_hash=result.opinion_hash,
        note=note.strip(),
        doubts=doubts,
        by=by,
        at=moment.now(),
    )
    record(case.chain, f"conclusion.{kind}", by=by, opinion=result.opinion_hash, noted=bool(note.strip()))
    return row


def must_be_seen(result: Result, seen: str) -> None:
    """Refuse an act on another opinion than the page had shown. Raises: OpinionNotFollowed."""
    if seen and seen != result.opinion_hash:
        raise OpinionNotFollowed(what="您在页面上看到的内容")
