"""Two applications about one injury in a real browser: the clerk sees them side by side, and joins them or keeps them apart."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from gongjian.cases.models import Case
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.recognition.models import Joining
from gongjian.recognition.tests.builders import MONDAY, PAPERS, an_accepted_case, an_entered_case, the_clerk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY + timedelta(hours=2)):
        yield


def the_employers() -> Case:
    """The employer's own application about the same injury."""
    told = {"capacity": "employer", "applicant_name": "周若岚", "cause": "未停机即更换刀具", "place": "公司二车间"}
    return an_entered_case(papers=PAPERS[:1], **told)


def test_the_clerk_compares_two_applications_and_joins_them(page: Page, live_server):
    first, second = an_accepted_case(), the_employers()
    sign_in(page, live_server.url, the_clerk())
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("row", name=re.compile("判断是否同一次伤害")).get_by_role(
        "link", name=re.compile("判断是否同一次伤害")
    ).click()
    looked_at(page, page.url)
    page.get_by_role("link", name=f"比对{first.number}").click()
    looked_at(page, page.url)
    expect(page.get_by_text("更换刀具时工件松脱")).to_be_visible()
    expect(page.get_by_text("未停机即更换刀具")).to_be_visible()
    page.get_by_label("理由").fill("时间、地点和受伤部位一致。")
    page.get_by_role("button", name="是同一次伤害，合并办理").click()
    expect(page.get_by_text(f"{second.number}并入{first.number}")).to_be_visible()
    expect(page.get_by_text("另一方的申请已并入本案")).to_be_visible()
    page.goto(f"{live_server.url}/desk/cases/{second.number}/")
    expect(page.get_by_text("本件的申请、材料和陈述完整保留")).to_be_visible()
    looked_at(page, page.url)


def test_the_clerk_keeps_two_applications_apart_and_no_word_is_lost_without_a_reason(page: Page, live_server):
    first, second = an_accepted_case(), the_employers()
    sign_in(page, live_server.url, the_clerk())
    page.goto(f"{live_server.url}/recognition/{second.number}/compare/{first.number}")
    page.get_by_role("button", name="不是同一次伤害，分别办理").click()
    expect(page.get_by_text("请写明理由").first).to_be_visible()
    page.goto(f"{live_server.url}/recognition/{second.number}/compare/{first.number}")
    page.get_by_label("理由").fill("一次伤手，一次伤脚。")
    page.get_by_role("button", name="不是同一次伤害，分别办理").click()
    expect(page.get_by_text("已记录：不是同一次伤害，分别办理。")).to_be_visible()
    assert Joining.objects.get().verdict == "apart"
