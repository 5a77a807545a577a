"""Applications for recognition that are written online, from no arguments. Everybody in them is invented."""

from datetime import datetime, timedelta
from typing import Any

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_worker_user
from gongjian.applications.actions.drafts import draft_from
from gongjian.applications.actions.submission import submit
from gongjian.applications.models import Draft
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.steps import STEPS
from gongjian.recognition.tests.builders import INJURED, MONDAY, a_bureau

ONLINE_PAPERS = ("labour_relation", "medical_diagnosis")


def answers(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Complete answers of a worker hurt at the lathe, twenty days ago; a change replaces fields of its step."""
    told: dict[str, dict[str, Any]] = {
        "applicant": {
            "capacity": "worker",
            "applicant_name": "林知远",
            "relation": "",
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
            "occupation": "车工",
        },
        "employer": {
            "employer_name": "云溪恒信机械有限公司",
            "employment": "ordinary",
            "insured": "yes",
            "employer_telephone": "19900000002",
            "employer_address": "云溪市工业大道8号",
        },
        "injury": {
            "kind": "accident",
            "injured_on": INJURED,
            "happened_at": "10:20",
            "place": "二车间3号车床",
            "cause": "更换刀具时工件松脱",
            "harm": "右手示指离断",
            "parts": ["133:right"],
            "died_on": "",
        },
        "medical": {
            "hospital": "云溪市第一人民医院",
            "diagnosed_on": INJURED,
            "diagnosis": "右手示指离断伤",
            "disease": "",
        },
        "time": dict.fromkeys(STEPS.of("time").fields, ""),
        "address": {
            "delivery_name": "林知远",
            "delivery_telephone": "19900000001",
            "delivery_address": "云溪市东溪县柳桥路1号",
            "electronic_consent": True,
        },
    }
    return {step: {**fields, **changes.get(step, {})} for step, fields in told.items()}


def a_written_draft(
    *, by: User | None = None, papers: tuple[str, ...] = ONLINE_PAPERS, **changes: dict[str, Any]
) -> Draft:
    """Every step filled in, one page of each paper; nothing handed in."""
    by = by or a_worker_user()
    draft = draft_from(answers(**changes), by=by, office=a_bureau(), procedure=RECOGNITION)
    for number, kind in enumerate(papers):
        add_page(material_of(kind, draft_id=draft.pk), a_picture(number), name=f"{kind}.png", by=by)
    return draft


def a_sent_case(*, at: datetime = MONDAY, **changes: Any) -> Case:
    """An application handed in online at a time, by default on MONDAY."""
    with moment.fixed(at - timedelta(hours=1)):
        draft = a_written_draft(**changes)
    with moment.fixed(at):
        return submit(draft, by=draft.user, truthful=True)
