"""Claims that need no conclusion: the costs of treatment, and what follows a death; at the window too; and what they take over."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.urls import reverse

from gongjian.accounts.models import Office, User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import a_member, a_worker_user, an_employer_user, an_outsider
from gongjian.benefits.queries import held_by, side_claiming, stage_for
from gongjian.benefits.rules import Stage
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side
from gongjian.claims import actions, queries
from gongjian.claims.errors import ClaimNotFound, NothingToClaimOn
from gongjian.claims.models import Claim
from gongjian.claims.packing import held_kinds
from gongjian.claims.rules import BILLS, DEATH, IDENTITY, RELATION
from gongjian.kernel import moment
from gongjian.kernel.evidence.queries import open_evidence
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.tests.kept import kept
from gongjian.law.benefits.reading import read_facts
from gongjian.law.benefits.statement import statement
from gongjian.portal.tests.builders import signed_in_as, text_of
from gongjian.recognition.models import Decision
from gongjian.recognition.tests.builders import MONDAY, PAPERS, a_bureau, a_decided_case
from gongjian.recognition.tests.test_walk import serve_all

pytestmark = pytest.mark.django_db
DIED = {
    "died_on": MONDAY.date() - timedelta(days=19),
    "capacity": "relative",
    "applicant_name": "林小满",
    "relation": "女儿",
}


@pytest.fixture(autouse=True)
def monday(home):
    with moment.fixed(MONDAY):
        yield


@kept
def a_served_recognition(*, died: bool = False, outcome: str = "recognised") -> Case:
    """Served on both sides; the worker's side is a daughter where he died."""
    papers = (*PAPERS, RELATION, DEATH) if died else PAPERS
    decision = a_decided_case(outcome, papers=papers, **(DIED if died else {}))
    case = Case.objects.get(pk=decision.case_id)
    join_case(case, a_worker_user(), capacity="relative" if died else "worker", is_applicant=True)
    join_case(case, an_employer_user(), capacity="employer")
    serve_all(case, at=MONDAY)
    case.refresh_from_db()
    return case


def a_window_of_the_agency() -> User:
    """A clerk of the hall: posts at the bureau and at the agency."""
    a_member(Role.WINDOW_CLERK, "万窗", office=a_bureau())
    return a_member(Role.WINDOW_CLERK, "万窗", office=Office.objects.get(code="YXSB"))


def names_in(claim: Claim) -> set[str]:
    with open_evidence(claim.package) as file, ZipFile(io.BytesIO(file.read())) as found:
        return set(found.namelist())


def facts_in(claim: Claim) -> dict[str, object]:
    with open_evidence(claim.package) as file, ZipFile(io.BytesIO(file.read())) as found:
        told: dict[str, object] = json.loads(found.read("facts.json"))
        return told


def test_regulation_art_30_treatment_is_claimed_upon_a_served_recognition_without_any_grade():
    case = a_served_recognition()
    claim = actions.submit(case, {"medical_cost": "3200.50"}, by=a_worker_user())
    assert claim.stage == Stage.TREATMENT
    assert ("工伤医疗费", "3200.50") in [(title[:5], amount) for title, amount, _ in queries.fund_items(claim)]
    assert queries.missing_of(case, claim.stage, claim.facts) == [IDENTITY, BILLS]
    assert {name.split("-")[-1] for name in names_in(claim) if name.startswith("papers/")} == {
        "decision_recognised.pdf"
    }


def test_what_the_recognition_tells_stands_in_the_facts_and_is_not_asked():
    claim = actions.submit(a_served_recognition(), {"insured": False, "injured_on": "2020-01-01"}, by=a_worker_user())
    assert facts_in(claim) == {"matter": "injury", "region": "990100", "injured_on": "2026-02-10", "insured": True}


