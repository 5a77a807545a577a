"""The estimate and the days of a limit in a real browser, at the width of a telephone too."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import a_worker_user
from gongjian.conclusions.tests.builders import a_concluded_case
from gongjian.delivery.tests.test_in_browser import WIDTHS, looked_at, sign_in
from gongjian.kernel import moment
from gongjian.kernel.tests.browsing import complaints, sticks_out, violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def today():
    with moment.fixed(moment.at(date(2026, 4, 20))):
        yield


def fits(page: Page) -> None:
    """The page as it stands, at every width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sticks_out(page) == 0, width
    assert violations(page) == []


def choose(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="下一步").click()


def fill(page: Page, label: str, value: str) -> None:
    page.get_by_label(label).fill(value)
    page.get_by_role("button", name="下一步").click()


def test_a_stranger_walks_through_an_estimate_with_nothing_in_the_address(page: Page, live_server):
    found = complaints(page)
    page.goto(f"{live_server.url}/benefits/")
    fits(page)
    choose(page, "受伤或者患职业病，已认定工伤")
    fill(page, "事故发生或者职业病诊断的日期", "2026-03-02")
    fill(page, "伤残等级", "5")
    choose(page, "生活部分不能自理")
    choose(page, "否")
    fill(page, "现行统筹地区上年度职工月平均工资", "8400")
    fill(page, "受伤前12个月逐月缴费工资", "5000×12")
    fill(page, "核算本人工资上下限", "8000")
    choose(page, "否")
    fill(page, "当地月最低工资标准", "3600")
    expect(page.get_by_text("必要的事实都问到了")).to_be_visible()
    expect(page.get_by_text("90,000.00元", exact=True)).to_be_visible()
    assert page.url == f"{live_server.url}/benefits/"
    fits(page)
    assert found == []


def test_the_worker_of_a_case_sees_its_estimate_and_its_days(page: Page, live_server):
    case = a_concluded_case().case
    sign_in(page, live_server.url, a_worker_user())
    looked_at(page, f"{live_server.url}/benefits/cases/{case.number}/")
    page.goto(f"{live_server.url}/portal/case/{case.number}/")
    page.get_by_role("link", name=re.compile("逐日看.*申请再次鉴定")).click()
    expect(page.get_by_text("最后一日", exact=True)).to_be_visible()
    fits(page)
