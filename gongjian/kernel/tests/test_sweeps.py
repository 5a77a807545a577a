"""Sweeps: found by the worker, callable by anybody, at most one waiting."""

import asyncio
from datetime import datetime
from unittest.mock import patch

import pytest
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.testing import InMemoryConnector

from gongjian.kernel import jobs, moment, sweeps
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.sweeps import SWEEPS, Sweep, hasten, run_all, run_sweep
from gongjian.kernel.tests.messages import a_message


def noting(ran: list[str], name: str, done: int) -> Sweep:
    """A sweep that only notes that it ran."""

    def note() -> int:
        ran.append(name)
        return done

    return note


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two sweeps of that kind in place of the house's own; what ran."""
    ran: list[str] = []
    monkeypatch.setattr(sweeps, "SWEEPS", {"b.two": noting(ran, "b.two", 2), "a.one": noting(ran, "a.one", 0)})
    return ran


def test_the_kernels_sweeps_are_known_to_the_house_and_to_the_worker():
    assert SWEEPS["kernel.deliver_due"] is jobs.deliver_due
    assert {"kernel.deliver_due", "kernel.clear_incoming"} <= set(app.tasks)


def test_messages_are_looked_after_every_minute():
    planned = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert planned["kernel.deliver_due"] == "* * * * *"


def test_a_task_does_what_the_sweep_does(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(SWEEPS, "kernel.deliver_due", lambda: 7)
    assert app.tasks["kernel.deliver_due"](timestamp=0) == 7


def test_all_sweeps_run_in_the_order_of_their_names(counted: list[str]):
    assert run_all() == {"a.one": 0, "b.two": 2}
    assert counted == ["a.one", "b.two"]


def test_a_sweep_tells_the_log_only_when_it_did_something(counted: list[str], caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    run_all()
    assert [vars(record)["sweep"] for record in caplog.records] == ["b.two"]


def test_an_unknown_sweep_is_an_error():
    with pytest.raises(KeyError):
        run_sweep("kernel.unknown")


def test_one_run_waits_in_the_queue_and_no_run_holds_a_lock():
    task, queue = app.tasks["kernel.deliver_due"], InMemoryConnector()
    with app.replace_connector(queue):
        task.defer(timestamp=0)
        with pytest.raises(AlreadyEnqueued):
            task.defer(timestamp=60)
    assert [(job["lock"], job["queueing_lock"]) for job in queue.jobs.values()] == [(None, "kernel.deliver_due")]


def test_the_worker_finds_and_runs_it(monkeypatch: pytest.MonkeyPatch):
    ran: list[str] = []
    monkeypatch.setattr(sweeps, "SWEEPS", {name: noting(ran, name, 1) for name in SWEEPS})
    queue = InMemoryConnector()
    with app.replace_connector(queue) as working:
        working.tasks["kernel.deliver_due"].defer(timestamp=0)
        asyncio.run(working.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False))
    assert "kernel.deliver_due" in ran
    assert not queue.jobs


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_the_kernels_sweeps_do_their_work():
    a_message()
    assert jobs.deliver_due() == 1
    assert Message.objects.get().attempts == 1
    assert jobs.clear_incoming() == 0


@pytest.mark.django_db
def test_a_sweep_can_be_hastened_and_waits_in_the_queue_once():
    queue = InMemoryConnector()
    with app.replace_connector(queue):
        assert (hasten("kernel.deliver_due"), hasten("kernel.deliver_due")) == (True, True)
    assert [job["task_name"] for job in queue.jobs.values()] == ["kernel.deliver_due"]


@pytest.mark.django_db
def test_a_queue_that_is_down_is_logged_and_stops_nobody(caplog: pytest.LogCaptureFixture):
    with patch.object(app.tasks["kernel.deliver_due"], "defer", side_effect=ConnectorException):
        assert hasten("kernel.deliver_due") is False
    assert "sweep.not_hastened" in caplog.messages


def test_minutes_are_told_in_utc_so_that_nightly_work_is_done_at_night_in_china():
    (nightly,) = [
        plan for plan in app.periodic_registry.periodic_tasks.values() if plan.task.name == "kernel.clear_incoming"
    ]
    noon = datetime(2026, 3, 2, 12, tzinfo=moment.ZONE).timestamp()
    following = datetime.fromtimestamp(nightly.croniter.get_next(ret_type=float, start_time=noon), moment.ZONE)
    assert (following.day, following.hour, following.minute) == (3, 3, 17)
