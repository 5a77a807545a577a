"""An appraisal upon a recognition of this installation: nothing it holds is asked again, and what it holds stands where it was told."""

from typing import Any

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_employer_user, an_office, an_outsider
from gongjian.applications.actions.drafts import report_wrong, save_step
from gongjian.applications.actions.submission import submit
from gongjian.applications.asking import settled_of, told_of
from gongjian.applications.models import Draft
from gongjian.appraisal.errors import NotRecognisedHere
from gongjian.appraisal.queries import application_of, checklist_of
from gongjian.appraisal.takeover import begin_from, recognised_for, recognised_of
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.materials.actions import add_page, carry_over, material_of
from gongjian.materials.catalog import DIAGNOSIS, IDENTITY, RECORDS
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.models import Application as Recognition
from gongjian.recognition.models import Decision
from gongjian.recognition.tests.builders import MONDAY, PAPERS, a_decided_case
from gongjian.recognition.tests.test_walk import serve_all

pytestmark = pytest.mark.django_db
OWN: dict[str, Any] = {"ground": "stable", "injury_state": "右手示指末节缺失。"}


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def a_recognised_case(*, applicant: User | None = None, kind: str = "worker", records: bool = True) -> Case:
    """Decided in favour and served on both sides; its worker and its employer have joined it."""
    decision = a_decided_case(papers=(*PAPERS, RECORDS) if records else PAPERS)
    case = Case.objects.get(pk=decision.case_id)
    Recognition.objects.filter(case=case).update(applicant=applicant, applicant_kind=kind)
    join_case(case, a_worker_user(), capacity="worker", is_applicant=kind == "worker")
    join_case(case, an_employer_user(), capacity="employer", is_applicant=kind == "employer")
    serve_all(case, at=MONDAY)
    case.refresh_from_db()
    return case


def wanted(draft: Draft) -> set[str]:
    return {each.kind.code for each in checklist_of(draft) if each.required}


def filled_in(draft: Draft, by: User) -> Draft:
    """What the recognition does not hold."""
    answers = {
        "applicant": {"capacity": "worker", "applicant_name": "林知远"},
        "injury": OWN,
        "hospital": {"department": "手外科"},
        "address": {
            "delivery_name": "林知远",
            "delivery_telephone": "19900000001",
            "delivery_address": "云溪市东溪县柳桥路1号",
        },
    }
    for step, told in answers.items():
        draft = save_step(draft, step, told, seen=draft.versions.get(step, 0), by=by)
    add_page(material_of(DIAGNOSIS, draft_id=draft.pk), a_picture(41), name="诊断.png", by=by)
    return draft


def begun(case: Case, by: User, channel: str = "online") -> Draft:
    return begin_from(case, by=by, office=an_office(), channel=channel)


def test_art_09_a_worker_who_was_recognised_here_tells_only_what_is_new_and_the_case_stands_on_the_recognition():
    case, worker = a_recognised_case(applicant=a_worker_user()), a_worker_user()
    draft = filled_in(begun(case, worker), worker)
    made = submit(draft, by=worker, truthful=True)
    told, decision = application_of(made), Decision.objects.get(case=case)
    assert told.recognised_case == case and made.person == case.person and made.employer == case.employer
    assert (told.recognition_number, told.recognition_on) == (decision.paper.number, decision.decided_on)
    assert told.recognised_parts == ["133:right"] and told.hospital == "云溪市第一人民医院"
    assert set(made.materials.values_list("kind", flat=True)) == {DIAGNOSIS, RECORDS}


def test_art_13_the_parts_are_those_the_decision_names_and_not_those_of_the_application():
    decision = a_decided_case(part_codes=("144:right",))
    case = Case.objects.get(pk=decision.case_id)
    join_case(case, a_worker_user(), capacity="worker", is_applicant=True)
    serve_all(case, at=MONDAY)
    assert settled_of(begun(case, a_worker_user()))["injury"] == {"parts": ["144:right"]}


def test_what_fell_carries_no_appraisal_and_a_draft_begun_upon_it_asks_again():
    case, worker = a_recognised_case(applicant=a_worker_user()), a_worker_user()
    draft = begun(case, worker)
    Decision.objects.filter(case=case).update(revoked_on=MONDAY.date())
    with pytest.raises(NotRecognisedHere):
        begun(case, worker)
    assert settled_of(Draft.objects.get(pk=draft.pk)) == {}


def test_the_draft_keeps_no_copy_of_what_the_recognition_holds():
    draft = begun(a_recognised_case(applicant=a_worker_user()), a_worker_user())
    assert draft.told == {}
    assert told_of(draft)["person"]["name"] == "林知远"


def test_the_papers_of_the_recognition_come_along_once_as_the_same_files():
    case, worker = a_recognised_case(applicant=a_worker_user()), a_worker_user()
    made = submit(filled_in(begun(case, worker), worker), by=worker, truthful=True)
    before = set(case.materials.get(kind=RECORDS).pages.values_list("evidence_id", flat=True))
    assert carry_over(case, made, [RECORDS]) == [RECORDS]
    assert set(made.materials.get(kind=RECORDS).pages.values_list("evidence_id", flat=True)) == before
    assert made.materials.get(kind=RECORDS).pages.count() == len(before)


def test_an_appraisal_upon_a_recognition_asks_for_the_new_papers_of_art_09_alone():
    draft = begun(a_recognised_case(applicant=a_worker_user()), a_worker_user())
    assert wanted(draft) == {DIAGNOSIS, IDENTITY}


def test_who_may_no_longer_see_the_recognition_is_asked_again():
    case, worker = a_recognised_case(applicant=a_worker_user()), a_worker_user()
    draft = begun(case, worker)
    worker.case_parties.all().delete()
    assert settled_of(Draft.objects.get(pk=draft.pk)) == {}


@pytest.mark.parametrize("who", [an_outsider, a_clerk])
def test_a_stranger_founds_nothing_on_somebody_elses_recognition(who):
    with pytest.raises(NotRecognisedHere):
        begun(a_recognised_case(), who())
    assert recognised_for(who()).rows == []


def test_a_refused_recognition_carries_no_appraisal():
    case = Case.objects.get(pk=a_decided_case("refused").case_id)
    join_case(case, a_worker_user(), capacity="worker")
    serve_all(case, at=MONDAY)
    with pytest.raises(NotRecognisedHere):
        begun(case, a_worker_user())
    assert recognised_of(case.person) == []


def test_what_the_applicant_says_is_wrong_goes_to_the_window_with_the_application():
    case, worker = a_recognised_case(applicant=a_worker_user()), a_worker_user()
    draft = filled_in(report_wrong(begun(case, worker), "受伤日期应为2月9日。", by=worker), worker)
    assert application_of(submit(draft, by=worker, truthful=True)).reported_wrong == "受伤日期应为2月9日。"


def test_reading_the_recognition_at_the_window_is_on_record():
    case = a_recognised_case()
    begun(case, a_clerk(), "window")
    assert "用于劳动能力鉴定申请" in readings_of(case.chain).first().facts["what"]
