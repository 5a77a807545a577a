"""The calendar in a real browser: at every width, and a sitting dragged to another day."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from gongjian.accounts.tests.builders import a_scheduler
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import DAY, PLANNED, a_booking, a_sitting, at
from gongjian.sittings.tests.test_in_browser import looked_at, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def test_a_sitting_is_dragged_to_another_day_and_the_page_says_what_that_means_first(page, live_server):
    sitting, later = a_sitting(), DAY + timedelta(days=2)
    a_booking(sitting=sitting)
    sign_in(page, live_server.url, a_scheduler())
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/sittings/calendar/?day={DAY}")
    page.locator("[data-move]").drag_to(page.locator(f"[data-day='{later}']"))
    expect(page.get_by_role("heading", name="改日期")).to_be_visible()
    expect(page.get_by_text("已安排的1人仍在本场")).to_be_visible()
    sitting.refresh_from_db()
    assert sitting.day == DAY
    expect(page.get_by_label("改到哪一天")).to_have_value(str(later))
    page.get_by_role("button", name="改到这一天").click()
    expect(page.get_by_text(f"的日期是{later}")).to_be_visible()
    sitting.refresh_from_db()
    assert sitting.day == later


def test_the_calendars_pages_at_every_width(page, live_server):
    sitting = a_sitting()
    a_booking(sitting=sitting)
    a_sitting(day=DAY + timedelta(days=1), state=SittingState.PUBLISHED)
    sign_in(page, live_server.url, a_scheduler())
    for span in ("month", "week", "day"):
        looked_at(page, f"{live_server.url}/sittings/calendar/?span={span}&day={DAY}")
    looked_at(page, f"{live_server.url}/sittings/{sitting.number}/move?day=2026-03-22")
