"""The green channel in a real browser, with thirty victims: from the table to thirty decisions, each its own number."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.delivery.tests.test_in_browser import sign_in
from gongjian.kernel import moment
from gongjian.recognition.actions import accident
from gongjian.recognition.models import Accident, Decision
from gongjian.recognition.tests.accidents import a_table, a_victim
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_bureau,
    a_colleague,
    a_kept_site,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_accidents import case_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
VICTIMS = 30
SECONDS = 240_000
"""Thirty turns with their papers, on a machine that does other things too."""


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY + timedelta(hours=3)):
        yield


def registered(page: Page) -> None:
    """The window takes the accident up."""
    page.get_by_role("link", name="登记事故").click()
    page.get_by_label("事故名称").fill("2·27云溪恒信机械厂房坍塌事故")
    page.get_by_label("重大安全事故").check()
    page.get_by_label("启动的理由").fill("市应急管理局通报为较大生产安全事故。")
    page.get_by_label("事故日期").fill("2026-02-27")
    page.get_by_label("事故地点").fill("一号厂房")
    page.get_by_label("事故经过和原因").fill("厂房屋面坍塌，正在调查。")
    page.get_by_label("事故单位全称").fill("云溪恒信机械有限公司")
    page.get_by_label("事故单位地址").fill("云溪市工业大道8号")
    page.get_by_label("单位联系电话").fill("19900000002")
    page.get_by_role("button", name="登记事故").click()


def all_done(page: Page, title: str) -> None:
    """Give the word, and wait until every turn was taken."""
    page.get_by_role("button", name=title).click()
    expect(page.get_by_text(f"已全部办完，共{VICTIMS}件：办成{VICTIMS}件，未办成0件")).to_be_visible(timeout=SECONDS)


def as_user(page: Page, site: str, user: User, row: Accident) -> None:
    """Whoever is next opens the accident."""
    sign_in(page, site, user)
    page.goto(f"{site}/recognition/accidents/{row.pk}/")


def test_thirty_victims_of_one_accident_get_thirty_decisions(page: Page, live_server, tmp_path: Path):
    site = live_server.url
    a_bureau()
    sign_in(page, site, the_clerk())
    page.goto(f"{site}/recognition/accidents/")
    registered(page)
    row = Accident.objects.get()
    table = tmp_path / "list.xlsx"
    rows = [a_victim(serial) for serial in range(1, VICTIMS + 1)]
    table.write_bytes(a_table(*rows[:-1], {**rows[-1], "telephone": "1"}).read())
    page.get_by_label("名单（.xlsx）").set_input_files(table)
    page.get_by_role("button", name="上传名单").click()
    expect(page.get_by_text("第31行")).to_be_visible()
    table.write_bytes(a_table(*rows).read())
    page.get_by_label("名单（.xlsx）").set_input_files(table)
    page.get_by_role("button", name="再次上传名单").click()
    expect(page.get_by_text("已录入1名，另有29名已在名单上。")).to_be_visible()
    page.get_by_role("link", name=f"立案受理并通知（{VICTIMS}名）").click()
    all_done(page, "立案受理并通知")

    colleague = a_colleague()
    as_user(page, site, an_investigator(), row)
    page.get_by_role("link", name=f"开始调查核实（{VICTIMS}名）").click()
    page.get_by_label(colleague.name).check()
    all_done(page, "开始调查核实")
    site_record = a_kept_site(case_of(row))
    accident.share(row, "site", site_record.pk, by=an_investigator())
    page.goto(f"{site}/recognition/accidents/{row.pk}/")
    page.get_by_role("link", name=f"拟定认定意见（{VICTIMS}名）").click()
    page.get_by_label("14-1").check()
    page.get_by_label("共同查明的事实第1句").fill("一号厂房屋面坍塌。")
    page.locator("#id_rests_1").select_option(f"site-{site_record.pk}")
    page.locator("#id_own_rests").select_option(f"site-{site_record.pk}")
    all_done(page, "拟定认定意见")

    for user, title in ((the_reviewer(), "复核"), (the_signer(), "签发决定书")):
        as_user(page, site, user, row)
        page.get_by_role("link", name=f"{title}（{VICTIMS}名）").click()
        expect(page.get_by_text("共同查明的事实")).to_be_visible()
        all_done(page, title)

    numbers = Decision.objects.values_list("paper__sequence", flat=True).order_by("paper__sequence")
    assert list(numbers) == list(range(1, VICTIMS + 1))
    assert set(Case.objects.values_list("state", flat=True)) == {"decided"}
