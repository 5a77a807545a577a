"""What a clerk in a hurry, a lawyer, a stranger and a power cut do with a benefit claim."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from gongjian.accounts.tests.builders import a_worker_user, an_employer_user, an_outsider
from gongjian.appraisal.models import Application
from gongjian.benefits.queries import stage_for
from gongjian.benefits.rules import Stage
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side
from gongjian.claims import actions, queries
from gongjian.claims.errors import ClaimMoved, FoundingFell, NothingToClaimOn
from gongjian.claims.models import Answer, Claim, ClaimPaper
from gongjian.claims.packing import held_kinds
from gongjian.claims.rules import DEATH, RELATION
from gongjian.claims.states import State
from gongjian.claims.tests.builders import (
    CLAIMED,
    TOLD,
    a_bill,
    a_case_in_effect,
    a_claim,
    a_claim_in_hand,
    an_agent_of_the_agency,
)
from gongjian.claims.tests.test_claims import COMPLETE_BY, SUBSIDY, unpacked
from gongjian.claims.tests.test_without_a_grade import a_served_recognition, a_window_of_the_agency
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.models import Decision, Joining
from gongjian.recognition.tests.builders import MONDAY, an_entered_case, the_clerk
from gongjian.recognition.tests.served import LATER, fallen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(CLAIMED)):
        yield


@pytest.fixture
def monday(home):
    with moment.fixed(MONDAY):
        yield


class PowerCut(Exception):
    """The process dies here."""


def test_a_claim_without_any_wage_is_no_dead_end_the_agency_fixes_what_it_knows_itself():
    case, agent = a_case_in_effect(), an_agent_of_the_agency()
    claim = actions.submit(case, {"insured": True}, by=a_worker_user())
    assert queries.fund_items(claim) == []
    page = signed_in_as(agent).post(
        reverse("claims:approve", args=[claim.pk]), {"more_0": SUBSIDY, "more_amount_0": "45000"}
    )
    assert page.status_code == 302
    assert Answer.objects.get().items == [[SUBSIDY, "45000"]]
    paid = actions.pay(claim, CLAIMED, by=agent)
    assert paid.items == [[SUBSIDY, "45000"]]


def test_an_approval_of_nothing_at_all_stays_a_refusal():
    claim = actions.submit(a_case_in_effect(), {"insured": True}, by=a_worker_user())
    page = signed_in_as(an_agent_of_the_agency()).post(reverse("claims:approve", args=[claim.pk]), {})
    assert page.status_code >= 400 and not Answer.objects.exists()


@pytest.mark.parametrize(
    "file",
    [SimpleUploadedFile("空.png", b""), SimpleUploadedFile("病毒.png", b"MZ\x90\x00not a picture")],
    ids=["empty", "no picture"],
)
def test_a_file_that_cannot_be_taken_is_said_and_the_claim_waits_on(file):
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)
    answer = signed_in_as(a_worker_user()).post(reverse("claims:resubmit", args=[claim.pk]), {"other": file})
    assert answer.status_code >= 400
    claim.refresh_from_db()
    assert (claim.state, ClaimPaper.objects.count()) == (State.RETURNED, 0)


def test_every_button_pressed_twice_is_one_act_and_the_second_is_told_where_it_stands():
    claim, agency, worker = a_claim_in_hand(), signed_in_as(an_agent_of_the_agency()), signed_in_as(a_worker_user())
    told = {"words": "缺票据𠮷。", "complete_by": f"{COMPLETE_BY}", **{f"item_{n}": "1" for n in range(9)}}
    for name, client, state in (
        ("return", agency, State.RETURNED),
        ("resubmit", worker, State.SUBMITTED),
        ("approve", agency, State.APPROVED),
        ("pay", agency, State.PAID),
    ):
        sent = {**told, "paid_on": f"{CLAIMED}"}
        answers = [client.post(reverse(f"claims:{name}", args=[claim.pk]), sent).status_code for _ in range(2)]
        claim.refresh_from_db()
        assert (answers[0], answers[1] >= 400, claim.state) == (302, True, state), name
    assert [row.kind for row in Answer.objects.order_by("pk")] == ["return", "approve", "pay"]


def test_an_answer_that_dies_before_it_is_told_has_not_been_given(monkeypatch):
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    before = LedgerEntry.objects.count()

    def die(**told):
        raise PowerCut

    monkeypatch.setattr(actions, "send", die)
    with pytest.raises(PowerCut), transaction.atomic():
        actions.refuse(claim, "不符合条件。", by=agent)
    claim.refresh_from_db()
    assert (claim.state, Answer.objects.count(), LedgerEntry.objects.count()) == (State.SUBMITTED, 0, before)


def test_a_resubmission_that_dies_while_it_is_packed_leaves_the_old_file_and_no_paper(monkeypatch):
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    actions.send_back(claim, "缺票据。", complete_by=COMPLETE_BY, by=agent)

    def die(*told, **more):
        raise PowerCut

    monkeypatch.setattr(actions, "packed", die)
    with pytest.raises(PowerCut), transaction.atomic():
        actions.resubmit(claim, by=a_worker_user(), papers=[a_bill()])
    after = Claim.objects.get(pk=claim.pk)
    assert (after.state, after.manifest_sha256, ClaimPaper.objects.count()) == (
        State.RETURNED,
        claim.manifest_sha256,
        0,
    )


def test_the_database_edits_no_answer_and_loses_no_claim():
    claim = a_claim_in_hand()
    answer = actions.refuse(claim, "不符合条件。", by=an_agent_of_the_agency())
    for lose in (
        lambda: Answer.objects.filter(pk=answer.pk).update(kind="pay"),
        answer.delete,
        lambda: Claim.objects.filter(pk=claim.pk).delete(),
    ):
        with (
            pytest.raises((DatabaseError, Exception), match=r"(?i)cannot|append_only|stays|protect"),
            transaction.atomic(),
        ):
            lose()


def test_a_party_of_many_claimed_cases_lists_them_in_three_queries(django_assert_max_num_queries):
    claim, worker = a_claim_in_hand(), a_worker_user()
    with django_assert_max_num_queries(3):
        assert list(queries.visible_to(worker)) == [claim]
    assert list(queries.visible_to(an_employer_user())) == []
    assert list(queries.visible_to(an_outsider())) == []


def test_who_stands_on_both_sides_reads_no_claim_of_the_worker():
    claim, employer = a_claim_in_hand(), an_employer_user()
    join_case(claim.founded_on, employer, capacity="worker")
    assert claim not in list(queries.visible_to(employer))


def test_with_the_recognition_falls_what_was_claimed_on_the_grade(home):
    with moment.fixed(MONDAY):
        recognised = a_served_recognition()
    case, agent = a_case_in_effect(), an_agent_of_the_agency()
    claim = a_claim(case)
    Application.objects.filter(case=case).update(recognised_case=recognised)
    assert stage_for(case, Side.WORKER) is Stage.DISABILITY
    Decision.objects.filter(case=recognised).update(revoked_on=MONDAY.date())
    assert stage_for(Case.objects.get(pk=case.pk), Side.WORKER) is None
    with pytest.raises(FoundingFell):
        actions.approve(claim, {SUBSIDY: Decimal(1)}, by=agent)
    with pytest.raises(NothingToClaimOn):
        actions.withdraw(claim, by=a_worker_user())
        actions.submit(case, dict(TOLD), by=a_worker_user())


def test_a_claim_waits_on_no_decision_that_was_made_after_it(monday):
    case = a_served_recognition()
    claim = actions.submit(case, {"medical_cost": "10"}, by=a_worker_user())
    assert queries.still_stands(claim)
    fallen(case)
    assert not queries.still_stands(Claim.objects.get(pk=claim.pk))


def test_what_fell_is_in_no_file_that_is_packed_after_it(monday):
    case = a_served_recognition()
    claim = actions.submit(case, {"medical_cost": "10"}, by=a_worker_user())
    fallen(case)
    with moment.fixed(LATER + timedelta(hours=1)):
        actions._pack_again(claim, a_worker_user())
    assert not [name for name in unpacked(claim) if name.startswith("papers/")]


def test_what_the_other_voice_handed_in_goes_along_and_is_not_asked_again(monday):
    case = a_served_recognition(died=True)
    for material in case.materials.filter(kind__in=(RELATION, DEATH)):
        material.pages.all().update(removed_at=MONDAY)
    assert held_kinds(case, Stage.DEATH) == set()
    voice = an_entered_case(
        papers=(RELATION, DEATH), capacity="employer", injured_on="2026-01-05", late_reason="经办人离职。"
    )
    Joining.objects.create(case=case, other=voice, verdict="joined", reason="同一次。", by=the_clerk(), at=MONDAY)
    assert held_kinds(case, Stage.DEATH) == {RELATION, DEATH}


def test_after_a_death_the_window_writes_to_the_relative_and_not_to_the_dead(monday):
    case, daughter = a_served_recognition(died=True), a_worker_user()
    dead = an_outsider()
    type(case.person).objects.filter(pk=case.person_id).update(user=dead)
    claim = actions.submit(Case.objects.get(pk=case.pk), {"death": "direct"}, by=a_window_of_the_agency())
    assert claim.claimant == daughter
    actions.withdraw(claim, by=daughter)
    assert not Message.objects.filter(user=dead, key__startswith="claim:").exists()


def test_nothing_is_done_to_a_claim_that_was_taken_back():
    claim, agent = a_claim_in_hand(), an_agent_of_the_agency()
    actions.withdraw(claim, by=a_worker_user())
    for act in (
        lambda: actions.refuse(claim, "迟了。", by=agent),
        lambda: actions.send_back(claim, "缺。", complete_by=COMPLETE_BY, by=agent),
        lambda: actions.pay(claim, CLAIMED, by=agent),
    ):
        with pytest.raises(ClaimMoved):
            act()
    assert "撤回" in text_of(signed_in_as(a_worker_user()).get(reverse("claims:claim", args=[claim.pk])))
