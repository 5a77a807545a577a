"""Papers and agents: only the written power to receive lets a paper reach a side through its agent."""

from typing import Any

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_worker_user, an_applicant, an_employer_user
from gongjian.appraisal.tests.builders import MONDAY, PAPERS, a_submitted_case
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.delivery.models import EMPLOYER, WORKER
from gongjian.delivery.queries.sides import account_of, addressed, consents
from gongjian.kernel import moment
from gongjian.parties.actions import revoke_mandate
from gongjian.parties.models import Mandate

pytestmark = pytest.mark.django_db
ADDRESS = {"delivery_name": "何律", "delivery_telephone": "19900000004", "delivery_address": "律师楼9号"}


@pytest.fixture(autouse=True)
def monday():
    with moment.fixed(MONDAY):
        yield


def an_agent() -> User:
    return an_applicant("19900000004", "何律")


def a_case_by_an_agent(acts_for: str = "worker", **more: Any) -> Case:
    """The agent agrees to electronic delivery and names the own address."""
    told = {"capacity": "agent", "applicant_name": "何律", "acts_for": acts_for, **more}
    return a_submitted_case(by=an_agent(), applicant=told, address=ADDRESS, papers=(*PAPERS, "mandate"))


@pytest.mark.parametrize("side", [WORKER, EMPLOYER])
def test_with_the_power_to_receive_papers_reach_the_side_through_the_agent(side):
    case = a_case_by_an_agent(side, mandate_receives=True)
    assert account_of(case, side) == an_agent()
    assert consents(case, side)
    assert addressed(case, side)["address"] == "律师楼9号"


@pytest.mark.parametrize("side", [WORKER, EMPLOYER])
def test_without_it_nothing_goes_to_the_agent_and_the_agents_consent_is_none(side):
    case = a_case_by_an_agent(side)
    assert account_of(case, side) is None
    assert not consents(case, side)
    assert addressed(case, side)["address"] != "律师楼9号"
    assert addressed(case, side)["telephone"] != "19900000004"


def test_an_employers_agent_never_receives_for_the_worker():
    case = a_case_by_an_agent("employer", mandate_receives=True)
    assert account_of(case, WORKER) is None
    assert not consents(case, WORKER)
    assert addressed(case, WORKER)["address"] == "云溪市东溪县柳桥路1号"


def test_after_the_power_was_taken_back_nothing_reaches_the_side_through_the_agent():
    case = a_case_by_an_agent(mandate_receives=True)
    revoke_mandate(Mandate.objects.get(), by=a_worker_user())
    assert account_of(case, WORKER) is None


@pytest.mark.parametrize("receives", [True, False])
def test_the_sides_own_account_comes_before_the_agents(receives):
    case = a_case_by_an_agent(mandate_receives=receives)
    join_case(case, a_worker_user(), capacity="worker")
    join_case(case, an_employer_user(), capacity="employer")
    assert account_of(case, WORKER) == a_worker_user()
    assert account_of(case, EMPLOYER) == an_employer_user()
