"""A benefit claim from the decision to the agency's answer: what goes along, who may do what, twice, two at once, a stranger."""

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import SYSTEM, Role
from gongjian.accounts.tests.builders import a_clerk, a_member, a_reviewer, a_worker_user, an_employer_user, an_outsider
from gongjian.cases.models import Case
from gongjian.claims import actions, lists, queries, rules
from gongjian.claims.errors import (
    AnswerIncomplete,
    ClaimMoved,
    ClaimNotFound,
    ClaimRuns,
    DayToCompleteWrong,
    DayWrong,
    FoundingFell,
    NoAgency,
    NothingToClaimOn,
    NotYourClaim,
)
from gongjian.claims.jobs import take_up_overdue
from gongjian.claims.models import Answer, Claim
from gongjian.claims.rules import check_approval, remedies_told
from gongjian.claims.states import ANSWER, CLAIM, CORRECT, LABELS, MOVES, OPEN, OWED, State
from gongjian.claims.tests.builders import (
    CLAIMED,
    TOLD,
    a_bill,
    a_case_in_effect,
    a_claim,
    a_claim_in_hand,
    an_agent_of_the_agency,
)
from gongjian.conclusions.models import Conclusion
from gongjian.conclusions.tests.builders import staff_of, the_agency
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message

pytestmark = pytest.mark.django_db
SUBSIDY = "一次性伤残补助金"
COMPLETE_BY = date(2026, 6, 3)
BEFORE = {
    State.RETURNED: ("return",),
    State.APPROVED: ("approve",),
    State.PAID: ("approve", "pay"),
    State.REFUSED: ("refuse",),
}
"""How a state is reached from the one in which a claim comes."""


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(CLAIMED)):
        yield


def unpacked(claim: Claim) -> dict[str, bytes]:
    with open_evidence(claim.package) as file, ZipFile(io.BytesIO(file.read())) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_every_open_state_owes_something_to_somebody_and_every_state_has_a_label():
    assert {move.start for move in MOVES if move.act != CORRECT} == OPEN == set(OWED)
    assert all(bool(owed.role) != bool(owed.party) and owed.article for owed in OWED.values())
    assert set(LABELS) == set(State)


def test_the_claim_file_holds_facts_statement_decision_and_their_hashes_and_nothing_else():
    claim = a_claim_in_hand()
    files = unpacked(claim)
    manifest = json.loads(files["manifest.json"])
    statement = json.loads(files["statement.json"])
    assert {one["path"] for one in manifest["files"]} == set(files) - {"manifest.json", "manifest.json.sha256"}
    assert [name for name in files if name.startswith("papers/")] == ["papers/01-conclusion.pdf"]
    assert next(one for one in statement["items"] if one["title"] == SUBSIDY)["amount"] == "45000.00"
    assert claim.manifest_sha256 in files["manifest.json.sha256"].decode()


def test_what_the_case_holds_is_not_typed_and_what_is_typed_does_not_overrule_it():
    claim = a_claim(grade=1, injured_on="2020-01-01")
    conclusion = Conclusion.objects.get(case=claim.founded_on)
    assert (claim.facts["grade"], claim.facts["injured_on"]) == (conclusion.grade, "2025-09-08")


def test_a_claim_leaves_one_entry_without_any_amount_or_name():
    claim = a_claim_in_hand()
    entry = LedgerEntry.objects.get(act="claim.submitted", chain=claim.founded_on.chain)
    assert entry.facts == {"claim": claim.pk, "stage": "disability", "manifest": claim.manifest_sha256}


def test_sent_twice_it_is_one_claim():
    claim = a_claim_in_hand()
    with pytest.raises(ClaimRuns):
        a_claim(claim.founded_on)
    assert Claim.objects.count() == 1


def test_the_database_lets_no_second_open_claim_stand():
    claim = a_claim_in_hand()
    claim.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_is_told_that_it_runs():
    case, user = a_case_in_effect(), a_worker_user()

    def once(_: int) -> str:
        try:
            with moment.fixed(moment.at(CLAIMED)):
                actions.submit(Case.objects.get(pk=case.pk), dict(TOLD), by=user)
            return "claimed"
        except ClaimRuns:
            return "runs"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(once, range(2))) == ["claimed", "runs"]


def test_nothing_is_claimed_before_the_conclusion_is_in_effect():
    case = a_case_in_effect()
    Conclusion.objects.filter(case=case).update(effective_on=None)
    with pytest.raises(NothingToClaimOn):
        a_claim(case)


