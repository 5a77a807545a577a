"""The agency answers the green channel before the rest."""

import pytest

from gongjian.accounts.tests.builders import a_worker_user
from gongjian.cases.actions.obligations import put_first
from gongjian.cases.models import ORDINARY, URGENT
from gongjian.claims import actions
from gongjian.claims.lists import waiting
from gongjian.claims.models import Claim
from gongjian.claims.tests.builders import CLAIMED, a_case_in_effect, a_claim, a_claim_in_hand, an_agent_of_the_agency
from gongjian.claims.tests.test_lists import many_claims, walked
from gongjian.kernel import moment
from gongjian.portal.tests.builders import signed_in_as, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may():
    with moment.fixed(moment.at(CLAIMED)):
        yield


def test_a_claim_upon_a_case_of_the_green_channel_bears_its_priority():
    case = a_case_in_effect()
    put_first(case)
    assert a_claim(case).priority == URGENT


def test_an_open_claim_follows_its_case_and_an_ended_one_stays():
    claim = a_claim_in_hand()
    assert claim.priority == ORDINARY
    put_first(claim.founded_on)
    claim.refresh_from_db()
    assert claim.priority == URGENT
    Claim.objects.filter(pk=claim.pk).update(priority=ORDINARY)
    actions.withdraw(claim, by=a_worker_user())
    put_first(claim.founded_on)
    claim.refresh_from_db()
    assert claim.priority == ORDINARY


def test_the_list_of_the_agency_says_so():
    claim = a_claim_in_hand()
    put_first(claim.founded_on)
    agent = an_agent_of_the_agency()
    assert waiting(agent).rows == [claim]
    assert waiting(agent).rows[0].founded_on.is_urgent
    rows = waiting(agent).rows
    assert [row.priority for row in rows] == [URGENT]
    shown = text_of(signed_in_as(agent).get("/claims/"))
    assert "绿色通道</span>" in shown and "绿色通道的在最前" in shown


def test_the_pages_hold_every_claim_once_across_the_border_between_first_and_rest():
    rows = many_claims(7)
    Claim.objects.filter(pk__in=[rows[3].pk, rows[6].pk]).update(priority=URGENT)
    whole = [row.pk for row in waiting(an_agent_of_the_agency()).rows]
    assert whole[:2] == [rows[3].pk, rows[6].pk] and sorted(whole) == sorted(row.pk for row in rows)
    for size in (1, 2, 3, 6):
        assert walked(waiting, size=size) == whole
