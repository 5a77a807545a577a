"""The pages of last resort: they say what to do, and the last of them cannot fail."""

import json

import pytest
from django.conf import LazySettings
from django.template import TemplateDoesNotExist, loader
from django.test import Client, RequestFactory
from structlog.contextvars import bound_contextvars

from gongjian.kernel import frame, problems
from gongjian.kernel.tests import sample_site
from gongjian.kernel.tests.pages import Page

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _sample_site(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sample_site.overrides().items():
        setattr(settings, name, value)
    settings.DEBUG = False
    monkeypatch.setattr(frame, "entries", lambda: ())


def failed(**headers: str) -> Page:
    return Page(problems.server_error(RequestFactory().get("/crash/", headers=headers)).content)


def test_an_unknown_address_says_where_to_begin():
    answer = Client().get("/nowhere/")
    page = Page(answer.content)
    assert answer.status_code == 404
    assert page.one("h1").text == "没有找到这个页面"
    assert page.one("a", href="/", class_="btn btn-primary").text == "回到首页"


def test_it_does_not_repeat_the_address():
    page = Page(Client().get("/1990010112/").content)
    assert "1990010112" not in page.one("html").text


def test_a_program_gets_json():
    answer = Client().get("/nowhere/", headers={"Accept": "application/json"})
    assert json.loads(answer.content)["code"] == "kernel.page_not_found"


def test_htmx_gets_a_fragment_for_the_place_of_refusals():
    answer = Client().get("/nowhere/", headers=HTMX)
    assert answer["HX-Retarget"] == "#refusal"
    assert b"<html" not in answer.content


@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        (problems.page_not_found, 404, "从首页进入"),
        (problems.permission_denied, 403, "换用有权限的账号"),
        (problems.bad_request, 400, "返回上一页检查"),
    ],
)
def test_each_says_what_to_do(handler: object, status: int, words: str):
    request = RequestFactory().get("/")
    request.user = sample_site.NOBODY  # type: ignore[assignment]
    request.session = {}  # type: ignore[assignment]
    answer = handler(request)  # type: ignore[operator]
    assert answer.status_code == status
    assert words in answer.content.decode()


class TestOurOwnFailure:
    def test_it_says_that_what_was_saved_is_safe(self):
        client = Client(raise_request_exception=False)
        answer = client.get("/crash/")
        assert answer.status_code == 500
        assert "已经保存的内容不受影响" in answer.content.decode()

    def test_it_needs_neither_session_nor_person_nor_database(self):
        assert failed().one("h1").text == "系统出了问题"

    def test_it_gives_the_number_under_which_the_log_has_it(self):
        with bound_contextvars(request_id="dbbfd20a-5154-4bc6"):
            assert failed().one("code").text == "dbbfd20a"

    def test_without_a_number_it_shows_none(self):
        assert not failed().all("code")

    def test_htmx_gets_a_fragment(self):
        assert failed(**HTMX).one(id="_failed")
        assert not failed(**HTMX).all("html")

    def test_even_if_the_template_fails_there_is_a_sentence(self, monkeypatch: pytest.MonkeyPatch):
        def gone(name: str) -> None:
            raise TemplateDoesNotExist(name)

        monkeypatch.setattr(loader, "get_template", gone)
        assert failed().one("h1").text == "系统出了问题"

    def test_nobody_keeps_a_copy(self):
        assert problems.server_error(RequestFactory().get("/"))["Cache-Control"] == "no-store"

    def test_it_looks_nowhere_outside_and_has_no_script(self):
        page = failed()
        assert not page.all("script")
        assert all(link["href"].startswith("/static/kernel/") for link in page.all("link"))