@pytest.mark.parametrize("who", [an_outsider, a_clerk, an_agent_of_the_agency])
def test_a_stranger_and_staff_of_no_window_of_the_agency_claim_nothing(who):
    with pytest.raises(NothingToClaimOn):
        a_claim(a_case_in_effect(), by=who())


def test_where_no_agency_is_registered_the_claimant_is_told_where_to_go():
    case = a_case_in_effect()
    the_agency().__class__.objects.filter(code="YXJB").update(region="990200")
    with pytest.raises(NoAgency):
        a_claim(case)


def test_the_agency_sees_it_in_its_list_and_another_office_never():
    claim = a_claim_in_hand()
    assert lists.waiting(an_agent_of_the_agency()).rows == [claim]
    for other in (a_reviewer(), a_clerk(), an_outsider(), staff_of(the_agency(), "档案")):
        assert not lists.waiting(other).rows
        with pytest.raises(ClaimNotFound):
            queries.claim_for(claim.pk, by=other)


def test_what_the_worker_told_is_not_for_the_employer_but_what_the_employer_told_is_for_the_worker():
    of_worker = a_claim_in_hand()
    with pytest.raises(ClaimNotFound):
        queries.claim_for(of_worker.pk, by=an_employer_user())
    actions.withdraw(of_worker, by=a_worker_user())
    of_employer = a_claim(of_worker.founded_on, by=an_employer_user())
    assert queries.claim_for(of_employer.pk, by=a_worker_user()) == of_employer


def test_the_list_takes_one_query_however_long(django_assert_num_queries):
    a_claim()
    user = an_agent_of_the_agency()
    user.posts_held()
    with django_assert_num_queries(1):
        rows = lists.waiting(user).rows
        assert [row.founded_on.person.name for row in rows] == ["林知远"]


def test_the_agency_approves_item_by_item_and_the_claimant_reads_it_with_the_remedies():
    claim, agent = a_claim(), an_agent_of_the_agency()
    amounts = {title: Decimal("45000.00") for title, _, _ in queries.fund_items(claim)}
    answer = actions.approve(claim, amounts, by=agent)
    claim.refresh_from_db()
    assert claim.state == State.APPROVED
    assert [SUBSIDY, "45000.00"] in answer.items
    assert "60日" in answer.remedies and "6个月" in answer.remedies
    message = Message.objects.get(key=f"claim:{claim.pk}/answer/{answer.pk}")
    assert message.user_id == claim.claimant_id and "45000" not in message.body


def test_an_approval_without_an_amount_for_an_item_is_refused():
    with pytest.raises(AnswerIncomplete):
        check_approval([SUBSIDY], {SUBSIDY: None})
    claim = a_claim_in_hand()
    with pytest.raises(AnswerIncomplete):
        actions.approve(claim, {}, by=an_agent_of_the_agency())
    claim.refresh_from_db()
    assert claim.state == State.SUBMITTED


def test_returned_for_a_paper_it_comes_back_with_it_and_the_file_is_packed_anew():
    claim, agent = a_claim(), an_agent_of_the_agency()
    before = claim.manifest_sha256
    actions.send_back(claim, "还缺医疗费票据原件的照片。", complete_by=COMPLETE_BY, by=agent)
    assert not lists.waiting(agent).rows
    again = actions.resubmit(claim, by=a_worker_user(), papers=[a_bill()])
    assert again.manifest_sha256 != before
    assert "attached/01.png" in unpacked(again)
    assert lists.waiting(agent).rows == [again]


def test_a_refusal_says_why_and_what_may_be_done():
    claim, agent = a_claim(), an_agent_of_the_agency()
    with pytest.raises(AnswerIncomplete):
        actions.refuse(claim, " ", by=agent)
    answer = actions.refuse(claim, "单位在受伤时没有为您参保，费用由单位支付。", by=agent)
    assert answer.kind == Answer.Kind.REFUSED and "行政诉讼" in answer.remedies


def acts_on(claim: Claim) -> dict[str, Callable[[User], Any]]:
    amounts = {title: Decimal(1) for title, _, _ in queries.fund_items(claim)}
    return {
        "return": lambda by: actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=by),
        "resubmit": lambda by: actions.resubmit(claim, by=by, papers=[]),
        "approve": lambda by: actions.approve(claim, amounts, by=by),
        "pay": lambda by: actions.pay(claim, CLAIMED, by=by),
        "refuse": lambda by: actions.refuse(claim, "不符合条件。", by=by),
        "withdraw": lambda by: actions.withdraw(claim, by=by),
        "correct": lambda by: actions.correct(queries.answers_of(claim)[0], "金额写错了。", by=by),
    }


