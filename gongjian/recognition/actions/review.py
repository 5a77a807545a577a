"""The window's word on an application: accepted, not accepted, or sent to the right office."""

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.applications.errors import NameNotCompared, PapersMissing
from gongjian.cases.actions.clock import meet_limit, run_again, start_limit
from gongjian.cases.actions.duties import take_duty
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseDuty
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.papers.actions import issue
from gongjian.papers.decided import tell
from gongjian.papers.models import Paper
from gongjian.recognition import notices
from gongjian.recognition.actions.carrying import carried_over
from gongjian.recognition.actions.ended import free_others
from gongjian.recognition.actions.joining import must_be_compared
from gongjian.recognition.actions.supplementing import REVIEW, SECOND
from gongjian.recognition.errors import GroundUnknown, OtherVoiceInTime, TimeBarNotWeighed, TransferTargetWrong
from gongjian.recognition.models import Decision, Transfer
from gongjian.recognition.queries import application_of, bureaus, missing_papers
from gongjian.recognition.queries.application import in_time
from gongjian.recognition.queries.joining import voices_of
from gongjian.recognition.rules import OUTCOMES, REJECTIONS

DECIDE, DELIVER = "WI-DECIDE", "WI-DELIVER"
REJECTED, LATE = "rejected", "late"


@transaction.atomic
def accept(case: Case, *, by: User, though_late: str = "") -> Paper:
    """Accept: complete, competent, in time. The acceptor may not investigate, review or sign later.

    though_late: where the time seems to have passed, why it has not. Law: 令8 art. 7, 8; 条例 art. 17, 18, 20.
    Raises: MoveNotAllowed, NotYours, NameNotCompared, JoiningUndecided, PapersMissing, TimeBarNotWeighed, DutyConflict.
    """
    case = locked(case)
    allowed_move(case, "accept", by=by)
    if case.person.provisional:
        raise NameNotCompared
    must_be_compared(case)
    if missing := missing_papers(case):
        raise PapersMissing(what="、".join(kind.title for kind in missing))
    late = not in_time(case)
    if late and not though_late.strip():
        raise TimeBarNotWeighed
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=by)
    today, told = moment.today(), application_of(case)
    told.accepted_on, told.accepted_though_late = today, though_late.strip() if late else ""
    told.complete_on = told.complete_on or case.received_at.astimezone(moment.ZONE).date()
    told.save(update_fields=["accepted_on", "accepted_though_late", "complete_on"])
    _meet_reviews(case)
    start_limit(case, DECIDE, start=today)
    move(case, "accept", by=by, though_late=late)
    return notices.tell_acceptance(case, told, by=by)


@transaction.atomic
def reject(case: Case, *, ground: str, explanation: str, by: User) -> Decision:
    """Decide not to accept, with remedies; the decision is served like any other.

    ground: of REJECTIONS; explanation: the facts. Law: 令8 art. 7, 8, 23; 条例 art. 17, 18, 55.
    Raises: MoveNotAllowed, NotYours, GroundUnknown, ReasonMissing, OtherVoiceInTime, DutyConflict.
    """
    case = locked(case)
    allowed_move(case, "reject", by=by)
    if ground not in REJECTIONS:
        raise GroundUnknown
    if not explanation.strip():
        raise ReasonMissing
    if ground == LATE and voices_of(case) and in_time(case):
        raise OtherVoiceInTime
    take_duty(case, CaseDuty.Duty.ACCEPTOR, by=by)
    words, article = REJECTIONS[ground]
    today, told = moment.today(), application_of(case)
    form = notices.rejection_form(case, told, reason=f"{words}{explanation.strip()}", article=article)
    paper = issue(OUTCOMES[REJECTED].paper, case=case, office=case.office, form=form, by=by)
    row = Decision.objects.create(
        case=case,
        outcome=REJECTED,
        heads=[ground],
        reason=explanation.strip(),
        signed_by=by,
        decided_on=today,
        paper=paper,
    )
    _meet_reviews(case)
    run_again(case, DELIVER, start=today, reason="原决定撤销后再次决定", article="令8 第二十二条", by=by)
    move(case, "reject", by=by, ground=ground, number=paper.number)
    free_others(case)
    tell(row)
    return row


@transaction.atomic
def transfer(case: Case, *, to_office: Office | None, to_name: str, reason: str, by: User) -> Transfer:
    """Send an application to the department that is competent; where that works on this platform, its case opens there at once.

    Law: 条例 art. 17; 令8 art. 4, 7. Raises: MoveNotAllowed, NotYours, TransferTargetWrong, TransferredBack, ReasonMissing.
    """
    case = locked(case)
    allowed_move(case, "transfer", by=by)
    to_office = to_office or bureaus().filter(name=to_name.strip()).first()
    name = to_office.name if to_office else to_name.strip()
    if not name or name == case.office.name or (to_office and to_office.kind != Office.Kind.HRSS):
        raise TransferTargetWrong
    if not reason.strip():
        raise ReasonMissing
    new = carried_over(case, to_office, by=by) if to_office else None
    where = f"{name}（案件编号：{new.number}）" if new else name
    paper = notices.tell_transfer(case, application_of(case), to_name=where, reason=reason.strip(), by=by)
    _meet_reviews(case)
    move(case, "transfer", by=by, paper=paper.number)
    free_others(case)
    row = Transfer.objects.create(
        case=case,
        to_office=to_office,
        to_name=name,
        to_case=new,
        reason=reason.strip(),
        paper=paper,
        at=moment.now(),
        by=by,
    )
    told = {"to_office": to_office.code, "to_case": new.number} if to_office and new else {"to_office": ""}
    record(case.chain, "recognition.transferred", by=by, paper=paper.number, **told)
    return row


def _meet_reviews(case: Case) -> None:
    for limit in (REVIEW, SECOND):
        meet_limit(case, limit, on=moment.today())
