"""Handing an application in: one draft makes one case, whole or not at all."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.people import employer_told, join_parties, keep_mandate, keep_worker
from gongjian.appraisal import notices
from gongjian.appraisal.errors import DraftIncomplete, DraftNotFound, WindowOnly
from gongjian.appraisal.models import Application, Draft
from gongjian.appraisal.queries import ENTER, owns, window_of
from gongjian.appraisal.rules import MUST, all_faults, check_received_day
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.steps import step_of
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
    Law: 令55 art. 7, 8, 9. Raises: DraftNotFound, DraftIncomplete, EvidenceUnreadable.
    """
    return _submitted(draft, by=by, truthful=truthful, receipt=Receipt(moment.now()))


@transaction.atomic
def enter_at_window(draft: Draft, *, by: User, received_on: date, reason: str = "") -> Case:
    """Make the case of a paper application that the window has typed in; its limits run from the day it came.

    Law: 令55 art. 9, 10. Raises: WindowOnly, DayOutOfBounds, ReceivedDayWithoutReason, DraftIncomplete.
    """
    if draft.channel != "window" or not by.holds(ENTER, draft.office_id):
        raise WindowOnly
    today = moment.today()
    check_received_day(received_on, today=today, reason=reason)
    at = moment.now() if received_on == today else moment.at(received_on, 17)
    return _submitted(draft, by=by, truthful=True, receipt=Receipt(at, reason.strip()[:200]))


def _submitted(draft: Draft, *, by: User, truthful: bool, receipt: Receipt) -> Case:
    locked = Draft.objects.select_for_update().get(
        pk=draft.pk
    )  # alone: a join would show who waited the rows of before
    if not owns(by, locked) or locked.dropped_at:
        raise DraftNotFound
    if locked.case:
        return locked.case
    require_complete(locked, truthful=truthful)
    told = locked.told
    person = keep_worker(told["person"], by=by, capacity=told["applicant"]["capacity"])
    employer = employer_told(told["employer"], by=by)
    case = open_case(
        procedure=INITIAL, office=locked.office, person=person, employer=employer, received_at=receipt.at, by=by,
        window=window_of(locked.user, locked.office) if locked.channel == "window" else None, channel=locked.channel,
    )  # fmt: skip
    application = _application(case, locked, by=by, receipt=receipt)
    pages = hand_over(locked.pk, case, person)
    keep_mandate(application, told["applicant"], pages)
    join_parties(case, application, stated_telephone=told["person"]["telephone"])
    _require_readable(pages)
    record(case.chain, "materials.received", by=by, pages=[[page.pk, page.evidence.sha256] for page in pages])
    locked.case = case
    locked.save(update_fields=["case"])
    notices.give_receipt(case, application, pages, by=by)
    return case


def require_complete(draft: Draft, *, truthful: bool) -> None:
    """Refuse a draft in which an answer is missing or wrong, or to which no paper at all is attached.

    A missing paper is no reason to refuse: it is told once, after receipt. Law: 令55 art. 9, 10. Raises: DraftIncomplete.
    """
    found = [f"“{step_of(step).title}”" for step, _, _ in all_faults(draft.told, on=moment.today())]
    if not draft.materials.filter(pages__isnull=False, pages__removed_at=None).exists():
        found.append("“上传材料”（至少一份）")
    if not truthful:
        found.append(f"“承诺并提交”（{MUST}）")
    if found:
        raise DraftIncomplete(count=len(found), what="、".join(dict.fromkeys(found)))


def _require_readable(pages: list[MaterialPage]) -> None:
    """A receipt names no file that the store cannot open. Raises: EvidenceUnreadable."""
    for page in pages:
        open_evidence(page.evidence).close()


def _application(case: Case, draft: Draft, *, by: User, receipt: Receipt) -> Application:
    told = draft.told
    now = moment.now()
    consents = bool(told["address"].get("electronic_consent"))
    return Application.objects.create(
        case=case,
        applicant_kind=told["applicant"]["capacity"],
        applicant=by if draft.channel == "online" else None,
        applicant_name=told["applicant"]["applicant_name"],
        relation=told["applicant"].get("relation", ""),
        unable_reason=told["applicant"].get("unable_reason", ""),
        injury_state=told["injury"]["injury_state"],
        ground=told["injury"]["ground"],
        recognised_parts=list(told["injury"]["parts"]),
        hospital=told["hospital"]["hospital"],
        department=told["hospital"].get("department", ""),
        electronic_consent=consents,
        consent_at=now if consents else None,
        truthful_at=now,
        channel=draft.channel,
        entered_at=now,
        received_reason=receipt.reason,
        **_days(told["recognition"]),
        **_addresses(told),
    )


def _days(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "recognition_number": told["recognition_number"].strip(),
        "recognition_on": date.fromisoformat(told["recognition_on"]),
        "injured_on": date.fromisoformat(told["injured_on"]),
    }


def _addresses(told: dict[str, dict[str, Any]]) -> dict[str, Any]:
    person, employer, address = told["person"], told["employer"], told["address"]
    return {
        "telephone": check_mobile(person["telephone"]),
        "address": person["address"],
        "delivery_name": address["delivery_name"],
        "delivery_telephone": check_mobile(address["delivery_telephone"]),
        "delivery_address": address["delivery_address"],
        "employer_contact": employer.get("contact_name", ""),
        "employer_telephone": employer.get("employer_telephone", ""),
        "employer_address": employer.get("employer_address", ""),
    }
