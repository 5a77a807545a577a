"""What waits for review, and what waits for the signature."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.conclusions import queries
from gongjian.conclusions.actions import start_batch
from gongjian.conclusions.queries.lists import REVIEW, SIGN, SUPERVISE
from gongjian.law.errors import NotAllowed


@require_GET
@signed_in
def to_review(request: SignedIn) -> HttpResponse:
    """Cases whose group has opined, most urgent first."""
    if not request.user.holds(REVIEW):
        raise NotAllowed
    return render(request, "conclusions/to_review.html", {"cases": list(queries.to_review(request.user))})


@require_GET
@signed_in
def reopened(request: SignedIn) -> HttpResponse:
    """What went back to its group, for those who supervise."""
    if not request.user.holds(SUPERVISE):
        raise NotAllowed
    return render(request, "conclusions/reopened.html", {"rows": queries.reopened(request.user)})


@signed_in
def to_sign(request: SignedIn) -> HttpResponse:
    """Reviewed cases, most urgent first; those without notes are ticked to be signed in one go."""
    if not request.user.holds(SIGN):
        raise NotAllowed
    if request.method == "POST":
        chosen = [int(pk) for pk in request.POST.getlist("case") if pk.isdecimal()]
        return redirect("conclusions:batch", start_batch(chosen, by=request.user).pk)
    return render(request, "conclusions/to_sign.html", {"rows": queries.to_sign(request.user)})
