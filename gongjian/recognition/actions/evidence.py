"""The employer's burden of proof: one notice, its days from the day it was served, the answer, and what silence means."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.clock import meet_limit, start_limit
from gongjian.cases.actions.locked import locked, locked_row
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.queries import Side, speaks_for, waits_until
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.papers.models import Paper
from gongjian.recognition import notices
from gongjian.recognition.errors import EmployerApplied, EvidenceNoticeSent, NoEvidenceNotice, NotTheEmployer
from gongjian.recognition.models import EvidenceNotice
from gongjian.recognition.owes import EVIDENCE, SILENT
from gongjian.recognition.queries import application_of, must_gather, must_investigate
from gongjian.recognition.states import GATHERING

LIMIT, ARTICLE = "WI-EVIDENCE", "条例 第十九条、令8 第十七条"


@transaction.atomic
def send_notice(case: Case, *, by: User) -> EvidenceNotice:
    """Tell the employer that it must prove what it denies. Once; not where it has applied itself.

    Law: 条例 art. 19; 令8 art. 17. Raises: NotTheInvestigator, MoveNotAllowed, EmployerApplied, EvidenceNoticeSent, NoEmployer.
    """
    case = locked(case)
    must_gather(case, by=by)
    told = application_of(case)
    if told.side == Side.EMPLOYER:
        raise EmployerApplied
    former = EvidenceNotice.objects.filter(case=case).first()
    if former:
        raise EvidenceNoticeSent(sent=former.sent_at.astimezone(moment.ZONE))
    paper = notices.tell_evidence(case, told, by=by)
    row = EvidenceNotice.objects.create(case=case, paper=paper, sent_at=moment.now(), sent_by=by)
    record(case.chain, "evidence.asked", by=by, paper=paper.number)
    _served_at_once(case, paper)
    return row


@transaction.atomic
def note_notice_served(paper: Paper, *, on: date) -> None:
    """The notice has reached the employer on the day `on`: its days run. Another paper changes nothing. Law: 令8 art. 17."""
    row = EvidenceNotice.objects.select_related("case__office").filter(paper=paper, served_on=None).first()
    if row is None:
        return
    limit = start_limit(row.case, LIMIT, start=on)
    row.served_on, row.due_on = on, limit.due_on
    row.save(update_fields=["served_on", "due_on"])
    owe(row.case, EVIDENCE, due=limit.due_on, article=ARTICLE, party="employer", limit=limit)


@transaction.atomic
def give_evidence(case: Case, *, denies: bool, statement: str, by: User) -> EvidenceNotice:
    """The employer's word: whether it denies the work injury, and why. Its papers were uploaded before; late is better than never.

    Law: 条例 art. 19; 令8 art. 17. Raises: NotTheEmployer, NoEvidenceNotice, ReasonMissing.
    """
    case = locked(case)
    if not speaks_for(by, case, Side.EMPLOYER):
        raise NotTheEmployer
    return _answered(case, denies, statement, by)


@transaction.atomic
def receive_evidence(case: Case, *, denies: bool, statement: str, by: User) -> EvidenceNotice:
    """An investigator takes in the employer's answer on paper. Law: 令8 art. 17. Raises: NotTheInvestigator, NoEvidenceNotice, ReasonMissing."""
    case = locked(case)
    must_investigate(case, by=by)
    return _answered(case, denies, statement, by)


def note_silence() -> int:
    """Make the employer's silence somebody's task: the decision may then rest on the worker's evidence. How many. Law: 令8 art. 17."""
    rows = EvidenceNotice.objects.filter(answered_on=None, silent_on=None, due_on__lt=moment.today())
    return sum(_silent(pk) for pk in list(rows.order_by("due_on", "id").values_list("case_id", flat=True)))


@transaction.atomic
def _silent(case_id: int) -> bool:
    case = locked_row(case_id)
    row = EvidenceNotice.objects.filter(case=case, answered_on=None, silent_on=None).first()
    limit = CaseLimit.objects.select_related("case__office").filter(case=case, limit=LIMIT).first()
    if row is None or limit is None or moment.today() <= waits_until(limit):
        return False
    row.silent_on = moment.today()
    row.save(update_fields=["silent_on"])
    fulfil(case, EVIDENCE)
    if case.state in GATHERING:
        owe(
            case,
            SILENT,
            due=max(case.due_on or moment.today(), moment.today()),
            article=ARTICLE,
            role=Role.INVESTIGATOR,
        )
    record(case.chain, "evidence.silent", by=None)
    return True


def _answered(case: Case, denies: bool, statement: str, by: User) -> EvidenceNotice:
    row = EvidenceNotice.objects.filter(case=case, answered_on=None).first()
    if row is None or case.state not in GATHERING:
        raise NoEvidenceNotice
    if not statement.strip():
        raise ReasonMissing
    row.answered_on, row.denies, row.statement = moment.today(), denies, statement.strip()
    row.save(update_fields=["answered_on", "denies", "statement"])
    meet_limit(case, LIMIT, on=moment.today())
    for kind in (EVIDENCE, SILENT):
        fulfil(case, kind)
    record(case.chain, "evidence.given", by=by, denies=denies, late=bool(row.silent_on))
    return row


def _served_at_once(case: Case, paper: Paper) -> None:
    """Where the employer reads electronically, the notice lies in its box already: its days run from today."""
    if not paper.deliveries.exists():  # opened by the room of delivery in this transaction where paper must be carried
        note_notice_served(paper, on=moment.today())
