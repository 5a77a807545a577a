"""What comes after a decision, in a real browser: corrected, revoked, sued."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.models import Decision, Remedy, Revision
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import MONDAY, the_reviewer, the_signer
from gongjian.recognition.tests.served import a_remedy, a_served_decision, the_deliverer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
NOW = MONDAY + timedelta(days=12)


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(NOW):
        yield


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    path.write_bytes(a_picture(80).read())
    return path


def opened(page: Page, site: str, user: User, case: Case, name: str) -> None:
    sign_in(page, site, user)
    looked_at(page, f"{site}/recognition/{case.number}/{name}")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_correction_is_proposed_by_one_and_signed_by_another(page: Page, live_server):
    case = a_served_decision().case
    opened(page, live_server.url, the_reviewer(), case, "correction")
    page.get_by_label("笔误的情况").fill("录入时打错一个字。")
    page.get_by_label("第1处：更正的内容").select_option(label="职业、工种或者岗位")
    page.get_by_label("第1处：原文").fill("车丁")
    page.get_by_label("第1处：更正为").fill("车工")
    page.get_by_role("button", name="提出更正").click()
    expect(page.get_by_text("更正已提出，等待签发。")).to_be_visible()
    row = Revision.objects.get()
    opened(page, live_server.url, the_signer(), case, f"revision/{row.pk}")
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_text("云溪人社工更〔2026〕1号").first).to_be_visible()
    looked_at(page, f"{live_server.url}/check/{row.decision.paper.check_code}")
    expect(page.get_by_text("应当一并阅读")).to_be_visible()


def test_a_revocation_is_signed_and_the_old_papers_check_page_says_so(page: Page, live_server):
    case = a_served_decision().case
    opened(page, live_server.url, the_reviewer(), case, "revocation")
    page.get_by_label("撤销的理由").fill("用人单位隐瞒了有关情况。")
    page.get_by_label("撤销并重新办理").check()
    page.get_by_role("button", name="提出撤销").click()
    expect(page.get_by_text("撤销已提出，等待签发。")).to_be_visible()
    opened(page, live_server.url, the_signer(), case, f"revision/{Revision.objects.get().pk}")
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_text("已撤销").first).to_be_visible()
    case.refresh_from_db()
    assert case.state == State.INVESTIGATING
    page.goto(f"{live_server.url}/check/{Decision.objects.get().paper.check_code}")
    expect(page.get_by_text("不再有效").first).to_be_visible()


def test_a_suit_is_registered_answered_with_its_evidence_and_ended(page: Page, live_server, scan: Path):
    case = a_served_decision().case
    opened(page, live_server.url, the_deliverer(), case, "remedy")
    page.get_by_label("种类").select_option(label="行政诉讼")
    page.get_by_label("行政复议机关或者人民法院").fill("云溪市中级人民法院")
    page.get_by_label("该机关的案号").fill("（2026）云01行初3号")
    page.get_by_label("收到的副本和通知").set_input_files(scan)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("进行中")).to_be_visible()
    row = Remedy.objects.get()
    opened(page, live_server.url, the_reviewer(), case, "after")
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出证据材料").click()
    assert taken.value.suggested_filename.endswith(".zip")
    opened(page, live_server.url, the_reviewer(), case, f"remedy/{row.pk}/reply")
    page.get_by_label("答复书、答辩状和证据目录").set_input_files(scan)
    page.get_by_role("button", name="登记答复").click()
    expect(page.get_by_text("已答复").first).to_be_visible()
    opened(page, live_server.url, the_deliverer(), case, f"remedy/{row.pk}/outcome")
    page.get_by_label("复议决定书、判决书或者裁定书").set_input_files(scan)
    page.get_by_role("button", name="登记结果").click()
    expect(page.get_by_text("已办结")).to_be_visible()


def test_a_review_and_a_suit_stand_side_by_side_with_their_own_days(page: Page, live_server):
    case = a_served_decision().case
    a_remedy(case, "reconsideration", matter="云政复〔2026〕8号")
    a_remedy(case, side="worker")
    opened(page, live_server.url, the_reviewer(), case, "after")
    expect(page.get_by_text("答复期限")).to_have_count(2)
