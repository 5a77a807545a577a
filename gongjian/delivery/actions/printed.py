"""Notices to those whom nothing reaches electronically: the printed paper is served like any other, and somebody owes it."""

from datetime import date

from django.db import transaction

from gongjian.accounts.roles import Role
from gongjian.applications.kept import application_of
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Case, CaseLimit
from gongjian.delivery.models import EMPLOYER, Delivery
from gongjian.delivery.owes import SEND_NOTICE
from gongjian.delivery.queries.sides import account_of, addressed, consents
from gongjian.delivery.rules import TO_THE_APPRAISEE, next_method, notified
from gongjian.kernel import moment
from gongjian.law.calendar import working_day_after
from gongjian.papers.models import Paper
from gongjian.sittings.queries import live_booking

DAYS = 5
"""Working days within which a printed notice reaches its person: the office's own promise, where the law names no day."""
ARTICLES = {
    "appearance_notice": "令55 第十二条",
    "reschedule_notice": "令55 第十二条",
    "termination_notice": "令55 第十四条",
    "recognition_supplement": "令8 第八条",
    "recognition_acceptance": "令8 第八条",
    "recognition_transfer": "令8 第八条",
    "recognition_handover": "条例 第五条、第十七条",
    "appraisal_handover": "令55 第五条",
    "evidence_notice": "令8 第十七条",
    "suspension_notice": "令8 第二十条",
    "resumption_notice": "令8 第二十条",
    "recognition_termination": "令8 第二十条",
    "decision_correction": "令8 第十九条、第二十二条",
    "revocation_anew": "令8 第二十二条",
    "refusal_notice": "令55 第五条、第七条",
    "death_notice": "令55 第十二条、第十三条",
}


@transaction.atomic
def print_for(paper: Paper) -> list[Delivery]:
    """Open a delivery, and the delivery clerk's obligation, for each side that must be told and has not both an account and consented.

    Called in the transaction that issues the paper; a second time changes nothing. Law: 令55 art. 10, 12, 14; 民诉法 art. 90.
    """
    case = paper.case
    told = application_of(case) if case else None
    if case is None or told is None:
        return []
    sides = notified(paper.kind, applicant=told.side.value) - ({EMPLOYER} if case.employer is None else set())
    return [_printed(case, paper, side) for side in sorted(sides) if not _is_reached(case, side)]


def _is_reached(case: Case, side: str) -> bool:
    return account_of(case, side) is not None and consents(case, side)


def _printed(case: Case, paper: Paper, side: str) -> Delivery:
    where, due = addressed(case, side), _due(case, paper)
    method = next_method((), consents=False, has_address=bool(where["address"].strip()))
    row, _ = Delivery.objects.get_or_create(
        paper=paper,
        recipient=side,
        defaults={
            **where,
            "case": case,
            "office": paper.office,
            "account": account_of(case, side),
            "method": method,
            "due_on": due,
            "made_at": moment.now(),
            "priority": case.priority,
        },
    )
    if row.served_on is None:
        article = ARTICLES.get(paper.kind, "令55 第十条")
        owe(case, SEND_NOTICE, due=row.due_on, article=article, role=Role.DELIVERY_CLERK, about=row.subject)
    return row


def _due(case: Case, paper: Paper) -> date:
    """The office's promise, or the day of the law or of the sitting where that comes first; never a day that is over."""
    today, days = moment.today(), [working_day_after(moment.today(), DAYS)]
    if paper.kind in ("supplement_notice", "recognition_supplement"):
        review = ("LA-REVIEW", "WI-REVIEW")
        days += CaseLimit.objects.filter(case=case, limit__in=review).values_list("due_on", flat=True)
    booking = live_booking(case) if paper.kind in TO_THE_APPRAISEE else None
    if booking:
        days.append(booking.sitting.day)
    return max(today, min(days))
