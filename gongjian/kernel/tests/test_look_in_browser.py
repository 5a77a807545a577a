"""Every face in a real browser at the widths of an old phone, a tablet and a desk; by keyboard, large and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from gongjian.kernel.tests.browsing import complaints, served, sign_in, sticks_out, violations

FACES = {"portal": "lin", "desk": "chen", "workbench": "luo", "public": "", "projector": ""}
WIDTHS = [360, 768, 1440]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(autouse=True)
def _patience(page: Page) -> None:
    page.set_default_timeout(15_000)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("face", FACES)
def test_every_face_fits_its_window_and_axe_finds_nothing(page: Page, site: str, face: str, width: int):
    said = complaints(page)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, site, FACES[face] or "nobody")
    page.goto(f"{site}/page/look/{face}/")
    assert sticks_out(page) == 0
    assert violations(page) == []
    assert said == []


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_large_type_fits_the_smallest_phone(page: Page, site: str, face: str):
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, site, FACES[face])
    page.goto(f"{site}/page/look/{face}/")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("button", name="大字版").click()
    expect(page.get_by_role("button", name="标准字")).to_be_visible()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 1.3 * before
    assert sticks_out(page) == 0
    assert violations(page) == []


def test_a_form_with_mistakes_takes_the_eye_to_the_summary_and_axe_finds_nothing(page: Page, site: str):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site}/page/look/")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.locator(".gj-errors")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("link", name="谁来申请：请选择。").click()
    expect(page.get_by_label("我本人", exact=True)).to_be_focused()


@pytest.mark.parametrize("address", ["/nowhere/", "/refuse/rule/", "/refuse/forbidden/", "/account/sign-in/"])
def test_pages_of_refusal_are_as_well_made(page: Page, site: str, address: str):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + address)
    assert sticks_out(page) == 0
    assert violations(page) == []


def test_targets_of_citizens_are_big_enough_for_a_thumb(page: Page, site: str):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site}/page/look/portal/")
    small = page.evaluate(
        """[...document.querySelectorAll('main .btn, main .form-control, main .form-select, main .gj-deadline > summary')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 47.5).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_the_keyboard_reaches_the_text_first_and_shows_where_it_is(page: Page, site: str):
    page.goto(f"{site}/page/look/portal/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_deadline_opens_its_working_and_closes_when_one_looks_elsewhere(page: Page, site: str):
    sign_in(page, site, "chen")
    page.goto(f"{site}/page/look/desk/")
    chip = page.locator("tbody .gj-deadline").first
    chip.locator("summary").click()
    expect(chip.get_by_text("期限届满")).to_be_visible()
    page.keyboard.press("Escape")
    expect(chip.get_by_text("期限届满")).to_be_hidden()
    chip.locator("summary").click()
    page.locator("h1").click()
    expect(chip.get_by_text("期限届满")).to_be_hidden()


def test_a_dialog_opens_and_closes_by_keyboard(page: Page, site: str):
    page.goto(f"{site}/page/look/portal/")
    page.get_by_role("button", name="看说明").press("Enter")
    expect(page.get_by_role("dialog", name="什么是初次鉴定")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="关闭").press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_menu_of_the_person_opens_without_script(browser: Browser, site: str):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, site, "chen")
        page.goto(f"{site}/page/look/desk/")
        page.locator(".gj-person summary").click()
        expect(page.get_by_text("市鉴定委·窗口受理")).to_be_visible()
        expect(page.get_by_role("button", name="退出登录")).to_be_visible()


def test_who_wants_no_motion_gets_none(page: Page, site: str):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/page/look/portal/")
    slow = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0.01).length"
    )
    assert slow == 0


def test_on_paper_there_is_the_text_and_no_chrome(page: Page, site: str):
    sign_in(page, site, "lin")
    page.goto(f"{site}/write/")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("header")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_be_hidden()


def test_chosen_files_are_named_with_their_size(page: Page, site: str):
    page.goto(f"{site}/page/look/portal/")
    page.get_by_label("诊断证明").set_input_files(
        {"name": "诊断证明.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 3000}
    )
    expect(page.locator(".gj-chosen")).to_have_text("诊断证明.jpg（3 KB）")
