"""The pages in a real browser: nothing sticks out on a phone, nothing serious for a screen reader, the station works with a scanner."""

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_scheduler, a_worker_user, an_exam_staff
from gongjian.experts.tests.builders import an_expert
from gongjian.kernel.tests.browsing import complaints, sticks_out, violations
from gongjian.sittings.actions import ask_reschedule, call_next, enter, note_absence
from gongjian.sittings.models import Booking
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import (
    AFTER,
    DAY,
    MORNING,
    PLANNED,
    a_booking,
    a_grouped,
    a_sitting,
    an_accepted_case,
    at,
    put_in_sitting_state,
)
from gongjian.sittings.tests.test_pages import as_

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (360, 768, 1440)
NAMES = ("林知远", "江雨晴", "罗向川", "苏明月", "何立春", "谢长风")


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def sign_in(page: Page, site: str, user: User) -> None:
    """Give the browser the session of `user`."""
    cookie = as_(user).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


def a_busy_day() -> list[Booking]:
    """An open sitting: two called or waiting in group 1, one in group 2, three not yet here."""
    sitting = a_sitting(capacity=2)
    people = [a_grouped(an_accepted_case(n, name=NAMES[n - 1], parts=["143:left"]), sitting=sitting) for n in (1, 2, 3)]
    people += [a_booking(an_accepted_case(n, name=NAMES[n - 1]), sitting=sitting) for n in (4, 5, 6)]
    for booking, group in zip(people, (1, 1, 2), strict=False):
        enter(booking, group, f"{'一二'[group - 1]}号诊室")
    call_next(sitting, 1, an_exam_staff())
    put_in_sitting_state(sitting, SittingState.OPEN)
    return people


def looked_at(page: Page, address: str) -> None:
    """Open a page at every width: nothing sticks out, axe finds nothing, the console complains of nothing."""
    found = complaints(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert sticks_out(page) == 0, f"{address} at {width}"
        assert violations(page) == [], f"{address} at {width}"
    assert found == []


@pytest.mark.parametrize("name", ["sitting", "check-in", "queue", "absences"])
def test_the_exam_days_pages(page, live_server, name):
    people = a_busy_day()
    sign_in(page, live_server.url, an_exam_staff())
    path = "" if name == "sitting" else name
    looked_at(page, f"{live_server.url}/sittings/{people[0].sitting.number}/{path}")


@pytest.mark.parametrize("name", ["", "plan", "venues"])
def test_the_schedulers_pages(page, live_server, name):
    with at(PLANNED):
        a_sitting()
        a_sitting(state=SittingState.PUBLISHED)
        an_accepted_case()
        sign_in(page, live_server.url, a_scheduler())
        looked_at(page, f"{live_server.url}/sittings/{name}")


def test_the_schedulers_pages_of_a_case(page, live_server):
    with at(PLANNED):
        waiting, booked = an_accepted_case(parts=["143:left"]), a_booking(an_accepted_case(2, name="江雨晴"))
        a_sitting(state=SittingState.PUBLISHED)
        ask_reschedule(
            booked.case, reason="3月23日住院", available_from=DAY.replace(day=31), consent=True, by=a_worker_user()
        )
        sign_in(page, live_server.url, a_scheduler())
        for name, number in (("book", waiting.number), ("answer", booked.case.number), ("release", booked.case.number)):
            looked_at(page, f"{live_server.url}/sittings/case/{number}/{name}")
        looked_at(page, f"{live_server.url}/sittings/requests")


def test_the_pages_of_an_absence(page, live_server):
    booking = a_booking()
    sign_in(page, live_server.url, an_exam_staff())
    with at(AFTER):
        note_absence(booking, by=an_exam_staff())
        for name in ("absence", "terminate"):
            looked_at(page, f"{live_server.url}/sittings/case/{booking.case.number}/{name}")


def test_the_partys_pages(page, live_server):
    booking = a_booking()
    with at(PLANNED):
        sign_in(page, live_server.url, a_worker_user())
        for name in ("block", "ask", "needs"):
            looked_at(page, f"{live_server.url}/sittings/case/{booking.case.number}/{name}")


def test_a_person_is_received_by_scanner_and_keyboard_but_never_by_enter_alone(page, live_server):
    booking = a_booking(sitting=a_sitting(state=SittingState.OPEN))
    sign_in(page, live_server.url, an_exam_staff())
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/sittings/{booking.sitting.number}/check-in")
    page.keyboard.type(f"GJQD:{booking.exam_code}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="请核对证件")).to_be_focused()
    page.keyboard.press("Enter")  # which document was seen is said by whoever saw it: none is chosen beforehand
    expect(page.get_by_role("heading", name="请核对证件")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="核对身份证原件，报到")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="已报到")).to_be_visible()
    booking.refresh_from_db()
    assert page.locator(".gj-station-ticket").inner_text().startswith(str(booking.ticket))
    expect(page.locator("#code")).to_be_focused()


def test_the_pools_pages(page, live_server):
    an_expert()
    able = an_expert(["ent", "ophthalmology"], name="颜明")
    an_expert("thoracic", name="熊扩", trained_on=None)
    sign_in(page, live_server.url, a_scheduler())
    for name in ("", "new", "import", f"{able.number}/", f"{able.number}/edit"):
        looked_at(page, f"{live_server.url}/experts/{name}")
