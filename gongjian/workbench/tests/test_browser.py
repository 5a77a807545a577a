"""The examination in a real browser, on a tablet: typed words are kept, leaves turn by key, a thick file opens at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.db import connections, transaction

from gongjian.accounts.tests.builders import PASSWORD
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.models import Opinion, OpinionDraft
from gongjian.opinions.tests.builders import an_opinion_of, the_experts
from gongjian.workbench.tests.builders import a_case_on_the_table, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("exam_day")]
TABLET = {"width": 768, "height": 1024}
MOST_REQUESTS = 12


def in_a_thread(act: Any) -> Any:
    """Run what signs papers away from the browser's event loop."""

    def run() -> Any:
        try:
            with transaction.atomic():
                return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.fixture
def tablet(live_server: Any, page: Any, seated: Any) -> Any:
    """The first expert at a tablet, with a case of 300 leaves declared; the page is not opened yet."""
    _, code = in_a_thread(lambda: a_case_on_the_table(seated, leaves=300))
    user = the_experts(1)[0]
    in_a_thread(lambda: declare_no_conflict(code, by=user))
    page.set_viewport_size(TABLET)
    cookie = {"name": "sessionid", "value": signed_in(user).cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    yield page, f"{live_server.url}/expert/{code}/opinion/", code
    page.wait_for_load_state("networkidle")  # no request may still write while the tables are emptied
    page.goto("about:blank")


def saved(page: Any) -> None:
    page.wait_for_selector("#saved:has-text('已自动保存')")


def test_l12_three_hundred_leaves_open_with_few_requests_before_the_first_paint(tablet):
    page, address, _ = tablet
    page.goto(address.split("/expert/")[0] + "/expert/", wait_until="networkidle")
    page.goto(address, wait_until="networkidle")
    started = page.evaluate(
        """() => { const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
        return performance.getEntriesByType("resource")
          .filter((each) => each.startTime < paint && each.transferSize > 0).map((each) => each.name) }"""
    )
    assert len(started) + 1 <= MOST_REQUESTS, started
    resources = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert len([name for name in resources if "/static/" not in name]) <= 2


def test_leaves_turn_by_key_but_not_while_writing(tablet):
    page, address, _ = tablet
    page.goto(address)
    page.locator("body").press("ArrowRight")
    page.wait_for_selector("#goto[value='2']")
    page.locator("body").press("+")
    page.wait_for_selector(".wb-zoom-2")
    page.fill("#injury-0", "左小腿")
    page.locator("#injury-0").press("ArrowRight")
    page.wait_for_timeout(300)
    assert page.input_value("#goto") == "2"


def test_l07_what_is_typed_is_kept_and_comes_back_on_another_device(tablet):
    page, address, _ = tablet
    page.goto(address)
    page.fill("#condition-0", "左膝活动轻度受限")
    saved(page)
    page.goto(address)
    assert page.input_value("#condition-0") == "左膝活动轻度受限"
    assert OpinionDraft.objects.get().version == 2


def test_l07_two_windows_do_not_overwrite_each_other(tablet):
    page, address, _ = tablet
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.fill("#reason", "另一台写的")
    other.wait_for_selector("#saved:has-text('已自动保存')")
    page.fill("#reason", "这一台写的")
    page.wait_for_selector("text=没有覆盖任何一份")
    assert page.input_value("#reason") == "这一台写的"
    assert OpinionDraft.objects.get().content["reason"] == "另一台写的"
    page.click("text=保留本页内容")
    page.wait_for_load_state("networkidle")
    assert OpinionDraft.objects.get().content["reason"] == "这一台写的"


def test_a_clause_is_found_by_initials_and_the_words_typed_before_stay(tablet):
    page, address, _ = tablet
    page.goto(address)
    page.fill("#injury-0", "左胫腓骨骨折术后")
    page.locator("#clause-0 button:has-text('选条款')").click()
    page.wait_for_selector("#clause-q:focus")
    page.keyboard.type("szcgzg")
    page.locator(".wb-option button:visible").first.click()
    page.wait_for_selector(".wb-clause-chosen:has-text('5.9.2(23)')")
    assert page.input_value("#injury-0") == "左胫腓骨骨折术后"


def test_none_of_the_five_and_the_five_exclude_each_other(tablet):
    page, address, _ = tablet
    page.goto(address)
    page.check("[name=selfcare][value=eating]")
    page.check("[name=selfcare_none]")
    assert not page.is_checked("[name=selfcare][value=eating]")
    page.check("[name=selfcare][value=moving]")
    assert not page.is_checked("[name=selfcare_none]")


def test_a_surgeon_walks_from_list_to_seal(tablet):
    page, address, code = tablet
    page.goto(address.split("/expert/")[0] + "/expert/")
    page.click("text=检查 >> nth=-1")
    page.locator("button.wb-remove").nth(1).scroll_into_view_if_needed()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("button.wb-remove").nth(1).click()
    page.wait_for_selector("#finding-1", state="detached")
    page.fill("#injury-0", "左胫腓骨骨折术后")
    page.fill("#condition-0", "骨折愈合，左膝活动轻度受限")
    page.locator("#clause-0 button:has-text('选条款')").click()
    page.wait_for_selector("#clause-q:focus")
    page.keyboard.type("长管状骨")
    page.locator(".wb-option button:visible").first.click()
    page.wait_for_selector(".wb-clause-chosen")
    page.locator("label.wb-tick:has-text('九级')").click()
    page.locator("label:has-text('五项均不')").click()
    page.fill("#reason", "内固定术后，功能轻度受限")
    page.wait_for_selector(".wb-ready")
    page.click("text=核对并签名")
    page.fill("#password", PASSWORD)
    page.click("text=签名并封存")
    page.wait_for_selector("text=您的意见已签名封存")
    assert Opinion.objects.get().assignment.exam_code == code


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_is_wider_than_its_screen(tablet, width):
    page, address, _ = tablet
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + "?pick=0&q=骨折")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def serious(page: Any) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['target']}" for each in found if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(
    "path", ["opinion/", "opinion/?pick=0&q=骨折", "opinion/?pick=0", "paper/?n=2&zoom=2", "sign/"]
)
def test_axe_finds_nothing_serious_while_one_examines(tablet, path):
    page, address, _ = tablet
    page.goto(address.replace("opinion/", path), wait_until="networkidle")
    assert serious(page) == []


