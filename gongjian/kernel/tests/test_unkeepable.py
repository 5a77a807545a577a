"""A sign that no column can hold is refused with a sentence, wherever it stands and whoever sends it: never an error of the database."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse

from gongjian.accounts.tests.builders import (
    a_clerk,
    a_draw_officer,
    a_scheduler,
    a_worker_user,
    an_archivist,
    an_expert_user,
)
from gongjian.cases.tests.builders import a_case
from gongjian.kernel.tests.searching import searched
from gongjian.kernel.unkeepable import SENTENCE, UnkeepableMiddleware

pytestmark = pytest.mark.django_db
NUL = "\x00"
BY_NUMBER = [
    ("sittings:sitting", a_scheduler, 1),
    ("sittings:check_in", a_scheduler, 1),
    ("sittings:queue", a_scheduler, 1),
    ("reception:board", a_scheduler, 1),
    ("sittings:book", a_scheduler, 1),
    ("sittings:case_part", a_scheduler, 1),
    ("draws:prepare", a_draw_officer, 1),
    ("draws:word_code", a_draw_officer, 1),
    ("draws:door", a_draw_officer, 1),
    ("draws:receipt", a_draw_officer, 1),
    ("draws:recusals", a_draw_officer, 1),
    ("draws:conduct", a_draw_officer, 1),
    ("draws:live", a_draw_officer, 2),
    ("archives:case", an_archivist, 1),
    ("desk:case", a_clerk, 1),
    ("desk:check", a_clerk, 1),
    ("delivery:case", a_clerk, 1),
    ("conclusions:review", a_clerk, 1),
    ("portal:case", a_worker_user, 1),
    ("public:checked", None, 1),
]
BY_QUERY = [
    ("public:check", None, "code"),
    ("public:home", None, "q"),
    ("desk:search", a_clerk, "q"),
    ("desk:worklist", a_clerk, "kind"),
    ("archives:list", an_archivist, "q"),
    ("archives:waiting", an_archivist, "after"),
    ("sittings:list", a_scheduler, "after"),
    ("draws:published", None, "after"),
    ("workbench:home", an_expert_user, "x"),
    ("papers:file", a_clerk, "download"),
]


def a_browser(person) -> Client:
    client = Client()
    if person:
        client.force_login(person(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def is_refused(answer) -> bool:
    return answer.status_code == 400 and SENTENCE in answer.content.decode()


@pytest.mark.parametrize(("name", "person", "count"), BY_NUMBER)
@pytest.mark.parametrize("text", [NUL, f"YXJD-2026-000001{NUL}", f"YXJD{NUL}2026"], ids=ascii)
def test_in_an_address(name, person, count, text):
    assert is_refused(a_browser(person).get(reverse(name, args=[text] * count)))


@pytest.mark.parametrize(("name", "person", "field"), BY_QUERY)
def test_in_a_query(name, person, field):
    address = reverse(name, args=[1]) if name == "papers:file" else reverse(name)
    assert is_refused(a_browser(person).get(address, {field: f"林{NUL}"}))


def test_in_the_name_of_a_query_field():
    assert is_refused(a_browser(None).get("/check/", {f"code{NUL}": "1"}))


@pytest.mark.parametrize(
    "fields", [{"reason": f"材料{NUL}齐"}, {f"reason{NUL}": "材料齐"}, {"a": ["x", NUL]}], ids=ascii
)
def test_in_the_fields_of_a_form(fields):
    case = a_case()
    answer = a_browser(a_clerk).post(reverse("desk:give_up", args=[case.number]), fields)
    assert is_refused(answer)


@pytest.mark.parametrize("name", ["accounts:sign_in", "accounts:staff", "public:compare"])
def test_before_anybody_has_signed_in(name):
    assert is_refused(Client().post(reverse(name), {"telephone": NUL, "username": NUL, "code": NUL}))


def test_what_was_written_comes_back_for_copying():
    case = a_case()
    long = "申请人两次补正后仍缺少住院病历，经电话催告没有回应"
    answer = a_browser(a_clerk).post(
        reverse("desk:give_up", args=[case.number]), {"reason": long + NUL}, headers={"origin": "http://testserver"}
    )
    assert is_refused(answer)
    assert long in answer.content.decode()


def test_nothing_is_done_with_the_rest_of_the_form():
    case = a_case()
    a_browser(a_clerk).post(reverse("desk:give_up", args=[case.number]), {"reason": "齐全", "x": NUL})
    case.refresh_from_db()
    assert case.state == "submitted"


def test_a_program_is_told_in_its_own_form():
    answer = Client().get("/check/", {"code": NUL}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (400, {"code": "kernel.unkeepable", "message": SENTENCE})


def test_a_fragment_is_told_in_its_place():
    answer = a_browser(a_clerk).get(reverse("desk:worklist"), {"kind": NUL}, headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (400, "#refusal")


@pytest.mark.parametrize("half", ["\ud800", "\udfff", "字\udc00"], ids=ascii)
def test_half_a_sign_is_refused_as_well(half, monkeypatch):
    request = RequestFactory().get("/", headers={"accept": "application/json"})
    asked = QueryDict(mutable=True)
    asked["q"] = half
    monkeypatch.setattr(request, "GET", asked)
    answer = UnkeepableMiddleware(lambda _: pytest.fail("it went on")).process_view(request)
    assert answer is not None
    assert answer.status_code == 400


def test_the_name_of_a_file_is_looked_at():
    file = SimpleUploadedFile("a.png", b"x")
    request = RequestFactory().post("/", {"file": file}, headers={"accept": "application/json"})
    request.FILES["file"]._name = f"a{NUL}.png"
    answer = UnkeepableMiddleware(lambda _: pytest.fail("it went on")).process_view(request)
    assert answer is not None


@pytest.mark.parametrize("text", ["林知远", "🙂", "㐂𠮷", "a\nb\tc", "\u200e", "\x7f", "%00", "\\x00"], ids=ascii)
def test_every_other_sign_goes_on_to_the_page(text):
    assert searched(a_browser(a_clerk), reverse("desk:search"), text).status_code == 200


def test_the_bytes_of_a_file_may_hold_anything():
    file = SimpleUploadedFile("paper.pdf", b"\x00" * 300, content_type="application/pdf")
    assert Client().post(reverse("public:compare"), {"file": file}).status_code != 400
