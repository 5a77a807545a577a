"""A refusal reaches whoever asked, in the form they can use, and takes nothing away that they had written."""

import json

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gongjian.kernel import frame, refusals
from gongjian.kernel.answers import way_back
from gongjian.kernel.tests import sample_site
from gongjian.kernel.tests.pages import Page
from gongjian.law.errors import NotAllowed, NotFound, RuleError

WORDS = "右手第二、三指被机器压伤，至今不能弯曲。"
SENTENCE = "要到2026-03-05才可以办理。请到那一天再来。"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _sample_site(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sample_site.overrides().items():
        setattr(settings, name, value)
    monkeypatch.setattr(frame, "entries", lambda: ())
    monkeypatch.setattr(sample_site, "received", [])


def signed_in(who: str = "lin", *, strict: bool = False) -> Client:
    client = Client(enforce_csrf_checks=strict)
    client.cookies["person"] = who
    return client


def refused_writing(**headers: str) -> HttpResponse:
    return signed_in().post("/write/", {"state": WORDS, "answer": "refuse"}, headers=headers or OUR_PAGE)  # type: ignore[return-value]


OUR_PAGE = {"Referer": "http://testserver/write/?step=2", "Origin": "http://testserver"}


class TestStatus:
    @pytest.mark.parametrize(
        ("error", "status"),
        [(RuleError(), 422), (NotFound(), 404), (NotAllowed(), 403), (sample_site.TooEarly(day="x"), 422)],
    )
    def test_each_refusal_has_its_status(self, error: RuleError, status: int):
        assert refusals.status_of(error) == status

    @pytest.mark.parametrize(("kind", "status"), [("rule", 422), ("hidden", 404), ("forbidden", 403)])
    @pytest.mark.parametrize("headers", [{}, HTMX, {"Accept": "application/json"}])
    def test_page_fragment_and_json_have_the_same_status(self, kind: str, status: int, headers: dict[str, str]):
        assert Client().get(f"/refuse/{kind}/", headers=headers).status_code == status


class TestPage:
    def test_it_says_the_whole_sentence(self):
        page = Page(refused_writing().content)
        assert page.one("h1").text == "这一步没有办成"
        assert page.with_class("gj-notice")[0].text == SENTENCE

    def test_it_names_the_code_for_programs_that_read_pages(self):
        assert Page(refused_writing().content).one(data_refusal="sample.too_early")

    @pytest.mark.parametrize(
        ("who", "face"),
        [("lin", "gj-portal"), ("chen", "gj-desk"), ("luo", "gj-workbench"), ("nobody", "gj-public")],
    )
    def test_it_stands_in_the_face_of_who_asked(self, who: str, face: str):
        page = Page(signed_in(who).get("/refuse/rule/").content)
        assert face in page.one("html").classes

    def test_it_leads_back_to_where_one_came_from(self):
        page = Page(refused_writing().content)
        assert page.one("a", href="/write/?step=2").text == "返回刚才的页面"

    def test_the_words_written_stand_there_to_be_copied(self):
        page = Page(refused_writing().content)
        assert page.one("textarea").text == WORDS

    def test_short_answers_are_not_repeated(self):
        answer = signed_in().post("/write/", {"state": "手伤", "answer": "refuse"}, headers=OUR_PAGE)
        assert not Page(answer.content).all("textarea")

    def test_words_that_another_site_sent_are_never_shown(self):
        answer = refused_writing(Origin="https://example.invalid")
        assert WORDS not in answer.content.decode()

    def test_nobody_keeps_a_copy(self):
        assert "no-store" in refused_writing()["Cache-Control"]

    @pytest.mark.parametrize("kind", ["hidden", "forbidden"])
    def test_hidden_and_forbidden_say_their_sentence(self, kind: str):
        sentence = {"hidden": NotFound.message, "forbidden": NotAllowed.message}[kind]
        assert sentence in Client().get(f"/refuse/{kind}/").content.decode()


class TestWayBack:
    @pytest.mark.parametrize(
        ("referer", "back"),
        [
            ("http://testserver/write/", "/write/"),
            ("http://testserver/write/?step=2", "/write/?step=2"),
            ("http://testserver", "/"),
            ("", "/"),
            ("https://example.invalid/write/", "/"),
            ("javascript:alert(1)", "/"),
        ],
    )
    def test_it_is_a_page_of_ours(self, referer: str, back: str):
        assert way_back(RequestFactory().post("/write/", headers={"Referer": referer})) == back

    def test_a_page_that_refuses_is_not_its_own_way_back(self):
        assert way_back(RequestFactory().get("/write/", headers={"Referer": "http://testserver/write/"})) == "/"

    def test_a_form_is(self):
        assert way_back(RequestFactory().post("/write/", headers={"Referer": "http://testserver/write/"})) == "/write/"


class TestFragment:
    def test_it_is_small_and_goes_where_refusals_go(self):
        answer = refused_writing(**HTMX)
        assert b"<html" not in answer.content
        assert Page(answer.content).one(id="_refused").text == f"这一步没有办成{SENTENCE}"
        assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#refusal", "innerHTML")

    def test_the_address_bar_stays(self):
        assert refused_writing(**HTMX)["HX-Push-Url"] == "false"

    def test_the_script_can_tell_it_from_a_form_shown_again(self):
        assert refused_writing(**HTMX)["Gongjian-Refusal"] == "sample.too_early"
        form_again = signed_in().post("/write/", {}, headers=HTMX)
        assert "Gongjian-Refusal" not in form_again

    def test_it_takes_the_eye_and_the_screen_reader_with_it(self):
        notice = Page(refused_writing(**HTMX).content).one(id="_refused")
        assert "data-focus" in notice.attributes
        assert notice["tabindex"] == "-1"


class TestJson:
    def test_it_has_code_and_sentence(self):
        answer = refused_writing(Accept="application/json")
        assert json.loads(answer.content) == {"code": "sample.too_early", "message": SENTENCE}

    @pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "", "text/plain"])
    def test_everyone_else_gets_a_page(self, accept: str):
        assert b"<html" in refused_writing(Accept=accept).content

    def test_caches_are_told_that_the_answer_depends_on_who_reads_it(self):
        assert {"HX-Request", "Accept"} <= set(refused_writing()["Vary"].replace(",", " ").split())


