"""Applying for recognition on the applicants' pages: choosing, every step, the time explained, the notice, the supplement, taking it back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_applicant, an_office, an_outsider
from gongjian.applications.actions.supplement import Item
from gongjian.applications.models import Draft
from gongjian.appraisal.tests.builders import a_draft as an_appraisal_draft
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.models import MaterialPage
from gongjian.portal.offers import OFFERS, offered
from gongjian.portal.tests.builders import an_upload, latest_draft, signed_in_as, text_of, typed
from gongjian.recognition.actions import review, supplementing
from gongjian.recognition.models import Application
from gongjian.recognition.states import RECOGNITION, State
from gongjian.recognition.steps import STEPS
from gongjian.recognition.tests.builders import MONDAY, a_bureau, the_clerk
from gongjian.recognition.tests.online import a_sent_case, a_written_draft, answers

pytestmark = pytest.mark.django_db
LATE = MONDAY + timedelta(days=40)


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


def place(draft: Draft, step: str) -> str:
    return reverse("portal:step", args=[draft.token, step])


def begun(client: Client) -> Draft:
    a_bureau()
    client.post(reverse("portal:begin", args=["recognition"]))
    return latest_draft()


def asked() -> tuple[Case, Client]:
    """A worker's application without the proof of employment, told of once."""
    case = a_sent_case(papers=("medical_diagnosis",))
    supplementing.ask_supplement(case, [Item("labour_relation", "请提交劳动合同或者工资条")], by=the_clerk())
    return case, signed_in_as(a_worker_user())


def hand_in(client: Client, case: Case) -> None:
    address = reverse("portal:supplement_paper", args=[case.number, "labour_relation"])
    client.post(address, {"files": [an_upload(3)]})
    client.post(reverse("portal:supplement", args=[case.number]))


# Choosing.


@pytest.mark.parametrize("name", ["home", "start"])
def test_the_first_page_asks_in_plain_words_what_one_came_for(name):
    page = text_of(signed_in_as(a_worker_user()).get(reverse(f"portal:{name}")))
    assert "您想办什么事" in page
    for offer in OFFERS:
        assert offer.wish in page
        assert reverse("portal:begin", args=[offer.code]) in page


def test_what_is_begun_is_offered_first_each_under_its_name():
    client = signed_in_as(a_worker_user())
    recognition, appraisal = a_written_draft(papers=()), an_appraisal_draft(papers=())
    page = text_of(client.get(reverse("portal:start")))
    assert "接着写：工伤认定" in page
    assert "接着写：劳动能力鉴定" in page
    assert reverse("portal:materials", args=[recognition.token]) in page
    assert place(appraisal, "applicant") in page


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.code)
def test_each_beginning_says_what_to_bring_on_which_article_and_who_receives(offer):
    an_office()
    a_bureau()
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:begin", args=[offer.code])))
    for each in offer.bring:
        assert each.what in page
        assert each.article in page
    assert all(office.name in page for office in offer.offices())


def test_what_is_begun_goes_to_the_office_that_decides_it():
    client = signed_in_as(a_worker_user())
    an_office()
    assert (begun(client).procedure, begun(client).office) == (RECOGNITION, a_bureau())


def test_without_a_bureau_nothing_is_begun():
    answer = signed_in_as(a_worker_user()).post(reverse("portal:begin", args=["recognition"]))
    assert "受理窗口" in text_of(answer)
    assert not Draft.objects.exists()


def test_what_is_not_offered_cannot_be_begun():
    answer = signed_in_as(a_worker_user()).post(reverse("portal:begin", args=["pension"]))
    assert answer.status_code == 404
    assert "选择您要办的事" in text_of(answer)


def test_a_clerk_is_led_to_the_window():
    answer = signed_in_as(a_clerk()).get(reverse("portal:begin", args=["recognition"]))
    assert answer["Location"] == reverse("portal:window_recognition")


def test_each_procedure_that_is_asked_for_is_offered_once():
    assert len({offer.code for offer in OFFERS}) == len(OFFERS)
    assert offered(RECOGNITION).code == "recognition"


# Writing.


