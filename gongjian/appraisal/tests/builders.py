"""Valid drafts, applications and cases from no arguments. Everybody in them is invented."""

from datetime import datetime, timedelta
from typing import Any

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_office
from gongjian.applications.actions.drafts import start_draft
from gongjian.applications.actions.submission import submit
from gongjian.applications.actions.supplement import Item
from gongjian.applications.models import Draft
from gongjian.appraisal.actions import accept, ask_supplement
from gongjian.appraisal.models import SupplementNotice
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.steps import STEPS
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.models import Material, MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=moment.ZONE)
"""A Monday without a holiday near it."""
PAPERS = ("diagnosis", "medical_records", "identity")


def answers(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Complete answers of a worker who applies for himself; a change replaces fields of its step."""
    told: dict[str, dict[str, Any]] = {
        "applicant": {
            "capacity": "worker",
            "applicant_name": "林知远",
            "relation": "",
            "unable_reason": "",
            "acts_for": "",
            "mandate_until": "",
            "mandate_receives": False,
        },
        "person": {
            "name": "林知远",
            "id_type": "resident_id",
            "id_number": an_id_number(),
            "telephone": "19900000001",
            "address": "云溪市东溪县柳桥路1号",
        },
        "employer": {"employer_name": "云溪恒信机械有限公司", "employer_address": "云溪市工业大道8号"},
        "recognition": {
            "recognition_number": "云溪人社工认〔2025〕31号",
            "recognition_on": "2025-11-20",
            "injured_on": "2025-09-08",
        },
        "injury": {"ground": "stable", "parts": ["133:right"], "injury_state": "右手食指活动不便"},
        "hospital": {"hospital": "云溪市人民医院", "department": "手足外科"},
        "address": {
            "delivery_name": "林知远",
            "delivery_telephone": "19900000001",
            "delivery_address": "云溪市东溪县柳桥路1号",
            "electronic_consent": True,
        },
    }
    return {step: {**fields, **changes.get(step, {})} for step, fields in told.items()}


def a_draft(
    *, by: User | None = None, papers: tuple[str, ...] = PAPERS, channel: str = "online", **changes: dict[str, Any]
) -> Draft:
    """A draft with every step filled in and one page of each paper."""
    by = by or (a_worker_user() if channel == "online" else a_clerk())
    draft = start_draft(by=by, office=an_office(), procedure=INITIAL, channel=channel)
    told = answers(**changes)
    draft.told, draft.versions = told, {step.code: 1 for step in STEPS.filled_in}
    draft.save()
    for number, kind in enumerate(papers):
        add_page(material_of(kind, draft_id=draft.pk), a_picture(number), name=f"{kind}.png", by=by)
    return draft


@kept
def a_submitted_case(*, by: User | None = None, at: datetime = MONDAY, **changes: Any) -> Case:
    """An application received at a time, by default on MONDAY."""
    with moment.fixed(at - timedelta(hours=1)):
        draft = a_draft(by=by, **changes)
    with moment.fixed(at):
        return submit(draft, by=draft.user, truthful=True)


@kept
def an_accepted_case() -> Case:
    """An application received and accepted on MONDAY; each further one is about another recognition decision."""
    case = a_submitted_case(recognition={"recognition_number": f"云溪人社工认〔2025〕{31 + Case.objects.count()}号"})
    with moment.fixed(MONDAY):
        accept(case, by=a_clerk())
    case.refresh_from_db()
    return case


@kept
def a_case_to_supplement(
    *, at: datetime = MONDAY, papers: tuple[str, ...] = ("diagnosis", "identity"), **changes: Any
) -> tuple[Case, SupplementNotice]:
    """An application without medical records, told of on the day `at`: ten days to supplement in this city."""
    case = a_submitted_case(papers=papers, **changes)
    with moment.fixed(at):
        notice = ask_supplement(case, [Item("medical_records", "请补交住院病历")], by=a_clerk())
    case.refresh_from_db()
    return case, notice


def a_supplementing_page(case: Case, *, by: User, at: datetime, number: int = 7) -> MaterialPage:
    """The missing records, uploaded at a time."""
    with moment.fixed(at):
        material: Material = material_of("medical_records", case=case)
        return add_page(material, a_picture(number), name="records.png", by=by)