class TestOtherErrors:
    def test_a_failure_that_is_no_refusal_is_left_to_crash(self):
        with pytest.raises(ZeroDivisionError):
            Client().get("/crash/")

    def test_the_middleware_leaves_it_alone(self):
        middleware = refusals.RefusalMiddleware(lambda request: HttpResponse())
        assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


def test_what_is_done_by_a_button_cannot_be_opened_by_address():
    answer = Client().get("/page/large-type/")
    assert answer.status_code == 405
    assert Page(answer.content).one("h1").text == "请从页面上的按钮办理"


def test_the_size_of_type_can_be_changed_after_a_refusal_too():
    page = Page(refused_writing().content)
    assert page.one("input", name="next")["value"] == "/write/?step=2"


class TestSignedOut:
    """A fragment asked for after the session ended."""

    ASK = {**HTMX, "HX-Current-URL": "http://testserver/write/?step=2"}

    def test_the_page_stays_and_offers_to_sign_in_and_come_back(self):
        answer = Client().post("/write/", {"state": WORDS}, headers=self.ASK)
        link = Page(answer.content).with_class("btn")[0]
        assert answer.status_code == 401
        assert link["href"] == "/account/sign-in/?next=%2Fwrite%2F%3Fstep%3D2"

    def test_a_page_request_is_led_to_sign_in_as_ever(self):
        assert Client().post("/write/", {})["Location"] == "/account/sign-in/?next=/write/"

    def test_a_page_that_was_submitted_comes_back_to_its_form(self):
        answer = Client().post("/write/live/", {}, headers=OUR_PAGE)
        assert answer["Location"] == "/account/sign-in/?next=%2Fwrite%2F%3Fstep%3D2"

    def test_a_page_that_was_only_opened_comes_back_to_itself(self):
        assert Client().get("/write/", headers=OUR_PAGE)["Location"] == "/account/sign-in/?next=/write/"

    def test_a_program_learns_it_too(self):
        answer = Client().post("/write/", {}, headers={**self.ASK, "Accept": "application/json"})
        assert json.loads(answer.content)["code"] == "kernel.signed_out"

    def test_without_the_pages_address_it_comes_back_to_the_start(self):
        answer = Client().post("/write/", {}, headers=HTMX)
        assert Page(answer.content).with_class("btn")[0]["href"] == "/account/sign-in/?next=%2F"

    def test_another_sites_address_never_becomes_the_way_back(self):
        asked = {**HTMX, "HX-Current-URL": "https://example.invalid/trap/"}
        answer = Client().post("/write/", {}, headers=asked)
        assert "example.invalid" not in answer.content.decode()


