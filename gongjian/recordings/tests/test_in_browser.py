"""An examination is recorded in a real browser with a camera of its own making: agreed, recorded through a cut line, verified, played for a reason."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import a_supervisor, an_exam_staff
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.tests.browsing import complaints
from gongjian.recordings.models import Playback, Recording
from gongjian.recordings.queries import fault_in
from gongjian.recordings.tests.builders import a_recording
from gongjian.sittings.tests.builders import MORNING, a_present, at
from gongjian.sittings.tests.test_in_browser import looked_at, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_the_morning(settings) -> Iterator[None]:
    settings.RECORDING_PIECE_SECONDS = 1
    with at(MORNING):
        yield


def agreed_and_begun(page: Page, site: str, pk: int) -> None:
    page.goto(f"{site}/recordings/exam/{pk}/")
    expect(page.get_by_role("heading", name="录音录像告知")).to_be_visible()
    page.get_by_role("button", name="同意录音录像", exact=True).click()
    page.get_by_role("button", name="开始录制").click()
    expect(page.locator("[data-state=recording]")).to_be_visible()


def until(page: Page, condition: str) -> None:
    """Wait for a state of the page that no locator can tell; the page itself may evaluate nothing."""
    page.evaluate(
        f"new Promise((done) => {{ const look = () => (({condition}) ? done() : setTimeout(look, 50)); look(); }})"
    )


PART = "Number(document.querySelector('[data-part={}]').textContent)"
SENT, MADE = PART.format("sent"), PART.format("made")
FILM = "document.querySelector('video')"


def test_an_examination_is_recorded_through_a_cut_line_and_played_for_a_reason(filming, live_server):
    site, booking = live_server.url, a_present()
    context = filming.new_context()
    page = context.new_page()
    sign_in(page, site, an_exam_staff())
    agreed_and_begun(page, site, booking.pk)
    page.get_by_role("button", name="体格检查").click()
    until(page, f"{SENT} >= 2")
    context.set_offline(True)
    expect(page.get_by_text("网络断开，录制没有停")).to_be_visible(timeout=10_000)
    until(page, f"{MADE} >= 2 + {SENT}")
    context.set_offline(False)
    page.get_by_role("button", name="结束录制").click()
    expect(page.get_by_text("录制完成")).to_be_visible(timeout=15_000)
    row = Recording.objects.get()
    assert row.state == "finished"
    assert row.pieces_count >= 4
    assert [mark.step for mark in row.marks.all()] == ["examination"]
    assert fault_in(row) is None
    context.close()

    context = filming.new_context()
    page = context.new_page()
    said = complaints(page)
    sign_in(page, site, a_supervisor())
    page.goto(f"{site}/recordings/{row.pk}/")
    page.get_by_role("button", name="现在核验").click()
    expect(page.get_by_text("全部相符")).to_be_visible()
    page.get_by_label("事由").select_option("complaint")
    page.get_by_label("具体情况").first.fill("核查三月收到的投诉")
    page.get_by_role("button", name="记下事由，播放").click()
    expect(page.locator("video")).to_be_visible()
    until(page, f"{FILM}.readyState >= 2")
    page.evaluate("() => { const v = document.querySelector('video'); v.muted = true; return v.play(); }")
    until(page, f"{FILM}.currentTime > 0.5")
    mark = row.marks.get()
    page.get_by_role("button", name="体格检查").click()
    until(page, f"Math.abs({FILM}.currentTime * 1000 - {mark.at_ms}) < 900")
    assert page.evaluate("document.querySelector('video').videoWidth") == 640
    assert said == []
    assert Playback.objects.get().purpose == "complaint"
    assert LedgerEntry.objects.filter(chain=row.booking.case.chain, act="data.read").exists()
    context.close()


def test_what_a_device_could_not_send_before_a_reload_is_sent_after_it(filming, live_server):
    site, booking = live_server.url, a_present()
    page = filming.new_context().new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, site, an_exam_staff())
    agreed_and_begun(page, site, booking.pk)
    until(page, f"{SENT} >= 1")
    page.route("**/pieces/*", lambda route: route.abort())
    until(page, f"{MADE} >= 3 + {SENT}")
    row = Recording.objects.get()
    page.unroute_all()
    page.reload()
    expect(page.get_by_text("录制完成")).to_be_visible(timeout=20_000)
    again = Recording.objects.get()
    assert again.pieces_count >= row.pieces_count + 2
    assert fault_in(again) is None
    left = "new Promise((done) => { const asked = indexedDB.open('gongjian-recordings', 1); asked.onsuccess = () => {"
    left += " const found = asked.result.transaction('pieces').objectStore('pieces').count();"
    left += " found.onsuccess = () => done(found.result); }; })"
    assert page.evaluate(left) == 0
    page.context.close()


def test_the_pages_at_every_width(page, live_server):
    row = a_recording()
    sign_in(page, live_server.url, an_exam_staff())
    looked_at(page, f"{live_server.url}/recordings/exam/{row.booking_id}/")
    sign_in(page, live_server.url, a_supervisor())
    looked_at(page, f"{live_server.url}/recordings/{row.pk}/")
    looked_at(page, f"{live_server.url}/recordings/case/{row.booking.case.number}/")
