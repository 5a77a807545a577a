"""Agents: for whom they act, until when, whether papers reach them, and how their power ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_clerk, a_worker_user, an_applicant, an_employer_user, an_outsider
from gongjian.applications.actions.submission import enter_at_window
from gongjian.appraisal.actions.mandates import revocable, revoke
from gongjian.appraisal.errors import MandateNotFound
from gongjian.appraisal.tests.builders import MONDAY, PAPERS, a_draft, a_submitted_case
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Case
from gongjian.cases.queries import Side, side_of, speaks_for, visible_to
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.materials.queries import visible_materials
from gongjian.parties.models import Mandate

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LATER = MONDAY + timedelta(hours=1)


def an_agent() -> User:
    return an_applicant("19900000004", "何律")


def told(acts_for: str = "worker", **more: Any) -> dict[str, Any]:
    return {"capacity": "agent", "applicant_name": "何律", "acts_for": acts_for, **more}


def a_case_by_an_agent(acts_for: str = "worker", **more: Any) -> Case:
    """Applied for by an agent; the worker has joined."""
    case = a_submitted_case(by=an_agent(), applicant=told(acts_for, **more), papers=(*PAPERS, "mandate"))
    join_case(case, a_worker_user(), capacity="worker")
    return case


def kinds_seen(case: Case, user: User) -> set[str]:
    return {material.kind for material in visible_materials(case, by=user)}


@pytest.mark.parametrize(("acts_for", "side"), [("worker", Side.WORKER), ("employer", Side.EMPLOYER)])
def test_an_agent_stands_on_the_side_that_gave_the_power(acts_for, side):
    case = a_case_by_an_agent(acts_for)
    with moment.fixed(LATER):
        assert side_of(an_agent(), case) is side
    assert case.application.side is side


def test_the_power_is_kept_with_its_last_day_and_its_paper():
    mandate = a_case_by_an_agent(mandate_until="2026-06-30", mandate_receives=True).application.mandate
    assert (mandate.valid_from, mandate.valid_until, mandate.may_receive) == (MONDAY.date(), date(2026, 6, 30), True)
    assert mandate.evidence is not None
    assert (mandate.agent, mandate.agent_name) == (an_agent(), "何律")


def test_an_agent_of_a_paper_application_has_a_power_without_an_account():
    clerk = a_clerk()
    with moment.fixed(MONDAY):
        papers = ("application_form", *PAPERS, "mandate")
        draft = a_draft(by=clerk, channel="window", applicant=told("employer"), papers=papers)
        case = enter_at_window(draft, by=clerk, received_on=moment.today())
    mandate = case.application.mandate
    assert (mandate.agent, mandate.agent_name, mandate.employer) == (None, "何律", case.employer)
    assert case.application.side is Side.EMPLOYER


@pytest.mark.parametrize("capacity", ["worker", "employer"])
def test_who_applies_in_their_own_right_gives_no_power(capacity):
    assert a_submitted_case(applicant={"capacity": capacity}).application.mandate is None
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(("day", "lasts"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_after_the_last_day_the_agent_is_a_stranger(day, lasts):
    case = a_case_by_an_agent(mandate_until="2026-06-30")
    with moment.fixed(moment.at(day, 9)):
        assert visible_to(an_agent()).filter(pk=case.pk).exists() is lasts
        assert speaks_for(an_agent(), case, Side.WORKER) is lasts
        assert bool(kinds_seen(case, an_agent())) is lasts


@pytest.mark.parametrize(("receives", "binds"), [(True, True), (False, False)])
def test_what_an_agent_says_of_delivery_binds_only_with_the_power_to_receive(receives, binds):
    assert a_case_by_an_agent(mandate_receives=receives).application.may_receive is binds


def test_the_worker_takes_the_power_back_at_once():
    case = a_case_by_an_agent()
    with moment.fixed(LATER):
        [mandate] = revocable(case, by=a_worker_user())
        revoke(case, mandate.pk, by=a_worker_user())
        assert not visible_to(an_agent()).filter(pk=case.pk).exists()
        assert visible_to(a_worker_user()).filter(pk=case.pk).exists()
        with pytest.raises(MandateNotFound):
            revoke(case, mandate.pk, by=a_worker_user())
    assert LedgerEntry.objects.filter(chain=case.chain, act="mandate.revoked").count() == 1


@pytest.mark.parametrize("person", [an_agent, an_employer_user, an_outsider, a_clerk])
def test_nobody_but_the_giver_takes_it_back(person):
    case = a_case_by_an_agent()
    join_case(case, an_employer_user(), capacity="employer")
    with moment.fixed(LATER):
        with pytest.raises(MandateNotFound):
            revoke(case, Mandate.objects.get().pk, by=person())
        assert speaks_for(an_agent(), case, Side.WORKER)


def test_the_page_shows_the_power_and_ends_it():
    case = a_case_by_an_agent(mandate_until="2026-06-30")
    client = Client()
    client.force_login(a_worker_user(), backend=BACKEND)
    address = reverse("portal:mandates", args=[case.number])
    with moment.fixed(LATER):
        shown = client.get(address).content.decode()
        assert "何律" in shown
        assert "到2026年6月30日为止" in shown
        assert client.post(address, {"mandate": "x"}).status_code == 404
        assert client.post(address, {"mandate": Mandate.objects.get().pk}).status_code == 302
        assert "没有可以取消的委托" in client.get(address).content.decode()
        assert side_of(an_agent(), case) is None


def test_an_employers_lawyer_reads_only_the_health_papers_that_he_added_himself():
    case = a_case_by_an_agent("employer")
    with moment.fixed(LATER):
        assert kinds_seen(case, an_agent()) == {*PAPERS, "mandate"}
        case.materials.get(kind="medical_records").pages.update(added_by=a_worker_user())
        assert kinds_seen(case, an_agent()) == {*PAPERS, "mandate"} - {"medical_records"}


def test_a_workers_lawyer_reads_what_the_worker_reads():
    case = a_case_by_an_agent()
    with moment.fixed(LATER):
        case.materials.get(kind="medical_records").pages.update(added_by=a_worker_user())
        assert kinds_seen(case, an_agent()) == kinds_seen(case, a_worker_user())
