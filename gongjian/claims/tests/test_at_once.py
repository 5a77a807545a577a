"""Two at once on one claim, a process that dies in the middle, and what runs twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_worker_user
from gongjian.claims import actions, queries
from gongjian.claims.errors import ClaimMoved
from gongjian.claims.jobs import take_up_overdue
from gongjian.claims.models import Answer, Claim, ClaimPaper
from gongjian.claims.states import State
from gongjian.claims.tests.builders import CLAIMED, a_bill, a_claim_in_hand, an_agent_of_the_agency
from gongjian.conclusions.tests.builders import the_agency
from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
COMPLETE_BY = date(2026, 6, 3)


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(CLAIMED)):
        yield


def both(*acts: Callable[[], object], on: date = CLAIMED) -> list[str]:
    """Each act in a process of its own; what became of them."""

    def one(act: Callable[[], object]) -> str:
        try:
            with moment.fixed(moment.at(on)):
                act()
            return "done"
        except ClaimMoved:
            return "moved"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def amounts(claim: Claim) -> dict[str, Decimal | None]:
    return {title: Decimal(9) for title, _, _ in queries.fund_items(claim)}


def acts(name: str) -> list[str]:
    return list(LedgerEntry.objects.filter(act=name).values_list("act", flat=True))


def test_two_clerks_of_the_agency_answer_at_once_and_one_answer_counts():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    other = a_member(Role.REVIEWER, "社复二", office=the_agency())
    done = both(
        lambda: actions.approve(claim, amounts(claim), by=agent),
        lambda: actions.refuse(claim, "不符合条件。", by=other),
    )
    assert done == ["done", "moved"]
    answer = Answer.objects.get(claim=claim)
    claim.refresh_from_db()
    assert claim.state == (State.APPROVED if answer.kind == Answer.Kind.APPROVED else State.REFUSED)
    assert len(acts("claim.answered")) == Message.objects.filter(key__startswith="claim:").count() == 1


def test_the_worker_takes_back_while_the_agency_answers_and_one_of_both_stands():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    done = both(
        lambda: actions.withdraw(claim, by=a_worker_user()),
        lambda: actions.approve(claim, amounts(claim), by=agent),
    )
    assert done == ["done", "moved"]
    claim.refresh_from_db()
    assert (claim.state == State.WITHDRAWN) == (not Answer.objects.filter(claim=claim).exists())


def test_a_payment_registered_twice_at_once_is_one():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    actions.approve(claim, amounts(claim), by=agent)
    pay = lambda: actions.pay(claim, CLAIMED, by=agent)  # noqa: E731 - the same act twice
    assert both(pay, pay) == ["done", "moved"]
    assert Answer.objects.filter(claim=claim, kind=Answer.Kind.PAID).count() == 1


def test_what_is_handed_in_in_the_last_minute_and_the_sweep_that_takes_it_up_do_not_both_happen():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)
    late = COMPLETE_BY + timedelta(days=1)
    both(
        lambda: actions.resubmit(claim, by=a_worker_user(), papers=[a_bill()]),
        take_up_overdue,
        on=late,
    )
    claim.refresh_from_db()
    assert claim.state == State.SUBMITTED
    assert len(acts("claim.resubmitted")) + len(acts("claim.taken_up")) == 1


def test_dying_while_the_file_is_packed_leaves_no_step_half_done(monkeypatch):
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)

    def dies(*told: object, **more: object) -> None:
        raise RuntimeError("the machine went down")

    monkeypatch.setattr(actions, "packed", dies)
    with pytest.raises(RuntimeError):
        actions.resubmit(claim, by=a_worker_user(), papers=[a_bill()])
    claim.refresh_from_db()
    assert claim.state == State.RETURNED
    assert not ClaimPaper.objects.exists() and not acts("claim.resubmitted")


def test_after_that_it_is_handed_in_again_and_the_same_file_is_stored_once():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)
    actions.resubmit(claim, by=a_worker_user(), papers=[a_bill(), a_bill()])
    assert len(set(ClaimPaper.objects.values_list("evidence_id", flat=True))) == 1
    first = ClaimPaper.objects.earliest("pk")
    assert Evidence.objects.filter(sha256=first.evidence.sha256).count() == 1


def test_dying_while_the_answer_is_told_leaves_no_answer(monkeypatch):
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()

    def dies(**told: object) -> None:
        raise RuntimeError("the machine went down")

    monkeypatch.setattr(actions, "send", dies)
    with pytest.raises(RuntimeError):
        actions.refuse(claim, "不符合条件。", by=agent)
    claim.refresh_from_db()
    assert claim.state == State.SUBMITTED and not Answer.objects.exists()
