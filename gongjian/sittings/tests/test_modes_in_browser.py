"""A home visit, a clinic and a video asked for, answered and seen in a real browser, at every width, by the persons they are for."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from gongjian.accounts.tests.builders import a_scheduler, an_exam_staff
from gongjian.law.modes import Mode
from gongjian.sittings.actions import offer_mode
from gongjian.sittings.queries import mode_in_force, open_wish
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import PLANNED, a_sitting, an_accepted_case, at
from gongjian.sittings.tests.test_in_browser import looked_at, sign_in
from gongjian.sittings.tests.wishes import (
    ADDRESS,
    CONTACT,
    a_booked_wish,
    a_granted_wish,
    a_sitting_of,
    an_asked_wish,
    the_worker_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def a_photo():
    """A small picture of a certificate."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG")
    return {"name": "诊断证明.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_visit_is_asked_for_with_its_proof_and_granted(page, live_server):
    case = an_accepted_case(parts=["143:left"])
    sign_in(page, live_server.url, the_worker_of(case))
    page.goto(f"{live_server.url}/sittings/case/{case.number}/modes")
    page.get_by_role("link", name="申请上门鉴定").click()
    page.get_by_label("瘫痪、长期卧床等").check()
    page.get_by_label("具体情况").fill("截瘫卧床，家住五楼没有电梯。")
    page.get_by_label("到哪里鉴定").fill(ADDRESS)
    page.get_by_label("现场联系人和电话").fill(CONTACT)
    page.locator("input[type=file]").set_input_files([a_photo()])
    page.get_by_label("我同意专家组和工作人员").check()
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("已提交上门鉴定申请")).to_be_visible()
    sign_in(page, live_server.url, a_scheduler())
    page.goto(f"{live_server.url}/sittings/wishes")
    page.get_by_role("link", name="答复").first.click()
    expect(page.get_by_text(ADDRESS)).to_be_visible()
    page.get_by_label("同意", exact=True).check()
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("已同意上门鉴定")).to_be_visible()
    assert mode_in_force(case).meant == Mode.HOME


def test_the_clinic_shows_its_promised_day(page, live_server):
    case = an_accepted_case(parts=["143:left"])
    sign_in(page, live_server.url, the_worker_of(case))
    page.goto(f"{live_server.url}/sittings/case/{case.number}/modes/ask/clinic")
    page.get_by_label("伤情单一").check()
    page.get_by_label("具体情况").fill("材料齐全，想尽快办完。")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("已提交门诊鉴定申请")).to_be_visible()
    sign_in(page, live_server.url, a_scheduler())
    page.goto(f"{live_server.url}/sittings/case/{case.number}/modes/answer")
    page.get_by_label("同意", exact=True).check()
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("已同意门诊鉴定")).to_be_visible()
    sign_in(page, live_server.url, the_worker_of(case))
    page.goto(f"{live_server.url}/sittings/case/{case.number}/block")
    expect(page.get_by_text("争取在2026年3月24日前作出结论")).to_be_visible()


def test_a_video_is_offered_taken_and_its_consent_withdrawn(page, live_server):
    case = an_accepted_case(parts=["143:left"])
    worker = the_worker_of(case)
    offer_mode(an_asked_wish(case), mode="video", reason="可以就近视频", by=a_scheduler())
    sign_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/sittings/case/{case.number}/block")
    page.get_by_role("link", name="查看理由并选择").click()
    page.get_by_label("我知道并同意").check()
    page.get_by_role("button", name="接受，改用远程视频鉴定").click()
    expect(page.get_by_text("已改为远程视频鉴定")).to_be_visible()
    assert (mode_in_force(case).meant, open_wish(case)) == (Mode.VIDEO, None)
    page.goto(f"{live_server.url}/sittings/case/{case.number}/modes/leave")
    page.get_by_role("button", name="撤回并改回现场鉴定").click()
    expect(page.get_by_text("已改回现场鉴定")).to_be_visible()
    assert mode_in_force(case) is None


def test_the_persons_pages_at_every_width(page, live_server):
    case, offered = an_accepted_case(parts=["143:left"]), an_accepted_case(2, parts=["143:left"], name="江雨晴")
    granted = a_granted_wish(an_accepted_case(3, parts=["143:left"], name="罗向川"))
    for each in (case, offered, granted.case):
        worker = the_worker_of(each)
    offer_mode(an_asked_wish(offered), mode="clinic", reason="可以到门诊", by=a_scheduler())
    sign_in(page, live_server.url, worker)
    site = f"{live_server.url}/sittings/case"
    for path in (f"{case.number}/modes", f"{case.number}/modes/ask/home", f"{offered.number}/modes/offer"):
        looked_at(page, f"{site}/{path}")
    looked_at(page, f"{site}/{granted.case.number}/modes/leave")


def test_the_desks_pages_at_every_width(page, live_server):
    a_sitting()
    wish = an_asked_wish()
    sitting = a_sitting_of(Mode.HOME, state=SittingState.PLANNED)
    a_booked_wish(an_accepted_case(2, parts=["143:left"], name="江雨晴"), sitting)
    sign_in(page, live_server.url, a_scheduler())
    for path in ("wishes", "plan", f"case/{wish.case.number}/modes/answer", f"{sitting.number}/"):
        looked_at(page, f"{live_server.url}/sittings/{path}")
    sign_in(page, live_server.url, an_exam_staff())
    looked_at(page, f"{live_server.url}/sittings/{sitting.number}/route")
