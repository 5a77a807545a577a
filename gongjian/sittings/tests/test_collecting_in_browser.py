"""From the employer's page to the worker's own word: each width, nothing serious for a screen reader."""

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import a_scheduler, an_employer_user
from gongjian.sittings.collectives import Collective
from gongjian.sittings.states import WishState
from gongjian.sittings.tests.builders import PLANNED, at
from gongjian.sittings.tests.collectives import a_workers_case
from gongjian.sittings.tests.test_in_browser import looked_at, sign_in
from gongjian.sittings.tests.wishes import the_worker_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def test_an_employer_asks_the_office_says_yes_and_a_worker_says_no(page: Page, live_server):
    cases = [a_workers_case(n) for n in range(1, 6)]
    site = f"{live_server.url}/sittings"
    sign_in(page, live_server.url, an_employer_user())
    page.goto(f"{site}/collectives/")
    page.get_by_role("link", name="申请企业集中鉴定").click()
    looked_at(page, page.url)
    for case in cases:
        page.get_by_label(case.number).check()
    page.get_by_label("鉴定地点的详细地址").fill("云溪市工业大道8号办公楼二楼")
    page.get_by_label("能提供几间单独的房间").fill("2")
    page.get_by_label("现场联系人和电话").fill("周若岚 19900000002")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("职工是否参加由本人决定。").first).to_be_visible()
    looked_at(page, page.url)
    row = Collective.objects.get()
    sign_in(page, live_server.url, a_scheduler())
    looked_at(page, f"{site}/collectives/{row.pk}/answer")
    page.get_by_label("同意，逐人征求意见").check()
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("征求意见5人，已同意0人")).to_be_visible()
    looked_at(page, f"{site}/collectives/{row.pk}/off")
    sign_in(page, live_server.url, the_worker_of(cases[0]))
    looked_at(page, f"{site}/case/{cases[0].number}/modes/offer")
    page.get_by_role("button", name="不接受").click()
    expect(page.get_by_text("已记下：不接受这种方式")).to_be_visible()
    assert row.wishes.get(case=cases[0]).state == WishState.DECLINED
