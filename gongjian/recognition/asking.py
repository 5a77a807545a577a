"""How a recognition asks for its application, for the pages and acts that all procedures share."""

from collections.abc import Mapping, Sequence
from typing import Any

from gongjian.accounts.models import User
from gongjian.applications.asking import Asking
from gongjian.cases.models import Case
from gongjian.materials.models import MaterialPage
from gongjian.recognition import notices
from gongjian.recognition.actions.entry import explain
from gongjian.recognition.actions.joining import note_likeness
from gongjian.recognition.answers import as_kept, faults
from gongjian.recognition.forms.online import FORMS, WINDOW_FORMS
from gongjian.recognition.models import Application
from gongjian.recognition.queries.application import ENTER
from gongjian.recognition.queries.drafts import across, checklist_of
from gongjian.recognition.sheet import injury_named
from gongjian.recognition.steps import STEPS


def keep(case: Case, told: Mapping[str, Any], alike: dict[str, Any]) -> Application:
    """The application as it was submitted. Law: 条例 art. 18; 令8 art. 6."""
    return Application.objects.create(case=case, **as_kept(told), **alike)


def receive(case: Case, application: Application, pages: Sequence[MaterialPage], by: User) -> None:
    """What the law says of the time limits on this day, and the receipt. Law: 令8 art. 8. Raises: LateWithoutReason."""
    explain(case, application)
    note_likeness(case)
    application.receipt = notices.give_receipt(case, application, pages, by=by)
    application.save(update_fields=["receipt"])


ASKING = Asking(
    title="工伤认定",
    steps=STEPS,
    forms=FORMS,
    enter=ENTER,
    faults=faults,
    wanted=checklist_of,
    keep=keep,
    receive=receive,
    across=across,
    about=injury_named,
    window_forms=WINDOW_FORMS,
)
