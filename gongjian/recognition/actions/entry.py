"""Taking an application in whole, as it lies on paper, and its receipt. Standing and time limits are explained, never a reason to stop it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.applications.actions.submission import alike_told
from gongjian.applications.people import employer_told, join_parties, keep_mandate, keep_worker
from gongjian.applications.rules import Capacity
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import open_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.recognition import standing
from gongjian.materials.models import MaterialPage
from gongjian.papers.models import Paper
from gongjian.parties.models import Employer, Person
from gongjian.recognition import notices
from gongjian.recognition.actions.joining import note_likeness
from gongjian.recognition.errors import LateWithoutReason, WindowOnly
from gongjian.recognition.models import Application
from gongjian.recognition.queries import application_of, windows_of
from gongjian.recognition.queries.application import in_time
from gongjian.recognition.queries.application import received_on as day_of_receipt
from gongjian.recognition.queries.application import standing as standing_now
from gongjian.recognition.states import RECOGNITION, State

TOLD = (
    "kind", "occupation", "injured_on", "happened_at", "place", "cause", "harm", "parts", "hospital", "diagnosed_on",
    "diagnosis", "disease", "died_on", "employment", "insured", "insured_region", "business_region", "not_counted",
    "late_reason", "giver_name",
)  # fmt: skip
"""What the application itself asks, beside who applies for whom. Law: 条例 art. 18 (time, place, cause, degree of harm)."""
SENT_ALIKE = (*TOLD, "applicant_name", "relation", "address", "delivery_name", "delivery_address")
"""What tells one form from another: where all of it is the same, the same form was sent twice."""


@transaction.atomic
def enter(office: Office, told: Mapping[str, Any], *, by: User, received_on: date, reason: str = "") -> Case:
    """Make the case of a paper application; our fifteen days run from the day it came. The same form sent twice is the first case.

    told: clean values by field, as `answers.as_kept` gives them. Law: 条例 art. 17, 18; 令8 art. 4 to 6, 8.
    Raises: WindowOnly, LateWithoutReason, and what identity checks refuse.
    """
    if office not in windows_of(by):
        raise WindowOnly
    today = moment.today()
    at = moment.now() if received_on == today else moment.at(received_on, 17)
    person = keep_worker(dict(told), by=by, capacity=told["capacity"])
    employer = employer_told(dict(told), by=by)
    if sent := _sent_before(office, told, person, employer, received_on):
        return sent
    case = open_case(
        procedure=RECOGNITION, office=office, person=person, employer=employer, received_at=at, by=by, channel="window"
    )
    application = _application(case, told, reason)
    keep_mandate(application, dict(told), [])
    join_parties(case, application, stated_telephone=told["telephone"])
    explain(case, application)
    note_likeness(case)
    return case


@transaction.atomic
def give_receipt(case: Case, *, by: User) -> Paper:
    """The receipt of what has been scanned so far; a second time is the first one. Law: 令8 art. 8. Raises: WindowOnly, NoEmployer."""
    if case.office not in windows_of(by):
        raise WindowOnly
    case = locked(case)
    application = application_of(case)
    if application.receipt:
        return application.receipt
    pages = list(
        MaterialPage.objects.filter(material__case=case, removed_at=None)
        .select_related("material", "evidence")
        .order_by("material_id", "order")
    )
    application.receipt = notices.give_receipt(case, application, pages, by=by)
    application.save(update_fields=["receipt"])
    return application.receipt


def _sent_before(
    office: Office, told: Mapping[str, Any], person: Person, employer: Employer | None, came: date
) -> Case | None:
    """The case that this very form has made, while it waits for its check. Who sends it at the same moment waits for the other."""
    Person.objects.select_for_update().get(pk=person.pk)
    rows = Application.objects.select_related("case__office").filter(
        case__office=office,
        case__person=person,
        case__employer=employer,
        case__state=State.SUBMITTED,
        applicant_kind=told["capacity"],
        injured_on=told["injured_on"],
    )
    return next((row.case for row in rows if day_of_receipt(row.case) == came and _is_alike(row, told)), None)


def _is_alike(row: Application, told: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == told[name] for name in SENT_ALIKE if name in told)


def _application(case: Case, told: Mapping[str, Any], reason: str) -> Application:
    return Application.objects.create(
        case=case,
        applicant=None,
        channel="window",
        received_reason=reason.strip()[:200],
        **alike_told(told),
        **{name: told[name] for name in TOLD if name in told},
    )


def explain(case: Case, application: Application) -> None:
    """Keep what the law says of the time limits on this day. Who is late may go on, and says why. Raises: LateWithoutReason."""
    answers = standing_now(case)
    if not in_time(case) and not application.late_reason.strip():
        raise LateWithoutReason
    limits = standing.time_limits(answers)
    application.explained = [
        {"side": one.side, "act_by": str(one.clock["act_by"]), "in_time": one.in_time, "basis": one.clock["basis"]}
        for one in limits
    ] + [{"note": note.text, "basis": note.source} for note in standing.notes(answers, limits)]
    application.save(update_fields=["explained"])
    told = {one["side"]: one["in_time"] for one in application.explained if "side" in one}
    record(case.chain, "recognition.standing", by=None, in_time=told, applied_by=Capacity(application.applicant_kind))
