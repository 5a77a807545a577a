"""The pages: a whole recognition walked by hand through its forms, and closed doors for strangers."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import an_applicant, an_outsider
from gongjian.applications.models import Draft
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.actions import evidence, investigation
from gongjian.recognition.models import EvidenceNotice, Interview
from gongjian.recognition.queries import proposal_of
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    a_colleague,
    a_suspended_case,
    an_investigated_case,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def a_scan(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{number}.png", a_picture(number).getvalue(), "image/png")


def typed(**changes: object) -> dict[str, object]:
    """A paper application as a clerk types it in, on one page."""
    answers = {
        "capacity": "worker", "applicant_name": "林知远",
        "name": "林知远", "id_type": "resident_id", "id_number": an_id_number(), "telephone": "19900000001",
        "address": "柳桥路1号", "occupation": "车工", "employer_name": "云溪恒信机械有限公司", "employment": "ordinary",
        "insured": "yes", "insured_region": "990100", "kind": "accident", "injured_on": "2026-02-10", "place": "二车间",
        "cause": "工件松脱", "harm": "示指离断", "parts": ["133:right"], "hospital": "市一院", "diagnosed_on": "2026-02-10",
        "diagnosis": "示指离断伤", "delivery_name": "林知远", "delivery_telephone": "19900000001", "delivery_address": "柳桥路1号",
    }  # fmt: skip
    return {**answers, **changes}


def entered(clerk: User) -> Case:
    """Typed in, scanned and registered by the pages of the window."""
    a_bureau()
    client = browser(clerk)
    place = client.post(reverse("portal:window_recognition"))["Location"]
    assert client.post(place, typed()).status_code == 302
    token = Draft.objects.get().token
    for number, kind in enumerate(PAPERS):
        client.post(reverse("portal:paper", args=[token, kind]), {"files": [a_scan(number)]})
    client.post(reverse("portal:declare", args=[token]), {"received_on": "2026-03-02"})
    return Case.objects.get()


def go(user: User, name: str, case: Case, told: dict[str, object] | None = None) -> Case:
    with moment.fixed(MONDAY + timedelta(minutes=30)):
        answer = browser(user).post(reverse(f"recognition:{name}", args=[case.number]), told or {})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    case.refresh_from_db()
    return case


def test_a_recognition_is_walked_from_the_window_to_the_signature_by_its_pages():
    clerk, team = the_clerk(), an_investigator()
    with moment.fixed(MONDAY):
        case = entered(clerk)
    go(clerk, "scan", case, {"kind": "other", "scans": [a_scan(7)]})
    go(clerk, "receipt", case)
    assert go(clerk, "accept", case).state == State.ACCEPTED
    assert go(team, "start", case, {"team": [a_colleague().pk]}).state == State.INVESTIGATING
    go(team, "answer", case, {"question": "accident", "said": "yes", "basis_told": "劳动合同"})
    go(team, "plan", case, {"heads": ["14-1", "14-2"]})
    go(team, "interview", case, {
        "asked": "周若岚", "role": "employer", "team": [a_colleague().pk], "place": "会议室",
        "started_at": "2026-03-02T08:00", "ended_at": "2026-03-02T09:00", "record": "问：在哪里？\n答：在车间，\n二车间。",
    })  # fmt: skip
    talk = Interview.objects.get()
    assert talk.lines == [{"q": "在哪里？", "a": "在车间， 二车间。"}]
    material = case.materials.first()
    assert material
    go(team, "draft", case, {
        "outcome": "recognised", "heads": ["14-1"], "parts": "右手示指", "part_codes": ["133:right"], "treatment": "手术治疗。",
        "fact_1": "林知远是车工。", "rests_1": [f"material-{material.pk}"],
    })  # fmt: skip
    row = proposal_of(case)
    assert (row.part_codes, row.parts_named) == (["133:right"], "右指")
    seen = row.digest
    assert go(team, "propose", case, {"seen": seen}).state == State.PROPOSED
    assert go(the_reviewer(), "review_act", case, {"seen": seen}).state == State.REVIEWED
    assert go(the_signer(), "sign_act", case, {"seen": seen}).state == State.DECIDED


@pytest.mark.parametrize(
    "name",
    ["scan", "investigation", "interview", "site", "suspend", "take_simple", "draft", "employers_word", "withdrawal"],
)
def test_each_page_of_a_case_under_investigation_opens_for_who_works_on_it_and_for_no_stranger(name):
    case = an_investigated_case()
    address = reverse(f"recognition:{name}", args=[case.number])
    worker = the_clerk() if name == "withdrawal" else an_investigator()
    with moment.fixed(MONDAY):
        assert browser(worker).get(address).status_code == 200
        assert browser(an_outsider()).get(address).status_code == 404


def test_the_investigation_page_names_what_nobody_has_asked():
    case = an_investigated_case()
    with moment.fixed(MONDAY):
        investigation.answer(case, "accident", said=True, basis="诊断证明", by=an_investigator())
        page = browser(an_investigator()).get(reverse("recognition:investigation", args=[case.number])).content.decode()
    assert "是否在工作时间内" in page
    assert "没有问过" in page
    assert "诊断证明，查实言" in page


def test_the_case_page_shows_the_recognition_and_that_its_clock_stands_still():
    case, _ = a_suspended_case()
    with moment.fixed(MONDAY + timedelta(days=12)):
        page = browser(an_investigator()).get(reverse("desk:case", args=[case.number])).content.decode()
        part = browser(an_investigator()).get(reverse("recognition:case_part", args=[case.number])).content.decode()
    assert "已中止" in page
    assert "回访等待的结论" in page
    assert "已用9日" in part


def test_the_employer_gives_its_word_and_its_papers_on_its_own_page():
    case, boss = an_investigated_case(), an_applicant("19900000002", "周若岚")
    join_case(case, boss, capacity="employer")
    with moment.fixed(MONDAY):
        evidence.send_notice(case, by=an_investigator())
        evidence.note_notice_served(EvidenceNotice.objects.get().paper, on=MONDAY.date())
        assert browser(boss).get(reverse("portal:case", args=[case.number])).status_code == 200
        assert browser(an_outsider()).get(reverse("recognition:evidence", args=[case.number])).status_code == 404
    go(boss, "evidence", case, {"denies": "yes", "statement": "系私事受伤。", "proofs": [a_scan(9)]})
    assert EvidenceNotice.objects.get().denies is True
    assert case.materials.filter(kind="employer_evidence").exists()