class TestAcceptedDrafts:
    """The browser forgets a draft only when the server says that it was accepted."""

    DRAFT = "0123456789abcdef01234567"

    def test_what_was_accepted_is_named(self):
        answer = signed_in().post("/write/", {"state": WORDS, "answer": "accept", "_draft": self.DRAFT})
        assert answer.cookies["gongjian_accepted"].value == self.DRAFT
        assert sample_site.received[0]["state"] == WORDS

    @pytest.mark.parametrize("fields", [{"answer": "refuse"}, {"answer": "accept", "state": ""}, {}])
    def test_what_was_refused_or_sent_back_is_not(self, fields: dict[str, str]):
        answer = signed_in().post("/write/", {"state": WORDS, "_draft": self.DRAFT, **fields})
        assert "gongjian_accepted" not in answer.cookies

    def test_being_led_to_sign_in_is_no_acceptance(self):
        answer = Client().post("/write/", {"state": WORDS, "_draft": self.DRAFT})
        assert "gongjian_accepted" not in answer.cookies

    @pytest.mark.parametrize("name", ["", "x", "A" * 24, "0; Domain=example.invalid", "0" * 41])
    def test_only_a_name_that_our_script_makes_is_repeated(self, name: str):
        answer = signed_in().post("/write/", {"state": WORDS, "answer": "accept", "_draft": name})
        assert "gongjian_accepted" not in answer.cookies

    def test_over_https_the_cookie_stays_on_https(self, settings: LazySettings):
        settings.SESSION_COOKIE_SECURE = True
        answer = signed_in().post("/write/", {"state": WORDS, "answer": "accept", "_draft": self.DRAFT})
        assert answer.cookies["gongjian_accepted"]["secure"]


def expired(client: Client | None = None, data: dict[str, object] | None = None, **headers: str) -> HttpResponse:
    """A submission whose token does not hold."""
    fields = {
        "state": WORDS,
        "answer": "accept",
        "version": "1",
        "password": "yunxi-demo",
        "csrfmiddlewaretoken": "old",
    }
    client = client or signed_in(strict=True)
    return client.post("/write/?step=2", data or fields, headers={**OUR_PAGE, **headers})  # type: ignore[return-value]


WITHOUT_SECRET: dict[str, object] = {"state": WORDS, "answer": "accept", "version": "1", "_draft": "0" * 24}


