"""Applying online, step by step, from one device and from two."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_reviewer,
    a_worker_user,
    an_employer_user,
    an_office,
    an_outsider,
)
from gongjian.applications.models import Draft
from gongjian.appraisal.steps import STEPS
from gongjian.appraisal.tests.builders import a_draft, a_submitted_case, answers
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.materials.catalog import checklist
from gongjian.materials.models import MaterialPage
from gongjian.portal.tests.builders import an_upload, latest_draft, signed_in_as, text_of, typed

pytestmark = pytest.mark.django_db
WALKED = [step.code for step in STEPS.filled_in]


def begin(client: Client) -> Draft:
    an_office()
    client.post(reverse("portal:begin", args=["appraisal"]))
    return latest_draft()


def test_the_start_page_says_what_to_bring_and_who_receives():
    an_office()
    page = text_of(signed_in_as(a_worker_user()).get(reverse("portal:begin", args=["appraisal"])))
    assert "工伤认定决定书" in page
    assert "云溪市劳动能力鉴定委员会" in page


def test_without_a_committee_the_start_page_says_where_to_go():
    assert "受理窗口" in text_of(signed_in_as(a_worker_user()).get(reverse("portal:begin", args=["appraisal"])))


def test_a_clerk_is_led_from_the_start_page_to_the_window():
    assert signed_in_as(a_clerk()).get(reverse("portal:begin", args=["appraisal"]))["Location"] == reverse(
        "portal:window_start"
    )


def test_a_worker_walks_through_every_step_to_the_receipt():
    client = signed_in_as(a_worker_user())
    draft = begin(client)
    place = reverse("portal:step", args=[draft.token, "applicant"])
    for code in WALKED:
        page = client.get(place)
        assert f"{STEPS[WALKED.index(code)].title}" in text_of(page)
        place = client.post(place, typed(answers()[code]))["Location"]
    assert place == reverse("portal:materials", args=[draft.token])
    for number, kind in enumerate(("diagnosis", "medical_records", "identity")):
        client.post(reverse("portal:paper", args=[draft.token, kind]), {"files": [an_upload(number)]})
    assert "没有错，下一步" in text_of(client.get(reverse("portal:check", args=[draft.token])))
    answer = client.post(reverse("portal:declare", args=[draft.token]), {"truthful": "on"})
    case = Case.objects.get()
    assert answer["Location"] == reverse("portal:receipt", args=[case.number])
    receipt = text_of(client.get(answer["Location"]))
    assert case.number in receipt
    assert all(page.evidence.sha256 in receipt for page in MaterialPage.objects.all())


@pytest.mark.parametrize("step", STEPS.filled_in, ids=lambda step: step.code)
def test_art_09_every_field_asked_shows_its_legal_basis(step):
    draft = a_draft()
    page = text_of(signed_in_as(draft.user).get(reverse("portal:step", args=[draft.token, step.code])))
    for article in step.basis.values():
        assert f"依据：{article}" in page


def test_art_09_every_paper_asked_shows_its_legal_basis():
    draft = a_draft()
    client = signed_in_as(draft.user)
    listed = text_of(client.get(reverse("portal:materials", args=[draft.token])))
    for wanted in checklist(capacity="worker"):
        assert wanted.kind.basis in listed
        assert wanted.kind.basis in text_of(client.get(reverse("portal:paper", args=[draft.token, wanted.kind.code])))


@pytest.mark.parametrize(
    ("step", "field", "value", "sentence"),
    [
        ("person", "id_number", "990101198503120011", "证件号码不正确"),
        ("person", "telephone", "123", "手机号码不正确"),
        ("person", "name", "", "要填写"),
        ("recognition", "recognition_on", "2025-01-01", "不能早于受伤日期"),
        ("recognition", "injured_on", "2999-01-01", "不能晚于今天"),
        ("injury", "parts", [], "要填写"),
        ("applicant", "capacity", "", "要填写"),
        ("address", "delivery_telephone", "1", "手机号码不正确"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_and_kept(step, field, value, sentence):
    draft = a_draft()
    client = signed_in_as(draft.user)
    told = {**answers()[step], field: value}
    answer = client.post(reverse("portal:step", args=[draft.token, step]), typed(told, seen=1))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    draft.refresh_from_db()
    assert draft.told[step][field] == value


def test_an_odd_credit_code_warns_and_lets_pass():
    draft = a_draft()
    client = signed_in_as(draft.user)
    told = {**answers()["employer"], "credit_code": "123"}
    answer = client.post(reverse("portal:step", args=[draft.token, "employer"]), typed(told, seen=1), follow=True)
    assert answer.status_code == 200
    assert "统一社会信用代码应为18位" in text_of(answer)


def test_l11_begun_on_the_telephone_and_resumed_on_a_computer_all_files_open():
    telephone, computer = signed_in_as(a_worker_user()), signed_in_as(a_worker_user())
    draft = begin(telephone)
    telephone.post(reverse("portal:step", args=[draft.token, "applicant"]), typed(answers()["applicant"]))
    uploads = {"files": [an_upload(1, "a.png"), an_upload(2, "b.png")]}
    telephone.post(reverse("portal:paper", args=[draft.token, "diagnosis"]), uploads)
    assert reverse("portal:step", args=[draft.token, "person"]) in text_of(computer.get(reverse("portal:home")))
    page = text_of(computer.get(reverse("portal:paper", args=[draft.token, "diagnosis"])))
    for each in MaterialPage.objects.all():
        assert each.name in page
        assert computer.get(reverse("materials:small", args=[each.pk])).status_code == 200
        with open_evidence(each.evidence) as file:
            assert file.read()


def test_l7_two_devices_on_one_step_the_second_sees_both_versions_and_nothing_is_covered():
    draft = a_draft()
    client = signed_in_as(draft.user)
    place = reverse("portal:step", args=[draft.token, "hospital"])
    client.post(place, typed({"hospital": "第一医院", "department": ""}, seen=1))
    answer = client.post(place, typed({"hospital": "第二医院", "department": ""}, seen=1))
    assert answer.status_code == 409
    assert "第一医院" in text_of(answer)
    assert "第二医院" in text_of(answer)
    draft.refresh_from_db()
    assert draft.told["hospital"]["hospital"] == "第一医院"


def test_l7_the_person_chooses_and_then_it_is_saved():
    draft = a_draft()
    client = signed_in_as(draft.user)
    place = reverse("portal:step", args=[draft.token, "hospital"])
    client.post(place, typed({"hospital": "第一医院"}, seen=1))
    assert client.post(place, typed({"hospital": "第二医院"}, seen=2)).status_code == 302
    draft.refresh_from_db()
    assert draft.told["hospital"]["hospital"] == "第二医院"


def test_l7_two_devices_on_two_steps_do_not_disturb_each_other():
    draft = a_draft()
    client = signed_in_as(draft.user)
    hospital = reverse("portal:step", args=[draft.token, "hospital"])
    recognition = reverse("portal:step", args=[draft.token, "recognition"])
    assert client.post(hospital, typed({"hospital": "第一医院"}, seen=1)).status_code == 302
    assert client.post(recognition, typed(answers()["recognition"], seen=1)).status_code == 302


def test_the_same_form_sent_twice_is_saved_once():
    draft = a_draft()
    client = signed_in_as(draft.user)
    place = reverse("portal:step", args=[draft.token, "hospital"])
    for _ in range(2):
        assert client.post(place, typed({"hospital": "第一医院"}, seen=1)).status_code == 302
    draft.refresh_from_db()
    assert draft.versions["hospital"] == 2


def test_a_file_that_is_none_of_the_kinds_is_refused_and_the_others_are_kept():
    draft = a_draft(papers=())
    client = signed_in_as(draft.user)
    wrong = SimpleUploadedFile("program.exe", b"MZ this is no picture")
    uploads = {"files": [an_upload(3, "good.png"), wrong]}
    answer = client.post(reverse("portal:paper", args=[draft.token, "diagnosis"]), uploads)
    assert answer.status_code == 422
    assert "没有收下" in text_of(answer)
    assert [page.name for page in MaterialPage.objects.all()] == ["good.png"]


def test_an_upload_without_a_file_says_what_to_do():
    draft = a_draft(papers=())
    answer = signed_in_as(draft.user).post(reverse("portal:paper", args=[draft.token, "diagnosis"]), {})
    assert answer.status_code == 422
    assert "没有选择文件" in text_of(answer)


def test_a_script_gets_the_paper_as_a_fragment():
    draft = a_draft()
    place = reverse("portal:paper", args=[draft.token, "diagnosis"])
    fragment = text_of(signed_in_as(draft.user).get(place, headers={"HX-Request": "true"}))
    assert fragment.lstrip().startswith('<div id="_paper">')


def test_missing_papers_are_said_and_do_not_keep_anybody_from_applying():
    draft = a_draft(papers=("diagnosis",))
    client = signed_in_as(draft.user)
    assert "完整的病历资料" in text_of(client.get(reverse("portal:check", args=[draft.token])))
    answer = client.post(reverse("portal:declare", args=[draft.token]), {"truthful": "on"})
    assert answer["Location"] == reverse("portal:receipt", args=[Case.objects.get().number])


def test_without_the_declaration_nothing_is_handed_in():
    draft = a_draft()
    answer = signed_in_as(draft.user).post(reverse("portal:declare", args=[draft.token]), {})
    assert (answer.status_code, Case.objects.count()) == (422, 0)


def test_the_declaration_sent_twice_leads_to_one_receipt():
    draft = a_draft()
    client = signed_in_as(draft.user)
    place = reverse("portal:declare", args=[draft.token])
    first, second = (client.post(place, {"truthful": "on"})["Location"] for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1


def test_an_unfinished_draft_is_not_handed_in_and_says_which_step():
    draft = a_draft(hospital={"hospital": ""})
    answer = signed_in_as(draft.user).post(reverse("portal:declare", args=[draft.token]), {"truthful": "on"})
    assert answer.status_code == 422
    assert "医院和科室" in text_of(answer)


def test_what_was_submitted_is_not_edited_any_more():
    case = a_submitted_case()
    client = signed_in_as(a_worker_user())
    answer = client.post(reverse("portal:step", args=[case.draft.token, "hospital"]), typed({"hospital": "别处"}))
    assert answer.status_code == 422
    assert "已经提交" in text_of(answer)


def test_a_draft_is_put_away_and_then_gone():
    draft = a_draft()
    client = signed_in_as(draft.user)
    client.post(reverse("portal:drop", args=[draft.token]))
    assert client.get(reverse("portal:check", args=[draft.token])).status_code == 404
    assert draft.token not in text_of(client.get(reverse("portal:home")))


PLACES = ["materials", "check", "declare"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("person", [an_outsider, an_employer_user, a_clerk, a_reviewer])
def test_the_draft_of_another_is_not_there(place, person):
    draft = a_draft()
    client = signed_in_as(person())
    assert client.get(reverse(f"portal:{place}", args=[draft.token])).status_code == 404
    assert client.get(reverse(f"portal:{place}", args=["no-such-token"])).status_code == 404
    assert client.post(reverse("portal:drop", args=[draft.token])).status_code == 404
    page = client.post(reverse("portal:paper", args=[draft.token, "diagnosis"]), {"files": [an_upload()]})
    assert page.status_code == 404


@pytest.mark.parametrize("place", PLACES)
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(place):
    answer = Client().get(reverse(f"portal:{place}", args=["x"]))
    assert answer["Location"].startswith(reverse("accounts:sign_in"))


def test_a_step_that_does_not_exist_is_not_found():
    draft = a_draft()
    assert signed_in_as(draft.user).get(reverse("portal:step", args=[draft.token, "wish"])).status_code == 404


def test_a_form_from_another_site_is_refused():
    draft = a_draft()
    client = Client(enforce_csrf_checks=True)
    client.force_login(draft.user, backend="django.contrib.auth.backends.ModelBackend")
    place = reverse("portal:step", args=[draft.token, "hospital"])
    assert client.post(place, typed({"hospital": "别处"}, seen=1)).status_code == 403


# The window.


def test_the_window_enters_a_paper_application_on_one_page():
    an_office()
    client = signed_in_as(a_clerk())
    client.post(reverse("portal:window_start"))
    draft = latest_draft()
    place = reverse("portal:window", args=[draft.token])
    assert client.get(place).status_code == 200
    everything = {name: value for told in answers().values() for name, value in typed(told).items()}
    assert client.post(place, everything)["Location"] == reverse("portal:materials", args=[draft.token])
    for number, kind in enumerate(("application_form", "diagnosis", "medical_records", "identity")):
        client.post(reverse("portal:paper", args=[draft.token, kind]), {"files": [an_upload(number)]})
    declare = reverse("portal:declare", args=[draft.token])
    late = client.post(declare, {"received_on": "2026-02-27", "reason": ""})
    assert late.status_code == 422
    client.post(declare, {"received_on": moment.day_of(Draft.objects.get().created_at).isoformat()})
    case = Case.objects.get()
    assert case.application.channel == "window"
    assert "录入下一份" in text_of(client.get(reverse("portal:receipt", args=[case.number])))


def test_the_window_page_keeps_what_was_typed_and_says_what_is_wrong():
    an_office()
    client = signed_in_as(a_clerk())
    client.post(reverse("portal:window_start"))
    draft = latest_draft()
    answer = client.post(reverse("portal:window", args=[draft.token]), {"hospital": "云溪市人民医院"})
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.told["hospital"]["hospital"] == "云溪市人民医院"


def test_l7_two_clerks_on_one_paper_application():
    an_office()
    client = signed_in_as(a_clerk())
    client.post(reverse("portal:window_start"))
    place = reverse("portal:window", args=[latest_draft().token])
    client.post(place, {"hospital": "第一医院"})
    answer = client.post(place, {"hospital": "第二医院"})
    assert answer.status_code == 409
    assert latest_draft().told["hospital"]["hospital"] == "第一医院"


@pytest.mark.parametrize("person", [a_worker_user, a_reviewer, an_outsider])
def test_nobody_else_enters_paper_applications(person):
    an_office()
    assert signed_in_as(person()).get(reverse("portal:window_start")).status_code == 403


def test_the_window_page_is_not_for_online_drafts():
    draft = a_draft()
    assert signed_in_as(draft.user).get(reverse("portal:window", args=[draft.token])).status_code == 404
