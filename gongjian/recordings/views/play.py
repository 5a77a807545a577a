"""One recording: what there is of it, whether it holds, and playing it for a reason."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.kernel.views import page_or_fragment
from gongjian.recordings import actions, queries
from gongjian.recordings.access import HOLD, PLAY, require
from gongjian.recordings.errors import RecordingErased
from gongjian.recordings.film import film_response
from gongjian.recordings.forms import HoldForm, ReasonForm
from gongjian.recordings.models import Playback, Recording
from gongjian.recordings.states import EraseCause, Purpose
from gongjian.recordings.written import written


@signed_in
def recording(request: SignedIn, pk: int) -> HttpResponse:
    """What there is of it; a reason, once told, leads to the player."""
    row = queries.recording_for(pk, by=request.user)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        opened = actions.play(row, by=request.user, **form.cleaned_data)
        return redirect("recordings:player", opened.pk)
    context = _context(row, request.user, form, HoldForm())
    return render(request, "recordings/recording.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def verify(request: SignedIn, pk: int) -> HttpResponse:
    """Read all of it and say whether it holds, or which piece does not: a whole film is decrypted, for who plays or keeps it."""
    row = queries.recording_for(pk, by=request.user)
    if not request.user.holds(HOLD, row.booking.case.office_id):
        require(request.user, PLAY, row.booking.case.office_id)
    context = {"recording": row, "found": queries.fault_in(row)}
    return page_or_fragment(request, "recordings/verified.html", "recordings/_verified.html", context)


@require_POST
@signed_in
def hold(request: SignedIn, pk: int) -> HttpResponse:
    """Keep it beyond its day."""
    row, form = queries.recording_for(pk, by=request.user), HoldForm(request.POST)
    if not form.is_valid():
        context = _context(row, request.user, ReasonForm(), form)
        return render(request, "recordings/recording.html", context, status=422)
    actions.hold(row, by=request.user, **form.cleaned_data)
    messages.success(request, "已登记暂缓销毁。事情办完以后，请回到本页解除。")
    return redirect("recordings:recording", pk)


@require_POST
@signed_in
def lift(request: SignedIn, pk: int) -> HttpResponse:
    """It need not be held any longer."""
    row = queries.recording_for(pk, by=request.user)
    actions.lift(row, ground=request.POST.get("ground", ""), by=request.user)
    messages.success(request, "已解除暂缓销毁。")
    return redirect("recordings:recording", pk)


@require_GET
@signed_in
def player(request: SignedIn, pk: int) -> HttpResponse:
    """The film with its steps."""
    opened = queries.playback_for(pk, by=request.user)
    context = {
        "opened": opened,
        "recording": opened.recording,
        "marks": opened.recording.marks.all(),
        "own": opened.purpose == Purpose.OWN,
        "may_copy": _may_copy(opened),
        "until": opened.at + queries.PLAYS_FOR,
        "face": "kernel/face_portal.html" if request.user.kind == User.Kind.APPLICANT else "kernel/face_desk.html",
    }
    return render(request, "recordings/player.html", context)


@require_GET
@signed_in
def film(request: SignedIn, pk: int) -> HttpResponseBase:
    """The bytes, in the part that the browser asks for."""
    opened = _unerased(queries.playback_for(pk, by=request.user))
    copy = bool(request.GET.get("copy")) and _may_copy(opened)
    name = f"recording-{opened.recording.key[:8]}" if copy else ""
    return film_response(queries.pieces_of(opened.recording), asked=request.headers.get("Range", ""), name=name)


@require_GET
@signed_in
def pieces(request: SignedIn, pk: int) -> JsonResponse:
    """The list of pieces, with which anybody can check a copy without the platform."""
    row = queries.playback_for(pk, by=request.user).recording
    response = JsonResponse(written(row), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = f'attachment; filename="recording-{row.key[:8]}.json"'
    return response


def _context(row: Recording, user: User, form: ReasonForm, hold_form: HoldForm) -> dict[str, object]:
    case = row.booking.case
    may_play, may_hold = user.holds(PLAY, case.office_id), user.holds(HOLD, case.office_id)
    return {
        "recording": row,
        "case": case,
        "marks": row.marks.all(),
        "holds": row.holds.filter(lifted_at=None).select_related("by"),
        "form": form,
        "hold_form": hold_form,
        "may_play": may_play and not row.erased_at,
        "may_hold": may_hold and not row.erased_at,
        "may_verify": may_play or may_hold,
    }


def _may_copy(opened: Playback) -> bool:
    if opened.purpose == Purpose.OWN:
        return queries.may_copy(opened.recording)
    return opened.purpose == Purpose.AUTHORITY


def _unerased(opened: Playback) -> Playback:
    row = opened.recording
    if row.erased_at:
        raise RecordingErased(on=row.erased_at, why=EraseCause(row.erased_why).label)
    return opened