def test_a_worker_walks_through_every_step_to_the_receipt():
    client = signed_in_as(a_worker_user())
    address = place(begun(client), "applicant")
    for step in STEPS.filled_in:
        assert step.title in text_of(client.get(address))
        address = client.post(address, typed(answers()[step.code]))["Location"]
    draft = latest_draft()
    assert address == reverse("portal:materials", args=[draft.token])
    for number, kind in enumerate(("labour_relation", "medical_diagnosis")):
        client.post(reverse("portal:paper", args=[draft.token, kind]), {"files": [an_upload(number)]})
    assert "没有错，下一步" in text_of(client.get(reverse("portal:check", args=[draft.token])))
    declaring = reverse("portal:declare", args=[draft.token])
    assert "条例 第六十条" in text_of(client.get(declaring))
    answer = client.post(declaring, {"truthful": "on"})
    case = Case.objects.get()
    assert answer["Location"] == reverse("portal:receipt", args=[case.number])
    receipt = text_of(client.get(answer["Location"]))
    assert "2026年3月2日 09:30" in receipt
    assert all(page.evidence.sha256 in receipt for page in MaterialPage.objects.all())
    assert case.number in receipt


@pytest.mark.parametrize("step", STEPS.filled_in, ids=lambda step: step.code)
def test_every_field_asked_shows_its_legal_basis(step):
    draft = a_written_draft(papers=())
    page = text_of(signed_in_as(draft.user).get(place(draft, step.code)))
    assert step.fields
    for field, article in step.basis.items():
        assert (f"依据：{article}" in page) is (field in step.fields), "what only the window asks is not asked here"


def test_every_paper_asked_shows_its_legal_basis():
    draft = a_written_draft(papers=())
    page = text_of(signed_in_as(draft.user).get(reverse("portal:materials", args=[draft.token])))
    assert "依据：条例 第十八条第（二）项" in page
    assert "依据：条例 第十八条第（三）项" in page


@pytest.mark.parametrize("name", ["step", "materials", "check", "declare"])
def test_a_stranger_with_the_address_of_a_draft_finds_nothing(name):
    draft = a_written_draft()
    more = ["applicant"] if name == "step" else []
    answer = signed_in_as(an_outsider()).get(reverse(f"portal:{name}", args=[draft.token, *more]))
    assert answer.status_code == 404
    assert "林知远" not in text_of(answer)


def test_two_devices_that_wrote_the_same_step_see_both_versions():
    draft = a_written_draft(papers=())
    phone, computer = signed_in_as(draft.user), signed_in_as(draft.user)
    phone.post(place(draft, "medical"), typed({**answers()["medical"], "hospital": "东溪县医院"}, seen=1))
    told = typed({**answers()["medical"], "hospital": "西山县医院"}, seen=1)
    page = computer.post(place(draft, "medical"), told)
    assert page.status_code == 409
    assert "东溪县医院" in text_of(page)
    assert "西山县医院" in text_of(page)


def test_a_step_of_the_other_procedure_is_not_one_of_this():
    draft = a_written_draft(papers=())
    assert signed_in_as(draft.user).get(place(draft, "recognition")).status_code == 404


def test_handing_in_twice_leads_to_the_same_receipt():
    draft = a_written_draft()
    client = signed_in_as(draft.user)
    address = reverse("portal:declare", args=[draft.token])
    first, again = (client.post(address, {"truthful": "on"})["Location"] for _ in range(2))
    assert first == again == reverse("portal:receipt", args=[Case.objects.get().number])


def test_another_device_goes_on_where_the_first_stopped():
    client = signed_in_as(a_worker_user())
    draft = begun(client)
    client.post(place(draft, "applicant"), typed(answers()["applicant"]))
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:home")))
    assert "没写完的申请：工伤认定" in page
    assert place(draft, "person") in page


# The time.


def test_art_17_both_limits_are_told_with_their_working_before_one_goes_on():
    draft = a_written_draft(papers=())
    page = text_of(signed_in_as(draft.user).get(place(draft, "time")))
    assert "职工本人、近亲属、工会组织（您这一方）：2027年2月10日" in page
    assert "用人单位：2026年3月12日" in page
    assert "2026年2月10日" in page
    assert "这一天是怎么算出来的" in page
    assert "条例 第十七条、令8 第五条" in page


