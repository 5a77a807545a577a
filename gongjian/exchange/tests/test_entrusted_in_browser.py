"""委托鉴定 in a real browser: entrusted at one end, taken on and sent back at the other, read here; every page at every width."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, a_worker_user
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.exchange.models import Matter
from gongjian.exchange.tests.builders import the_other_end
from gongjian.exchange.tests.entrusting import (
    SCOPE,
    a_scheduler_there,
    an_entrustable_case,
    asking_office,
    booked,
    delivered,
    draws_closed,
    seals,
    seen_by_a_group,
    two_committees,
)
from gongjian.kernel import moment
from gongjian.sittings.tests.builders import AFTER, PLANNED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


def test_a_case_is_entrusted_examined_elsewhere_and_read_here(page: Page, live_server):
    case = an_entrustable_case()
    two_committees()
    site = live_server.url
    with moment.fixed(PLANNED + timedelta(hours=1)):
        sign_in(page, site, a_scheduler_there())
        looked_at(page, f"{site}/sittings/case/{case.number}/book")
        page.get_by_role("link", name="选定受托的鉴定委员会并发出委托").click()
        looked_at(page, page.url)
        page.get_by_label("委托说明").fill(SCOPE)
        page.get_by_label("请在这一日前发来专家组意见").fill("2026-04-10")
        page.get_by_role("button", name="签名并发送").click()
        expect(page.get_by_text("委托鉴定函已签名")).to_be_visible()
        looked_at(page, page.url)
        page.get_by_role("link", name="撤回委托，改在本地鉴定").click()
        looked_at(page, page.url)
    delivered(PLANNED + timedelta(hours=2))
    there = the_other_end(Matter.objects.get(direction="out"))
    with moment.fixed(PLANNED + timedelta(hours=3)):
        sign_in(page, site, a_clerk())
        looked_at(page, f"{site}/exchange/incoming/")
        page.get_by_role("main").get_by_role("link", name="办理").click()
        looked_at(page, page.url)
        page.get_by_role("button", name="接受委托").click()
        expect(page.get_by_text("已接受委托，正在告知委托机构")).to_be_visible()
        expect(page.get_by_role("heading", name="委托鉴定", exact=True)).to_be_visible()
        looked_at(page, page.url)
    there.refresh_from_db()
    booking = booked(there)
    for user, grade in zip(seen_by_a_group(booking), (9, 9, 10), strict=True):
        seals(booking.exam_code, user, grade)
    draws_closed(booking)
    with moment.fixed(AFTER):
        sign_in(page, site, a_reviewer())
        looked_at(page, f"{site}/exchange/entrusted/{booking.case.number}/send")
        page.get_by_role("button", name="签名并发回").click()
        expect(page.get_by_text("正在发往")).to_be_visible()
        looked_at(page, page.url)
    delivered(AFTER)
    with moment.fixed(AFTER + timedelta(hours=1)):
        sign_in(page, site, a_member(Role.REVIEWER, office=asking_office()))
        looked_at(page, f"{site}/conclusions/review/{case.number}/")
        expect(page.get_by_text("云溪市劳动能力鉴定委员会受托抽取的专家组")).to_be_visible()
        looked_at(page, f"{site}/desk/cases/{case.number}/")
        the_worker_follows(page, site, case.number, a_worker_user())


def the_worker_follows(page: Page, site: str, number: str, worker: User) -> None:
    sign_in(page, site, worker)
    looked_at(page, f"{site}/portal/case/{number}/")
    expect(page.get_by_text("专家组已经检查")).to_be_visible()
