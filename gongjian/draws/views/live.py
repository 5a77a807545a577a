"""The page for the hall: everything about a draw that is public now, for whoever holds its address."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from gongjian.draws.queries import draw_by_key
from gongjian.draws.queries.changes import departures_of, voided_before
from gongjian.draws.queries.groups import live_draw
from gongjian.draws.queries.shown import door_shown, groups_shown, list_shown, result_of, version_of, words_shown
from gongjian.draws.states import WHYS, Kind, State
from gongjian.draws.views.answers import has_receipt, receipt_file
from gongjian.kernel.views import page_or_fragment

NOTHING_NEW = 204


@require_GET
def live(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """What has been fixed, given and drawn. The page asks every two seconds (`?seen=`) and is answered only when something is new."""
    draw = draw_by_key(number, key)
    version = version_of(draw)
    if request.GET.get("seen") == version:
        return HttpResponse(status=NOTHING_NEW)
    address = reverse("draws:live", args=[number, key])
    is_experts = draw.kind == Kind.EXPERTS
    is_drawn = draw.state in (State.HELD, State.CLOSED)
    context = {
        "draw": draw,
        "is_experts": is_experts,
        "is_drawn": is_drawn,
        "version": version,
        "address": address,
        "here": request.build_absolute_uri(address),
        "witnesses": words_shown(draw),
        "list": list_shown(draw) if is_experts else None,
        "result": result_of(draw),
        "groups": groups_shown(draw) if is_experts else draw.sitting.draws.none(),
        "void_label": WHYS[draw.void_kind].public if draw.void_kind else "未分类",
        "voided": voided_before(draw),
        "departures": departures_of(draw),
        "door": None if is_experts else door_shown(draw),
        "next": live_draw(draw.sitting, Kind.DOOR) if is_experts else None,
        "first": None if is_experts else live_draw(draw.sitting, Kind.EXPERTS),
        "has_receipt": has_receipt(draw),
    }
    response = page_or_fragment(request, "draws/live.html", "draws/_live.html", context)
    patch_cache_control(response, no_store=True)
    return response


@require_GET
def receipt(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The receipt for those in the hall, as soon as it may be known."""
    return receipt_file(draw_by_key(number, key))