def test_art_17_a_late_employer_is_told_why_a_reason_is_asked_and_is_not_stopped():
    boss = an_applicant("19900000002", "周若岚")
    draft = a_written_draft(by=boss, applicant={"capacity": "employer", "applicant_name": "周若岚"})
    client = signed_in_as(boss)
    with moment.fixed(LATE):
        refused = client.post(place(draft, "time"), typed(answers()["time"], seen=1))
        assert refused.status_code == 422
        assert "仍然可以提交" in text_of(refused)
        assert "已经超过您一方的时限" in text_of(refused)
        told = {"late_reason": "职工一直在外地住院"}
        answer = client.post(place(draft, "time"), typed(told, seen=1))
        assert answer["Location"] == place(draft, "address")
        client.post(reverse("portal:declare", args=[draft.token]), {"truthful": "on"})
    assert Application.objects.get().late_reason == "职工一直在外地住院"


def test_the_look_over_names_the_step_in_which_the_reason_is_missing():
    boss = an_applicant("19900000002", "周若岚")
    draft = a_written_draft(by=boss, applicant={"capacity": "employer", "applicant_name": "周若岚"})
    with moment.fixed(LATE):
        page = text_of(signed_in_as(boss).get(reverse("portal:check", args=[draft.token])))
    assert "还不能提交" in page
    assert "为什么现在才申请" in page


def test_until_the_day_of_the_injury_is_told_the_step_about_time_computes_nothing():
    draft = a_written_draft(papers=(), injury={"injured_on": ""})
    assert "这一天是怎么算出来的" not in text_of(signed_in_as(draft.user).get(place(draft, "time")))


def test_an_appraisal_has_no_time_to_explain():
    draft = an_appraisal_draft()
    page = text_of(signed_in_as(draft.user).get(reverse("portal:check", args=[draft.token])))
    assert "到什么时候为止可以申请" not in page


# The notice, the supplement, taking it back.


def test_order_8_art_8_the_one_notice_stands_on_the_page_with_what_follows_when_nothing_comes():
    case, client = asked()
    page = text_of(client.get(reverse("portal:supplement", args=[case.number])))
    assert "请提交劳动合同或者工资条" in page
    assert "令8 第八条" in page
    assert "视为放弃" not in page


def test_order_8_art_8_a_worker_supplements_online_and_is_accepted():
    case, client = asked()
    hand_in(client, case)
    case.refresh_from_db()
    assert case.state == State.SUBMITTED
    review.accept(case, by=the_clerk())
    assert "已受理" in text_of(client.get(reverse("portal:case", args=[case.number])))


def test_a_supplement_without_a_paper_is_refused_on_its_page():
    case, client = asked()
    answer = client.post(reverse("portal:supplement", args=[case.number]))
    assert answer.status_code == 422
    assert "还没有上传需要补正的材料" in text_of(answer)


def test_a_stranger_can_neither_supplement_nor_withdraw():
    case, _ = asked()
    stranger = signed_in_as(an_outsider())
    for name in ("supplement", "withdraw"):
        assert stranger.post(reverse(f"portal:{name}", args=[case.number])).status_code == 404
    case.refresh_from_db()
    assert case.state == State.SUPPLEMENT


def test_art_17_a_worker_takes_the_application_back_online():
    case = a_sent_case()
    client = signed_in_as(a_worker_user())
    assert "撤回申请" in text_of(client.get(reverse("portal:case", args=[case.number])))
    client.post(reverse("portal:withdraw", args=[case.number]), {"reason": "已经谈好"})
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN


def test_the_person_is_called_an_appraisee_only_in_an_appraisal():
    case = a_sent_case()
    client = signed_in_as(a_worker_user())
    for name in ("case", "receipt"):
        page = text_of(client.get(reverse(f"portal:{name}", args=[case.number])))
        assert "受伤职工" in page
        assert "被鉴定人" not in page


def test_ones_cases_say_which_they_are():
    a_sent_case()
    assert "林知远的工伤认定" in text_of(signed_in_as(a_worker_user()).get(reverse("portal:home")))
