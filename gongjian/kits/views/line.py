"""The line between a device and the office: taking out, asking how far things have come, bringing. All answers are JSON and kept by nobody."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse, RawPostDataException
from django.middleware.csrf import get_token
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn
from gongjian.kits.access import own_kit
from gongjian.kits.actions.bringing import bring as bring_events
from gongjian.kits.actions.bringing import bring_file
from gongjian.kits.actions.taking import take_out
from gongjian.kits.errors import NothingToTake, Unreadable
from gongjian.kits.models import Kit
from gongjian.kits.packing import packed
from gongjian.kits.queries import standings_of, taking_today
from gongjian.kits.states import Stage
from gongjian.workbench.access import expert_page, proven_password


@sensitive_post_parameters("password")
@require_POST
@expert_page
def take(request: SignedIn) -> JsonResponse:
    """Take a sitting's examinations out; the code in the answer is shown once and kept by nobody but the expert and the office."""
    sittings = {each.sitting.number: each.sitting for each in taking_today(request.user)}
    sitting = sittings.get(str(request.POST.get("sitting", "")))
    if sitting is None:
        raise NothingToTake
    password = proven_password(request)
    taken = take_out(sitting, str(request.POST.get("key", "")), password=password, by=request.user)
    return JsonResponse(packed(taken))


@require_GET
@expert_page
def hello(request: SignedIn, number: str) -> JsonResponse:
    """That there is a line, how far the kit's chain has been taken in, and the token with which to go on."""
    kit = own_kit(number, by=request.user)
    return JsonResponse({"token": get_token(request), **_how_far(kit)})


@require_POST
@expert_page
def bring(request: SignedIn, number: str) -> JsonResponse:
    """Take in a delivery of events. The same one again changes nothing and is answered alike."""
    sent = _read(request).get("events")
    if not isinstance(sent, list) or not all(isinstance(each, dict) for each in sent):
        raise Unreadable
    return JsonResponse(_how_far(bring_events(number, sent, by=request.user)))


@require_POST
@expert_page
def file(request: SignedIn, number: str, sha256: str) -> JsonResponse:
    """Take in one picture, sealed for the office."""
    kept = bring_file(number, sha256, _body(request), by=request.user)
    return JsonResponse({"sha256": kept.sha256})


def _how_far(kit: Kit) -> dict[str, Any]:
    """next: the number of the event that is missing first; stages: of each examination how many events stand where."""
    stages: dict[str, dict[str, int]] = {}
    standings = standings_of(kit)
    for each in standings:
        of_case = stages.setdefault(each.about, dict.fromkeys(map(str, Stage), 0))
        of_case[each.stage] += 1
    return {"next": len(standings) + 1, "stages": stages, "ended": kit.ending}


def _read(request: HttpRequest) -> Mapping[str, Any]:
    try:
        told = json.loads(_body(request))
    except ValueError as error:
        raise Unreadable from error
    if not isinstance(told, dict):
        raise Unreadable
    return told


def _body(request: HttpRequest) -> bytes:
    """What was sent. Raises: Unreadable for a form, which is no delivery and was read as a form already."""
    try:
        return request.body
    except RawPostDataException as error:
        raise Unreadable from error
