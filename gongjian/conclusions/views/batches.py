"""A batch of signatures: each step signs a few and shows how far it has come; without script a button goes on."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.conclusions.actions import advance
from gongjian.conclusions.models import SigningItem
from gongjian.conclusions.queries import batch_for
from gongjian.kernel.views import page_or_fragment


@require_GET
@signed_in
def batch(request: SignedIn, pk: int) -> HttpResponse:
    """How far a batch has come, and what was refused."""
    return page_or_fragment(request, "conclusions/batch.html", "conclusions/_batch.html", _told(pk, request.user))


@require_POST
@signed_in
def go_on(request: SignedIn, pk: int) -> HttpResponse:
    """Sign the next few."""
    advance(batch_for(pk, by=request.user), by=request.user)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("conclusions:batch", pk)
    return page_or_fragment(request, "conclusions/batch.html", "conclusions/_batch.html", _told(pk, request.user))


def _told(pk: int, user: User) -> dict[str, object]:
    found = batch_for(pk, by=user)
    items = list(found.items.select_related("case").order_by("id"))
    waiting = sum(item.state == SigningItem.State.WAITING for item in items)
    refused = [item for item in items if item.state == SigningItem.State.REFUSED]
    done = len(items) - waiting
    signed = [item for item in items if item.state == SigningItem.State.SIGNED]
    return {"batch": found, "total": len(items), "done": done, "waiting": waiting, "refused": refused, "signed": signed}