class TestFormExpired:
    def test_it_says_so_without_blame_and_without_technical_words(self):
        answer = expired(data=WITHOUT_SECRET)
        assert answer.status_code == 403
        assert "一个字也没有丢" in answer.content.decode()
        assert "CSRF" not in Page(answer.content).one("main").text

    def test_the_fields_stand_ready_to_be_sent_again_to_the_same_address(self):
        page = Page(expired(data=WITHOUT_SECRET).content)
        form = page.one("form", action="/write/?step=2")
        hidden = {e["name"]: e["value"] for e in form.inside if e.get("type") == "hidden"}
        token = hidden.pop("csrfmiddlewaretoken")
        assert hidden == {"state": WORDS, "answer": "accept", "version": "1"}
        assert len(token) == 64

    def test_pressing_the_button_submits_it(self):
        client = signed_in(strict=True)
        page = Page(expired(client, WITHOUT_SECRET).content)
        form = page.one("form", action="/write/?step=2")
        fields = {e["name"]: e["value"] for e in form.inside if e.get("name")}
        assert client.post(form["action"], fields, headers=OUR_PAGE)["Location"] == "/done/"
        assert sample_site.received[0]["state"] == WORDS

    def test_several_values_of_one_field_all_come_back(self):
        page = Page(expired(data={"parts": ["1", "3"]}).content)
        assert [e["value"] for e in page.all("input", name="parts")] == ["1", "3"]

    def test_a_password_never_comes_back(self):
        answer = expired()
        assert "yunxi-demo" not in answer.content.decode()

    @pytest.mark.parametrize("name", ["password", "new_password1", "otp", "otp_token", "code", "client_secret"])
    def test_a_form_with_a_secret_is_not_half_sent_again(self, name: str):
        answer = expired(data={"state": WORDS, name: "geheim-123456"})
        assert "geheim-123456" not in answer.content.decode()
        assert not Page(answer.content).all("form", action="/write/?step=2")

    def test_a_secret_left_empty_is_nothing_to_hold_back(self):
        page = Page(expired(data={"state": WORDS, "password": ""}).content)
        assert page.one("form", action="/write/?step=2")
        assert not page.all("input", name="password")

    def test_its_long_texts_can_still_be_copied(self):
        assert Page(expired().content).one("textarea").text == WORDS

    def test_a_file_never_comes_back_but_its_name_is_told(self):
        paper = SimpleUploadedFile("诊断证明.pdf", b"%PDF-1.7 secret content")
        answer = expired(data={**WITHOUT_SECRET, "paper": paper})
        page = Page(answer.content)
        assert "诊断证明.pdf" in page.with_class("gj-info")[0].text
        assert not page.all("input", name="paper")
        assert "secret content" not in answer.content.decode()

    def test_what_was_written_is_escaped(self):
        answer = expired(data={"state": '"><script>alert(1)</script>'})
        assert "<script>alert" not in answer.content.decode()

    @pytest.mark.parametrize(
        "source",
        [
            {"Origin": "https://example.invalid"},
            {"Origin": "null"},
            {"Origin": "", "Referer": "https://example.invalid/"},
            {"Origin": "", "Referer": ""},
            {"Origin": "http://testserver.example.invalid"},
        ],
    )
    def test_fields_from_another_site_never_stand_in_our_page(self, source: dict[str, str]):
        answer = expired(signed_in(strict=True), WITHOUT_SECRET, **source)
        assert answer.status_code == 403
        assert WORDS not in answer.content.decode()
        assert not Page(answer.content).all("form", action="/write/?step=2")

    def test_who_is_no_longer_signed_in_gets_nothing_back_on_a_shared_computer(self):
        answer = expired(Client(enforce_csrf_checks=True), WITHOUT_SECRET)
        assert WORDS not in answer.content.decode()
        assert "返回刚才的页面" in answer.content.decode()

    def test_it_says_who_is_signed_in_now(self):
        assert "周若岚" in expired(signed_in("zhou", strict=True), WITHOUT_SECRET).content.decode()

    def test_nobody_keeps_a_copy(self):
        assert "no-store" in expired()["Cache-Control"]

    def test_a_fragment_request_gets_a_fresh_token_and_keeps_its_form(self):
        answer = expired(signed_in(strict=True), WITHOUT_SECRET, **HTMX)
        assert len(answer["Gongjian-Token"]) == 64
        assert answer["HX-Retarget"] == "#refusal"
        assert "再按一次" in answer.content.decode()

    def test_the_fresh_token_holds(self):
        client = signed_in(strict=True)
        token = expired(client, WITHOUT_SECRET, **HTMX)["Gongjian-Token"]
        again = client.post("/write/", {**WITHOUT_SECRET, "csrfmiddlewaretoken": token}, headers={**HTMX, **OUR_PAGE})
        assert again.status_code == 302

    def test_a_page_request_gets_no_token_in_its_headers(self):
        assert "Gongjian-Token" not in expired()

    def test_a_program_learns_the_code(self):
        answer = expired(data=WITHOUT_SECRET, Accept="application/json")
        assert json.loads(answer.content)["code"] == "kernel.form_expired"
