"""How an appraisal asks for its application, for the pages and acts that all procedures share."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gongjian.accounts.models import User
from gongjian.applications.asking import Asking
from gongjian.appraisal import notices
from gongjian.appraisal.forms import FORMS
from gongjian.appraisal.models import Application
from gongjian.appraisal.queries import ENTER, checklist_of
from gongjian.appraisal.rules import faults
from gongjian.appraisal.steps import STEPS
from gongjian.appraisal.takeover import carried_kinds, settled
from gongjian.cases.models import Case
from gongjian.materials.actions import carry_over
from gongjian.materials.models import MaterialPage


def keep(case: Case, told: Mapping[str, Any], alike: dict[str, Any]) -> Application:
    """The application as it was submitted. Law: 令55 art. 7, 9, 13."""
    return Application.objects.create(
        case=case,
        injury_state=told["injury_state"],
        ground=told["ground"],
        recognised_case_id=told["founded_on"],
        reported_wrong=told["reported"],
        recognised_parts=list(dict.fromkeys(told["parts"])),
        hospital=told["hospital"],
        department=told.get("department", ""),
        recognition_number=told["recognition_number"].strip(),
        recognition_on=date.fromisoformat(told["recognition_on"]),
        injured_on=date.fromisoformat(told["injured_on"]),
        **alike,
    )


def receive(case: Case, application: Application, pages: Sequence[MaterialPage], by: User) -> None:
    """The papers taken over, then the receipt. Law: 令55 art. 9, 10."""
    if application.recognised_case:
        carry_over(application.recognised_case, case, carried_kinds(application))
    notices.give_receipt(case, application, pages, by=by)


ASKING = Asking(
    title="劳动能力鉴定",
    steps=STEPS,
    forms=FORMS,
    enter=ENTER,
    faults=faults,
    wanted=checklist_of,
    keep=keep,
    receive=receive,
    settled=settled,
)
