"""Recognitions walked page by page by those who handle them: the ordinary track to the signed decision, the simple one and its way back."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.delivery.tests.test_in_browser import sign_in
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.models import Application, Decision, Interview, TrackChoice
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    an_entered_case,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
SAID = "问：当时在做什么？\n答：在更换刀具。\n问：怎么受的伤？\n答：工件松脱，击中右手。"


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY + timedelta(hours=2)):
        yield


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    path.write_bytes(a_picture(81).read())
    return path


def at(page: Page, site: str, user: User, case: Case, name: str) -> None:
    """As somebody, on a page of the case."""
    sign_in(page, site, user)
    page.goto(f"{site}/recognition/{case.number}/{name}")


def accepted(page: Page, site: str) -> Case:
    """The window looks the papers through and accepts."""
    case = an_entered_case()
    at(page, site, the_clerk(), case, "check")
    expect(page.get_by_role("heading", name="时限、管辖和责任单位")).to_be_visible()
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_text("已受理，受理决定书已发给申请人和用人单位。")).to_be_visible()
    return case


def begun(page: Page, site: str, case: Case, ground: str = "") -> None:
    """Two investigators begin, on the simple track where its ground is told."""
    a_colleague()
    at(page, site, an_investigator(), case, "start")
    page.get_by_label("访青", exact=False).check()
    page.get_by_label("适用简易程序的理由").fill(ground)
    page.get_by_role("button", name="开始调查核实").click()
    expect(page.get_by_text("已开始调查核实。")).to_be_visible()


def drafted(page: Page, site: str, case: Case) -> None:
    """The investigator drafts: the sentence without a ground is held back, with its paper it goes to the reviewer."""
    at(page, site, an_investigator(), case, "draft")
    page.locator("[name=outcome]").select_option("recognised")
    page.locator("[name=heads][value='14-1']").check()
    page.get_by_role("textbox", name="受伤害部位").fill("右手示指")
    page.get_by_label("医疗救治的基本情况和诊断结论").fill("诊断为右手示指离断伤。")
    page.locator("[name=fact_1]").fill("2026年2月10日，林知远在二车间更换刀具时右手受伤。")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("还有1句没有依据")).to_be_visible()
    page.locator("[name=rests_1]").select_option(index=1)
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="送复核").click()
    expect(page.get_by_text("已送复核。")).to_be_visible()


def decided(page: Page, site: str, case: Case) -> Decision:
    """Another one reviews, a third one signs."""
    at(page, site, the_reviewer(), case, "review")
    page.get_by_role("button", name="同意，转签发").click()
    expect(page.get_by_text("已复核，转签发。")).to_be_visible()
    at(page, site, the_signer(), case, "sign")
    page.get_by_role("button", name="签发决定书").click()
    expect(page.get_by_text("决定书已签发")).to_be_visible()
    return Decision.objects.get(case=case)


def test_the_ordinary_track_from_the_papers_to_the_signed_decision(page: Page, live_server, scan: Path):
    site = live_server.url
    case = accepted(page, site)
    begun(page, site, case)
    page.get_by_label("问题").select_option(index=1)
    page.get_by_label("是", exact=True).check()
    page.get_by_label("依据").fill("考勤记录")
    page.get_by_role("button", name="记入调查提纲").click()
    expect(page.get_by_text("已记入调查提纲。")).to_be_visible()

    page.get_by_role("link", name="制作笔录").click()
    page.get_by_label("被调查人").fill("周若岚")
    page.get_by_label("访青", exact=False).check()
    page.get_by_label("调查地点").fill("云溪恒信机械有限公司会议室")
    page.get_by_label("开始时间").fill("2026-03-02T10:00")
    page.get_by_label("结束时间").fill("2026-03-02T10:40")
    page.get_by_label("笔录", exact=False).last.fill(SAID)
    page.get_by_role("button", name="保存笔录").click()
    expect(page.get_by_text("请打印、宣读，逐页签名后扫描上传")).to_be_visible()
    talk = Interview.objects.get(case=case)
    page.get_by_role("link", name="签名存档").click()
    page.get_by_label("笔录已交被调查人核对或者向其宣读").check()
    page.locator("input[type=file]").set_input_files([scan] * (talk.paper.evidence.page_count or 1))
    page.get_by_role("button", name="存档").click()
    expect(page.get_by_text("签名的笔录已存档。")).to_be_visible()

    drafted(page, site, case)
    row = decided(page, site, case)
    case.refresh_from_db()
    assert (case.state, row.outcome) == (State.DECIDED, "recognised")
    assert len({duty.user_id for duty in case.duties.all()}) == 5


def test_the_simple_track_is_taken_on_its_ground_falls_back_on_doubt_and_is_decided_all_the_same(
    page: Page, live_server
):
    site = live_server.url
    case = accepted(page, site)
    begun(page, site, case, ground="双方陈述一致，证据充分。")
    case.refresh_from_db()
    assert case.state == State.SIMPLE
    expect(page.get_by_text("双方陈述一致，证据充分。")).to_be_visible()
    page.get_by_role("link", name="转为普通程序").click()
    page.get_by_label("理由").fill("用人单位对受伤地点提出异议。")
    page.get_by_role("button", name="转为普通程序").click()
    case.refresh_from_db()
    assert case.state == State.INVESTIGATING
    at(page, site, an_investigator(), case, "investigation")
    expect(page.get_by_text("用人单位对受伤地点提出异议。")).to_be_visible()
    drafted(page, site, case)
    decided(page, site, case)
    assert [row.track for row in TrackChoice.objects.filter(case=case).order_by("pk")] == ["simple", "ordinary"]
    assert Application.objects.get(case=case).accepted_on == MONDAY.date()


def test_the_simple_track_is_decided_on_the_simple_track(page: Page, live_server):
    site = live_server.url
    case = accepted(page, site)
    begun(page, site, case, ground="双方陈述一致，证据充分。")
    drafted(page, site, case)
    decided(page, site, case)
    limits = {row.limit: row.met_on for row in case.limits.all()}
    assert limits["WI-DECIDE-FAST"] == MONDAY.date()
