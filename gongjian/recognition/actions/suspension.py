"""The clock stands still while another body's conclusion is awaited; somebody looks after it; it goes on with the day the document came."""

from datetime import date, timedelta
from typing import BinaryIO

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.clock import pause
from gongjian.cases.actions.clock import resume as let_run
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.ledger.actions import record
from gongjian.law.counting import DAY
from gongjian.law.parameters import parameter
from gongjian.recognition import notices
from gongjian.recognition.actions.ended import end_running
from gongjian.recognition.actions.track import fall_back
from gongjian.recognition.errors import AwaitedMissing, DocumentMissing, GroundUnknown
from gongjian.recognition.models import Suspension
from gongjian.recognition.queries import application_of
from gongjian.recognition.rules import GROUND_ARTICLES, GROUNDS, check_resumption
from gongjian.recognition.states import State

DECIDE, AWAIT, ARTICLE = "WI-DECIDE", "await_outcome", "条例 第二十条、令8 第二十条"
DISPUTED = "需要等待有关机关的结论，事实尚不清楚，转为普通程序。"


@transaction.atomic
def suspend(case: Case, *, ground: str, awaited: str, by: User) -> Suspension:
    """Stop the clock from today, and tell the applicant in writing what is waited for. A case on the simple track leaves it.

    Law: 条例 art. 20; 令8 art. 20; 意见一 art. 5. Raises: MoveNotAllowed, NotYours, GroundUnknown, AwaitedMissing.
    """
    case = locked(case)
    allowed_move(case, "suspend", by=by)
    if ground not in GROUNDS:
        raise GroundUnknown
    if not awaited.strip():
        raise AwaitedMissing
    if case.state == State.SIMPLE:
        fall_back(case, ground=DISPUTED, by=by)
    used, told = days_used(case, moment.today()), application_of(case)
    pause(case, DECIDE, on=moment.today())
    paper = notices.tell_suspension(case, told, ground=ground, awaited=awaited.strip(), used=used, by=by)
    move(case, "suspend", by=by, ground=ground, days_used=used, paper=paper.number)
    row = Suspension.objects.create(
        case=case, ground=ground, awaited=awaited.strip(), from_on=moment.today(), days_used=used, paper=paper, by=by
    )
    _look_again(case)
    return row


@transaction.atomic
def look(case: Case, *, note: str, by: User) -> Suspension:
    """Somebody asked how the other body's case stands; the next look is owed. Raises: MoveNotAllowed, NotYours, ReasonMissing."""
    case = locked(case)
    allowed_move(case, "resume", by=by)
    if not note.strip():
        raise ReasonMissing
    row = Suspension.objects.get(case=case, until_on=None)
    row.looked_on = moment.today()
    row.save(update_fields=["looked_on"])
    _look_again(case)
    record(case.chain, "suspension.looked", by=by)
    return row


def resume(case: Case, *, received_on: date, document: str, file: BinaryIO, name: str, by: User) -> Suspension:
    """The effective document came on the day `received_on`: from it the clock runs on. The file is stored before anything changes.

    Law: 条例 art. 20; 令8 art. 20; 意见一 art. 5 (the day of receipt).
    Raises: MoveNotAllowed, NotYours, DocumentMissing, DayOfReceiptWrong, and what the evidence store refuses.
    """
    allowed_move(case, "resume", by=by)
    if not document.strip():
        raise DocumentMissing
    evidence = store(file, name=name, by=by)
    with transaction.atomic():
        case = locked(case)
        allowed_move(case, "resume", by=by)
        row = Suspension.objects.get(case=case, until_on=None)
        check_resumption(received_on, first=row.from_on, today=moment.today())
        row.until_on, row.document, row.evidence, row.ended_by = received_on, document.strip(), evidence, by
        row.save(update_fields=["until_on", "document", "evidence", "ended_by"])
        reason, article = GROUNDS[row.ground], GROUND_ARTICLES[row.ground]
        let_run(case, DECIDE, on=received_on, reason=reason, article=article[:60], by=by)
        move(case, "resume", by=by, received=received_on, sha256=evidence.sha256)
        notices.tell_resumption(case, application_of(case), row, by=by)
        return row


@transaction.atomic
def terminate(case: Case, *, reason: str, by: User) -> Case:
    """End the procedure without a decision, for a reason that both sides are told. Law: 令8 art. 7. Raises: MoveNotAllowed, NotYours, ReasonMissing."""
    case = locked(case)
    allowed_move(case, "terminate", by=by)
    if not reason.strip():
        raise ReasonMissing
    told = application_of(case)
    told.end_reason = reason.strip()
    told.save(update_fields=["end_reason"])
    Suspension.objects.filter(case=case, until_on=None).update(until_on=moment.today(), ended_by=by)
    move(case, "terminate", by=by)
    end_running(case)
    notices.tell_termination(case, told, reason=reason.strip(), by=by)
    return case


def days_used(case: Case, on: date) -> int:
    """How many days of the decision's limit are used up before a day, without those of earlier suspensions.

    As the clock counts: the first day is the one after acceptance, the day of a suspension does not count, that of the document does.
    Law: 条例 art. 20; 意见一 art. 5.
    """
    limit = CaseLimit.objects.filter(case=case, limit=DECIDE, about="").first()
    if limit is None:
        return 0
    first = limit.start_on + DAY
    ended = Suspension.objects.filter(case=case, until_on__isnull=False)
    stopped = sum(max(((row.until_on or first) - max(row.from_on, first)).days, 0) for row in ended)
    return max((on - first).days - stopped, 0)


def _look_again(case: Case) -> None:
    days = parameter("suspension_look_days", on=moment.today(), region=case.office.region).number
    fulfil(case, AWAIT)
    due = moment.today() + timedelta(days=days)
    owe(case, AWAIT, due=due, article=ARTICLE, role=Role.INVESTIGATOR, state=case.state)
