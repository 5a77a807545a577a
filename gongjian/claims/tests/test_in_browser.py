"""The agency takes a wrong answer back in a real browser and the worker reads both; what is paged and hinted at fits a phone and a screen reader."""

import pytest
from playwright.sync_api import Page, expect

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_worker_user
from gongjian.claims import lists
from gongjian.claims.models import Claim
from gongjian.claims.states import State
from gongjian.claims.tests.builders import CLAIMED, a_claim, a_claim_in_hand, an_agent_of_the_agency
from gongjian.claims.tests.test_claims import acts_on
from gongjian.claims.tests.test_lists import many_claims
from gongjian.delivery.tests.test_in_browser import looked_at, sign_in
from gongjian.kernel import moment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
WHY = "核定时把月数看错了，应为9个月。"


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(CLAIMED)):
        yield


def opened(page: Page, site: str, user: User, claim: Claim) -> None:
    """The page of a claim as somebody, looked at in every width."""
    sign_in(page, site, user)
    looked_at(page, f"{site}/claims/{claim.pk}/")


def test_a_wrong_answer_is_corrected_on_the_page_and_the_worker_reads_what_was_said_and_why_it_was_wrong(
    page: Page, live_server
):
    site, claim, agent = live_server.url, a_claim_in_hand(), an_agent_of_the_agency()
    acts_on(claim)["approve"](agent)
    opened(page, site, agent, claim)
    page.get_by_role("link", name="更正这次答复").click()
    expect(page.get_by_text("办理期限不重新计算")).to_be_visible()
    looked_at(page, page.url)
    page.get_by_role("button", name="更正答复").click()
    expect(page.get_by_label("更正的理由")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("更正的理由").fill(WHY)
    page.get_by_role("button", name="更正答复").click()
    expect(page.get_by_text("已更正，不再有效")).to_be_visible()
    expect(page.get_by_role("link", name="核定待遇")).to_be_visible()
    expect(page.get_by_role("link", name="更正这次答复")).to_have_count(0)
    claim.refresh_from_db()
    assert claim.state == State.SUBMITTED
    opened(page, site, a_worker_user(), claim)
    expect(page.get_by_text(WHY)).to_be_visible()
    expect(page.get_by_text("等待经办机构核定")).to_be_visible()
    expect(page.get_by_text("行政复议")).to_have_count(0)  # of an answer that is none any more nobody is told remedies


def test_a_second_claim_is_hinted_at_and_the_lists_are_leafed_through(page: Page, live_server, monkeypatch):
    site, first, agent = live_server.url, a_claim_in_hand(), an_agent_of_the_agency()
    acts_on(first)["refuse"](agent)
    second = a_claim(first.founded_on)
    opened(page, site, agent, second)
    expect(page.get_by_text("同一次伤害已有同一种申领")).to_be_visible()
    page.get_by_role("link", name="不予支付", exact=False).first.click()
    expect(page).to_have_url(f"{site}/claims/{first.pk}/")


def test_every_page_of_the_list_is_reached_by_its_link(page: Page, live_server, monkeypatch):
    claims = many_claims(5)
    monkeypatch.setattr(lists.waiting, "__kwdefaults__", {"after": "", "size": 2})
    sign_in(page, live_server.url, an_agent_of_the_agency())
    looked_at(page, f"{live_server.url}/claims/")
    found: list[str] = []
    for _ in range(3):
        found += page.locator("table").first.locator("tbody th").all_inner_texts()
        onward = page.get_by_role("link", name="下一页")
        if onward.count():
            address = onward.get_attribute("href")
            onward.click()
            expect(page).to_have_url(f"{live_server.url}{address}")
    assert len(found) == len(set(found)) == len(claims)
