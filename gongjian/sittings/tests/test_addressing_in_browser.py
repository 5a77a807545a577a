"""Another address on a telephone, the route looked at on the desk, and a guest invited: each width, nothing serious for a screen reader."""

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import a_scheduler
from gongjian.experts.models import Invitation
from gongjian.sittings.tests.builders import PLANNED, at
from gongjian.sittings.tests.test_in_browser import looked_at, sign_in
from gongjian.sittings.tests.wishes import a_booked_wish, the_worker_of

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "云溪市第一人民医院住院部5楼12床"


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def test_a_visited_person_moves_the_scheduler_keeps_the_time_and_a_guest_is_invited(page: Page, live_server):
    booking = a_booked_wish()
    site, number = f"{live_server.url}/sittings", booking.case.number
    sign_in(page, live_server.url, the_worker_of(booking.case))
    looked_at(page, f"{site}/case/{number}/modes/address")
    page.get_by_label("新的地址").fill(NEW)
    page.get_by_label("我同意专家组和工作人员到我登记的地址鉴定").check()
    page.get_by_role("button", name="更改").click()
    expect(page.get_by_text("已更改。已安排时间的，路线核对后会告诉您。")).to_be_visible()
    sign_in(page, live_server.url, a_scheduler())
    looked_at(page, f"{site}/case/{number}/release")
    expect(page.get_by_text("上门的地址已更改，请核对路线")).to_be_visible()
    page.get_by_role("button", name="路线已核对，保留原来的时间").click()
    expect(page.get_by_text("已保留原来的时间，并已告知当事人。")).to_be_visible()
    booking.refresh_from_db()
    assert (booking.flags, booking.place) == ([], NEW)
    looked_at(page, f"{site}/{booking.sitting.number}/guests")
    told = {
        "所属的鉴定委员会": "望海市劳动能力鉴定委员会",
        "邀请函、同意函文号": "望海劳鉴函〔2026〕3号",
        "姓名": "齐望海",
        "职称": "主任医师",
        "所在医院": "望海市中心医院",
        "科室": "骨科",
        "培训合格日期": "2025-08-20",
        "聘期开始": "2025-09-01",
    }
    for label, words in told.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("正高级").check()
    page.get_by_label("骨科").check()
    page.get_by_role("button", name="登记邀请").click()
    expect(page.get_by_text("邀请已登记。")).to_be_visible()
    assert Invitation.objects.get().expert.home_committee == "望海市劳动能力鉴定委员会"
    looked_at(page, page.url)
