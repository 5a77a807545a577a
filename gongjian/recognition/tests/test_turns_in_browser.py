"""The turns a recognition may take, walked in a real browser from the application on: suspended and resumed, not accepted, refused, the employer silent."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.tests.builders import a_worker_user
from gongjian.cases.models import Case, CaseLimit
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment
from gongjian.recognition.actions import evidence
from gongjian.recognition.jobs import note_silence
from gongjian.recognition.models import Decision, EvidenceNotice, Proposal, Suspension
from gongjian.recognition.states import State
from gongjian.recognition.tests.builders import MONDAY, an_investigator, the_clerk
from gongjian.recognition.tests.walking import (
    a_scan,
    accepted,
    applied_online,
    at,
    begun,
    decided,
    drafted,
    handed_on,
    scanned,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
PROOFS = {"16-1": "criminal_conclusion", "16-2": "drunk_or_drugs_finding", "16-3": "self_harm_finding"}


class Days:
    """The time of a journey: it goes on where the journey says."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def on(self, days: int) -> None:
        """So many days after the application."""
        self._stack.close()
        self._stack.enter_context(moment.fixed(MONDAY + timedelta(days=days, hours=2)))


@pytest.fixture
def days() -> Iterator[Days]:
    with ExitStack() as stack:
        found = Days(stack)
        found.on(0)
        yield found


def test_regulation_art_20_suspended_for_a_labour_dispute_and_resumed_with_the_award_no_day_is_lost(
    page: Page, live_server, days: Days
):
    site = live_server.url
    case = accepted(page, site)
    begun(page, site, case)
    case.refresh_from_db()
    due = case.due_on
    assert due is not None

    days.on(10)
    at(page, site, an_investigator(), case, "investigation")
    page.get_by_role("link", name="中止认定").click()
    page.locator("[name=ground]").select_option("labour_dispute")
    page.locator("[name=awaited]").fill("云溪市劳动人事争议仲裁委员会关于劳动关系的裁决")
    page.get_by_role("button", name="中止", exact=True).click()
    expect(page.get_by_text("已中止").first).to_be_visible()
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.SUSPENDED, None)

    days.on(40)
    at(page, site, an_investigator(), case, "investigation")
    expect(page.get_by_text("期限已用9日").first).to_be_visible()
    page.get_by_role("link", name="恢复认定").click()
    page.locator("[name=document]").fill("云溪劳人仲案〔2026〕3号裁决书")
    page.locator("[name=file]").set_input_files([a_scan(80)])
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_text("已恢复认定")).to_be_visible()
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.INVESTIGATING, due + timedelta(days=30))
    assert Suspension.objects.get(case=case).days_used == 9

    drafted(page, site, case)
    assert decided(page, site, case).outcome == "recognised"
    assert CaseLimit.objects.get(case=case, limit="WI-DECIDE").met_on == (MONDAY + timedelta(days=40)).date()


def test_order_8_art_8_a_worker_who_applies_too_late_online_is_not_blocked_and_gets_a_decision_with_its_remedies(
    page: Page, live_server, days: Days
):
    site, injured = live_server.url, "2024-12-02"
    written = {
        "injury": {"受伤的日期": injured},
        "medical": {"诊断的日期": injured},
        "time": {"为什么现在才申请": "一直以为单位已经申请了。"},
    }
    case = applied_online(page, site, written)

    days.on(3)
    at(page, site, the_clerk(), case, "check")
    expect(page.get_by_text("已超过").first).to_be_visible()
    expect(page.get_by_text("一直以为单位已经申请了。")).to_be_visible()
    page.get_by_role("link", name="不予受理").click()
    page.locator("[name=ground]").select_option("late")
    page.get_by_label("具体事实").fill("2024年12月2日受伤，2026年3月2日申请，没有不计入期限的情形。")
    page.get_by_role("button", name="签发不予受理决定书").click()
    expect(page.get_by_text("云溪人社工不受〔2026〕1号").first).to_be_visible()
    case.refresh_from_db()
    assert case.state == State.REJECTED
    assert Decision.objects.get(case=case).outcome == "rejected"

    sign_in(page, site, a_worker_user())
    looked_at(page, f"{site}/portal/case/{case.number}/")
    expect(page.get_by_text("不予受理").first).to_be_visible()


def refusing(page: Page, site: str, case: Case, head: str) -> None:
    """The investigator fills in a draft that refuses; what was planned and typed before stands there already, so every other head is taken off."""
    at(page, site, an_investigator(), case, "draft")
    page.locator("[name=outcome]").select_option("refused")
    for box in page.locator("[name=heads]").all():
        box.set_checked(box.get_attribute("value") == head)
    page.locator("[name=fact_1]").fill("2026年2月10日，林知远受到伤害。")
    page.locator("[name=reason]").fill("属于不得认定为工伤的情形，有结论性文书。")


def test_regulation_art_16_an_exclusion_is_refused_only_with_its_proof_and_the_refusal_is_signed_by_others(
    page: Page, live_server, days: Days
):
    site = live_server.url
    case = accepted(page, site)
    begun(page, site, case)

    days.on(5)
    for head in PROOFS:
        refusing(page, site, case, head)
        page.get_by_role("button", name="保存草稿").click()
        expect(page.get_by_text("案卷里还没有这种材料")).to_be_visible()
    assert not Proposal.objects.exists()

    scanned(page, site, an_investigator(), case, [PROOFS["16-2"]])
    refusing(page, site, case, "16-2")
    handed_on(page)
    row = decided(page, site, case)
    assert (row.outcome, row.heads, row.paper.kind) == ("refused", ["16-2"], "decision_refused")
    assert len({duty.user_id for duty in case.duties.all()}) == 5


def test_order_8_art_17_a_silent_employer_holds_nothing_up_from_the_application_to_the_decision(
    page: Page, live_server, days: Days
):
    site = live_server.url
    case = accepted(page, site)
    begun(page, site, case)
    page.get_by_role("button", name="发出举证通知书").click()
    expect(page.get_by_text("等待送达")).to_be_visible()
    evidence.note_notice_served(EvidenceNotice.objects.get(case=case).paper, on=MONDAY.date())
    assert note_silence() == 0, "the employer has its days"

    days.on(30)
    assert note_silence() == 1
    at(page, site, an_investigator(), case, "investigation")
    expect(page.get_by_text("逾期未举证").first).to_be_visible()
    page.get_by_role("button", name="已知悉，依其他证据办理").click()
    expect(page.get_by_role("button", name="已知悉，依其他证据办理")).to_have_count(0)
    drafted(page, site, case)
    assert decided(page, site, case).outcome == "recognised"
    assert EvidenceNotice.objects.get(case=case).answered_on is None
