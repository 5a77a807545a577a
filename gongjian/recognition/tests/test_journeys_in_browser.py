"""Recognitions walked page by page from the application on, by those who handle them: the ordinary track to the signed decision, the simple one and its way back."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.models import Application, Interview, TrackChoice
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import MONDAY, an_investigator
from gongjian.recognition.tests.walking import accepted, at, begun, decided, drafted

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
