"""A case on the table of the workbench: with an application, medical papers of many leaves and a seated group."""

from typing import Any

from django.test import Client

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_worker_user
from gongjian.appraisal.states import State
from gongjian.appraisal.tests.builders import a_submitted_case
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import put_in_state
from gongjian.grading.sheet import Sheet
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.materials.actions import material_of
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_pdf, a_picture
from gongjian.opinions.content import TEXTS, Content
from gongjian.opinions.measuring import entry_name
from gongjian.workbench.sheets import IS_PRIOR
from gongjian.workbench.sheets_shown import sheet_shown


def a_case_on_the_table(seated: Any, *, state: State = State.EXAMINING, leaves: int = 0) -> tuple[Case, str]:
    """A submitted application put in `state`, seated with the first three experts; `leaves`: pages of an extra PDF of records."""
    case = a_submitted_case(injury={"parts": ["144:left", "133:right"]})
    if leaves:
        add_records(case, leaves)
    put_in_state(case, state)
    return case, seated.seat(case).exam_code


def add_records(case: Case, leaves: int) -> MaterialPage:
    """One PDF more among the medical records."""
    by = a_worker_user()
    evidence = store(a_pdf(leaves), name="records.pdf", by=by)
    material = material_of("medical_records", case=case)
    return MaterialPage.objects.create(
        material=material, evidence=evidence, order=50, name="records.pdf", added_by=by, added_at=moment.now()
    )


def signed_in(user: User) -> Client:
    """A browser of `user`."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(content: Content, *, version: int, do: str = "save") -> dict[str, Any]:
    """What the examination form sends."""
    told: dict[str, Any] = {
        "findings": str(len(content.findings)),
        "version": str(version),
        "do": do,
        "selfcare": list(content.selfcare),
        "grade": ("none" if content.grade is None else str(content.grade)) if content.is_decided else "",
        "reason": content.reason,
        "explanation": content.explanation,
        "aggravated": {True: "yes", False: "no", None: ""}[content.aggravated],
    }
    told |= {name: "1" for name in ("childless", "recurring_obstruction") if getattr(content, name)}
    if content.selfcare_none:
        told["selfcare_none"] = "1"
    for place, finding in enumerate(content.findings):
        told |= {f"{name}-{place}": value for name, value in finding_fields(finding).items()}
        for number, sheet in enumerate(finding.sheets):
            told |= sheet_fields(place, number, sheet)
    return told


def finding_fields(finding: Any) -> dict[str, str]:
    return {name: getattr(finding, name) for name in TEXTS} | ({"says_none": "1"} if finding.says_none else {})


def sheet_fields(place: int, number: int, sheet: Sheet) -> dict[str, Any]:
    """What the inputs of one measurement sheet send, read from the inputs themselves."""
    told: dict[str, Any] = {entry_name(place, number, ""): sheet.kind}
    for block in sheet_shown(place, number, sheet).blocks:
        for each in (*block.inputs, *(cell for row in block.rows for cell in row.cells)):
            told[each.name] = [code for code, _, chosen in each.options if chosen] if each.options else each.text
    return told | ({entry_name(place, number, IS_PRIOR): "1"} if sheet.is_prior else {})


__all__ = ["a_case_on_the_table", "a_picture", "add_records", "form_of", "signed_in"]