@pytest.mark.parametrize(
    "move", [move for move in MOVES if move.permission != SYSTEM], ids=lambda move: f"{move.act}-{move.start}"
)
def test_each_move_is_for_one_side_and_from_its_own_state_alone(move):
    claim, agent, worker = a_claim_in_hand(), an_agent_of_the_agency(), a_worker_user()
    acts = acts_on(claim)
    for before in BEFORE.get(move.start, ()):
        acts[before](agent)
    right, wrong = (worker, agent) if move.permission == CLAIM else (agent, worker)
    with pytest.raises(NotYourClaim):
        acts[move.act](wrong)
    acts[move.act](right)
    claim.refresh_from_db()
    assert claim.state == move.end
    assert (claim.due_on is None) == (claim.state not in OPEN)
    Claim.objects.filter(pk=claim.pk).update(state=State.WITHDRAWN, due_on=None)
    with pytest.raises(ClaimMoved):
        acts[move.act](right)


def test_only_an_agency_has_this_business():
    assert not a_reviewer().holds(ANSWER)
    assert a_member(Role.REVIEWER, "社复", office=the_agency()).holds(ANSWER)


def test_regulation_art_55_the_remedies_are_told_with_their_lengths():
    assert remedies_told(CLAIMED, region="990100").startswith("对经办机构核定的工伤保险待遇有异议的")


def test_order_765_art_22_a_claim_is_settled_within_twenty_working_days_and_an_approval_does_not_lengthen_them():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    assert claim.due_on == rules.settle_by(CLAIMED, region="990100").due == queries.limit_of(claim).due
    acts_on(claim)["approve"](agent)
    after = Claim.objects.get(pk=claim.pk)
    assert (after.state, after.due_on) == (State.APPROVED, claim.due_on)


def test_what_is_missing_is_owed_by_the_claimant_until_the_day_they_were_told_and_then_the_days_of_the_agency_begin_anew():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    with pytest.raises(DayToCompleteWrong):
        actions.send_back(claim, "缺票据。", complete_by=CLAIMED, by=agent)
    actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)
    assert Claim.objects.get(pk=claim.pk).due_on == COMPLETE_BY
    with moment.fixed(moment.at(COMPLETE_BY)):
        again = actions.resubmit(claim, by=a_worker_user(), papers=[a_bill()])
        assert again.due_on == rules.settle_by(COMPLETE_BY, region="990100").due != claim.due_on


def test_what_is_not_completed_in_time_comes_back_to_the_agency_once():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)
    with moment.fixed(moment.at(COMPLETE_BY)):
        assert take_up_overdue() == 0
    with moment.fixed(moment.at(COMPLETE_BY + timedelta(days=1))):
        assert [take_up_overdue(), take_up_overdue()] == [1, 0]
        assert lists.waiting(agent).rows == [claim]
    assert LedgerEntry.objects.get(act="claim.taken_up").facts == {"claim": claim.pk}


def test_one_that_was_completed_while_the_sweep_ran_is_left_alone(monkeypatch):
    claim = a_claim_in_hand()
    monkeypatch.setattr(queries, "overdue", lambda today: [claim])
    assert take_up_overdue() == 0


def test_what_was_fixed_is_paid_on_a_day_after_it_was_fixed_and_not_in_the_future():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    acts_on(claim)["approve"](agent)
    for wrong in (CLAIMED - timedelta(days=1), CLAIMED + timedelta(days=1)):
        with pytest.raises(DayWrong):
            actions.pay(claim, wrong, by=agent)
    paid = actions.pay(claim, CLAIMED, by=agent)
    assert (paid.kind, paid.paid_on, paid.remedies) == (Answer.Kind.PAID, CLAIMED, "")
    assert [SUBSIDY, "1"] in paid.items
    assert not queries.runs(claim.founded_on)


def test_nothing_is_fixed_or_paid_upon_a_decision_that_fell_but_it_can_be_refused():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    Conclusion.objects.filter(case=claim.founded_on).update(effective_on=None)
    with pytest.raises(FoundingFell):
        acts_on(claim)["approve"](agent)
    acts_on(claim)["refuse"](agent)
    claim.refresh_from_db()
    assert claim.state == State.REFUSED


def test_where_nothing_is_payable_it_is_refused_with_a_reason_and_not_approved():
    with pytest.raises(AnswerIncomplete):
        check_approval([SUBSIDY], {SUBSIDY: Decimal(0)})


def test_the_database_lets_no_open_claim_stand_without_a_day():
    claim = a_claim_in_hand()
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(due_on=None)
