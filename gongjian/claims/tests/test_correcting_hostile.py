"""What a claimant reads of an answer that was taken back: that it holds no more, and nothing to do because of it; addresses written by hand."""

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_worker_user, an_outsider
from gongjian.claims import actions, lists
from gongjian.claims.models import Answer, Correction
from gongjian.claims.states import State
from gongjian.claims.tests.builders import CLAIMED, a_claim_in_hand, an_agent_of_the_agency
from gongjian.claims.tests.test_claims import COMPLETE_BY
from gongjian.kernel import moment
from gongjian.portal.tests.builders import signed_in_as, text_of

pytestmark = pytest.mark.django_db
WHY = "月数看错了<script>alert(1)</script>"
BY_HAND = (
    "2026-05-20",
    "2026-05-20_",
    "2026-05-20_-1",
    "2026-05-20_" + "9" * 30,
    "2026-05-20_１２",
    "0001-01-01T00:00:00+23:59_1",
    "9999-12-31T23:59:59-23:59_1",
    "2026-05-20T10:00:00_1",
    "2026-13-40_1",
    "_",
    "9" * 5000,
    "昨天_一",
)


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(CLAIMED)):
        yield


def test_a_request_for_papers_that_was_taken_back_asks_the_claimant_for_nothing_more():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    returned = actions.send_back(claim, "缺票据原件。", complete_by=COMPLETE_BY, by=agent)
    browser, address = signed_in_as(a_worker_user()), reverse("claims:claim", args=[claim.pk])
    assert "以前补齐" in text_of(browser.get(address))
    actions.correct(returned, WHY, by=agent)
    shown = text_of(browser.get(address))
    assert "已更正，不再有效" in shown and "缺票据原件。" in shown, "what was said is kept"
    assert "以前补齐" not in shown and "补齐并再次提交" not in shown
    assert "<script>alert" not in shown and "月数看错了&lt;script" in shown


def test_no_days_for_a_remedy_are_told_against_an_answer_that_holds_no_more_and_all_against_the_one_that_does():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    refused = actions.refuse(claim, "不属于基金支付。", by=agent)
    browser, address = signed_in_as(a_worker_user()), reverse("claims:claim", args=[claim.pk])
    assert "日内申请行政复议" in text_of(browser.get(address))
    actions.correct(refused, WHY, by=agent)
    assert "日内申请行政复议" not in text_of(browser.get(address))
    second = actions.refuse(claim, "不属于基金支付。", by=agent)
    assert second.remedies and text_of(browser.get(address)).count("日内申请行政复议") == 1
    assert Answer.objects.get(pk=refused.pk).remedies == refused.remedies, "what was told stays in the file"


def test_a_correction_is_no_business_of_the_claimant_a_stranger_or_who_only_looks():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    refused = actions.refuse(claim, "不属于基金支付。", by=agent)
    address = reverse("claims:correct", args=[claim.pk, refused.pk])
    for user in (a_worker_user(), an_outsider()):
        answer = signed_in_as(user).post(address, {"words": "试一试"})
        assert answer.status_code in (403, 404, 422)
    assert (Correction.objects.count(), type(claim).objects.get(pk=claim.pk).state) == (0, State.REFUSED)
    empty = signed_in_as(agent).post(address, {"words": " \u3000"})
    long = signed_in_as(agent).post(address, {"words": "错" * 601})
    assert (empty.status_code, long.status_code, "错" * 601 in text_of(long)) == (422, 422, True)
    assert Correction.objects.count() == 0


def test_an_answer_of_another_claim_is_not_corrected_by_way_of_this_one():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    refused = actions.refuse(claim, "不属于基金支付。", by=agent)
    browser = signed_in_as(agent)
    for wrong in ((claim.pk + 1000, refused.pk), (claim.pk, refused.pk + 1000)):
        assert browser.post(reverse("claims:correct", args=wrong), {"words": "看错了"}).status_code == 404
    assert not Correction.objects.exists()


def test_a_place_in_a_list_that_was_written_by_hand_is_the_first_page_and_breaks_nothing():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    assert [row.pk for row in lists.waiting(agent).rows] == [claim.pk]
    for text in BY_HAND:
        lists.others(agent, after=text)
        assert [row.pk for row in lists.waiting(agent, after=text).rows] in ([claim.pk], []), text
    browser, address = signed_in_as(agent), reverse("claims:list")
    for text in BY_HAND[3:9]:
        assert browser.get(address, {"after": text, "ended_after": text}).status_code == 200
