"""The pattern of a job: a function without arguments that looks for facts nobody has dealt with, deals with them, and says how many.

    @sweep("* * * * *")
    def open_tasks_for_failed_messages() -> int: ...

stands in a room's `jobs.py`; the worker (`gongjian work`) finds it and runs it at its minutes. The function stays an ordinary one:
tests and commands call it. Running it twice, or twice at once, must do no harm; a run that was lost is made up by the next.
"""

import logging
from collections.abc import Callable

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

Sweep = Callable[[], int]
SWEEPS: dict[str, Sweep] = {}
"""All sweeps of the house by name (`room.function`), for whoever wants to run them at once."""
log = logging.getLogger(__name__)


def sweep(cron: str) -> Callable[[Sweep], Sweep]:
    """Run the decorated function at these minutes: crontab form in UTC, so that three in the morning here is hour 19.

    At most one run waits in the queue.

    No run holds a lock: one that was killed would hold it for ever.
    """

    def register(function: Sweep) -> Sweep:
        name = f"{function.__module__.split('.')[1]}.{function.__name__}"

        @app.periodic(cron=cron)
        @app.task(name=name, queueing_lock=name)
        def run(timestamp: int) -> int:
            return run_sweep(name)

        SWEEPS[name] = function
        return function

    return register


def run_sweep(name: str) -> int:
    """Run one sweep now; how many facts it dealt with. Raises: KeyError for a name that is no sweep."""
    done = SWEEPS[name]()
    if done:
        log.info("sweep.done", extra={"sweep": name, "count": done})
    return done


def run_all() -> dict[str, int]:
    """Run every sweep once, in the order of their names; what each has dealt with."""
    return {name: run_sweep(name) for name in sorted(SWEEPS)}


def hasten(name: str) -> bool:
    """Let the worker run a sweep at once instead of at its next minute; whether it is in the queue. A queue that is down delays it, no more."""
    try:
        with transaction.atomic():
            app.tasks[name].defer(timestamp=0)
    except AlreadyEnqueued:
        return True
    except ConnectorException:
        log.warning("sweep.not_hastened", extra={"sweep": name}, exc_info=True)
        return False
    return True
