"""A person's own page of the day, on their telephone: no sign-in, only the key on their ticket; no name and no case on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import case_for
from gongjian.cases.queries.sides import Side, speaks_for
from gongjian.kernel.views import page_or_fragment
from gongjian.reception import actions
from gongjian.reception.queries.mine import attendance_by, attendance_of, mine_of
from gongjian.reception.states import Mark
from gongjian.sittings.states import choices


@require_GET
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """Number, stage, how many are before me, and when about."""
    context = {"mine": mine_of(attendance_by(key)), "marks": choices(Mark)}
    response = page_or_fragment(request, "reception/mine.html", "reception/_mine.html", context)
    patch_cache_control(response, no_store=True, private=True)
    return response


@require_GET
@signed_in
def portal_block(request: SignedIn, number: str) -> HttpResponse:
    """For the case's page in the portal: on the day itself, where the appraisee's side finds the number and the expected time; else nothing."""
    case = case_for(number, by=request.user)
    mine = attendance_of(case) if speaks_for(request.user, case, Side.WORKER) else None
    context = {"mine": mine_of(mine)} if mine else {}
    return page_or_fragment(request, "reception/block.html", "reception/_block.html", context)


@require_POST
def feedback(request: HttpRequest, key: str) -> HttpResponse:
    """How it was."""
    told = request.POST
    actions.give_feedback(attendance_by(key), mark=told.get("mark", ""), words=told.get("words", ""))
    return redirect("reception:mine", key)