@pytest.mark.parametrize("path", ["", "sittings/", "history/"])
def test_axe_finds_nothing_serious_on_the_lists(tablet, path):
    page, address, _ = tablet
    page.goto(address.split("/expert/")[0] + "/expert/" + path, wait_until="networkidle")
    assert serious(page) == []


def test_axe_finds_nothing_serious_before_and_after(tablet):
    page, address, code = tablet
    users = the_experts(3)
    for user in users[1:]:
        in_a_thread(lambda user=user: declare_no_conflict(code, by=user))
    for user, grade in zip(users, (8, 9, 10), strict=True):
        in_a_thread(lambda user=user, grade=grade: sealed_by_hand(code, user, grade))
        if user == users[0]:
            page.goto(address.replace("opinion/", "sealed/"), wait_until="networkidle")
            assert serious(page) == []
    page.goto(address.replace("opinion/", "talk/"), wait_until="networkidle")
    assert "第1席（我）" in page.content()
    assert serious(page) == []


def sealed_by_hand(code: str, user: Any, grade: int) -> None:
    save_draft(code, an_opinion_of(grade), version=1, by=user)
    seal_opinion(code, version=2, password=PASSWORD, by=user)


def test_axe_finds_nothing_serious_on_the_declaration(live_server, page, seated):
    _, code = in_a_thread(lambda: a_case_on_the_table(seated))
    cookie = signed_in(the_experts(1)[0]).cookies["sessionid"].value
    page.set_viewport_size(TABLET)
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/expert/{code}/declare/", wait_until="networkidle")
    assert serious(page) == []
