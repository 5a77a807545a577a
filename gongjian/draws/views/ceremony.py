"""Conducting a draw: the list of draws, the codes to hand out, the button, and what may happen afterwards."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.draws.actions import ceremony, door, experts
from gongjian.draws.forms import LeaveForm, VoidForm
from gongjian.draws.models import Draw
from gongjian.draws.queries import draw_for, visible_to
from gongjian.draws.queries.changes import (
    changes_of,
    departures_of,
    experts_taking_part,
    may_confirm,
    may_read_records,
    voided_before,
)
from gongjian.draws.queries.shown import groups_shown, result_of, words_shown
from gongjian.draws.queries.upcoming import upcoming
from gongjian.draws.states import Decision, Kind, State
from gongjian.draws.views.answers import has_receipt, receipt_file

HOLD = {Kind.EXPERTS: experts.hold, Kind.DOOR: door.open_list}
DONE = {Kind.EXPERTS: "已抽取，座次和候补见下。", Kind.DOOR: "现场分组已开始，可以为已报到的人抽组。"}
PAGE = 30


@require_GET
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """Coming sittings with what is to be done for them, and the draws of the user's offices, newest first."""
    draws = visible_to(request.user)
    before = request.GET.get("before", "")
    if before.isdecimal():
        draws = draws.filter(pk__lt=int(before))
    rows = list(draws.order_by("-pk")[: PAGE + 1])
    context = {
        "sittings": upcoming(request.user),
        "draws": rows[:PAGE],
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
    }
    return render(request, "draws/list.html", context)


@require_GET
@signed_in
def conduct(request: SignedIn, number: str) -> HttpResponse:
    """Where the draw stands, who has given a word, the next button, and after it the result."""
    draw = draw_for(number, by=request.user)
    witnesses = words_shown(draw)
    may = request.user.holds(ceremony.PERMISSION[Kind(draw.kind)], draw.office_id)
    context = {
        "draw": draw,
        "is_experts": draw.kind == Kind.EXPERTS,
        "witnesses": witnesses,
        "all_in": bool(witnesses) and all(witness.opened_at for witness in witnesses),
        "all_sealed": bool(witnesses) and all(witness.given_at for witness in witnesses),
        "result": result_of(draw),
        "groups": groups_shown(draw) if draw.kind == Kind.EXPERTS else [],
        "has_receipt": has_receipt(draw),
        "may_hold": may and draw.state == State.COMMITTED,
        "may_close": may and draw.state == State.HELD,
        "live_url": _live_url(request, draw),
        "voided": voided_before(draw),
        "departures": departures_of(draw),
        **_changing(request, draw),
    }
    return render(request, "draws/conduct.html", context)


def _changing(request: SignedIn, draw: Draw) -> dict[str, object]:
    """What was asked for, what may be asked for, and whether the reader is a second person for it."""
    user, is_drawn = request.user, draw.kind == Kind.EXPERTS and draw.state in (State.HELD, State.CLOSED)
    rows = [
        (row, may_confirm(row, user), row.asked_by_id == user.pk) for row in changes_of(draw).select_related("recusal")
    ]
    may_change = user.holds("draws.draw", draw.office_id) and is_drawn
    return {
        "changes": rows,
        "is_waiting": any(row.decision == Decision.ASKED for row, _, _ in rows),
        "may_change": may_change,
        "leave_form": LeaveForm(experts=experts_taking_part(draw)) if may_change else None,
        "void_form": VoidForm(),
        "may_read_records": may_read_records(draw, user),
    }


@never_cache
@require_GET
@signed_in
def codes(request: SignedIn, number: str) -> HttpResponse:
    """The entry codes on slips to be handed out, one for each person who gives a word. Raises: NotAllowed."""
    draw = draw_for(number, by=request.user)
    ceremony.require(request.user, Kind(draw.kind), draw.sitting)
    slips = [
        (witness, request.build_absolute_uri(reverse("draws:word_code", args=[witness.entry_code])))
        for witness in draw.witnesses.order_by("position")
    ]
    return render(request, "draws/codes.html", {"draw": draw, "slips": slips, "word_page": reverse("draws:word")})


@require_POST
@signed_in
def hold(request: SignedIn, number: str) -> HttpResponse:
    """Hold the draw, or open the door."""
    draw = draw_for(number, by=request.user)
    held = HOLD[Kind(draw.kind)](draw, by=request.user)
    if held.state == State.VOID:
        messages.error(request, held.void_reason)
    else:
        messages.success(request, DONE[Kind(held.kind)])
    if held.kind == Kind.DOOR:
        return redirect("draws:door", held.sitting.number)
    return redirect("draws:conduct", number)


@require_POST
@signed_in
def close(request: SignedIn, number: str) -> HttpResponse:
    """End the draw and publish its receipt."""
    draw = draw_for(number, by=request.user)
    door.close(draw, by=request.user)
    messages.success(request, "已结束，凭证已向社会公开。")
    return redirect("draws:conduct", number)


@require_GET
@signed_in
def receipt(request: SignedIn, number: str) -> HttpResponse:
    """The receipt of a held draw, for staff before it is published."""
    return receipt_file(draw_for(number, by=request.user))


def _live_url(request: SignedIn, draw: Draw) -> str:
    path = reverse("draws:live", args=[draw.number, draw.view_key])
    return f"{settings.SITE_URL}{path}" if request.get_host() in settings.SITE_URL else request.build_absolute_uri(path)
