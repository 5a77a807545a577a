"""The wizard, field by field: what is refused with a sentence and kept, what two devices do to each other, and life without script."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import Office
from gongjian.accounts.tests.builders import a_clerk, a_reviewer, a_worker_user, an_office, an_outsider
from gongjian.applications.actions.drafts import start_draft
from gongjian.applications.models import Draft
from gongjian.appraisal.forms import FORMS
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.steps import LONGEST, STEPS
from gongjian.appraisal.tests.builders import answers
from gongjian.cases.models import Case
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.catalog import KINDS
from gongjian.materials.models import MaterialPage
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal import wizard
from gongjian.portal.tests.builders import an_upload, signed_in_as, text_of, typed

pytestmark = pytest.mark.django_db
CODES = [step.code for step in STEPS.filled_in]
SCRIPT = '<script>alert("1")</script>'
FREE = [
    ("applicant", "applicant_name"),
    ("person", "name"),
    ("person", "address"),
    ("employer", "employer_name"),
    ("employer", "contact_name"),
    ("employer", "employer_telephone"),
    ("employer", "employer_address"),
    ("recognition", "recognition_number"),
    ("injury", "injury_state"),
    ("hospital", "hospital"),
    ("hospital", "department"),
    ("address", "delivery_name"),
    ("address", "delivery_address"),
]
"""Fields in which a person writes what they like."""


def a_filled_draft(*, papers: bool = False, **changes) -> Draft:
    """A draft with every step filled in, quickly; with one page where something is to be handed in."""
    draft = start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)
    draft.told, draft.versions = answers(**changes), dict.fromkeys(CODES, 1)
    draft.save()
    if papers:
        add_page(material_of("diagnosis", draft_id=draft.pk), a_picture(), name="a.png", by=draft.user)
    return draft


def a_new_draft() -> Draft:
    return start_draft(by=a_worker_user(), office=an_office(), procedure=INITIAL)


def place(draft: Draft, step: str) -> str:
    return reverse("portal:step", args=[draft.token, step])


def kept(draft: Draft) -> dict[str, Any]:
    draft.refresh_from_db()
    return dict(draft.told)


# Every step can be looked at: empty, filled in, half wrong.


@pytest.mark.parametrize("step", CODES)
def test_an_empty_step_shows_every_field_with_label_and_basis_and_no_fault(step):
    draft = a_new_draft()
    page = text_of(signed_in_as(draft.user).get(place(draft, step)))
    form = FORMS[step]()
    for name, field in form.fields.items():
        assert f'name="{name}"' in page
        assert str(field.label) in unescape(page)
        assert form.basis[name] in unescape(page)
    assert "要填写" not in page


@pytest.mark.parametrize("step", CODES)
def test_a_filled_step_shows_what_was_told(step):
    draft = a_filled_draft()
    page = unescape(text_of(signed_in_as(draft.user).get(place(draft, step))))
    for answer in answers()[step].values():
        for each in answer if isinstance(answer, list) else [answer]:
            assert isinstance(each, bool) or str(each) in page


@pytest.mark.parametrize("step", CODES)
def test_a_step_says_where_one_stands_and_leads_back(step):
    draft = a_filled_draft()
    page = text_of(signed_in_as(draft.user).get(place(draft, step)))
    at = [each.code for each in STEPS].index(step)
    assert all(each.title in page for each in STEPS)
    assert ("上一步" in page) is bool(at)
    assert at == 0 or wizard.address_of(draft, STEPS[at - 1].code) in page


@pytest.mark.parametrize("step", CODES)
def test_every_control_of_a_step_has_a_label(step):
    draft = a_filled_draft()
    page = text_of(signed_in_as(draft.user).get(place(draft, step)))
    controls = re.findall(r"<(?:input|select|textarea)[^>]*>", page)
    ids = [
        found.group(1)
        for each in controls
        if 'type="hidden"' not in each and (found := re.search(r' id="([^"]+)"', each))
    ]
    assert ids
    assert [each for each in ids if f'for="{each}"' not in page] == []


# Without script: a form is sent, an answer leads on, and the next page can be loaded again and again.


@pytest.mark.parametrize("step", CODES)
def test_a_step_sent_leads_to_the_next_page_and_that_page_may_be_loaded_again(step):
    draft = a_new_draft()
    client = signed_in_as(draft.user)
    answer = client.post(place(draft, step), typed(answers()[step]))
    assert (answer.status_code, answer["Location"]) == (302, wizard.address_of(draft, STEPS.after(step).code))
    assert [client.get(answer["Location"]).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("step", CODES)
def test_a_step_sent_empty_says_what_must_be_filled_in_beside_each_field(step):
    draft = a_new_draft()
    answer = signed_in_as(draft.user).post(place(draft, step), {"seen": 0})
    assert answer.status_code == 422
    assert text_of(answer).count("要填写") >= len(STEPS.of(step).required)


@pytest.mark.parametrize("step", CODES)
def test_fields_nobody_asked_for_are_not_kept(step):
    draft = a_new_draft()
    sent = {**typed(answers()[step]), "is_staff": "1", "case": "1", "office": "QT", "telephone_index": "x"}
    signed_in_as(draft.user).post(place(draft, step), sent)
    assert set(kept(draft)[step]) == set(STEPS.of(step).fields)
    draft.refresh_from_db()
    assert (draft.office.code, draft.case_id) == ("YXJD", None)


@pytest.mark.parametrize("step", CODES)
def test_a_form_from_another_site_saves_nothing(step):
    draft = a_new_draft()
    client = Client(enforce_csrf_checks=True)
    client.force_login(draft.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(place(draft, step), typed(answers()[step])).status_code == 403
    assert kept(draft) == {}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_step_is_looked_at_or_sent_and_nothing_else(method):
    draft = a_new_draft()
    assert getattr(signed_in_as(draft.user), method)(place(draft, "person")).status_code == 405


# What a person writes is kept, shown again as it was, and never becomes part of the page.


@pytest.mark.parametrize(("step", "field"), FREE)
def test_signs_of_a_page_are_letters_in_an_answer(step, field):
    draft = a_new_draft()
    client = signed_in_as(draft.user)
    client.post(place(draft, step), typed({**answers()[step], field: SCRIPT[: LONGEST.get(field, 200)]}))
    page = text_of(client.get(place(draft, step)))
    assert kept(draft)[step][field] == SCRIPT
    assert SCRIPT not in page
    assert SCRIPT in unescape(page)


@pytest.mark.parametrize(("step", "field"), FREE)
def test_what_is_too_long_is_told_and_kept_and_not_handed_in(step, field):
    draft = a_filled_draft(papers=True)
    client = signed_in_as(draft.user)
    long = "长" * (LONGEST.get(field, 200) + 1)
    answer = client.post(place(draft, step), typed({**answers()[step], field: long}, seen=1))
    assert answer.status_code == 422
    assert long in text_of(answer)
    assert kept(draft)[step][field] == long
    declared = client.post(reverse("portal:declare", args=[draft.token]), {"truthful": "on"})
    assert declared.status_code == 422
    assert f"“{STEPS.of(step).title}”" in text_of(declared)
    assert not Case.objects.exists()


@pytest.mark.parametrize(("step", "field"), FREE)
def test_a_sign_that_cannot_be_kept_in_a_case_is_told_and_not_handed_in(step, field):
    draft = a_filled_draft(papers=True)
    client = signed_in_as(draft.user)
    answer = client.post(place(draft, step), typed({**answers()[step], field: "林\x00远"}, seen=1))
    assert answer.status_code == 400
    assert "无法保存的字符" in text_of(answer)
    assert kept(draft)[step].get(field) == answers()[step].get(field)


@pytest.mark.parametrize("code", ["9" * 30, "91350100M000100Y43X"])
def test_a_credit_code_that_cannot_be_kept_is_told_before_it_is_handed_in(code):
    draft = a_filled_draft(papers=True)
    client = signed_in_as(draft.user)
    told = {**answers()["employer"], "credit_code": code}
    assert client.post(place(draft, "employer"), typed(told, seen=1)).status_code == 422
    declared = client.post(reverse("portal:declare", args=[draft.token]), {"truthful": "on"})
    assert declared.status_code == 422
    assert "“用人单位”" in text_of(declared)


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("applicant", "capacity", "king"),
        ("applicant", "relation", "朋友"),
        ("person", "id_type", "card"),
        ("injury", "ground", "none"),
        ("injury", "parts", "999:left"),
        ("injury", "parts", "133:middle"),
        ("recognition", "injured_on", "08.09.2025"),
        ("recognition", "recognition_on", "2025-13-01"),
    ],
)
def test_a_choice_that_was_not_offered_is_refused_with_a_sentence(step, field, value):
    draft = a_new_draft()
    answer = signed_in_as(draft.user).post(place(draft, step), typed({**answers()[step], field: value}))
    assert answer.status_code == 422
    assert f'name="{field}"' in text_of(answer)


# L7: two devices, on every step.


@pytest.mark.parametrize("step", CODES)
def test_l7_on_every_step_the_second_device_sees_both_versions_and_covers_nothing(step):
    field = next(name for code, name in FREE if code == step)
    draft = a_filled_draft()
    phone, computer = signed_in_as(draft.user), signed_in_as(draft.user)
    assert phone.post(place(draft, step), typed({**answers()[step], field: "手机写的"}, seen=1)).status_code == 302
    answer = computer.post(place(draft, step), typed({**answers()[step], field: "电脑写的"}, seen=1))
    assert answer.status_code == 409
    assert "手机写的" in text_of(answer)
    assert "电脑写的" in text_of(answer)
    assert kept(draft)[step][field] == "手机写的"


@pytest.mark.parametrize("step", CODES)
def test_l7_on_every_step_the_merge_page_can_save_mine_over_theirs_knowingly(step):
    field = next(name for code, name in FREE if code == step)
    draft = a_filled_draft()
    client = signed_in_as(draft.user)
    client.post(place(draft, step), typed({**answers()[step], field: "手机写的"}, seen=1))
    merge = text_of(client.post(place(draft, step), typed({**answers()[step], field: "电脑写的"}, seen=1)))
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', merge)
    sent: dict[str, list[str]] = {}
    for name, value in hidden:
        sent.setdefault(name, []).append(unescape(value))
    assert sent["seen"] == ["2"]
    assert client.post(place(draft, step), sent).status_code == 302
    assert kept(draft)[step] == {
        **answers()[step],
        **dict.fromkeys(set(STEPS.of(step).fields) - set(answers()[step]), ""),
        field: "电脑写的",
    }


@pytest.mark.parametrize("seen", ["", "x", "-1", "0", "99", "1.0", "１", "9" * 40])
def test_l7_a_page_that_does_not_know_what_it_saw_covers_nothing(seen):
    draft = a_filled_draft()
    sent = {**typed({**answers()["hospital"], "hospital": "别的医院"}), "seen": seen}
    assert signed_in_as(draft.user).post(place(draft, "hospital"), sent).status_code == 409
    assert kept(draft)["hospital"]["hospital"] == "云溪市人民医院"


def test_l7_the_same_answers_from_two_devices_are_no_conflict():
    draft = a_filled_draft()
    sent = typed({**answers()["hospital"], "hospital": "第一医院"}, seen=1)
    clients = [signed_in_as(draft.user) for _ in range(2)]
    assert [client.post(place(draft, "hospital"), sent).status_code for client in clients] == [302, 302]
    draft.refresh_from_db()
    assert draft.versions["hospital"] == 2


def test_a_half_filled_draft_goes_on_where_it_was_left_on_another_device():
    draft = a_new_draft()
    phone, computer = signed_in_as(draft.user), signed_in_as(draft.user)
    for code in CODES[:3]:
        phone.post(place(draft, code), typed(answers()[code]))
    assert place(draft, CODES[3]) in text_of(computer.get(reverse("portal:home")))
    assert "云溪恒信机械有限公司" in text_of(computer.get(place(draft, "employer")))


# Beginning.


def test_beginning_twice_is_two_drafts_and_both_are_offered():
    an_office()
    client = signed_in_as(a_worker_user())
    client.post(reverse("portal:begin", args=["appraisal"]))
    client.post(reverse("portal:begin", args=["appraisal"]))
    page = text_of(client.get(reverse("portal:begin", args=["appraisal"])))
    assert all(draft.token in page for draft in Draft.objects.all())
    assert Draft.objects.count() == 2


@pytest.mark.parametrize(("told", "code"), [("YXJD", "YXJD"), ("QT", "YXJD"), ("", "YXJD"), ("YL-JD", "YXJD")])
def test_art_05_a_draft_goes_to_a_committee_that_is_offered_whatever_was_sent(told, code):
    an_office()
    far = an_office("QT", "他市劳动能力鉴定委员会")
    Office.objects.filter(pk=far.pk).update(region="990200")
    signed_in_as(a_worker_user()).post(reverse("portal:begin", args=["appraisal"]), {"office": told})
    assert Draft.objects.get().office.code == code


def test_without_a_committee_nothing_is_begun():
    assert signed_in_as(a_worker_user()).post(reverse("portal:begin", args=["appraisal"])).status_code == 200
    assert not Draft.objects.exists()


def test_looking_at_the_start_page_begins_nothing():
    an_office()
    signed_in_as(a_worker_user()).get(reverse("portal:begin", args=["appraisal"]))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("token", ["x", "x" * 24, "0", "%00", "..", "draft"])
def test_a_draft_that_does_not_exist_is_not_found(token):
    client = signed_in_as(a_worker_user())
    places = [reverse(f"portal:{name}", args=[token]) for name in ("materials", "check", "declare")]
    assert [client.get(each).status_code for each in places] == [404, 404, 404]


def test_a_dropped_draft_is_opened_by_no_address():
    draft = a_filled_draft()
    client = signed_in_as(draft.user)
    client.post(reverse("portal:drop", args=[draft.token]))
    places = [wizard.address_of(draft, step.code) for step in STEPS]
    assert {client.get(each).status_code for each in places} == {404}
    assert client.post(reverse("portal:drop", args=[draft.token])).status_code == 404


def test_a_draft_is_not_put_away_by_looking():
    draft = a_filled_draft()
    assert signed_in_as(draft.user).get(reverse("portal:drop", args=[draft.token])).status_code == 405


# Papers.


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_paper_has_a_page_with_hint_basis_and_a_place_to_upload(kind):
    draft = a_new_draft()
    page = text_of(signed_in_as(draft.user).get(reverse("portal:paper", args=[draft.token, kind])))
    assert KINDS[kind].title in page
    assert KINDS[kind].basis in page
    assert 'type="file"' in page
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize("kind", ["none", "DIAGNOSIS", "diagnosis-2"])
def test_a_paper_nobody_asks_for_is_refused(kind):
    draft = a_new_draft()
    assert signed_in_as(draft.user).get(reverse("portal:paper", args=[draft.token, kind])).status_code == 422


def test_several_files_are_taken_in_their_order_and_shown_with_a_small_picture_each():
    draft = a_new_draft()
    client, here = signed_in_as(draft.user), reverse("portal:paper", args=[draft.token, "diagnosis"])
    client.post(here, {"files": [an_upload(number, f"第{number}页.png") for number in range(3)]})
    page = text_of(client.get(here))
    pages = list(MaterialPage.objects.order_by("order"))
    assert [each.name for each in pages] == ["第0页.png", "第1页.png", "第2页.png"]
    assert all(reverse("materials:small", args=[each.pk]) in page for each in pages)


@pytest.mark.parametrize("name", ["../../x.png", "C:\\x.png", "<b>x</b>.png", 'x".png', "a\tb.png"])
def test_a_file_with_an_odd_name_is_taken_and_its_name_is_only_text(name):
    draft = a_new_draft()
    client, here = signed_in_as(draft.user), reverse("portal:paper", args=[draft.token, "diagnosis"])
    assert client.post(here, {"files": [an_upload(1, name)]}).status_code == 302
    page = text_of(client.get(here))
    assert "<b>x</b>" not in page
    assert ".." not in MaterialPage.objects.get().name


def test_nobody_uploads_into_the_draft_of_another():
    draft = a_new_draft()
    here = reverse("portal:paper", args=[draft.token, "diagnosis"])
    assert signed_in_as(an_outsider()).post(here, {"files": [an_upload()]}).status_code == 404
    assert not MaterialPage.objects.exists()


# Looking over and handing in.


def test_an_empty_draft_can_be_looked_over_and_says_everything_that_is_missing():
    draft = a_new_draft()
    page = text_of(signed_in_as(draft.user).get(reverse("portal:check", args=[draft.token])))
    for step in STEPS.filled_in:
        assert step.title in page
    assert "要填写" in page


def test_looking_over_shows_answers_in_words_and_leads_back_to_each_step():
    draft = a_filled_draft()
    page = unescape(text_of(signed_in_as(draft.user).get(reverse("portal:check", args=[draft.token]))))
    for words in ("工伤职工本人", "居民身份证", an_id_number(), "云溪市人民医院", "是"):
        assert words in page
    assert all(place(draft, code) in page for code in CODES)


@pytest.mark.parametrize("sent", [{}, {"truthful": ""}, {"other": "on"}])
def test_art_14_without_the_declaration_nothing_is_handed_in(sent):
    draft = a_filled_draft(papers=True)
    answer = signed_in_as(draft.user).post(reverse("portal:declare", args=[draft.token]), sent)
    assert answer.status_code == 422
    assert "请先勾选承诺" in text_of(answer)
    assert not Case.objects.exists()


def test_looking_at_the_last_page_hands_nothing_in():
    draft = a_filled_draft(papers=True)
    assert signed_in_as(draft.user).get(reverse("portal:declare", args=[draft.token])).status_code == 200
    assert not Case.objects.exists()


# At the window.


def a_window_draft() -> Draft:
    return start_draft(by=a_clerk(), office=an_office(), procedure=INITIAL, channel="window")


def everything(**changes: str) -> dict[str, Any]:
    sent = {name: value for step in CODES for name, value in typed(answers()[step]).items() if name != "seen"}
    return {**sent, **changes}


def test_the_window_page_holds_every_field_once():
    draft = a_window_draft()
    page = text_of(signed_in_as(a_clerk()).get(reverse("portal:window", args=[draft.token])))
    for step in STEPS.filled_in:
        assert f'name="seen_{step.code}"' in page
        assert all(f'name="{field}"' in page for field in step.fields)


def test_the_window_page_saves_every_step_and_goes_on_to_the_papers():
    draft = a_window_draft()
    answer = signed_in_as(a_clerk()).post(reverse("portal:window", args=[draft.token]), everything())
    assert answer["Location"] == reverse("portal:materials", args=[draft.token])
    assert set(kept(draft)) == set(CODES)


@pytest.mark.parametrize(
    ("field", "value"), [("id_number", "1"), ("telephone", "x"), ("hospital", "长" * 101), ("credit_code", "9" * 20)]
)
def test_the_window_page_says_what_is_wrong_and_keeps_the_rest(field, value):
    draft = a_window_draft()
    answer = signed_in_as(a_clerk()).post(reverse("portal:window", args=[draft.token]), everything(**{field: value}))
    assert answer.status_code == 422
    assert "云溪恒信机械有限公司" in text_of(answer)
    assert value in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"received_on": "2999-01-01", "reason": "x"}, "收到申请的日期不能晚于今天"),
        ({"received_on": "2020-01-01", "reason": "x"}, "收到申请的日期不能早于"),
        ({"received_on": ""}, "received_on"),
        ({"received_on": "昨天"}, "received_on"),
    ],
)
def test_art_10_a_day_of_receipt_that_cannot_be_is_told_and_nothing_is_handed_in(sent, words):
    draft = a_window_draft()
    draft.told = answers()
    draft.save()
    answer = signed_in_as(a_clerk()).post(reverse("portal:declare", args=[draft.token]), sent)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Case.objects.exists()


@pytest.mark.parametrize("person", [a_reviewer, a_worker_user, an_outsider])
def test_the_window_belongs_to_the_window(person):
    draft = a_window_draft()
    client = signed_in_as(person())
    assert client.get(reverse("portal:window_start")).status_code == 403
    assert client.get(reverse("portal:window", args=[draft.token])).status_code == 404
    assert client.post(reverse("portal:window", args=[draft.token]), everything()).status_code == 404
