"""The agency's lists, page after page: a page is found by the place after the last row of the one before, never by counting."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from gongjian.accounts.models import User
from gongjian.claims.models import Claim
from gongjian.claims.queries import visible_to
from gongjian.claims.states import WAITS_FOR_THE_AGENCY

A_PAGE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list, and the place after its last row ("" at the end)."""

    rows: list[Claim]
    after: str


def waiting(user: User, *, after: str = "", size: int = A_PAGE) -> Page:
    """What the agency owes an answer or a payment to, soonest due first: one query, one index."""
    rows = visible_to(user).filter(due_on__isnull=False, state__in=WAITS_FOR_THE_AGENCY).order_by("due_on", "id")
    if place := _place(after):
        day = place[0].date()
        rows = rows.filter(Q(due_on__gt=day) | Q(due_on=day, pk__gt=place[1]))
    return _page(list(rows[: size + 1]), size, by="due_on")


def others(user: User, *, after: str = "", size: int = A_PAGE) -> Page:
    """What waits for the claimant, or has ended: last changed first, one query."""
    rows = visible_to(user).exclude(state__in=WAITS_FOR_THE_AGENCY).order_by("-changed_at", "-id")
    if place := _place(after):
        at, pk = place
        rows = rows.filter(Q(changed_at__lt=at) | Q(changed_at=at, pk__lt=pk))
    return _page(list(rows[: size + 1]), size, by="changed_at")


def _page(found: list[Claim], size: int, *, by: str) -> Page:
    """The rows of a page, of which one more was read to know whether another follows."""
    if len(found) <= size:
        return Page(found, "")
    last = found[size - 1]
    stands: date = getattr(last, by)
    return Page(found[:size], f"{stands.isoformat()}_{last.pk}")


def _place(after: str) -> tuple[datetime, int] | None:
    stands, _, pk = after.partition("_")
    try:
        return datetime.fromisoformat(stands), int(pk)
    except ValueError:
        return None
