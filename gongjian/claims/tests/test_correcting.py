"""An answer that was wrong is taken back by the agency with its reason; nothing that was said disappears, and nobody gains days by it."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_outsider
from gongjian.claims import actions, queries
from gongjian.claims.errors import AnswerChanged, AnswerIncomplete, ClaimMoved, ClaimRuns, NotYourClaim
from gongjian.claims.models import Answer, Claim, Correction
from gongjian.claims.states import State
from gongjian.claims.tests.builders import CLAIMED, a_claim, a_claim_in_hand, an_agent_of_the_agency
from gongjian.claims.tests.test_claims import COMPLETE_BY, acts_on
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.portal.tests.builders import signed_in_as, text_of

pytestmark = pytest.mark.django_db
WHY = "核定时把月数看错了。"


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(CLAIMED)):
        yield


def stands(claim: Claim) -> tuple[str, object]:
    found = Claim.objects.get(pk=claim.pk)
    return found.state, found.due_on


def test_a_wrong_payment_and_a_wrong_amount_are_taken_back_step_by_step_and_all_that_was_said_is_kept():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    acts, due = acts_on(claim), claim.due_on
    approved = acts["approve"](agent)
    paid = acts["pay"](agent)
    actions.correct(paid, "还没有付出，登记早了。", by=agent)
    assert stands(claim) == (State.APPROVED, due), "the days go on from when the claim came"
    actions.correct(approved, WHY, by=agent)
    assert stands(claim) == (State.SUBMITTED, due)
    again = actions.approve(claim, {title: Decimal(2) for title, _, _ in queries.fund_items(claim)}, by=agent)
    assert actions.pay(claim, CLAIMED, by=agent).items == again.items, "what is paid is what was fixed last"
    assert [row.pk for row in queries.answers_of(claim)][-2:] == [paid.pk, approved.pk]
    assert Answer.objects.get(pk=approved.pk).items == approved.items
    assert Correction.objects.get(answer=approved).reason == WHY
    entries = LedgerEntry.objects.filter(act="claim.corrected").order_by("pk").values_list("facts", flat=True)
    assert [entry["answer"] for entry in entries] == [paid.pk, approved.pk]
    assert not any(WHY in str(entry) for entry in entries)
    told = Message.objects.get(key=f"claim:{claim.pk}/correction/{approved.pk}")
    assert told.user_id == claim.claimant_id
    assert "等待经办机构核定" in told.body
    assert WHY not in told.body


def test_a_refusal_that_was_wrong_is_taken_back_unless_another_claim_runs_already():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    refused = acts_on(claim)["refuse"](agent)
    other = a_claim(claim.founded_on)
    with pytest.raises(ClaimRuns), transaction.atomic():
        actions.correct(refused, WHY, by=agent)
    assert (stands(claim), Correction.objects.exists()) == ((State.REFUSED, None), False)
    actions.withdraw(other, by=a_worker_user())
    actions.correct(refused, WHY, by=agent)
    assert stands(claim) == (State.SUBMITTED, claim.due_on)


def test_a_return_with_a_wrong_day_is_taken_back_while_it_waits_and_no_more_once_it_came_again():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    returned = actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)
    actions.correct(returned, WHY, by=agent)
    assert stands(claim) == (State.SUBMITTED, claim.due_on)
    second = actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)
    with pytest.raises(AnswerChanged), transaction.atomic():
        actions.correct(returned, WHY, by=agent)
    actions.resubmit(claim, by=a_worker_user(), papers=[])
    with pytest.raises(ClaimMoved), transaction.atomic():
        actions.correct(second, WHY, by=agent)
    assert Correction.objects.count() == 1


def test_whoever_saw_an_older_answer_corrects_nothing_and_twice_is_once():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    acts = acts_on(claim)
    approved = acts["approve"](agent)
    paid = acts["pay"](agent)
    with pytest.raises(AnswerChanged), transaction.atomic():
        actions.correct(approved, WHY, by=agent)
    assert stands(claim)[0] == State.PAID
    actions.correct(paid, WHY, by=agent)
    with pytest.raises(AnswerChanged), transaction.atomic():
        actions.correct(paid, WHY, by=agent)
    assert (stands(claim)[0], Correction.objects.count()) == (State.APPROVED, 1)


@pytest.mark.parametrize("who", [a_worker_user, an_outsider, a_clerk])
def test_only_the_agency_corrects_and_only_with_a_reason(who):
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    approved = acts_on(claim)["approve"](agent)
    with pytest.raises(NotYourClaim), transaction.atomic():
        actions.correct(approved, WHY, by=who())
    with pytest.raises(AnswerIncomplete), transaction.atomic():
        actions.correct(approved, " \n", by=agent)
    assert stands(claim)[0] == State.APPROVED
    actions.correct(approved, WHY, by=agent)
    for act in (lambda: Correction.objects.all().delete(), lambda: Correction.objects.update(by=who())):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_on_the_page_the_old_answer_stays_with_the_reason_and_the_worker_reads_both():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    approved = acts_on(claim)["approve"](agent)
    agency, worker = signed_in_as(agent), signed_in_as(a_worker_user())
    page, address = reverse("claims:claim", args=[claim.pk]), reverse("claims:correct", args=[claim.pk, approved.pk])
    assert address in text_of(agency.get(page))
    assert address not in text_of(worker.get(page))
    assert worker.get(address).status_code == 403
    assert agency.get(reverse("claims:correct", args=[claim.pk, approved.pk + 1])).status_code == 404
    assert agency.post(address, {"words": ""}).status_code == 422
    assert agency.post(address, {"words": WHY}).status_code == 302
    shown = text_of(worker.get(page))
    assert "已更正，不再有效" in shown
    assert WHY in shown
    assert address not in text_of(agency.get(page))
