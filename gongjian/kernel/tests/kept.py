"""What a builder has once written into an empty database is kept as rows, and laid down again where the next test begins.

Building a sitting of twelve experts takes a thousand statements, laying down its rows takes one. A test sees no difference:
the rows are those that the actions wrote, and they are laid down only where the actions would have found nothing either.
"""

import os
import pickle
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar, cast

from django.conf import settings
from django.db import connection, transaction

from gongjian.kernel import moment
from gongjian.kernel.tests.emptying import KEPT, is_superuser

P = ParamSpec("P")
Built = TypeVar("Built")
STANDING = {*KEPT, "django_migrations"}
shared_homes: set[str] = set()
"""Homes that more than one test sees. What is built in a home of one test alone will not be asked for again."""
_kept: dict[object, tuple[bytes, dict[str, str]]] = {}
"""What was asked for, in which folder, when → what the builder gave, and the rows of each table as JSON."""


def kept(build: Callable[P, Built]) -> Callable[P, Built]:
    """Let a builder of plain arguments work once for each folder of tests and moment of the story; it may depend on nothing else."""

    @wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> Built:
        if not worth_keeping() or filled_tables():
            return build(*args, **kwargs)
        asked = pickle.dumps((build.__qualname__, args, kwargs)), _place(), _instant()
        if asked not in _kept:
            answer = build(*args, **kwargs)
            _kept[asked] = pickle.dumps(answer), {name: rows_of(name) for name in filled_tables()}
            return answer
        pickled, rows = _kept[asked]
        lay_down(rows)
        return cast(Built, pickle.loads(pickled))

    return built


def _place() -> tuple[str, str]:
    """The folder of the test that runs, where fixtures may change what an act does, and its home."""
    return os.environ.get("PYTEST_CURRENT_TEST", "").split("::")[0].rpartition("/")[0], str(settings.GONGJIAN_HOME)


def _instant() -> object:
    """The moment of the story, if time is handed in."""
    return moment._fixed[-1] if moment._fixed else None


def worth_keeping() -> bool:
    """Whether rows can be laid down, another test may want them, and, as far as the first table tells, nothing stands yet."""
    if not can_lay_down() or str(settings.GONGJIAN_HOME) not in shared_homes:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM accounts_office)")
        return not cursor.fetchone()[0]


@cache
def can_lay_down() -> bool:
    with connection.cursor() as cursor:
        return is_superuser(cursor)


@cache
def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in cursor.fetchall() if name not in STANDING]


def filled_tables() -> list[str]:
    """The tables in which anything stands."""
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in _tables())
    connection.ensure_connection()
    return [name for (name,) in connection.connection.execute(asked, prepare=True)]


def rows_of(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT json_agg(t)::text FROM {name} t")
        return str(cursor.fetchone()[0])


@transaction.atomic
def lay_down(rows: dict[str, str]) -> None:
    """Write rows as they were; triggers have seen them when they were first written."""
    each = [f"INSERT INTO {name} SELECT * FROM json_populate_recordset(NULL::{name}, %s)" for name in rows]
    laid = ["SET session_replication_role = replica", *each, "SET session_replication_role = origin"]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(laid), list(rows.values()))
