"""Handing an application in: one draft makes one case, whole or not at all, whatever it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.answers import MUST
from gongjian.applications.asking import all_faults, answers_of, asking_of
from gongjian.applications.errors import DraftIncomplete, DraftNotFound, WindowOnly
from gongjian.applications.models import Draft
from gongjian.applications.people import employer_told, join_parties, keep_mandate, keep_worker
from gongjian.applications.queries import owns, window_of
from gongjian.applications.rules import check_received_day
from gongjian.cases.actions.move import open_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.actions import record
from gongjian.law.identity import check_mobile
from gongjian.materials.actions import hand_over
from gongjian.materials.models import MaterialPage


@dataclass(frozen=True)
class Receipt:
    """When an application counts as received, and why not today."""

    at: datetime
    reason: str = ""


@transaction.atomic
def submit(draft: Draft, *, by: User, truthful: bool) -> Case:
    """Make the case of a draft, with its receipt. Sent again, or twice at once, it answers with the same case.

    truthful: whether the applicant declares that everything is true (令55 art. 14).
    Law: 令55 art. 7, 8, 9; 条例 art. 17, 18. Raises: DraftNotFound, DraftIncomplete, EvidenceUnreadable.
    """
    return _submitted(draft, by=by, truthful=truthful, receipt=Receipt(moment.now()))


@transaction.atomic
def submit_declared(draft: Draft) -> Case:
    """Make the case of a draft that was declared true and handed in with others: it counts as received when it was declared.

    Law: 条例 art. 17, 18. Raises: as `submit`.
    """
    return _submitted(draft, by=draft.user, truthful=True, receipt=Receipt(draft.declared_at or moment.now()))


@transaction.atomic
def enter_at_window(draft: Draft, *, by: User, received_on: date, reason: str = "") -> Case:
    """Make the case of a paper application that the window has typed in; its limits run from the day it came.

    Law: 令55 art. 9, 10. Raises: WindowOnly, DayOutOfBounds, ReceivedDayWithoutReason, DraftIncomplete.
    """
    if draft.channel != "window" or not by.holds(asking_of(draft).enter, draft.office_id):
        raise WindowOnly
    today = moment.today()
    check_received_day(received_on, today=today, reason=reason)
    at = moment.now() if received_on == today else moment.at(received_on, 17)
    return _submitted(draft, by=by, truthful=True, receipt=Receipt(at, reason.strip()[:200]))


def require_complete(draft: Draft, *, truthful: bool, on: date | None = None) -> None:
    """Refuse a draft in which an answer is missing or wrong, or to which no paper at all is attached.

    on: the day on which it came, by which it is in time or late; by default today. A missing paper is no reason to refuse: it is told once, after receipt. Law: 令55 art. 9, 10; 令8 art. 8. Raises: DraftIncomplete.
    """
    steps = asking_of(draft).steps
    found = [f"“{steps.of(step).title}”" for step, _, _ in all_faults(draft, on=on)]
    if not draft.materials.filter(pages__isnull=False, pages__removed_at=None).exists():
        found.append("“上传材料”（至少一份）")
    if not truthful:
        found.append(f"“承诺并提交”（{MUST}）")
    if found:
        raise DraftIncomplete(count=len(found), what="、".join(dict.fromkeys(found)))


def _submitted(draft: Draft, *, by: User, truthful: bool, receipt: Receipt) -> Case:
    locked = Draft.objects.select_for_update().get(
        pk=draft.pk
    )  # alone: a join would show who waited the rows of before
    if not owns(by, locked) or locked.dropped_at:
        raise DraftNotFound
    if locked.case:
        return locked.case
    require_complete(locked, truthful=truthful, on=receipt.at.astimezone(moment.ZONE).date())
    asking, told = asking_of(locked), answers_of(locked)
    person = keep_worker(told, by=by, capacity=told["capacity"])
    employer = employer_told(told, by=by)
    case = open_case(
        procedure=locked.procedure, office=locked.office, person=person, employer=employer, received_at=receipt.at, by=by,
        window=window_of(locked.user, locked.office, asking.enter) if locked.channel == "window" else None, channel=locked.channel,
    )  # fmt: skip
    applicant = by if locked.channel == "online" else None
    alike = {"applicant": applicant, "channel": locked.channel, "received_reason": receipt.reason, **alike_told(told)}
    application = asking.keep(case, told, alike)
    pages = hand_over(locked.pk, case, person)
    keep_mandate(application, told, pages)
    join_parties(case, application, stated_telephone=told["telephone"])
    _require_readable(pages)
    record(case.chain, "materials.received", by=by, pages=[[page.pk, page.evidence.sha256] for page in pages])
    locked.case = case
    locked.save(update_fields=["case"])
    asking.receive(case, application, pages, by)
    return case


def alike_told(told: Mapping[str, Any]) -> dict[str, Any]:
    """Who applied, for whom, and where papers reach them, as every table of applications keeps it."""
    now, consents = moment.now(), bool(told.get("electronic_consent"))
    return {
        "applicant_kind": told["capacity"],
        "applicant_name": told["applicant_name"],
        "relation": told.get("relation", ""),
        "unable_reason": told.get("unable_reason", ""),
        "telephone": check_mobile(told["telephone"]),
        "address": told["address"],
        "delivery_name": told["delivery_name"],
        "delivery_telephone": check_mobile(told["delivery_telephone"]),
        "delivery_address": told["delivery_address"],
        "employer_contact": told.get("contact_name", ""),
        "employer_telephone": told.get("employer_telephone", ""),
        "employer_address": told.get("employer_address", ""),
        "electronic_consent": consents,
        "consent_at": now if consents else None,
        "truthful_at": now,
        "entered_at": now,
    }


def _require_readable(pages: list[MaterialPage]) -> None:
    """A receipt names no file that the store cannot open. Raises: EvidenceUnreadable."""
    for page in pages:
        open_evidence(page.evidence).close()
