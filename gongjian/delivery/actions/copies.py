"""Copies of a decision to whom the law names beside the parties, such as the agency: through their system, to their staff's boxes, or as somebody's task."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Case
from gongjian.cases.procedures import service_of
from gongjian.delivery.models import CopySent
from gongjian.delivery.owes import SEND_COPY
from gongjian.jurisdiction.nearest import offices_beside
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel
from gongjian.papers.decided import Decided
from gongjian.papers.models import Paper

Way = CopySent.Way
AMENDING, REVOKING = ("decision_correction", "revocation_anew"), "decision_revocation"


@transaction.atomic
def send_copies(decided: Decided) -> list[CopySent]:
    """Copy a decision to whom the law names. A second time changes nothing. Law: 令55 art. 17, 18; 令8 art. 22."""
    service = service_of(decided.case.procedure)
    if decided.paper.kind in service.uncopied:
        return []
    offices = [*offices_beside(decided.case, service.copied), *_who_had_one(decided)]
    return [_copy(decided, office) for office in dict.fromkeys(offices)]


@dataclass(frozen=True)
class Amending:
    """A paper that changes what was decided, without being a decision itself: who had a copy of the decision gets one of it."""

    case: Case
    paper: Paper


@transaction.atomic
def copy_amendment(paper: Paper) -> list[CopySent]:
    """Copy a correction or a revocation like the decision it is about. Law: 令8 art. 22."""
    return send_copies(Amending(paper.case, paper)) if paper.case and paper.kind in AMENDING else []


def _who_had_one(decided: Decided) -> list[Office]:
    """Of a paper that amends or revokes, whoever was sent what it is about, wherever such papers of the case go by now. Law: 令8 art. 22."""
    if decided.paper.kind not in (*AMENDING, REVOKING):
        return []
    return list(
        Office.objects.filter(pk__in=CopySent.objects.filter(case=decided.case).values("office")).order_by("pk")
    )


def _copy(decided: Decided, office: Office) -> CopySent:
    case, paper = decided.case, decided.paper
    staff = _staff(office)
    url = settings.COPY_WEBHOOKS.get(office.code, "")
    way = Way.WEBHOOK if url else Way.INBOX if staff else Way.NONE
    row, made = CopySent.objects.get_or_create(
        paper=paper, office=office, defaults={"case": case, "sha256": paper.sha256, "way": way, "at": moment.now()}
    )
    if not made:
        return row
    key = f"{case.chain}/copy/{paper.pk}"
    facts = {"number": case.number, "paper": paper.number, "sha256": paper.sha256, "office": case.office.name}
    told: dict[str, Any] = {
        "template": "delivery.copy",
        "context": facts,
        "chain": case.chain,
        "by_office": case.office.code,
    }
    if url:
        send(key=f"{key}/{office.code}", channel=Channel.WEBHOOK, to=url, **told)
    for user in staff if way is Way.INBOX else ():
        send(key=f"{key}/{user.pk}/{office.code}", channel=Channel.INBOX, user=user, evidence=paper.evidence, **told)
    if way is Way.NONE:
        owe_copy(decided, office.code)
    record(case.chain, "copy.sent", by=None, office=office.code, way=way, sha256=paper.sha256)
    return row


def owe_copy(decided: Decided, office_code: str) -> None:
    """Make a copy that could not be sent somebody's task."""
    case = decided.case
    service = service_of(case.procedure)
    due = case.limits.values_list("due_on", flat=True).get(limit=service.deliver, about="")
    owe(case, SEND_COPY, due=due, article=service.served_on, role=Role.DELIVERY_CLERK, about=office_code)


def _staff(office: Office) -> list[User]:
    """Everybody who works at the office itself; those whose window serves it are not of it."""
    return list(
        User.objects.filter(posts__office=office, posts__ended_on=None, is_active=True).distinct().order_by("pk")
    )
