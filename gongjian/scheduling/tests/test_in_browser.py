"""The scheduler's pages in a real browser: the picture fits or scrolls, nothing serious for a screen reader, and the walk works by pressing."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import a_scheduler, an_office
from gongjian.kernel import moment
from gongjian.scheduling.actions import plan_asked, propose
from gongjian.scheduling.models import Proposal
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, due
from gongjian.sittings.actions import book
from gongjian.sittings.models import Booking
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at
from gongjian.sittings.tests.test_in_browser import looked_at, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("林知远", "江雨晴", "罗向川", "苏明月", "何立春", "谢长风", "韩秋水", "魏南星")


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def a_full_office() -> Proposal:
    """Three sittings, one person there already, eight who wait: some late, one nowhere."""
    sittings = [a_day(EARLY + timedelta(days=shift), places=places) for shift, places in ((0, 3), (1, 2), (7, 3))]
    book(an_accepted_case(20, name="周一帆"), sittings[0], by=a_scheduler())
    for serial, name in enumerate(NAMES, start=1):
        case = an_accepted_case(serial, name=name)
        due(case, LATER if serial <= 4 else moment.today() + timedelta(days=40))
    return propose(an_office(), by=a_scheduler())


def test_the_pages_fit_every_width_and_are_accessible(page: Page, live_server):
    proposal = a_full_office()
    sign_in(page, live_server.url, a_scheduler())
    site = f"{live_server.url}/scheduling"
    looked_at(page, f"{site}/YXJD/")
    expect(page.get_by_role("img", name="各场次的名额")).to_be_visible()
    looked_at(page, f"{site}/case/{proposal.placements.filter(is_late=True).first().pk}/")
    looked_at(page, f"{site}/YXJD/sitting/{proposal.placements.exclude(sitting=None).first().sitting.number}/")
    looked_at(page, f"{site}/YXJD/capacity/")


def test_a_scheduler_puts_one_case_by_hand_plans_again_and_accepts(page: Page, live_server):
    a_full_office()
    sign_in(page, live_server.url, a_scheduler())
    page.goto(f"{live_server.url}/scheduling/")
    page.get_by_role("link", name="为什么、改到别处").first.click()
    page.get_by_label("指定到场次").select_option(index=3)
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("已记下。请重新排期")).to_be_visible()
    page.get_by_role("button", name="围绕已锁定的重新排期").click()
    expect(page.get_by_role("heading", name="正在排期")).to_be_visible()
    looked_at(page, page.url)
    plan_asked()
    page.get_by_role("button", name="采用方案，安排7人").click()
    expect(page.get_by_text("已安排7人")).to_be_visible()
    assert Booking.objects.count() == 8


def test_an_urgent_case_is_put_in_after_a_person_has_seen_whom_that_moves(page: Page, live_server):
    early = a_day(EARLY, places=1)
    a_day(LATER, places=2)
    first = an_accepted_case(1, name=NAMES[0])
    propose(an_office(), by=a_scheduler())
    urgent = due(an_accepted_case(2, name=NAMES[1]), LATER)
    sign_in(page, live_server.url, a_scheduler())
    page.goto(f"{live_server.url}/scheduling/YXJD/")
    page.get_by_role("row", name=urgent.number).get_by_role("link", name="插入急件").click()
    expect(page.get_by_text("要改动的人，共1人，已是最少")).to_be_visible()
    expect(page.get_by_role("row", name=first.number)).to_contain_text("方案中，还没有安排")
    looked_at(page, page.url)
    page.get_by_role("button", name="确认插入，按上表改动").click()
    expect(page.get_by_text("已插入2026年03月24日的场次")).to_be_visible()
    assert Booking.objects.get().sitting == early
