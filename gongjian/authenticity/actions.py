"""An inquiry is a row written with its purpose; a sweep makes it; its answer, or its silence, is an investigator's task."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.authenticity.errors import SourceNotSet
from gongjian.authenticity.models import Inquiry
from gongjian.authenticity.owes import READ_FINDING, UNANSWERED
from gongjian.authenticity.queries import paper_for, sources
from gongjian.authenticity.rules import Finding, check_inquiry
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.recognition.queries import checks_now, must_gather, must_investigate
from gongjian.recognition.states import GATHERING, reader_of

ARTICLE = "令8 第九条"


@transaction.atomic
def inquire(
    case: Case,
    material: int,
    *,
    source: str,
    subject: str,
    purpose: str,
    hospital: str,
    on: date,
    due_on: date,
    by: User,
) -> Inquiry:
    """Ask a body about a visit or a diagnosis that a paper tells of. What is sent: whom, where, when; not what the paper says. Sent twice is once.

    Law: 令8 art. 9; 个保法 art. 6, 28. Raises: NotTheInvestigator, MoveNotAllowed, PaperNotOpen, SourceNotSet, InquiryIncomplete.
    """
    case = locked(case)
    must_gather(case, by=by)
    paper = paper_for(case, material, by=by)
    if source not in dict(sources()):
        raise SourceNotSet
    check_inquiry(purpose, hospital, on, due_on, today=moment.today())
    person = {"name": case.person.name, "id_number": case.person.id_number}
    asked: Any = {"person": person, "hospital": hospital.strip(), "on": on.isoformat()}
    waiting = Inquiry.objects.filter(
        case=case, material=paper, source=source, subject=subject, finding="", late_on=None
    )
    if same := next((row for row in waiting if (row.asked, row.due_on) == (asked, due_on)), None):
        return same
    row = Inquiry.objects.create(
        case=case,
        material=paper,
        source=source,
        subject=subject,
        key=str(uuid4()),
        purpose=purpose.strip(),
        asked=asked,
        due_on=due_on,
        by=by,
        at=moment.now(),
        next_attempt_at=moment.now(),
    )
    record(case.chain, "inquiry.made", by=by, inquiry=row.key, material=paper.pk, source=source, subject=subject)
    return row


@transaction.atomic
def note_finding(inquiry: Inquiry, found: Finding) -> bool:
    """Keep the answer beside its paper and make reading it a task. The first answer stays; another one changes nothing. Law: 令8 art. 9."""
    case = locked(inquiry.case)
    facts: Any = [list(each) for each in found.facts]
    row = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if row.finding:
        return False
    row.finding, row.facts, row.answered_at, row.last_error = found.finding, facts, moment.now(), ""
    row.save(update_fields=["finding", "facts", "answered_at", "last_error"])
    fulfil(case, UNANSWERED, about=row.key)
    if role := reader_of(case.state):
        owe(case, READ_FINDING, due=_due(case), article=ARTICLE, role=role, about=row.key)
    record(case.chain, "inquiry.answered", by=None, inquiry=row.key)
    return True


@transaction.atomic
def note_seen(inquiry: Inquiry, *, by: User) -> Inquiry:
    """Who handles the case has read the answer, or knows that none came: what it means for the paper is said in the draft or on its review. Twice is once.

    Law: 令8 art. 9, 18. Raises: NotTheInvestigator.
    """
    if not checks_now(inquiry.case, by=by):
        must_investigate(inquiry.case, by=by)
    case = locked(inquiry.case)
    closed = fulfil(case, READ_FINDING, about=inquiry.key) + fulfil(case, UNANSWERED, about=inquiry.key)
    inquiry.refresh_from_db()
    if closed or (inquiry.seen_on is None and (inquiry.finding or inquiry.late_on)):
        Inquiry.objects.filter(pk=inquiry.pk).update(seen_on=moment.today())
        record(case.chain, "inquiry.seen", by=by, inquiry=inquiry.key)
    inquiry.refresh_from_db()
    return inquiry


def note_late() -> int:
    """Make the silence of a body a task, from the day after the one it was to answer by; how many. Nothing more is asked then. Law: 令8 art. 9."""
    rows = Inquiry.objects.filter(finding="", late_on=None, due_on__lt=moment.today()).order_by("due_on", "pk")
    return sum(_late(pk) for pk in list(rows.values_list("pk", flat=True)[:500]))


@transaction.atomic
def _late(pk: int) -> bool:
    case = locked(Case.objects.get(inquiries=pk))
    row = Inquiry.objects.select_for_update().get(pk=pk)
    if row.finding or row.late_on:
        return False
    row.late_on = moment.today()
    row.save(update_fields=["late_on"])
    if case.state in GATHERING:
        owe(case, UNANSWERED, due=_due(case), article=ARTICLE, role=Role.INVESTIGATOR, about=row.key)
    record(case.chain, "inquiry.late", by=None, inquiry=row.key)
    return True


def _due(case: Case) -> date:
    return max(case.due_on or moment.today(), moment.today())
