"""All reading of archives: who sees which, what a case still lacks, what is waiting, what was found."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.archives.errors import ArchiveNotFound, BorrowingNotFound
from gongjian.archives.models import Archive, Borrowing
from gongjian.archives.rules import ENDED, Served, Standing, lacks
from gongjian.cases.labels import label_of
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries import open_obligations, open_to
from gongjian.cases.queries.access import meaning
from gongjian.delivery.methods import TABLE, Method
from gongjian.delivery.models import Delivery
from gongjian.kernel import moment
from gongjian.papers.decided import decided_of

READ, ARCHIVE = "archives.read", "archives.archive"
OWN = "archive"
"""Kind of the obligation that archiving itself fulfils."""
PAGE = 50
DIGITS = 19
"""A row's number has fewer."""


@dataclass(frozen=True)
class Waiting:
    """A page of what waits to be archived; after: the place after it, "" at the end."""

    rows: list[Obligation]
    after: str


def visible_to(user: User) -> QuerySet[Archive]:
    """Archives of the offices at which `user` may borrow: archivists their own, supervisors the whole subtree. Parties: none."""
    if not user.is_authenticated or user.kind != User.Kind.STAFF:
        return Archive.objects.none()
    rows = open_to(Archive.objects.filter(office_id__in=offices_where(user, READ)), user, at="case")
    return rows.select_related("case__person", "case__employer", "office", "package", "index", "archived_by")


def archive_for(number: str, *, by: User) -> Archive:
    """The archive of a case; hidden and missing answer alike. Raises: ArchiveNotFound."""
    found = visible_to(by).filter(case__number=number).first()
    if found is None:
        raise ArchiveNotFound(number=number)
    return found


def borrowing_for(pk: int, *, by: User) -> Borrowing:
    """One's own borrowing of a file one may still borrow. Raises: BorrowingNotFound."""
    rows = Borrowing.objects.filter(by=by, archive__in=visible_to(by)).select_related(
        "archive__case", "archive__package"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise BorrowingNotFound
    return found


def borrowings_of(archive: Archive) -> QuerySet[Borrowing]:
    """Who has borrowed a file, newest first."""
    return archive.borrowings.select_related("by").order_by("-at", "-pk")


def waiting(user: User, *, after: str = "", size: int = PAGE) -> Waiting:
    """Ended cases of the offices where `user` archives, longest waiting first. after: as `Waiting.after` gave it."""
    rows = Obligation.objects.filter(
        office_id__in=offices_where(user, ARCHIVE), kind=OWN, fulfilled_at=None, case__state__in=ENDED
    )
    if after.isdigit():
        rows = rows.filter(pk__gt=int(after))
    rows = open_to(rows, user, at="case")
    page = list(rows.select_related("case__person", "case__employer").order_by("pk")[:size])
    return Waiting(page, str(page[-1].pk) if len(page) == size else "")


def found(user: User, text: str, *, before: str = "", size: int = PAGE) -> list[Archive]:
    """Archives, newest first: all of them, or those whose case number, name, initials or identity number `text` says."""
    rows = visible_to(user)
    if text.strip():
        rows = rows.filter(case__in=Case.objects.filter(meaning(text)))
    if place := _place(before):
        rows = rows.filter(Q(archived_at__lt=place[0]) | Q(archived_at=place[0], pk__lt=place[1]))
    return list(rows.order_by("-archived_at", "-pk")[:size])


def place_after(rows: list[Archive], *, size: int = PAGE) -> str:
    """The place after a full page of archives, for the address; "" at the end."""
    return f"{rows[-1].archived_at.isoformat()}~{rows[-1].pk}" if len(rows) == size else ""


def _place(text: str) -> tuple[datetime, int] | None:
    at, _, pk = text.partition("~")
    instant = moment.read(at)
    return (instant, int(pk)) if instant and pk.isdecimal() and len(pk) < DIGITS else None


def lacks_of(case: Case) -> tuple[str, ...]:
    """What must still come before this case's file may be closed. Law: 令55 art. 23."""
    return lacks(standing_of(case))


def standing_of(case: Case) -> Standing:
    """The facts about a case file on which `rules.lacks` decides: five queries."""
    owed = open_obligations(case).exclude(kind=OWN).values_list("kind", flat=True)
    return Standing(
        state=case.state,
        papers=frozenset(case.papers.values_list("kind", flat=True)),
        procedure=case.procedure,
        effective_on=_effective_on(case),
        served=_served(case),
        owed=tuple(label_of(kind) for kind in owed),
    )


def _effective_on(case: Case) -> date | None:
    decided = decided_of(case)
    return decided.effective_on if decided else None


def _served(case: Case) -> tuple[Served, ...]:
    rows = Delivery.objects.filter(case=case).select_related("paper")
    rows = rows.prefetch_related("corrections", "attempts__proofs").order_by("pk")
    return tuple(
        Served(
            paper=f"{row.paper.title}",
            recipient=row.get_recipient_display(),
            day=row.served_day,
            proof_missing=_proof_missing(row),
        )
        for row in rows
    )


def _proof_missing(row: Delivery) -> bool:
    done = [attempt for attempt in row.attempts.all() if attempt.outcome == "served"]
    return not done or any(TABLE[Method(one.method)].proof and not one.proofs.all() for one in done)
