"""The pages of a report at every width: nothing sticks out on a phone, nothing serious for a screen reader; a report is filed and handled by hand."""

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import an_employer_user, an_outsider
from gongjian.deaths import actions
from gongjian.deaths.models import Report
from gongjian.deaths.tests.builders import NUMBER, REPORTED, a_report, an_entered_report, at, the_employer
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.parties.tests.builders import an_id_number
from gongjian.recognition.tests.builders import a_bureau, an_entered_case, the_clerk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(REPORTED):
        yield


def test_an_employer_reports_and_goes_on_to_the_application(page: Page, live_server):
    the_employer(), a_bureau()
    sign_in(page, live_server.url, an_employer_user())
    for address in ("mine/", "mine/new/"):
        looked_at(page, f"{live_server.url}/deaths/{address}")
    for label, told in {
        "职工姓名": "钟守仓", "证件号码": NUMBER, "岗位": "夜班保管员", "发病的地点": "三号仓库值班室",
        "发病时的情况": "巡库时胸口疼。", "发病的时间": "2026-03-02T21:40", "送到哪家医院": "云溪市第一人民医院",
        "初次诊断的时间": "2026-03-02T22:15", "死亡的时间": "2026-03-04T06:05",
    }.items():  # fmt: skip
        page.get_by_label(label, exact=False).first.fill(told)
    page.get_by_role("button", name="提交报告").click()
    expect(page.get_by_text("31小时50分").first).to_be_visible()
    row = Report.objects.get()
    looked_at(page, f"{live_server.url}/deaths/{row.pk}/")
    page.get_by_role("button", name="用这份报告开始申请工伤认定").click()
    expect(page.get_by_role("heading", name="受伤职工")).to_be_visible()
    expect(page.get_by_label("职工姓名")).to_have_value("钟守仓")


def test_the_bureau_handles_what_was_reported(page: Page, live_server):
    row, _ = a_report(papers=1), an_entered_report()
    done = a_report(id_number=an_id_number(8))
    actions.close(done, "与前一份报告重复。", by=the_clerk())
    case = an_entered_case(name="钟守仓", id_number=NUMBER, at=at(5, 8))
    sign_in(page, live_server.url, the_clerk())
    for address in ("", "enter/", f"{row.pk}/", f"{done.pk}/"):
        looked_at(page, f"{live_server.url}/deaths/{address}")
    page.goto(f"{live_server.url}/deaths/{row.pk}/")
    page.get_by_role("button", name="关联").filter(has_text=case.number).click()
    expect(page.get_by_text("已关联案件").first).to_be_visible()
    page.goto(f"{live_server.url}/desk/cases/{case.number}/")
    expect(page.get_by_role("link", name=row.number)).to_be_visible()


def test_an_account_without_an_employer_is_told_whom_to_call(page: Page, live_server):
    a_bureau()
    sign_in(page, live_server.url, an_outsider())
    looked_at(page, f"{live_server.url}/deaths/mine/")
