"""`/health/`: well, degraded, and never talkative."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from gongjian.config import health
from gongjian.kernel import moment

TABLE = "CREATE TABLE IF NOT EXISTS procrastinate_workers (last_heartbeat timestamptz NOT NULL)"
"""For test databases that are made from models alone; the queue's own table comes with its migrations."""


@pytest.fixture
def no_worker(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute("DELETE FROM procrastinate_workers")


@pytest.fixture
def worker(no_worker: None) -> Iterator[None]:
    """A worker that told a moment ago that it lives."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [moment.now()])
    yield


def asked(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/health/")
    return answer.status_code, answer.json()


@pytest.mark.usefixtures("worker")
def test_a_house_in_order_answers_ok(client: Client):
    assert asked(client) == (200, {"status": "ok", "database": "ok", "evidence": "ok", "worker": "ok"})


@pytest.mark.usefixtures("worker")
def test_nobody_keeps_the_answer(client: Client):
    assert "no-store" in client.get("/health/")["Cache-Control"]


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(("silent", "told"), [(59, "ok"), (61, "failed")])
def test_a_worker_counts_as_gone_after_a_minute(client: Client, silent: int, told: str):
    with moment.fixed(moment.now() + timedelta(seconds=silent)):
        code, parts = asked(client)
    assert (code == 200, parts["worker"]) == (told == "ok", told)


@pytest.mark.usefixtures("no_worker")
def test_without_any_worker_the_house_is_degraded(client: Client):
    code, parts = asked(client)
    assert (code, parts["status"], parts["database"], parts["worker"]) == (503, "degraded", "ok", "failed")


@pytest.mark.usefixtures("worker")
def test_a_store_that_cannot_be_written_is_told(client: Client, monkeypatch: pytest.MonkeyPatch):
    def full() -> None:
        raise OSError("No space left on device: /secret/place")

    monkeypatch.setattr(health, "incoming", full)
    code, parts = asked(client)
    assert (code, parts["evidence"], parts["database"]) == (503, "failed", "ok")


@pytest.mark.usefixtures("worker")
def test_a_database_that_does_not_answer_is_told_and_nothing_of_it(client: Client, monkeypatch: pytest.MonkeyPatch):
    class Gone:
        def cursor(self) -> None:
            raise DatabaseError("password=geheim host=10.0.0.1")

    monkeypatch.setattr(health, "connection", Gone())
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "degraded", "database": "failed", "evidence": "ok", "worker": "failed"}
    assert "geheim" not in answer.content.decode()


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("words", ["?format=text", "?format=openmetrics", "?format=rss"])
def test_no_other_form_tells_more(client: Client, words: str):
    assert set(client.get(f"/health/{words}").json()) == {"status", "database", "evidence", "worker"}
