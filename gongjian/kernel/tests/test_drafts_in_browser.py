"""No edit is lost: what was written stays until the server has accepted it, and only with the person who wrote it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from gongjian.kernel.tests import sample_site
from gongjian.kernel.tests.browsing import complaints, end_session, kept, served, sign_in

WORDS = "右手第二、三指被机器压伤，至今不能弯曲。"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(autouse=True)
def _nothing_received(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_site, "received", [])
    monkeypatch.setattr(sample_site, "version", ["1"])


@pytest.fixture
def writing(page: Page, site: str) -> Page:
    """林知远 has the form before him."""
    page.set_default_timeout(15_000)
    sign_in(page, site, "lin")
    page.goto(f"{site}/write/")
    return page


@pytest.fixture
def live(writing: Page, site: str) -> Page:
    """The same form, sent by htmx."""
    writing.goto(f"{site}/write/live/")
    return writing


def write(page: Page, answer: str = "接收") -> None:
    page.get_by_label("伤情现状").fill(WORDS)
    page.get_by_label(answer).check()


def send(page: Page) -> None:
    page.get_by_role("button", name="交上去").click()


def keep_now(page: Page) -> None:
    """Let the page keep what it keeps when it is left, and see that it does."""
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert WORDS in kept(page)


def assert_done(page: Page) -> None:
    """The next page is there, and its scripts have run."""
    expect(page.locator("#done")).to_be_visible()
    page.wait_for_load_state("load")


def words(page: Page) -> str:
    return page.get_by_label("伤情现状").input_value()


class TestAccepted:
    def test_what_is_accepted_is_forgotten(self, writing: Page, site: str):
        write(writing)
        send(writing)
        assert_done(writing)
        assert sample_site.received[0]["state"] == WORDS
        assert WORDS not in kept(writing)
        writing.goto(f"{site}/write/")
        assert words(writing) == ""

    def test_pressing_twice_sends_once(self, writing: Page):
        write(writing)
        writing.get_by_role("button", name="交上去").dblclick()
        assert_done(writing)
        assert len(sample_site.received) == 1

    def test_it_works_without_script(self, browser: Browser, site: str):
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            sign_in(page, site, "lin")
            page.goto(f"{site}/write/")
            write(page)
            send(page)
            expect(page.locator("#done")).to_be_visible()
        assert sample_site.received[0]["state"] == WORDS

    def test_by_htmx_it_is_forgotten_too(self, live: Page):
        write(live)
        send(live)
        assert_done(live)
        assert WORDS not in kept(live)


class TestNotYetAccepted:
    def test_after_the_session_ended_and_a_new_sign_in_everything_is_there(self, writing: Page):
        write(writing)
        end_session(writing)
        send(writing)
        expect(writing.locator("h1")).to_have_text("登录")
        writing.get_by_role("button", name="林知远").click()
        expect(writing.get_by_text("已经填回下面")).to_be_visible()
        assert words(writing) == WORDS
        assert writing.get_by_label("接收").is_checked()
        send(writing)
        assert_done(writing)

    def test_after_a_refusal_the_form_has_it_again(self, writing: Page):
        write(writing, "不予办理")
        send(writing)
        expect(writing.get_by_text("请到那一天再来")).to_be_visible()
        writing.get_by_role("link", name="返回刚才的页面").click()
        assert words(writing) == WORDS

    def test_after_a_mistake_the_server_shows_it_and_it_stays_kept(self, writing: Page):
        writing.get_by_label("伤情现状").fill(WORDS)
        send(writing)
        expect(writing.locator(".gj-errors")).to_be_focused()
        assert words(writing) == WORDS
        expect(writing.get_by_text("已经填回下面")).to_be_hidden()
        assert WORDS in kept(writing)

    def test_after_a_reload_it_is_there(self, writing: Page):
        writing.on("dialog", lambda dialog: dialog.accept())
        write(writing)
        writing.reload()
        assert words(writing) == WORDS

    def test_who_does_not_want_it_clears_it(self, writing: Page, site: str):
        writing.on("dialog", lambda dialog: dialog.accept())
        write(writing)
        writing.reload()
        writing.get_by_role("button", name="清除填回的内容").click()
        assert words(writing) == ""
        writing.goto(f"{site}/write/")
        assert words(writing) == ""

    def test_over_a_page_that_has_changed_it_is_offered_and_not_put(self, writing: Page):
        writing.on("dialog", lambda dialog: dialog.accept())
        write(writing)
        sample_site.version[0] = "2"
        writing.reload()
        expect(writing.get_by_text("后来有了变化")).to_be_visible()
        assert words(writing) == ""
        writing.get_by_role("button", name="填回我写的内容").click()
        assert words(writing) == WORDS

    def test_leaving_with_something_unsent_is_asked_about(self, writing: Page, site: str):
        asked: list[str] = []

        def note(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        writing.on("dialog", note)
        write(writing)
        writing.goto(f"{site}/done/")
        assert asked == ["beforeunload"]

    def test_leaving_an_untouched_form_is_not(self, writing: Page, site: str):
        asked: list[str] = []
        writing.on("dialog", lambda dialog: asked.append(dialog.type))
        writing.goto(f"{site}/done/")
        assert asked == []

    def test_changing_the_size_of_type_loses_nothing(self, writing: Page):
        write(writing)
        writing.get_by_role("button", name="大字版").click()
        expect(writing.get_by_role("button", name="标准字")).to_be_visible()
        assert words(writing) == WORDS


class TestPrivate:
    def test_secrets_are_never_kept(self, writing: Page):
        write(writing)
        writing.get_by_label("身份证号").fill("990101199001011234")
        writing.get_by_label("口令").fill("yunxi-demo-2026")
        keep_now(writing)
        assert "990101199001011234" not in kept(writing)
        assert "yunxi-demo-2026" not in kept(writing)

    def test_the_next_person_never_sees_it(self, writing: Page):
        write(writing)
        end_session(writing)
        send(writing)
        writing.get_by_role("button", name="周若岚").click()
        expect(writing.locator("h1")).to_have_text("写伤情")
        assert words(writing) == ""
        assert WORDS not in kept(writing)

    def test_signing_out_forgets_everything(self, writing: Page):
        write(writing)
        writing.locator(".gj-person summary").click()
        writing.get_by_role("button", name="退出登录").click()
        assert_done(writing)
        assert WORDS not in kept(writing)

    def test_nothing_is_left_in_the_browser_beyond_the_tab(self, writing: Page):
        write(writing)
        keep_now(writing)
        assert writing.evaluate("localStorage.length") == 0


class TestByHtmx:
    def test_a_refusal_stands_in_the_form_and_the_form_stays(self, live: Page):
        said = complaints(live)
        write(live, "不予办理")
        send(live)
        expect(live.locator("form#writing #_refused")).to_be_focused()
        expect(live.locator("#_refused")).to_contain_text("请到那一天再来")
        assert words(live) == WORDS
        assert said == []

    def test_the_next_try_takes_the_old_refusal_away(self, live: Page):
        write(live, "不予办理")
        send(live)
        expect(live.locator("#_refused")).to_be_visible()
        live.get_by_label("接收").check()
        send(live)
        assert_done(live)
        expect(live.locator("#_refused")).to_be_hidden()

    def test_a_mistake_shows_the_form_again_in_its_place(self, live: Page):
        live.get_by_label("伤情现状").fill(WORDS)
        send(live)
        expect(live.locator(".gj-errors")).to_be_focused()
        assert live.locator("form#writing").count() == 1
        assert words(live) == WORDS

    def test_after_the_session_ended_the_page_stays_and_brings_everything_back(self, live: Page):
        write(live)
        end_session(live)
        send(live)
        expect(live.get_by_text("登录已过期", exact=True)).to_be_visible()
        assert words(live) == WORDS
        live.get_by_role("link", name="重新登录").click()
        live.get_by_role("button", name="林知远").click()
        expect(live.get_by_text("已经填回下面")).to_be_visible()
        assert words(live) == WORDS

    def test_when_the_network_is_gone_the_form_says_so_and_stays(self, live: Page):
        write(live)
        live.context.set_offline(True)
        send(live)
        expect(live.get_by_text("网络不通")).to_be_visible()
        live.context.set_offline(False)
        send(live)
        assert_done(live)
        assert sample_site.received[0]["state"] == WORDS

    def test_our_own_failure_leaves_the_form(self, live: Page):
        live.evaluate("document.querySelector('form#writing').setAttribute('hx-post', '/crash/')")
        live.evaluate("htmx.process(document.querySelector('form#writing'))")
        write(live)
        send(live)
        expect(live.get_by_text("系统出了问题", exact=True)).to_be_visible()
        assert words(live) == WORDS


class TestExpiredToken:
    def test_the_page_is_sent_again_by_one_press(self, writing: Page):
        write(writing)
        writing.context.clear_cookies(name="csrftoken")
        send(writing)
        writing.get_by_role("button", name="再提交一次").click()
        assert_done(writing)
        assert sample_site.received[0]["state"] == WORDS

    def test_by_htmx_the_same_button_works_the_second_time(self, live: Page):
        write(live)
        live.context.clear_cookies(name="csrftoken")
        send(live)
        expect(live.get_by_text("请再按一次按钮")).to_be_visible()
        assert words(live) == WORDS
        send(live)
        assert_done(live)
        assert sample_site.received[0]["state"] == WORDS
