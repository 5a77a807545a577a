"""Who may look at a draw."""

from hmac import compare_digest

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.draws.errors import DrawNotFound
from gongjian.draws.models import Draw
from gongjian.draws.states import Kind, State

SEE = "draws.see"


def visible_to(user: User) -> QuerySet[Draw]:
    """Draws of the offices where `user` draws, witnesses or supervises, newest first. Parties and experts see none here."""
    draws = Draw.objects.select_related("sitting__venue", "sitting__office", "office").order_by("-committed_at", "-pk")
    if not user.is_authenticated or user.kind != User.Kind.STAFF:
        return draws.none()
    return draws.filter(office_id__in=offices_where(user, SEE))


def draw_for(number: str, *, by: User) -> Draw:
    """One draw; hidden and missing answer alike. Raises: DrawNotFound."""
    found = visible_to(by).filter(number=number).first()
    if found is None:
        raise DrawNotFound
    return found


def draw_by_key(number: str, key: str) -> Draw:
    """One draw, for those in the hall who hold the address shown there. Raises: DrawNotFound."""
    found = Draw.objects.select_related("sitting__venue", "office").filter(number=number).first()
    if found is None or not compare_digest(found.view_key.encode(), key.encode()):
        raise DrawNotFound
    return found


def published_receipt(number: str) -> Draw:
    """A draw whose receipt anyone may fetch: one that is closed. Raises: DrawNotFound."""
    found = Draw.objects.filter(number=number, state=State.CLOSED).select_related("sitting", "office").first()
    if found is None:
        raise DrawNotFound
    return found


def published() -> QuerySet[Draw]:
    """Draws with a public receipt, newest first."""
    closed = Draw.objects.filter(state=State.CLOSED, kind__in=[Kind.EXPERTS, Kind.DOOR])
    return closed.select_related("sitting", "office").order_by("-committed_at", "-pk")
