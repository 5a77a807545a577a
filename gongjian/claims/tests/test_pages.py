"""The pages of a claim and the page of an injury, as the worker and the agency meet them."""

import json

import pytest
from django.urls import reverse

from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_outsider
from gongjian.claims.models import Answer, Claim
from gongjian.claims.queries import fund_items
from gongjian.claims.states import State
from gongjian.claims.tests.builders import CLAIMED, TOLD, a_case_in_effect, a_claim_in_hand, an_agent_of_the_agency
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import readings_of
from gongjian.portal.tests.builders import signed_in_as, text_of

pytestmark = pytest.mark.django_db
SHEET = json.dumps({"told": TOLD, "skipped": []})


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(CLAIMED)):
        yield


def test_the_facts_of_the_estimate_become_a_claim_without_being_typed_again():
    case, client = a_case_in_effect(), signed_in_as(a_worker_user())
    address = reverse("claims:new", args=[case.number])
    assert address in text_of(client.get(reverse("benefits:case", args=[case.number])))
    shown = text_of(client.post(address, {"sheet": SHEET}))
    assert "一次性伤残补助金" in shown and "来自案件" in shown and not Claim.objects.exists()
    sent = client.post(address, {"sheet": SHEET, "do": "submit"})
    assert sent.status_code == 302 and Claim.objects.get().founded_on == case


def test_the_agency_answers_on_its_page_and_the_worker_reads_it():
    claim, agency = a_claim_in_hand(), signed_in_as(an_agent_of_the_agency())
    assert claim.founded_on.number in text_of(agency.get(reverse("claims:list")))
    amounts = {f"item_{place}": "45000.00" for place, _ in enumerate(fund_items(claim))}
    assert agency.post(reverse("claims:approve", args=[claim.pk]), amounts).status_code == 302
    shown = text_of(signed_in_as(a_worker_user()).get(reverse("claims:claim", args=[claim.pk])))
    assert "45000.00元" in shown and "行政复议" in shown


@pytest.mark.parametrize(("name", "kind"), [("claims:return", "return"), ("claims:refuse", "refuse")])
def test_without_words_nothing_is_returned_or_refused(name, kind):
    claim, agency = a_claim_in_hand(), signed_in_as(an_agent_of_the_agency())
    assert agency.post(reverse(name, args=[claim.pk]), {"words": ""}).status_code == 422
    assert (
        agency.post(reverse(name, args=[claim.pk]), {"words": "缺票据。", "complete_by": "2026-06-03"}).status_code
        == 302
    )
    assert Answer.objects.get().kind == kind


def test_the_worker_completes_and_withdraws_on_the_page():
    claim, agency = a_claim_in_hand(), signed_in_as(an_agent_of_the_agency())
    agency.post(reverse("claims:return", args=[claim.pk]), {"words": "缺票据。", "complete_by": "2026-06-03"})
    worker = signed_in_as(a_worker_user())
    worker.post(reverse("claims:resubmit", args=[claim.pk]))
    claim.refresh_from_db()
    assert claim.state == State.SUBMITTED
    worker.post(reverse("claims:withdraw", args=[claim.pk]))
    claim.refresh_from_db()
    assert claim.state == State.WITHDRAWN


def test_the_claim_file_is_for_the_agency_alone_and_each_download_is_on_record():
    claim = a_claim_in_hand()
    address = reverse("claims:package", args=[claim.pk])
    assert signed_in_as(a_worker_user()).get(address).status_code == 403
    assert signed_in_as(an_agent_of_the_agency()).get(address).status_code == 200
    assert "待遇申领卷" in {row.facts["what"] for row in readings_of(claim.founded_on.chain)}


@pytest.mark.parametrize("name", ["claim", "approve", "return", "refuse", "package"])
@pytest.mark.parametrize("who", [an_outsider, a_clerk])
def test_a_stranger_finds_no_page_of_a_claim(name, who):
    claim = a_claim_in_hand()
    assert signed_in_as(who()).get(reverse(f"claims:{name}", args=[claim.pk])).status_code == 404


def test_the_list_is_for_the_agency():
    assert signed_in_as(a_clerk()).get(reverse("claims:list")).status_code == 403
