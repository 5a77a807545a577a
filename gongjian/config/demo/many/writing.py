"""Writing the cases by COPY, some thousands in a transaction."""

from collections.abc import Callable, Sequence
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max, Model

from gongjian.appraisal.models import Application as Appraised
from gongjian.cases.models import Case, CaseLimit, Obligation, Passage
from gongjian.config.demo.cast import EMPLOYER, engage_staff, found_offices
from gongjian.config.demo.many.rows import Setting, case_of
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.parties.actions import keep_employer
from gongjian.parties.models import Person
from gongjian.recognition.models import Application as Recognised

CHUNK = 5_000
NUMBERED: tuple[type[Model], ...] = (
    Case,
    Person,
    Appraised,
    Recognised,
    CaseLimit,
    Obligation,
    Passage,
    LedgerEntry,
)
"""What is written with ids of our own, reckoned from the number of the case. A run begins after the last of all of them."""


def make(count: int, say: Callable[[str], None]) -> int:
    """Write `count` invented cases of the demo city, received over the last ten years; how many were written."""
    found_offices()
    engage_staff()
    setting = Setting.of(keep_employer(name=EMPLOYER["employer_name"], credit_code=EMPLOYER["credit_code"]))
    first = max(map(_last, NUMBERED)) + 1
    numbers = iter(range(first, first + count))
    written = 0
    while chunk := list(islice(numbers, CHUNK)):
        with transaction.atomic():
            _write([row for number in chunk for row in case_of(number, setting)])
        written += len(chunk)
        say(f"{written}/{count}")
    _settle()
    return written


def _write(rows: Sequence[Model]) -> None:
    kinds: dict[type[Model], list[Model]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    for kind, found in kinds.items():
        _copy(kind, found)


def _copy(kind: type[Model], rows: Sequence[Model]) -> None:
    fields = kind._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{kind._meta.db_table}" ({columns}) FROM STDIN') as stream:
        for row in rows:
            stream.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])


def _settle() -> None:
    """Let the sequences go on after the rows that were given their ids, and tell the planner what there is."""
    with connection.cursor() as cursor:
        for model in NUMBERED:
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), (SELECT coalesce(max({key}), 1) FROM {table}))"  # noqa: S608
            )
        cursor.execute("ANALYZE")


def _last(model: type[Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0)
