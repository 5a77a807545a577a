"""The worklist: open obligations of a desk, the green channel first, then the oldest due day. Served by one partial index for each desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import Desk, desks_of
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries.places import ORDER, Place, beyond, place_of
from gongjian.cases.queries.recusals import open_to


@dataclass(frozen=True)
class Task:
    """One page of a worklist: its rows and the place after the last one (None at the end)."""

    rows: list[Obligation]
    after: Place | None


def worklist(user: User, *, after: Place | None = None, size: int = 50, kind: str = "") -> Task:
    """A page of what `user`'s desks owe, by (priority, due day, id): two queries for each desk, however many cases there are."""
    pages = [_desk_page(desk, user, after, size, kind) for desk in desks_of(user)]
    rows = list(islice(merge(*pages, key=place_of), size))
    more = len(rows) == size
    return Task(rows=rows, after=place_of(rows[-1]) if more else None)


def open_obligations(case: Case) -> QuerySet[Obligation]:
    """What is owed in a case now, most urgent first."""
    return case.obligations.filter(fulfilled_at=None).select_related("office").order_by("due_on", "id")


def _desk_page(desk: Desk, user: User, after: Place | None, size: int, kind: str) -> Iterable[Obligation]:
    rows = Obligation.objects.filter(office_id=desk.office, role=desk.role, fulfilled_at=None)
    if desk.window:
        rows = rows.filter(window_id=desk.window)
    if kind:
        rows = rows.filter(kind=kind)
    if after:
        rows = rows.filter(beyond(after))
    return (
        open_to(rows, user, at="case")
        .select_related("case__person", "case__office", "case__employer")
        .order_by(*ORDER)[:size]
    )
