"""A sitting at a distance in three real browsers with cameras of their own making: seen, heard, measured, identified, begun, recorded, given up."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import an_exam_staff
from gongjian.recordings.models import Recording
from gongjian.recordings.queries import fault_in
from gongjian.recordings.tests.test_in_browser import SENT, agreed_and_begun, until
from gongjian.remote import queries
from gongjian.remote.models import RemoteRoom, RemoteSeat
from gongjian.remote.tests.builders import a_host, a_present_by_video, a_room, declares, the_panel
from gongjian.sittings.models import Booking
from gongjian.sittings.tests.builders import MORNING, at
from gongjian.sittings.tests.test_in_browser import looked_at, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
CONNECTED = (
    "[...document.querySelectorAll('figure[data-line=connected] video')].filter((each) => each.videoWidth > 0).length"
)


@pytest.fixture(autouse=True)
def _on_the_morning(monkeypatch, settings) -> Iterator[None]:
    settings.RECORDING_PIECE_SECONDS = 1
    monkeypatch.setattr(queries, "panel_of", lambda sitting: [user.pk for user in the_panel(1)])
    with at(MORNING):
        yield


def enters(filming: Browser, site: str, room: RemoteRoom, user: User) -> Page:
    page = filming.new_context().new_page()
    sign_in(page, site, user)
    page.goto(f"{site}/remote/{room.pk}/")
    page.get_by_role("button", name="打开摄像头和话筒，进入会场").click()
    expect(page.locator("[data-part=inside]")).to_be_visible()
    return page


def test_examiner_host_and_expert_see_each_other_begin_when_all_is_well_and_record(filming, live_server):
    site, booking = live_server.url, a_present_by_video()
    examiner = filming.new_context().new_page()
    sign_in(examiner, site, an_exam_staff())
    examiner.goto(f"{site}/remote/")
    examiner.get_by_role("button", name="我在本人身边，开会场").click()
    expect(examiner.get_by_role("heading", name="视频会场")).to_be_visible()
    room = RemoteRoom.objects.get()
    declares(room, the_panel(1)[0])
    examiner.get_by_role("button", name="打开摄像头和话筒，进入会场").click()
    host, expert = enters(filming, site, room, a_host()), enters(filming, site, room, the_panel(1)[0])
    for page in (examiner, host, expert):
        until(page, f"{CONNECTED} === 2")
    host.get_by_role("button", name="人证相符").click()
    expect(host.get_by_role("button", name="人证相符")).to_be_hidden()
    expect(examiner.get_by_role("button", name="开始检查")).to_be_enabled(timeout=20_000)
    examiner.get_by_role("button", name="开始检查").click()
    for page in (examiner, host, expert):
        expect(page.locator("[data-part=state]")).to_have_text("正在检查")
    assert all((seat.kbps or 0) > 0 and seat.loss is not None for seat in RemoteSeat.objects.all())

    recorder = examiner.context.new_page()
    agreed_and_begun(recorder, site, booking.pk)
    until(recorder, f"{SENT} >= 2")
    recorder.get_by_role("button", name="结束录制").click()
    expect(recorder.get_by_text("录制完成")).to_be_visible(timeout=15_000)
    assert fault_in(Recording.objects.get()) is None

    host.close()
    until(expert, f"{CONNECTED} === 2 || {CONNECTED} === 1")
    expert.reload()
    expert.get_by_role("button", name="打开摄像头和话筒，进入会场").click()
    until(expert, f"{CONNECTED} >= 1")
    examiner.get_by_role("button", name="检查完毕，结束会场").click()
    expect(expert.locator("[data-part=state]")).to_have_text("已结束")
    assert RemoteRoom.objects.get().state == "finished"
    for page in (examiner, expert):
        page.context.close()


def test_three_of_ten_packets_lost_is_measured_said_and_left_with_one_press(filming, live_server):
    site, room = live_server.url, a_room()
    examiner = enters(filming, site, room, an_exam_staff())
    line = examiner.context.new_cdp_session(examiner)
    line.send("Network.enable")
    lossy = {
        "offline": False,
        "latency": 1,
        "downloadThroughput": 2_000_000,
        "uploadThroughput": 2_000_000,
        "packetLoss": 30,
    }
    line.send("Network.emulateNetworkConditions", lossy)
    declares(room, the_panel(1)[0])
    expert = enters(filming, site, room, the_panel(1)[0])
    until(expert, f"{CONNECTED} === 1")
    expect(examiner.locator("[data-part=people]")).to_contain_text("每一百个数据包丢", timeout=20_000)
    assert max(seat.loss or 0 for seat in RemoteSeat.objects.all()) >= 10
    until(examiner, f"{CONNECTED} === 1")
    examiner.get_by_role("button", name="网络质量不够").click()
    expect(examiner.get_by_text("已改用其他方式")).to_be_visible()
    assert Booking.objects.get(pk=room.booking_id).state == "moved"
    for page in (examiner, expert):
        page.context.close()


def test_the_pages_at_every_width(page, live_server):
    room = a_room()
    sign_in(page, live_server.url, a_host())
    looked_at(page, f"{live_server.url}/remote/")
    looked_at(page, f"{live_server.url}/remote/{room.pk}/")
