"""kill -9 in the middle of a planning: the next worker begins at once and there is one proposal; after three deaths the page says so."""

import json
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from gongjian.accounts.tests.builders import a_scheduler, an_office
from gongjian.kernel.ledger.queries import verify
from gongjian.scheduling.actions import ask_planning, plan_asked, planning
from gongjian.scheduling.models import Planning, Proposal
from gongjian.scheduling.states import PlanningState, Step
from gongjian.scheduling.tests.builders import a_day
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
PROGRAM = """
import json, os, signal, sys
from pathlib import Path
import django
from django.conf import settings
told = json.load(sys.stdin)
settings.DATABASES["default"].update(told["database"])
settings.GONGJIAN_HOME = Path(told["home"])
django.setup()
from gongjian.scheduling.actions import plan_asked, planning
from gongjian.scheduling.actions.proposing import planned
from gongjian.scheduling.states import Step
from gongjian.sittings.tests.builders import PLANNED, at

def watched(office, *, by, watch):
    def step(reached):
        watch(reached)
        if reached == Step.RELAXING:
            os.kill(os.getpid(), signal.SIGKILL)
    return planned(office, by=by, watch=step)

planning.planned = watched
with at(PLANNED):
    plan_asked()
"""
"""A worker of its own that is killed when the plan is found and not kept."""


def a_worker_is_killed() -> None:
    """Let a worker take the planning and die in it."""
    database = {name: connection.settings_dict[name] for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    told = {"database": database, "home": str(settings.GONGJIAN_HOME)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps(told), capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_l04_a_planning_whose_worker_is_killed_is_gone_on_with_at_once_and_ends_in_words_after_three_deaths():
    with at(PLANNED):
        an_accepted_case()
        a_day()
        row = ask_planning(an_office(), by=a_scheduler())
    a_worker_is_killed()
    row.refresh_from_db()
    assert (row.state, row.step, row.attempts) == (PlanningState.WORKING, Step.RELAXING, 1)
    assert not Proposal.objects.exists()
    with at(PLANNED):
        assert plan_asked() == 1
        row.refresh_from_db()
        assert (row.state, row.attempts, Proposal.objects.count()) == (PlanningState.DONE, 2, 1)
        again = ask_planning(an_office(), by=a_scheduler())
    for _ in range(planning.MOST_ATTEMPTS):
        a_worker_is_killed()
    with at(PLANNED):
        assert plan_asked() == 1
    again.refresh_from_db()
    assert (again.state, again.refused_because) == (PlanningState.FAILED, planning.DIED)
    assert (Planning.objects.count(), Proposal.objects.count(), verify()[1]) == (2, 1, [])
