"""The database as it was before a test that committed: what stands in it is deleted, table by table, as far as anything does.

Django's own way truncates every table and then makes permissions and triggers anew, though nobody has touched them: four
hundred statements after each such test, and a catalogue that grows with every one.
"""

from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

KEPT = {"django_content_type", "auth_permission"}
"""Filled by the migrations, and by Django's own way once more."""


def empty_database() -> None:
    """Leave no row in any table of ours, once whoever still writes has finished."""
    with transaction.atomic(), connection.cursor() as cursor:
        if is_superuser(cursor):
            delete_rows(cursor)
            return
    call_command("flush", verbosity=0, interactive=False)


def is_superuser(cursor: CursorWrapper) -> bool:
    """Whether triggers may be passed over: append-only tables refuse what we are about to do."""
    cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
    return bool(cursor.fetchone()[0])


def delete_rows(cursor: CursorWrapper) -> None:
    names = sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT)
    cursor.execute(f"SET LOCAL session_replication_role = replica; LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE")
    cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names))
    filled = [name for (name,) in cursor.fetchall()]
    if filled:
        cursor.execute("; ".join(f"DELETE FROM {name}" for name in filled))
