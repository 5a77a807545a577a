"""The agency's lists, page after page: a page is found by the place after the last row of the one before, never by counting."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gongjian.accounts.models import User
from gongjian.cases.queries.places import ORDER, beyond, in_address, place_of, read_place
from gongjian.claims.models import Claim
from gongjian.claims.queries import visible_to
from gongjian.claims.states import WAITS_FOR_THE_AGENCY
from gongjian.kernel import moment

A_PAGE = 50
DIGITS = 19
"""A row's number has fewer."""


@dataclass(frozen=True)
class Page:
    """One page of a list, and the place after its last row ("" at the end)."""

    rows: list[Claim]
    after: str


def waiting(user: User, *, after: str = "", size: int = A_PAGE) -> Page:
    """What the agency owes an answer or a payment to, the green channel first, then soonest due: one query, one index."""
    rows = visible_to(user).filter(due_on__isnull=False, state__in=WAITS_FOR_THE_AGENCY).order_by(*ORDER)
    if place := read_place(after):
        rows = rows.filter(beyond(place))
    found = list(rows[: size + 1])
    return Page(found[:size], in_address(place_of(found[size - 1])) if len(found) > size else "")


def others(user: User, *, after: str = "", size: int = A_PAGE) -> Page:
    """What waits for the claimant, or has ended: last changed first, one query."""
    rows = visible_to(user).exclude(state__in=WAITS_FOR_THE_AGENCY).order_by("-changed_at", "-id")
    if place := _place(after):
        at, pk = place
        rows = rows.filter(Q(changed_at__lt=at) | Q(changed_at=at, pk__lt=pk))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{last.changed_at.isoformat()}_{last.pk}" if last else "")


def _place(after: str) -> tuple[datetime, int] | None:
    text, _, pk = after.partition("_")
    changed_at = moment.read(text)
    return (changed_at, int(pk)) if changed_at and pk.isdecimal() and len(pk) < DIGITS else None
