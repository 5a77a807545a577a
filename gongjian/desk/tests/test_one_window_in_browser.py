"""One injury at one window: determination, appraisal and benefits, begun by one clerk, read by the worker as one story, answered by the agency."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_worker_user
from gongjian.applications.asking import asking_of
from gongjian.applications.models import Draft
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.tests.builders import answers as of_appraisal
from gongjian.cases.models import Case
from gongjian.claims.models import Claim
from gongjian.claims.states import State
from gongjian.claims.tests.test_without_a_grade import a_served_recognition
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.desk.tests.test_intake import the_hall
from gongjian.desk.tests.test_never_twice import decided
from gongjian.kernel import moment
from gongjian.kernel.tests.browsing import sticks_out, violations
from gongjian.materials.actions import add_page, material_of
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.states import RECOGNITION
from gongjian.recognition.tests.builders import MONDAY
from gongjian.recognition.tests.online import answers as of_recognition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(MONDAY):
        yield


def fits(page: Page) -> None:
    assert sticks_out(page) == 0, page.url
    assert violations(page) == [], page.url


def picture(number: int) -> Any:
    return {"name": "scan.png", "mimeType": "image/png", "buffer": a_picture(number).read()}


def types(page: Page, told: dict[str, dict[str, Any]]) -> list[str]:
    """Fill in every field that the page asks for; the names of those it did not ask for."""
    absent = []
    for name, value in ((name, value) for fields in told.values() for name, value in fields.items()):
        found = page.locator(f'[name="{name}"]')
        if not found.count():
            absent.append(name)
        elif found.first.get_attribute("type") in ("radio", "checkbox"):
            choices = value if isinstance(value, list) else [value]
            for choice in (each for each in choices if each):
                ticked = found if choice is True else page.locator(f'[name="{name}"][value="{choice}"]')
                ticked.evaluate("box => { for (let d = box.closest('details'); d; d = null) d.open = true }")
                ticked.check()
        elif found.evaluate("field => field.tagName") == "SELECT":
            found.select_option(value)
        else:
            found.fill(value)
    return absent


def arrives(page: Page, site: str) -> None:
    """The document is looked at and scanned, once."""
    page.goto(f"{site}/desk/")
    page.get_by_role("link", name="一窗受理").click()
    fits(page)
    page.get_by_label("姓名（照证件）").fill("林知远")
    page.get_by_label("证件号码").fill(an_id_number())
    page.get_by_label("证件正面").set_input_files(picture(61))
    page.get_by_label("已核对证件原件，是本人的证件").check()
    page.get_by_role("button", name="核对完毕，看能办什么").click()
    expect(page.get_by_role("heading", level=1, name="林知远今天来办什么")).to_be_visible()
    fits(page)


def missing_of(draft: Draft) -> list[str]:
    """The kinds that the list demands and nobody has handed in."""
    there = set(draft.materials.filter(pages__isnull=False).values_list("kind", flat=True))
    return [each.kind.code for each in asking_of(draft).wanted(draft) if each.required and each.kind.code not in there]


def hands_in(page: Page, title: str, number: int) -> Case:
    """One paper is scanned on the page, the rest of the list beside it, and the application is registered."""
    page.get_by_role("button", name="保存，下一步：扫描材料").click()
    page.get_by_role("link", name=title).click()
    page.locator("input[type=file]").set_input_files(picture(number))
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("已收下1个文件")).to_be_visible()
    draft = Draft.objects.latest("pk")
    for place, kind in enumerate(missing_of(draft), 40 + number * 10):
        add_page(material_of(kind, draft_id=draft.pk), a_picture(place), name=f"{kind}.png", by=draft.user)
    page.get_by_role("link", name="完成，返回").click()
    page.get_by_role("link", name="下一步：核对").click()
    fits(page)
    page.get_by_role("link", name="没有错，下一步").click()
    page.get_by_role("button", name="登记，出具回执").click()
    expect(page.get_by_role("heading", level=1, name="申请已收到")).to_be_visible()
    return Case.objects.latest("pk")


def test_one_clerk_takes_in_all_three_businesses_and_asks_nothing_twice(page: Page, live_server):
    site, clerk = live_server.url, the_hall()
    sign_in(page, site, clerk)
    arrives(page, site)
    hall = page.url
    page.get_by_role("button", name="录入工伤认定申请").click()
    expect(page.get_by_text("来自今天核对的证件原件")).to_be_visible()
    assert types(page, of_recognition()) == ["name", "id_type", "id_number"]
    recognised = decided(hands_in(page, "劳动关系证明", 1), codes=("133:right",))
    assert recognised.procedure == RECOGNITION

    page.goto(hall)
    page.get_by_role("button", name="申请鉴定").click()
    fits(page)
    absent = types(page, of_appraisal())
    known = {
        "name",
        "id_number",
        "employer_name",
        "recognition_number",
        "recognition_on",
        "injured_on",
        "parts",
        "hospital",
    }
    assert known <= set(absent)
    appraised = hands_in(page, "有效的诊断证明", 2)
    assert (appraised.procedure, appraised.application.recognised_case) == (INITIAL, recognised)
    assert appraised.person == recognised.person and Draft.objects.count() == 2

    page.goto(hall)
    page.get_by_role("link", name="估算并申领治疗期间的待遇").click()
    page.get_by_role("button", name="去申领").click()
    expect(page.get_by_text("平台已有的直接随卷送去，不用再交")).to_be_visible()
    fits(page)
    assert not page.locator('[name="identity"]').count()
    page.get_by_role("button", name="提交申领").click()
    expect(page.get_by_text("等待经办机构核定").first).to_be_visible()
    assert Claim.objects.get().founded_on == recognised

    for address in (f"{site}/desk/intake/", hall, page.url):
        looked_at(page, address)


def test_the_worker_chooses_among_three_and_reads_one_story_to_the_payment(page: Page, live_server):
    site, case = live_server.url, a_served_recognition()
    sign_in(page, site, a_worker_user())
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site}/portal/apply/")
    for wish in ("申请工伤认定", "申请劳动能力鉴定", "申领工伤待遇"):
        expect(page.get_by_role("link", name=re.compile(f"^{wish}"))).to_be_visible()
    fits(page)
    page.get_by_role("link", name="申领工伤待遇").click()
    fits(page)
    page.get_by_role("link", name="先估算，再申领").click()
    page.get_by_role("button", name="去申领").click()
    fits(page)
    page.get_by_label("医疗费票据和费用清单").set_input_files(picture(9))
    page.get_by_role("button", name="提交申领").click()
    expect(page.get_by_text("等待经办机构核定").first).to_be_visible()

    agent = a_member(Role.REVIEWER, "贺核算", office=Claim.objects.get().office)
    page.context.clear_cookies()
    sign_in(page, site, agent)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}/claims/")
    page.get_by_role("link", name="打开").click()
    page.get_by_role("link", name="退回补正").click()
    page.get_by_label("写给申领人").fill("还缺身份证件的照片。")
    page.get_by_label("请在这一天以前补齐").fill("2026-03-20")
    page.get_by_role("button", name="退回补正").click()
    expect(page.get_by_text("请在2026年3月20日以前补齐")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, site, a_worker_user())
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site}/portal/")
    page.get_by_role("link", name="从认定到待遇").click()
    for title in ("工伤认定", "劳动能力鉴定", "工伤待遇", "最近谁看过资料"):
        expect(page.get_by_role("heading", level=2, name=title).first).to_be_visible()
    expect(page.get_by_text("云溪市社会保险经办中心（复核）").first).to_be_visible()
    fits(page)
    page.get_by_role("link", name="补齐材料").click()
    page.get_by_label("身份证件").set_input_files(picture(10))
    page.get_by_role("button", name="补齐并再次提交").click()
    expect(page.get_by_text("材料已补齐")).to_be_visible()
    claim = Claim.objects.get()
    assert (claim.state, claim.founded_on) == (State.SUBMITTED, case)
    for address in ("portal/apply/", "portal/apply/for/benefits/", "portal/story/", f"claims/{claim.pk}/"):
        looked_at(page, f"{site}/{address}")
