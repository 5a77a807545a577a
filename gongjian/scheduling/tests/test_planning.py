"""Planning in the background: asked once, done by one worker, gone on with when that one dies, and never silent about what went wrong."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from gongjian.accounts.tests.builders import a_clerk, a_scheduler, an_office
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import entries_of
from gongjian.scheduling import jobs
from gongjian.scheduling.actions import ask_planning, plan_asked, planning
from gongjian.scheduling.actions.proposing import planned
from gongjian.scheduling.errors import NothingToPlan, PlanningUnderWay
from gongjian.scheduling.models import Planning, Proposal
from gongjian.scheduling.states import PlanningState, ProposalState, Step
from gongjian.scheduling.tests.builders import a_day, a_proposal
from gongjian.sittings.errors import SittingNotYours
from gongjian.sittings.models import Sitting
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def asked() -> Planning:
    """A planning asked for one case and one sitting."""
    an_accepted_case()
    a_day()
    return ask_planning(an_office(), by=a_scheduler())


def dies_at(monkeypatch: pytest.MonkeyPatch, *, times: int) -> list[int]:
    """Let the planner die so many times, as a killed process does: nothing after it runs. What it was asked."""
    alive = planned
    deaths: list[int] = []

    def die(office, *, by, watch):
        if len(deaths) == times:
            return alive(office, by=by, watch=watch)
        watch(Step.PLANNING)
        deaths.append(office.pk)
        raise KeyboardInterrupt

    monkeypatch.setattr(planning, "planned", die)
    return deaths


def test_what_is_asked_is_planned_by_the_worker_and_the_row_says_so():
    row = asked()
    assert (row.is_running, row.step, Proposal.objects.exists()) == (True, Step.ASKED, False)
    assert jobs.plan_asked() == 1
    row.refresh_from_db()
    assert (row.state, row.step, row.attempts) == (PlanningState.DONE, Step.EXPLAINING, 1)
    assert row.proposal is not None
    assert (row.proposal.cases, row.proposal.made_by, row.ended_at) == (1, row.asked_by, moment.now())
    assert [entry.act for entry in entries_of(row.chain)][-2:] == ["planning.asked", "proposal.made"]


def test_a_second_run_does_nothing():
    asked()
    assert (plan_asked(), plan_asked()) == (1, 0)
    assert Proposal.objects.count() == 1


def test_an_office_that_has_asked_is_told_to_wait_and_asks_again_when_it_is_over():
    row = asked()
    with pytest.raises(PlanningUnderWay):
        ask_planning(an_office(), by=a_scheduler())
    plan_asked()
    assert ask_planning(an_office(), by=a_scheduler()).pk != row.pk


def test_what_cannot_be_planned_at_all_is_said_at_once():
    with pytest.raises(NothingToPlan):
        ask_planning(an_office(), by=a_scheduler())
    an_accepted_case()
    with pytest.raises(NothingToPlan):
        ask_planning(an_office(), by=a_scheduler())
    assert not Planning.objects.exists()


def test_who_does_not_plan_here_asks_for_nothing():
    a_day()
    with pytest.raises(SittingNotYours):
        ask_planning(an_office(), by=a_clerk())


def test_what_has_changed_before_the_worker_came_is_told_in_words_and_the_standing_proposal_stays():
    standing = a_proposal()
    ask_planning(an_office(), by=a_scheduler())
    Sitting.objects.update(state="closed")
    assert plan_asked() == 1
    row = Planning.objects.get()
    assert (row.state, row.refused_because) == (PlanningState.FAILED, str(NothingToPlan()))
    standing.refresh_from_db()
    assert standing.state == ProposalState.OPEN
    assert [entry.act for entry in entries_of(row.chain)][-1] == "planning.failed"


def test_what_breaks_is_logged_told_and_keeps_nobody_waiting(monkeypatch, caplog):
    row = asked()

    def breaks(office, *, by, watch):
        raise ZeroDivisionError

    monkeypatch.setattr(planning, "planned", breaks)
    assert plan_asked() == 1
    row.refresh_from_db()
    assert (row.state, row.refused_because) == (PlanningState.FAILED, planning.BROKEN)
    assert "planning.broken" in caplog.messages
    assert plan_asked() == 0


def test_a_worker_that_died_is_followed_by_the_next(monkeypatch):
    row = asked()
    dies_at(monkeypatch, times=1)
    with pytest.raises(KeyboardInterrupt):
        plan_asked()
    row.refresh_from_db()
    assert (row.state, row.step, row.attempts) == (PlanningState.WORKING, Step.PLANNING, 1)
    assert plan_asked() == 1
    row.refresh_from_db()
    assert (row.state, row.attempts, Proposal.objects.count()) == (PlanningState.DONE, 2, 1)


def test_after_three_deaths_the_planning_ends_in_words(monkeypatch):
    row = asked()
    deaths = dies_at(monkeypatch, times=9)
    for _ in range(planning.MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            plan_asked()
    assert plan_asked() == 1
    row.refresh_from_db()
    assert (row.state, row.refused_because, len(deaths)) == (PlanningState.FAILED, planning.DIED, 3)


def test_the_database_knows_one_running_planning_and_no_end_without_a_proposal_or_a_reason():
    row = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Planning.objects.create(office=row.office, asked_at=moment.now(), asked_by=row.asked_by)
    for state in (PlanningState.DONE, PlanningState.FAILED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Planning.objects.filter(pk=row.pk).update(state=state)


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_plans_another_leaves_it_alone():
    row = asked()
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"scheduling.planning/{row.pk}"])
    try:
        assert plan_asked() == 0
        row.refresh_from_db()
        assert (row.state, row.attempts) == (PlanningState.WAITING, 0)
    finally:
        other.close()  # as a killed worker's connection is
    assert plan_asked() == 1
    assert connection.in_atomic_block is False


def test_the_board_shows_how_far_it_is_and_asks_again_until_it_is_over(monkeypatch):
    asked()
    dies_at(monkeypatch, times=1)
    browser = Client()
    browser.force_login(a_scheduler(), "django.contrib.auth.backends.ModelBackend")
    url = reverse("scheduling:progress", args=["YXJD"])
    with pytest.raises(KeyboardInterrupt):
        plan_asked()
    page = browser.get(url, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in page
    assert "求超期最少的安排（第3步，共5步）" in page.content.decode()
    assert 'hx-trigger="every 2s"' in page.content.decode()
    plan_asked()
    page = browser.get(url, headers={"HX-Request": "true"})
    assert (page["HX-Refresh"], "hx-trigger" in page.content.decode()) == ("true", False)


def test_without_a_script_the_progress_is_a_page_that_leads_back():
    row = asked()
    browser = Client()
    browser.force_login(a_scheduler(), "django.contrib.auth.backends.ModelBackend")
    url = reverse("scheduling:progress", args=["YXJD"])
    assert "等候后台程序开始" in browser.get(url).content.decode()
    Planning.objects.filter(pk=row.pk).update(state="failed", refused_because="试一试", ended_at=moment.now())
    page = browser.get(url).content.decode()
    assert "试一试" in page
    assert "看方案" in page
    board = browser.get(reverse("scheduling:board", args=["YXJD"])).content.decode()
    assert "这一次没有排成" in board


def test_asking_puts_the_sweep_into_the_queue_at_once():
    an_accepted_case()
    a_day()
    browser = Client()
    browser.force_login(a_scheduler(), "django.contrib.auth.backends.ModelBackend")
    browser.post(reverse("scheduling:propose", args=["YXJD"]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'scheduling.plan_asked'")
        assert cursor.fetchone() == (1,)
    assert Planning.objects.get().asked_at <= moment.now() + timedelta(0)
