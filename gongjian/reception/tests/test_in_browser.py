"""The day in a real browser: a worker receives themselves, is called, identified, drawn, examined, and says how it was; every page at every width."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.draws.tests.house import an_open_door, people_of
from gongjian.kernel.tests.browsing import complaints, sticks_out, violations
from gongjian.reception.access import screen_key
from gongjian.reception.actions import announce_delay, call_to_desk, note_come, open_kiosk
from gongjian.reception.models import Attendance, Feedback
from gongjian.reception.tests import builders
from gongjian.reception.tests.builders import a_grouped_day, an_open_day, comes, examined, tail_of
from gongjian.reception.views.kiosk import COOKIE, COOKIE_PATH
from gongjian.sittings.actions import call_next
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.tests.builders import MORNING, a_booking, an_accepted_case, at
from gongjian.sittings.tests.test_in_browser import looked_at, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
KIOSK = {"width": 1080, "height": 1920}
SPEAKS = """
window.spoken = [];
window.speechSynthesis.speak = (words) => window.spoken.push(words.text);
"""


@pytest.fixture(autouse=True)
def _on_the_morning() -> Iterator[None]:
    with at(MORNING):
        yield


def as_kiosk(context: BrowserContext, site: str, sitting: Sitting) -> str:
    """Let a browser hold the secret of a machine; gives the address of its page."""
    _, secret = open_kiosk(sitting, by=an_exam_staff())
    context.add_cookies(
        [{"name": COOKIE, "value": secret, "domain": "localhost", "path": COOKIE_PATH, "httpOnly": True}]
    )
    return f"{site}{COOKIE_PATH}"


def types(page: Page, text: str) -> None:
    """What a finger types on the keys of the screen."""
    for sign in text:
        if sign.isalpha() and sign != "X" and page.locator(".rc-letters").get_attribute("open") != "":
            page.get_by_text("签到码里有字母").click()
        page.get_by_role("button", name=sign, exact=True).click()


def receives_themselves(page: Page, address: str, booking: Booking) -> str:
    """By finger alone, with the code of the notice; gives the address on the ticket."""
    page.goto(address)
    types(page, booking.exam_code)
    page.get_by_role("button", name="下一步").click()
    types(page, tail_of(booking))
    page.get_by_role("button", name="报到", exact=True).click()
    expect(page.get_by_role("heading", name="已报到")).to_be_visible()
    return str(Attendance.objects.get(booking=booking).key)


def test_a_worker_comes_is_called_identified_drawn_examined_and_says_how_it_was(
    page: Page, browser: Browser, live_server
):
    site, row = live_server.url, an_open_door()
    sitting, booking = row.sitting, people_of(row)[0]
    machine, phone = browser.new_context(viewport=KIOSK), browser.new_context(viewport={"width": 360, "height": 740})
    kiosk, mine, hall = machine.new_page(), phone.new_page(), machine.new_page()
    said = [complaints(each) for each in (page, kiosk, mine, hall)]
    key = receives_themselves(kiosk, as_kiosk(machine, site, sitting), booking)
    ticket = str(Booking.objects.get(pk=booking.pk).ticket)
    expect(kiosk.locator(".rc-kiosk-ticket")).to_have_text(ticket)
    mine.goto(f"{site}/reception/mine/{key}/")
    expect(mine.locator(".rc-mine-now")).to_have_text("已到，待核验身份")
    hall.goto(f"{site}/reception/{sitting.number}/hall/{screen_key(sitting)}/")

    sign_in(page, site, an_exam_staff())
    page.goto(f"{site}/reception/{sitting.number}/")
    page.get_by_role("button", name="请下一位来核验身份").click()
    expect(hall.locator(".rc-desks")).to_contain_text(f"{ticket} 被某某 → 1号台", timeout=10_000)
    page.goto(f"{site}/sittings/{sitting.number}/check-in")
    page.keyboard.type(ticket)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="核对身份证原件，报到").click()
    expect(page.get_by_role("heading", name="已报到")).to_be_visible()

    page.goto(f"{site}/draws/door/{sitting.number}/")
    page.get_by_role("button", name=re.compile(f"请抽组 ?{ticket}号")).click()
    expect(page.get_by_text("号诊室").first).to_be_visible()
    group = Booking.objects.get(pk=booking.pk).queue_entry
    page.goto(f"{site}/sittings/{sitting.number}/queue")
    page.get_by_role("button", name="叫下一位（1人候检）").click()
    called = hall.locator(".gj-now")
    expect(called).to_contain_text(ticket, timeout=10_000)
    expect(called).to_contain_text(group.room)
    expect(hall.locator("#screen")).not_to_contain_text(booking.case.person.name)
    mine.reload()
    expect(mine.locator(".rc-mine-now")).to_have_text(f"请到{group.room}检查")

    page.get_by_role("button", name=re.compile(f"检查完毕 ?{ticket}号")).click()
    expect(page.locator("#queue").get_by_text(f"{ticket}号检查完毕")).to_be_visible()
    mine.reload()
    mine.get_by_label("非常满意").check()
    mine.get_by_role("button", name="提交评价").click()
    expect(mine.get_by_role("heading", name="谢谢您的评价")).to_be_visible()
    assert Feedback.objects.get().mark == "5"
    assert said == [[], [], [], []]
    machine.close()
    phone.close()


def test_a_ticket_left_on_the_screen_goes_by_itself_and_does_not_come_back(page, live_server):
    sitting = an_open_day(1)
    (booking,) = builders.people_of(sitting)
    page.clock.install()
    address = as_kiosk(page.context, live_server.url, sitting)
    page.set_viewport_size(KIOSK)
    receives_themselves(page, address, booking)
    page.clock.run_for(20_000)
    page.keyboard.press("Shift")  # whoever is still reading touches the machine
    page.clock.run_for(20_000)
    expect(page.get_by_role("heading", name="已报到")).to_be_visible()
    page.clock.run_for(10_000)
    expect(page.get_by_role("heading", name="您好，请报到")).to_be_visible()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser has kept nothing to go back to
        page.go_back()


def test_what_somebody_began_to_type_and_left_is_cleared(page, live_server):
    page.clock.install()
    page.goto(as_kiosk(page.context, live_server.url, an_open_day(1)))
    types(page, "990101")
    expect(page.locator("#who")).to_have_value("990101")
    page.clock.run_for(40_000)
    expect(page.locator("#who")).to_have_value("")


def test_the_kiosk_at_its_own_size_and_on_smaller_ones(page, live_server):
    sitting = an_open_day(2)
    first, _ = builders.people_of(sitting)
    address = as_kiosk(page.context, live_server.url, sitting)
    found = complaints(page)
    for width, height in ((360, 740), (768, 1024), (1080, 1920), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        assert (sticks_out(page), violations(page)) == (0, []), f"first step at {width}"
        page.locator("#who").fill(first.exam_code)
        page.get_by_role("button", name="下一步").click()
        assert (sticks_out(page), violations(page)) == (0, []), f"second step at {width}"
        small = page.evaluate("[...document.querySelectorAll('.rc-keys .btn')].filter(b => b.offsetHeight < 64).length")
        assert small == 0
        page.locator("#second").fill(tail_of(first))
        page.get_by_role("button", name="报到", exact=True).click()
        expect(page.locator(".rc-kiosk-ticket")).to_be_visible()
        assert (sticks_out(page), violations(page)) == (0, []), f"ticket at {width}"
    page.goto(address)
    page.locator("#who").fill("K7M4Q2XP")
    page.get_by_role("button", name="下一步").click()
    page.locator("#second").fill("0000")
    page.get_by_role("button", name="报到", exact=True).click()
    expect(page.get_by_role("heading", name="没有报到")).to_be_visible()
    assert (sticks_out(page), violations(page), found) == (0, [], [])


def a_busy_day() -> Sitting:
    """Two rooms at work, some waiting at the desk, a delay told, one finished."""
    sitting = a_grouped_day((1, 1, 1, 2))
    examined(sitting, 1, begun=0, ended=12)
    call_next(sitting, 1, an_exam_staff())
    for serial, booking in enumerate(people_at_the_desk(sitting)):
        comes(booking, builders.a_kiosk(sitting), minutes=serial)
    call_to_desk(sitting, desk="2号台", by=an_exam_staff())
    announce_delay(sitting, minutes=45, cause="expert", by=an_exam_staff())
    return sitting


def people_at_the_desk(sitting: Sitting) -> list[Booking]:
    more = [a_booking(an_accepted_case(n, name=builders.NAMES[n - 1]), sitting=sitting) for n in (5, 6)]
    return [Booking.objects.select_related("case__person").get(pk=booking.pk) for booking in more]


@pytest.mark.parametrize("name", ["", "all/", "all/labels", "all/list", "feedback/"])
def test_the_pages_of_the_day(page, live_server, name):
    sitting = a_busy_day()
    sign_in(page, live_server.url, an_exam_staff())
    looked_at(page, f"{live_server.url}/reception/{sitting.number}/{name}")


def test_the_pages_of_a_person_and_of_today(page, live_server):
    sitting = a_busy_day()
    booking = builders.people_of(sitting)[-1]
    sign_in(page, live_server.url, an_exam_staff())
    looked_at(page, f"{live_server.url}/reception/")
    for name in ("", "postpone"):
        looked_at(page, f"{live_server.url}/reception/{sitting.number}/people/{booking.pk}/{name}")


def test_the_own_page_on_a_telephone_and_larger(page, live_server):
    sitting = a_busy_day()
    people = builders.people_of(sitting)
    for booking in (people[0], people[2]):
        key = note_come(booking, by=an_exam_staff()).key
        looked_at(page, f"{live_server.url}/reception/mine/{key}/")


@pytest.mark.parametrize("screen", ["hall", "room/1"])
def test_the_screens(page, live_server, screen):
    sitting = a_busy_day()
    looked_at(page, f"{live_server.url}/reception/{sitting.number}/{screen}/{screen_key(sitting)}/")


def test_the_voice_speaks_of_new_calls_once_it_was_switched_on_and_names_nobody(page, live_server):
    sitting = a_grouped_day((1, 1))
    first, second = builders.people_of(sitting)
    call_next(sitting, 1, an_exam_staff())
    page.add_init_script(SPEAKS)
    page.goto(f"{live_server.url}/reception/{sitting.number}/hall/{screen_key(sitting)}/")
    page.get_by_role("button", name="打开语音").click()
    call_next(sitting, 1, an_exam_staff())
    ticket = str(Booking.objects.get(pk=second.pk).ticket)
    expect(page.locator(".gj-call-number").first).to_have_text(ticket, timeout=10_000)
    page.wait_for_function("window.spoken.length === 2")
    assert page.evaluate("window.spoken") == ["语音已打开。", f"请{' '.join(ticket)}号，到一号诊室。"]
    assert str(first.ticket) not in "".join(page.evaluate("window.spoken"))
