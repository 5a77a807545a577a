"""kill -9 in the middle of a turn: the next worker goes on, nobody is given two notices, and the numbers have no gap."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from gongjian.accounts.tests.builders import a_scheduler
from gongjian.kernel.ledger.queries import verify
from gongjian.papers.models import Paper
from gongjian.reception.actions import begin_run, go_on, runs
from gongjian.reception.models import Run
from gongjian.reception.queries.runs import progress_of
from gongjian.reception.tests.test_runs import a_published
from gongjian.sittings.actions import give_notice
from gongjian.sittings.tests.builders import PLANNED, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
PROGRAM = """
import json, sys
from pathlib import Path
import django
from django.conf import settings
told = json.load(sys.stdin)
settings.DATABASES["default"].update(told["database"])
settings.GONGJIAN_HOME = Path(told["home"])
django.setup()
from gongjian.reception.tests.test_runs_killed import work
work(told["run"], told["turn"])
"""
"""A process of its own, as a worker is."""


def work(run: int, turn: int) -> None:
    """What a worker does, until it dies when the notice of that turn has been written and nothing was committed."""
    left = [turn]

    def deadly(*args: object, **told: object) -> object:
        paper = give_notice(*args, **told)  # type: ignore[arg-type]
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return paper

    vars(runs)["give_notice"] = deadly
    with at(PLANNED):
        runs.advance(Run.objects.get(pk=run))


def killed(run: Run, turn: int) -> bool:
    """Whether a worker that was to die in that turn has died."""
    database = {name: connection.settings_dict[name] for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    told = {"database": database, "home": str(settings.GONGJIAN_HOME), "run": run.pk, "turn": turn}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps(told), capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def test_l04_a_run_whose_workers_are_killed_gives_everybody_one_notice():
    with at(PLANNED):
        run = begin_run(a_published(3), "notices", by=a_scheduler())
    assert killed(run, 2)
    assert (progress_of(run).done, Paper.objects.filter(kind="appearance_notice").count()) == (1, 1)
    with at(PLANNED):
        assert go_on() == 2
    papers = Paper.objects.filter(kind="appearance_notice").order_by("sequence")
    assert list(papers.values_list("sequence", flat=True)) == [1, 2, 3]
    assert (progress_of(run).done, progress_of(run).refused) == (3, 0)
    assert verify()[1] == []
