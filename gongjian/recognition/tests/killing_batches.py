"""A batch whose worker gets SIGKILL in the middle of a turn, again and again, and what must hold once it is through."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection

from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.papers.models import Paper
from gongjian.recognition.actions import accident, batch, deciding, investigation, proposing
from gongjian.recognition.models import Accident, Batch
from gongjian.recognition.queries.batch import progress
from gongjian.recognition.tests.builders import MONDAY

Operation = Batch.Operation
PLACES: dict[Operation, tuple[Any, str]] = {
    Operation.OPEN: (accident, "put_first"),
    Operation.BEGIN: (investigation, "move"),
    Operation.PROPOSE: (proposing, "must_be_seen"),
    Operation.REVIEW: (deciding, "move"),
    Operation.DECIDE: (deciding, "move"),
}
"""Where a turn has written something and is not through."""


PROGRAM = """
import json, sys
from pathlib import Path
import django
from django.conf import settings
told = json.load(sys.stdin)
settings.DATABASES["default"].update(told["database"])
settings.GONGJIAN_HOME = Path(told["home"])
django.setup()
from gongjian.recognition.tests.killing_batches import work
work(told["batch"], told["turn"])
"""
"""A process of its own, as a worker is: a fork would share the threads of what has rendered papers before."""


def through(made: Batch, *, every: int) -> int:
    """Go on with a batch until it is through, by workers each of which is killed in its so-manieth turn; how many died."""
    deaths = 0
    while not progress(made).is_over:
        deaths += _worker(made, every)
    return deaths


def work(batch_pk: int, turn: int) -> None:
    """What a worker does: go on with the batch, until it is killed in that turn or nothing is left."""
    made = Batch.objects.get(pk=batch_pk)
    room, name = PLACES[Operation(made.operation)]
    setattr(room, name, _killing(getattr(room, name), turn))
    with moment.fixed(MONDAY):
        batch.advance(made)


def _worker(made: Batch, turn: int) -> int:
    """A worker that is killed in that turn; 1 if it was, 0 if it came to the end before."""
    database = {name: connection.settings_dict[name] for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    told = {"database": database, "home": str(settings.GONGJIAN_HOME), "batch": made.pk, "turn": turn}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps(told), capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return int(done.returncode != 0)


def _killing(act: Callable[..., Any], turn: int) -> Callable[..., Any]:
    left = [turn]

    def killed(*args: Any, **told: Any) -> Any:
        answer = act(*args, **told)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return killed


def assert_all_done_once(row: Accident, made: Batch, *, count: int, state: str) -> None:
    """Everybody was dealt with once, and nobody refused."""
    told = progress(made)
    assert (told.total, told.done, told.refused) == (count, count, 0)
    cases = Case.objects.filter(victim__accident=row)
    assert list(cases.values_list("state", flat=True).distinct()) == [state]
    assert cases.count() == Case.objects.count() == count


def assert_numbered_without_gaps(kind: str, count: int) -> None:
    """One paper of this kind for each case, numbered from 1 without a gap."""
    papers = Paper.objects.filter(kind=kind)
    assert sorted(papers.values_list("sequence", flat=True)) == list(range(1, count + 1))
    assert papers.values("case").distinct().count() == count


def assert_the_ledger_is_whole() -> None:
    """No entry is missing, none stands twice."""
    assert verify()[1] == []
