"""The room's page, and what its script asks and says once a second."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import Side, case_for, speaks_for
from gongjian.kernel import moment
from gongjian.kernel.views import page_or_fragment
from gongjian.recordings.device import with_camera
from gongjian.recordings.views.record import whole
from gongjian.remote import actions, queries
from gongjian.remote.actions import KEEPERS
from gongjian.remote.errors import RoomNotFound
from gongjian.remote.forms import FallBackForm
from gongjian.remote.models import RemoteRoom, RemoteSeat
from gongjian.remote.rules import FRESH, Measure, said, verdict
from gongjian.remote.states import FallBack, Role, RoomState
from gongjian.sittings.states import choices

FACES = {
    "staff": "kernel/face_desk.html",
    "expert": "kernel/face_workbench.html",
    "applicant": "kernel/face_portal.html",
}


@require_GET
@signed_in
def rooms(request: SignedIn) -> HttpResponse:
    """The rooms of today that I may enter, and for whom one may be opened."""
    context = {
        "face": FACES[request.user.kind],
        "rooms": queries.rooms_of(request.user),
        "waiting": queries.waiting_for_a_room(request.user),
    }
    return render(request, "remote/rooms.html", context)


@require_POST
@signed_in
def open_room(request: SignedIn, pk: int) -> HttpResponse:
    """The examiner opens it."""
    return redirect("remote:room", actions.open_room(pk, by=request.user).pk)


@require_GET
@signed_in
@with_camera
def room(request: SignedIn, pk: int) -> HttpResponse:
    """The page of the room, for each as who they are."""
    found, role = queries.room_for(pk, by=request.user)
    return render(request, "remote/room.html", _context(request, found, role, FallBackForm()))


@require_POST
@signed_in
@with_camera
def fall_back(request: SignedIn, pk: int) -> HttpResponse:
    """Another way, on a ground."""
    found, role = queries.room_for(pk, by=request.user)
    form = FallBackForm(request.POST)
    if not form.is_valid():
        return render(request, "remote/room.html", _context(request, found, role, form), status=422)
    actions.fall_back(found, by=request.user, **form.cleaned_data)
    messages.success(request, "已改用其他方式，被鉴定人会收到通知。请当面向本人说明：不影响本人的权利。")
    return redirect("remote:list")


@require_POST
@signed_in
def enter(request: SignedIn, pk: int) -> JsonResponse:
    """Take my place."""
    found, role = queries.room_for(pk, by=request.user)
    seat = actions.enter(found, role, by=request.user)
    return JsonResponse({"seat": seat.pk, "session": seat.session})


@require_POST
@signed_in
def poll(request: SignedIn, pk: int) -> JsonResponse:
    """A sign of life and what was measured in; who is there, what lacks and what was said to me out."""
    found, _ = queries.room_for(pk, by=request.user)
    seat = _seat(request, found)
    actions.measured(seat, _measure(request.POST))
    seats = queries.seats_of(found)
    heard = queries.signals_for(seat, after=whole(request.POST.get("after", "")))
    return JsonResponse(
        {
            "state": found.state,
            "label": RoomState(found.state).label,
            "admitted": seat.admitted_at is not None,
            "identified": found.identified_at is not None,
            "lacks": queries.lacking(found, seats) if found.state == RoomState.WAITING else [],
            "seats": _shown(seats),
            "signals": [
                {"id": word.pk, "from": word.sender_id, "session": word.session, "kind": word.kind, "body": word.body}
                for word in heard
            ],
        }
    )


@require_POST
@signed_in
def say(request: SignedIn, pk: int) -> JsonResponse:
    """A word to another browser."""
    found, _ = queries.room_for(pk, by=request.user)
    told = request.POST
    to = whole(told.get("to", ""))
    actions.say(_seat(request, found), to=to, kind=told.get("kind", ""), body=told.get("body", ""))
    return JsonResponse({})


@require_POST
@signed_in
def admit(request: SignedIn, pk: int) -> HttpResponse:
    """Let somebody in."""
    found, _ = queries.room_for(pk, by=request.user)
    actions.admit(found, whole(request.POST.get("seat", "")), by=request.user)
    return JsonResponse({})


@require_POST
@signed_in
def identify(request: SignedIn, pk: int) -> HttpResponse:
    """Face and document agree."""
    actions.identify(queries.room_for(pk, by=request.user)[0], by=request.user)
    return JsonResponse({})


@require_POST
@signed_in
def begin(request: SignedIn, pk: int) -> HttpResponse:
    """Begin."""
    actions.begin(queries.room_for(pk, by=request.user)[0], by=request.user)
    return JsonResponse({})


@require_POST
@signed_in
def end(request: SignedIn, pk: int) -> HttpResponse:
    """It is over."""
    actions.end(queries.room_for(pk, by=request.user)[0], by=request.user)
    messages.success(request, "视频检查已结束。")
    return redirect("remote:list")


@require_GET
@signed_in
def mine(request: SignedIn, number: str) -> HttpResponse:
    """A block of the case's page in the portal: the open room, for the appraisee's side; else nothing."""
    found = case_for(number, by=request.user)
    mine = queries.rooms_of(request.user) if speaks_for(request.user, found, Side.WORKER) else []
    rooms = [one for one in mine if one.booking.case_id == found.pk]
    return page_or_fragment(request, "remote/mine.html", "remote/_mine.html", {"case": found, "rooms": rooms})


def _context(request: SignedIn, found: RemoteRoom, role: Role, form: FallBackForm) -> dict[str, Any]:
    return {
        "face": FACES[request.user.kind],
        "room": found,
        "role": role,
        "keeps": role in KEEPERS,
        "hosts": role is Role.HOST,
        "form": form,
        "grounds": choices(FallBack),
        "told": {"ice": settings.ICE_SERVERS, "relay": settings.ICE_RELAY_ONLY},
    }


def _seat(request: SignedIn, found: RemoteRoom) -> RemoteSeat:
    seat = RemoteSeat.objects.filter(room=found, user=request.user).first()
    if seat is None:
        raise RoomNotFound
    return seat


def _measure(told: Any) -> Measure | None:
    numbers = [whole(told.get(name, "")) for name in ("kbps", "loss", "delay", "lines")]
    return Measure(*numbers) if min(numbers) >= 0 else None


def _shown(seats: list[RemoteSeat]) -> list[dict[str, Any]]:
    """Who is there, by what they are and not by name."""
    counted: dict[str, int] = {}
    shown = []
    for seat in seats:
        counted[seat.role] = counted.get(seat.role, 0) + 1
        label = Role(seat.role).label + (str(counted[seat.role]) if seat.role == Role.EXPERT else "")
        shown.append(
            {
                "id": seat.pk,
                "session": seat.session,
                "label": label,
                "here": moment.now() - seat.seen_at <= FRESH,
                "admitted": seat.admitted_at is not None,
                "verdict": verdict(seat.measure),
                "words": said(seat.measure),
            }
        )
    return shown
