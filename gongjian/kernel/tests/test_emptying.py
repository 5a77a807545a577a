"""After a test that committed, the next one finds what it would have found without it."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from gongjian.accounts.models import Office, User
from gongjian.accounts.tests.builders import a_clerk
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.tests.emptying import empty_database

pytestmark = pytest.mark.django_db(transaction=True)


def counts() -> dict[str, int]:
    """How many rows stand in each table."""
    with connection.cursor() as cursor:
        return {name: rows(cursor, name) for name in connection.introspection.django_table_names(only_existing=True)}


def rows(cursor, name: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {name}")
    return cursor.fetchone()[0]


def triggers() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'O' ORDER BY 1, 2")
        return cursor.fetchall()


def test_nothing_of_what_was_committed_is_left_not_even_what_can_never_be_deleted():
    record("office:YXJD", "test.done", by=a_clerk())
    assert LedgerEntry.objects.exists()
    empty_database()
    assert not LedgerEntry.objects.exists()
    assert not User.objects.exists()
    assert not Office.objects.exists()


def test_it_leaves_what_djangos_own_way_leaves():
    a_clerk()
    empty_database()
    ours = counts(), triggers(), Permission.objects.count(), ContentType.objects.count()
    call_command("flush", verbosity=0, interactive=False)
    assert (counts(), triggers(), Permission.objects.count(), ContentType.objects.count()) == ours


def test_triggers_work_again_afterwards():
    empty_database()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
