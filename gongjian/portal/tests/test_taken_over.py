"""The pages of an application that stands on a recognition: what they show, what they do not ask, where it is said that something is wrong."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_worker_user, an_employer_user, an_office, an_outsider
from gongjian.applications.asking import asking_of, settled_of
from gongjian.applications.models import Draft
from gongjian.applications.visits import begin_anew, open_visit
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.steps import STEPS
from gongjian.appraisal.takeover import begin_from, reached_before
from gongjian.cases.models import Case
from gongjian.claims.tests.test_without_a_grade import a_served_recognition
from gongjian.desk.queries.case import case_view
from gongjian.kernel import moment
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import a_person, an_id_number
from gongjian.portal import wizard
from gongjian.portal.tests.builders import latest_draft, signed_in_as, text_of, typed
from gongjian.recognition.models import Application as Recognition
from gongjian.recognition.models import Decision
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import MONDAY, a_bureau, an_entered_case

pytestmark = pytest.mark.django_db
TELEPHONE, ADDRESS = "19900000001", "云溪市东溪县柳桥路1号"


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


def a_case_beside_a_committee() -> Case:
    """Recognised and served, in a city where one can apply for the appraisal."""
    case = a_served_recognition()
    an_office()
    return case


def a_begun_draft(by: User, *, told_by: User | None = None) -> Draft:
    """Founded on the recognition of the cast. told_by: whose account applied for it."""
    case = a_served_recognition()
    Recognition.objects.filter(case=case).update(applicant=told_by)
    return begin_from(case, by=by, office=an_office())


def page_of(client: Client, draft: Draft, step: str) -> str:
    return text_of(client.get(reverse("portal:step", args=[draft.token, step])))


def test_the_start_page_offers_the_recognitions_that_were_served_and_the_way_without():
    case, client = a_case_beside_a_committee(), signed_in_as(a_worker_user())
    page = text_of(client.get(reverse("portal:begin", args=["appraisal"])))
    assert Decision.objects.get(case=case).paper.number in page and case.number in page
    assert "不是在本平台认定的，自己填写" in page


def test_a_recognition_that_is_not_decided_is_not_offered():
    case = an_entered_case()
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:begin", args=["appraisal"])))
    assert case.number not in page and "依据哪个工伤认定申请" not in page


def test_chosen_it_is_begun_upon_and_leads_to_the_first_step_that_asks_something():
    case, client = a_case_beside_a_committee(), signed_in_as(a_worker_user())
    answer = client.post(reverse("portal:begin", args=["appraisal"]), {"case": case.number})
    draft = latest_draft()
    assert draft.founded_on == case
    assert answer["Location"] == reverse("portal:step", args=[draft.token, wizard.first_open(draft)])


def test_not_chosen_everything_is_asked():
    a_case_beside_a_committee()
    signed_in_as(a_worker_user()).post(reverse("portal:begin", args=["appraisal"]), {"case": ""})
    assert latest_draft().founded_on is None and settled_of(latest_draft()) == {}


@pytest.mark.parametrize("who", [an_outsider, an_employer_user])
def test_a_case_that_is_not_ones_own_is_not_found(who):
    case = a_case_beside_a_committee()
    case.parties.filter(user=an_employer_user()).delete()
    answer = signed_in_as(who()).post(reverse("portal:begin", args=["appraisal"]), {"case": case.number})
    assert answer.status_code == 404 and not Draft.objects.exists()


def test_the_step_shows_what_stands_and_where_it_comes_from_and_asks_the_rest():
    draft = a_begun_draft(a_worker_user(), told_by=a_worker_user())
    page = page_of(signed_in_as(a_worker_user()), draft, "injury")
    assert draft.founded_on
    assert "已有的，不用再填" in page and draft.founded_on.number in page and "右指" in page
    assert 'name="parts"' not in page and 'name="injury_state"' in page


def test_numbers_stand_masked_and_in_full_nowhere():
    draft = a_begun_draft(a_worker_user(), told_by=a_worker_user())
    page = page_of(signed_in_as(a_worker_user()), draft, "person")
    assert an_id_number() not in page and TELEPHONE not in page and ADDRESS in page


def test_what_the_worker_told_is_used_and_not_shown_to_the_employer():
    draft = a_begun_draft(an_employer_user(), told_by=a_worker_user())
    page = page_of(signed_in_as(an_employer_user()), draft, "person")
    assert ADDRESS not in page and TELEPHONE not in page
    assert "平台已有（由原申请人提供，这里不显示）" in page
    assert settled_of(draft)["person"]["address"] == ADDRESS


def test_steps_of_which_nothing_is_left_are_passed_over():
    draft = a_begun_draft(a_worker_user(), told_by=a_worker_user())
    open_steps = [step.code for step in STEPS.filled_in if wizard.form_named(draft, step.code).base_fields]
    walked, here = [wizard.first_open(draft)], wizard.first_open(draft)
    while (here := wizard.next_open(draft, here)) not in ("materials", "check", "declare"):
        walked.append(here)
    assert walked == open_steps
    assert "recognition" not in walked


def test_what_a_browser_sends_for_a_field_that_is_not_asked_does_not_count():
    draft = a_begun_draft(a_worker_user(), told_by=a_worker_user())
    told = {"ground": "stable", "injury_state": "示指末节缺失", "parts": ["144:left"]}
    signed_in_as(a_worker_user()).post(reverse("portal:step", args=[draft.token, "injury"]), typed(told))
    again = Draft.objects.get(pk=draft.pk)
    assert "parts" not in again.told["injury"]
    assert settled_of(again)["injury"]["parts"] == ["133:right"]


def test_what_is_wrong_is_written_down_once_and_stands_on_the_check_page_and_at_the_desk():
    draft, client = a_begun_draft(a_worker_user(), told_by=a_worker_user()), signed_in_as(a_worker_user())
    place = reverse("portal:wrong", args=[draft.token])
    shown = text_of(client.get(place))
    assert "沿用的内容有错" in shown and "由作出决定的机关更正" in shown
    assert client.post(place, {"words": ""}).status_code == 422
    assert client.post(place, {"words": "受伤日期应为2月9日。"}).status_code == 302
    assert "受伤日期应为2月9日。" in text_of(client.get(reverse("portal:check", args=[draft.token])))
    again = Draft.objects.get(pk=draft.pk)
    assert again.reported == "受伤日期应为2月9日。"


def test_of_an_application_upon_nothing_nothing_taken_over_can_be_wrong():
    an_office()
    signed_in_as(a_worker_user()).post(reverse("portal:begin", args=["appraisal"]), {})
    place = reverse("portal:wrong", args=[latest_draft().token])
    assert signed_in_as(a_worker_user()).get(place).status_code == 404


def test_a_stranger_does_not_find_the_page_where_it_is_said():
    draft = a_begun_draft(a_worker_user())
    assert signed_in_as(an_outsider()).get(reverse("portal:wrong", args=[draft.token])).status_code == 404


def test_the_clerk_who_checks_reads_what_the_applicant_said_is_wrong():
    draft, worker = a_begun_draft(a_worker_user(), told_by=a_worker_user()), a_worker_user()
    client = signed_in_as(worker)
    client.post(reverse("portal:wrong", args=[draft.token]), {"words": "单位名称少了两个字。"})
    for step, told in {
        "injury": {"ground": "stable", "injury_state": "示指末节缺失"},
        "hospital": {"department": "手外科"},
    }.items():
        client.post(reverse("portal:step", args=[draft.token, step]), typed(told))
    for step in ("applicant", "address"):
        if wizard.form_named(Draft.objects.get(pk=draft.pk), step).base_fields:
            client.post(reverse("portal:step", args=[draft.token, step]), typed(LEFT[step]))
    add_page(material_of("diagnosis", draft_id=draft.pk), a_picture(3), name="诊断.png", by=worker)
    answer = client.post(reverse("portal:declare", args=[draft.token]), {"truthful": "on"})
    assert answer.status_code == 302, text_of(answer)[:3000]
    case = Case.objects.get(procedure=INITIAL)
    assert case_view(case, by=a_clerk()).reported_wrong == "单位名称少了两个字。"
    assert "单位名称少了两个字。" in text_of(signed_in_as(a_clerk()).get(reverse("desk:check", args=[case.number])))


LEFT = {
    "applicant": {"capacity": "worker", "applicant_name": "林知远"},
    "address": {"delivery_name": "林知远", "delivery_telephone": TELEPHONE, "delivery_address": ADDRESS},
}
"""What may be left to ask of who applies and where papers reach them."""


def test_at_the_window_the_known_address_and_telephone_of_the_visitor_are_proposed():
    a_person()
    visit = open_visit(name="林知远", id_type="resident_id", id_number=an_id_number(), by=a_clerk())
    draft = begin_anew(visit, office=an_office(), procedure=INITIAL, by=a_clerk())
    assert wizard.form_of(draft, "person").initial == {"telephone": TELEPHONE, "address": ADDRESS}
    assert wizard.form_of(draft, "applicant").initial == {"applicant_name": "林知远"}


def test_at_the_window_nothing_is_proposed_of_who_was_never_here():
    visit = open_visit(name="易青岩", id_type="resident_id", id_number=an_id_number(4), by=a_clerk())
    draft = begin_anew(visit, office=an_office(), procedure=INITIAL, by=a_clerk())
    assert wizard.form_of(draft, "person").initial == {}


def test_where_papers_reached_the_worker_before_is_proposed_at_the_window_alone():
    case = a_served_recognition()
    draft = begin_from(case, by=a_clerk(), office=an_office(), channel="window")
    assert reached_before(draft)["delivery_address"] == ADDRESS
    assert wizard.form_of(draft, "address").initial["delivery_name"] == "林知远"
    online = begin_from(case, by=a_worker_user(), office=an_office())
    assert reached_before(online) == {}
    Recognition.objects.filter(case=case).update(applicant_kind="employer")
    assert reached_before(draft) == {}


@pytest.mark.parametrize("procedure", [INITIAL, RECOGNITION])
def test_the_window_page_of_every_procedure_leaves_out_what_the_document_says(procedure):
    office = an_office() if procedure == INITIAL else a_bureau()
    clerk = a_member(Role.WINDOW_CLERK, office=office)
    visit = open_visit(name="林知远", id_type="resident_id", id_number=an_id_number(), by=clerk)
    draft = begin_anew(visit, office=office, procedure=procedure, by=clerk)
    page = text_of(signed_in_as(clerk).get(reverse("portal:window", args=[draft.token])))
    assert "来自今天核对的证件原件" in page
    assert not any(f'name="{field}"' in page for field in ("name", "id_type", "id_number"))
    asked = {name for form in asking_of(draft).forms.values() for name in form.base_fields}
    assert all(f'name="{field}"' in page for field in asked - {"name", "id_type", "id_number"})
