"""Taking a spreadsheet in: first read and shown with its errors, then, on a word and only when all is right, taken in whole."""

from datetime import date
from typing import Any, BinaryIO

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.experts.access import MANAGE, require
from gongjian.experts.actions.pool import Told, appoint
from gongjian.experts.errors import ImportGone, SheetHasErrors
from gongjian.experts.models import Expert, PoolImport
from gongjian.experts.queries import import_for
from gongjian.experts.spreadsheet import Row, read_rows
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record


@transaction.atomic
def read_sheet(office: Office, stream: BinaryIO, *, by: User) -> tuple[list[Row], PoolImport | None]:
    """The rows of a sheet with their errors, and, when no row has one, what waits to be taken in.

    Raises: PoolNotYours, SheetUnreadable.
    """
    require(by, MANAGE, office)
    known = Expert.objects.values_list("number", flat=True)
    rows = read_rows(stream, today=moment.today(), region=office.region, known=known)
    if any(row.errors for row in rows):
        return rows, None
    kept: Any = [{"line": row.line, "values": row.values} for row in rows]
    return rows, PoolImport.objects.create(office=office, by=by, rows=kept, count=len(kept), read_at=moment.now())


@transaction.atomic
def take_in(pk: int, *, by: User) -> list[Expert]:
    """Appoint every expert of a sheet that was read without errors, or none. Twice is once.

    Raises: ImportGone, PoolNotYours, SheetHasErrors when the pool has changed since the sheet was read.
    """
    waiting = import_for(pk, by=by)
    require(by, MANAGE, waiting.office)
    if not PoolImport.objects.filter(pk=pk, taken_at=None).update(taken_at=moment.now()):
        raise ImportGone
    numbers = [row["values"]["number"] for row in waiting.rows if row["values"]["number"]]
    clashes = Expert.objects.filter(number__in=numbers).count()
    if clashes:
        raise SheetHasErrors(count=clashes)
    # Rows with numbers of their own go first, so that a number made here never takes one of theirs.
    ordered = sorted(waiting.rows, key=lambda row: not row["values"]["number"])
    made = [appoint(waiting.office, _told(row["values"]), by=by, number=row["values"]["number"]) for row in ordered]
    waiting.rows = []
    waiting.save(update_fields=["rows"])
    record(f"office:{waiting.office.code}", "expert.imported", by=by, count=len(made))
    return made


def _told(values: dict[str, Any]) -> Told:
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("trained_on", "term_until")}
    return Told(
        name=values["name"],
        title=values["title"],
        title_level=values["title_level"],
        hospital=values["hospital"],
        department=values["department"],
        specialties=tuple(values["specialties"]),
        telephone=values["telephone"],
        recommended_by=values["recommended_by"],
        term_from=date.fromisoformat(values["term_from"]),
        trained_on=days["trained_on"],
        term_until=days["term_until"],
    )
