"""`gongjian ledger verify` and the hourly sweep that anchors."""

from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from procrastinate.contrib.django import app

from gongjian.kernel import jobs, moment
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.ledger.command_line import ledger
from gongjian.kernel.ledger.models import Anchor
from gongjian.kernel.ledger.queries import verify

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=moment.ZONE)


@pytest.fixture(autouse=True)
def five_entries():
    with moment.fixed(MONDAY):
        for number in range(4):
            record("case:A", "case.step", by=None, number=number)
        record("case:B", "case.step", by=None)


def tamper(sql: str) -> None:
    """Change rows as somebody with the database's own keys could: past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def verified() -> Result:
    return CliRunner().invoke(ledger, ["verify"])


def test_a_sound_ledger_ends_with_zero_and_its_count():
    done = verified()
    assert (done.exit_code, "共5条" in done.output) == (0, True)


def test_an_empty_ledger_is_sound():
    tamper("DELETE FROM kernel_ledgerentry")
    tamper("DELETE FROM kernel_ledgerhead")
    done = verified()
    assert (done.exit_code, "共0条" in done.output) == (0, True)


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("UPDATE kernel_ledgerentry SET act = 'other' WHERE chain = 'case:A' AND sequence = 3", "case:A 第3条"),
        ("DELETE FROM kernel_ledgerentry WHERE chain = 'case:A' AND sequence = 2", "case:A 第2条"),
        ("DELETE FROM kernel_ledgerentry WHERE chain = 'case:B'", "case:B 第1条"),
        ("UPDATE kernel_ledgerentry SET by_id = 1 WHERE chain = 'case:B'", "case:B 第1条"),
    ],
)
def test_a_broken_ledger_ends_with_one_and_the_first_bad_entry(sql, place):
    tamper(sql)
    done = verified()
    assert (done.exit_code, f"第一处不符：{place}" in done.output) == (1, True)


def test_the_first_bad_entry_is_told_before_those_that_follow_from_it():
    tamper("UPDATE kernel_ledgerentry SET hash = repeat('0', 64) WHERE chain = 'case:A' AND sequence = 1")
    done = verified()
    assert done.output.splitlines()[0].startswith("第一处不符：case:A 第1条")
    assert "gongjian check ledger" in done.output


def test_the_sweep_anchors_each_day_that_is_over_once():
    with moment.fixed(MONDAY + timedelta(days=2)):
        record("case:B", "case.step", by=None)
        assert (jobs.anchor_ledger(), jobs.anchor_ledger()) == (1, 0)
    with moment.fixed(MONDAY + timedelta(days=3)):
        assert jobs.anchor_ledger() == 1
    assert list(Anchor.objects.order_by("day").values_list("day", flat=True)) == [date(2026, 3, 2), date(2026, 3, 4)]
    assert verify() == (6, [])


def test_a_clock_that_was_set_back_does_not_anchor_a_day_before_its_end():
    with moment.fixed(MONDAY - timedelta(days=1)):
        assert jobs.anchor_ledger() == 0
    with moment.fixed(MONDAY.replace(hour=23, minute=59)):
        assert jobs.anchor_ledger() == 0


def test_the_worker_looks_for_days_without_an_anchor_every_hour():
    planned = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert planned["kernel.anchor_ledger"] == "5 * * * *"
