"""A worker applies for recognition on a small phone: writes, hands in, is told once what is missing, brings it, is accepted."""

import re

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import a_worker_user
from gongjian.applications.actions.supplement import Item
from gongjian.cases.models import Case
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.kernel.tests.browsing import sticks_out, violations
from gongjian.materials.tests.builders import a_picture
from gongjian.parties.tests.builders import an_id_number
from gongjian.portal.tests.test_phone import FIRST, PHONE, bottom
from gongjian.recognition.actions import review, supplementing
from gongjian.recognition.states import State
from gongjian.recognition.steps import STEPS
from gongjian.recognition.tests.builders import INJURED, MONDAY, a_bureau, the_clerk
from gongjian.recognition.tests.online import a_written_draft

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
ONWARD = "保存，下一步"
WRITTEN = {
    "person": {
        "职工姓名": "林知远",
        "证件号码": an_id_number(),
        "职工手机号": "19900000001",
        "职工住址": "云溪市东溪县柳桥路1号",
        "做什么工作": "车工",
    },
    "employer": {"用人单位名称": "云溪恒信机械有限公司"},
    "injury": {
        "受伤的日期": INJURED,
        "几点钟": "上午10点20分",
        "在哪里受的伤": "二车间3号车床",
        "怎么受的伤": "换刀具的时候工件松了",
        "伤得怎么样": "右手食指断了一节",
    },
    "medical": {"第一次看病的医院": "云溪市第一人民医院", "诊断的日期": INJURED, "医生的诊断": "右手示指离断伤"},
    "time": {},
    "address": {"收件人": "林知远", "收件人手机号": "19900000001", "送达地址": "云溪市东溪县柳桥路1号"},
}
"""Step → label → what is typed."""


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY):
        yield


@pytest.fixture
def phone(page: Page, live_server) -> Page:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, live_server.url, a_worker_user())
    return page


def fits(page: Page) -> None:
    """Nothing sticks out, axe finds nothing."""
    assert sticks_out(page) == 0, page.url
    assert violations(page) == [], page.url


def writes(page: Page, step: str, title: str) -> None:
    """Fill in one step as a person does, and go on."""
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    fits(page)
    for label, text in WRITTEN[step].items():
        page.get_by_label(label, exact=False).first.fill(text)
    if step == "injury":
        page.get_by_label("事故伤害").check()
    page.get_by_role("button", name=ONWARD).click()


def uploads(page: Page, title: str, number: int) -> None:
    """One photograph of a paper."""
    page.get_by_role("link", name=title).click()
    picture = {"name": "photo.png", "mimeType": "image/png", "buffer": a_picture(number).read()}
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("已收下1个文件")).to_be_visible()
    fits(page)


def test_a_worker_applies_on_a_phone_supplements_and_is_accepted(phone: Page, live_server):
    a_bureau()
    phone.goto(f"{live_server.url}/portal/")
    fits(phone)
    phone.get_by_role("link", name=re.compile("^申请工伤认定")).click()
    fits(phone)
    phone.get_by_role("button", name="开始申请").click()
    phone.get_by_label("工伤职工本人").check()
    phone.get_by_role("button", name=ONWARD).click()
    for step in STEPS.filled_in[1:]:
        writes(phone, step.code, step.title)
    uploads(phone, "受伤后的诊断证明书", 1)
    phone.get_by_role("link", name="完成，返回").click()
    phone.get_by_role("link", name="下一步：核对").click()
    expect(phone.get_by_text("还缺材料")).to_be_visible()
    fits(phone)
    phone.get_by_role("link", name="没有错，下一步").click()
    phone.get_by_role("checkbox").check()
    fits(phone)
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.get_by_role("heading", level=1, name="申请已收到")).to_be_visible()
    fits(phone)
    case = Case.objects.get()

    supplementing.ask_supplement(case, [Item("labour_relation", "请提交劳动合同或者工资条")], by=the_clerk())
    phone.goto(f"{live_server.url}/portal/case/{case.number}/")
    phone.get_by_role("link", name="补交材料").click()
    expect(phone.get_by_text("请提交劳动合同或者工资条")).to_be_visible()
    fits(phone)
    uploads(phone, "劳动关系证明", 2)
    phone.get_by_role("link", name="完成，返回").click()
    phone.get_by_role("button", name="都交齐了，提交").click()
    expect(phone.get_by_text("补正材料已提交")).to_be_visible()
    case.refresh_from_db()
    review.accept(case, by=the_clerk())
    phone.reload()
    expect(phone.get_by_text("已受理").first).to_be_visible()
    fits(phone)
    case.refresh_from_db()
    assert case.state == State.ACCEPTED


def test_the_first_field_of_every_step_stands_on_the_first_screen(phone: Page, live_server):
    draft = a_written_draft(by=a_worker_user())
    ends = {}
    for step in STEPS.filled_in:
        phone.goto(f"{live_server.url}/portal/apply/{draft.token}/{step.code}/")
        ends[step.code] = bottom(phone, "#standing h2" if step.code == "time" else FIRST)
    assert max(ends.values()) <= PHONE["height"], ends


def test_the_pages_of_an_application_at_every_width(page: Page, live_server):
    a_bureau()
    sign_in(page, live_server.url, a_worker_user())
    draft = a_written_draft(by=a_worker_user(), applicant={"capacity": "employer"})
    places = ["apply/", "apply/for/recognition/", *(f"apply/{draft.token}/{each}/" for each in (*_steps(), "check"))]
    for place in places:
        looked_at(page, f"{live_server.url}/portal/{place}")


def _steps() -> list[str]:
    return [step.code for step in STEPS.filled_in]
