"""The pages of a recognition in a real browser: nothing sticks out on a phone, nothing stands in the way of a screen reader."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_worker_user, an_applicant
from gongjian.applications.actions.supplement import Item
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.recognition.actions import evidence, investigation, proposing, supplementing
from gongjian.recognition.models import EvidenceNotice
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import (
    MONDAY,
    PAPERS,
    a_bureau,
    a_decided_case,
    a_draft,
    a_kept_interview,
    a_kept_site,
    a_proposed_case,
    a_reviewed_case,
    a_suspended_case,
    an_accepted_case,
    an_entered_case,
    an_investigated_case,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


@pytest.fixture(autouse=True)
def now():
    with moment.fixed(MONDAY + timedelta(hours=1)):
        yield


def seen_through(page: Page, site: str, user: User, case: Case, *names: str) -> None:
    """Open pages of a case as `user`, at every width."""
    sign_in(page, site, user)
    for name in names:
        looked_at(page, f"{site}/recognition/{case.number}/{name}")


def the_boss(case: Case) -> User:
    """Who speaks for the employer of the case."""
    boss = an_applicant("19900000002", "周若岚")
    join_case(case, boss, capacity="employer")
    return boss


def test_the_pages_of_the_window_before_acceptance(page: Page, live_server):
    case = an_entered_case(papers=PAPERS[:2], late_reason="一直在住院")
    seen_through(page, live_server.url, the_clerk(), case, "scan", "check", "reject", "transfer", "withdrawal")
    looked_at(page, f"{live_server.url}/portal/window/recognition/")
    sign_in(page, live_server.url, the_signer())
    looked_at(page, f"{live_server.url}/recognition/extension")


def test_the_page_on_which_a_supplement_is_taken_in(page: Page, live_server):
    case = an_entered_case(papers=PAPERS[:2])
    supplementing.ask_supplement(case, [Item("medical_diagnosis", "请补交诊断证明")], by=the_clerk())
    seen_through(page, live_server.url, the_clerk(), case, "supplement")


def test_a_paper_application_is_typed_in_and_nothing_typed_is_lost(page: Page, live_server):
    a_bureau()
    sign_in(page, live_server.url, the_clerk())
    page.goto(f"{live_server.url}/portal/window/recognition/")
    page.get_by_role("button", name="新录一份").click()
    page.get_by_label("怎么受的伤").fill("更换刀具时工件松脱")
    page.get_by_label("参保地行政区划代码").fill("990100")
    page.get_by_role("button", name="保存，下一步：扫描材料").click()
    expect(page.get_by_label("您的姓名")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("怎么受的伤")).to_have_value("更换刀具时工件松脱")
    looked_at(page, page.url)
    page.goto(f"{live_server.url}/portal/window/recognition/")  # the browser was closed meanwhile
    page.get_by_role("link", name="接着录").click()
    expect(page.get_by_label("怎么受的伤")).to_have_value("更换刀具时工件松脱")
    expect(page.get_by_label("参保地行政区划代码")).to_have_value("990100")
    assert not Case.objects.exists()


def test_the_pages_of_the_investigators(page: Page, live_server):
    team = an_investigator()
    seen_through(page, live_server.url, team, an_accepted_case(), "start")
    case = an_investigated_case()
    investigation.answer(case, "in_work_time", said=True, basis="考勤记录", by=team)
    talk = a_kept_interview(case)
    a_kept_site(case)
    evidence.send_notice(case, by=team)
    proposing.draft(case, a_draft(case, supported=False), by=team)
    own = f"interview/{talk.pk}"
    names = ("investigation", "interview", f"{own}/signed", f"{own}/recording", "site", "employers-word", "draft")
    seen_through(page, live_server.url, team, case, *names, "suspend", "take-simple")
    looked_at(page, f"{live_server.url}/desk/cases/{case.number}/")
    seen_through(page, live_server.url, the_signer(), case, "terminate")


def test_the_pages_of_a_case_whose_clock_stands_still(page: Page, live_server):
    case, _ = a_suspended_case(days=0)
    seen_through(page, live_server.url, an_investigator(), case, "investigation", "look", "resume")


def test_the_pages_of_reviewer_and_signer(page: Page, live_server):
    proposed, _ = a_proposed_case()
    seen_through(page, live_server.url, the_reviewer(), proposed, "review")
    reviewed, _ = a_reviewed_case("refused")
    seen_through(page, live_server.url, the_signer(), reviewed, "sign")
    page.get_by_role("button", name="签发决定书").click()
    expect(page.get_by_text("决定书已签发")).to_be_visible()
    reviewed.refresh_from_db()
    assert reviewed.state == State.DECIDED


def test_the_employer_answers_on_its_own_page(page: Page, live_server):
    case = an_investigated_case()
    boss = the_boss(case)
    evidence.send_notice(case, by=an_investigator())
    evidence.note_notice_served(EvidenceNotice.objects.get().paper, on=MONDAY.date())
    seen_through(page, live_server.url, boss, case, "evidence")
    looked_at(page, f"{live_server.url}/portal/case/{case.number}/")
    page.goto(f"{live_server.url}/recognition/{case.number}/evidence")
    page.get_by_label("不认为是工伤").check()
    page.get_by_label("书面意见").fill("系休假期间因私事受伤。")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("书面意见和证据材料已提交")).to_be_visible()
    assert EvidenceNotice.objects.get().denies is True


def test_the_worker_follows_the_case_on_the_own_page(page: Page, live_server):
    case = a_decided_case().case
    join_case(case, a_worker_user(), capacity="worker")
    sign_in(page, live_server.url, a_worker_user())
    looked_at(page, f"{live_server.url}/portal/case/{case.number}/")
    expect(page.get_by_text("决定已作出").first).to_be_visible()