def test_regulation_art_39_after_a_death_the_near_relative_claims_grant_funeral_and_pension_without_any_grade():
    case, daughter = a_served_recognition(died=True), a_worker_user()
    held = held_by(case, by=daughter).facts
    assert (held["matter"], held["died_on"]) == ("death", "2026-02-11")
    told = {"death": "direct", "average_wage_at_death": "8000.00", "dependants": []}
    claim = actions.submit(case, told, by=daughter)
    assert claim.stage == Stage.DEATH
    titles = {title for title, _, _ in queries.fund_items(claim)}
    assert {"一次性工亡补助金", "丧葬补助金"} <= titles
    assert "一次性伤残补助金" not in titles


def test_proof_of_kinship_and_death_certificate_of_the_recognition_go_along_and_are_not_asked_again():
    case = a_served_recognition(died=True)
    assert held_kinds(case, Stage.DEATH) == {RELATION, DEATH}
    assert queries.missing_of(case, Stage.DEATH, {}) == [IDENTITY]
    claim = actions.submit(case, {"death": "direct"}, by=a_worker_user())
    assert {"materials/relation_proof/001.png", "materials/death_certificate/001.png"} <= names_in(claim)


def test_the_statement_of_a_death_asks_nothing_that_the_recognition_holds():
    facts = held_by(a_served_recognition(died=True), by=a_worker_user()).facts
    assert {one.fact for one in statement(read_facts(facts)).missing}.isdisjoint(facts)


def test_nothing_is_claimed_upon_a_recognition_that_was_refused_or_fell():
    refused = a_served_recognition(outcome="refused")
    with pytest.raises(NothingToClaimOn):
        actions.submit(refused, {}, by=a_worker_user())


def test_a_decision_that_fell_is_in_no_claim_file_and_carries_no_claim():
    case = a_served_recognition()
    claim = actions.submit(case, {"medical_cost": "10"}, by=a_worker_user())
    Decision.objects.filter(case=case).update(revoked_on=MONDAY.date())
    assert not queries.still_stands(claim)
    assert stage_for(case, Side.WORKER) is None


def test_the_window_hands_a_claim_in_for_the_worker_who_stands_there():
    case, clerk = a_served_recognition(), a_window_of_the_agency()
    assert side_claiming(case, by=clerk) == Side.WORKER
    claim = actions.submit(case, {"medical_cost": "10"}, by=clerk)
    assert (claim.side, claim.channel, claim.entered_by, claim.claimant) == (
        "worker",
        "window",
        clerk,
        case.person.user,
    )
    assert queries.claim_for(claim.pk, by=clerk) == claim
    assert set(queries.acts_for(claim, by=clerk)) == {"withdraw"}
    assert queries.claim_for(claim.pk, by=a_worker_user()) == claim


def test_an_answer_to_somebody_without_an_account_waits_on_the_page_and_no_box_is_written_to():
    case, clerk = a_served_recognition(), a_window_of_the_agency()
    case.person.user = None
    case.person.save()
    claim = actions.submit(Case.objects.get(pk=case.pk), {"medical_cost": "10"}, by=clerk)
    agent = a_member(Role.REVIEWER, "社复", office=claim.office)
    actions.refuse(claim, "票据不在目录内。", by=agent)
    assert not Message.objects.filter(key__startswith="claim:").exists()
    assert "票据不在目录内。" in text_of(signed_in_as(clerk).get(reverse("claims:claim", args=[claim.pk])))


def test_a_window_of_the_bureau_alone_hands_no_claim_in_and_sees_none():
    case = a_served_recognition()
    clerk = a_member(Role.WINDOW_CLERK, office=a_bureau())
    with pytest.raises(NothingToClaimOn):
        actions.submit(case, {}, by=clerk)
    claim = actions.submit(case, {}, by=a_worker_user())
    for other in (clerk, an_outsider()):
        with pytest.raises(ClaimNotFound):
            queries.claim_for(claim.pk, by=other)


def test_the_window_does_not_see_what_was_claimed_over_the_network():
    case = a_served_recognition()
    claim = actions.submit(case, {}, by=a_worker_user())
    with pytest.raises(ClaimNotFound):
        queries.claim_for(claim.pk, by=a_window_of_the_agency())
