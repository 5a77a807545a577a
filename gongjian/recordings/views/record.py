"""The page at the examination: notice, answer, recorder; and what the recorder's script calls."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.recordings import actions, queries
from gongjian.recordings.access import RECORD, require
from gongjian.recordings.actions.consenting import notice_for
from gongjian.recordings.device import device_facts, store_key, with_camera
from gongjian.recordings.errors import PieceWrong
from gongjian.recordings.models import Recording
from gongjian.recordings.rules import LARGEST_PIECE
from gongjian.recordings.states import Answer, Speaker, Step
from gongjian.sittings.models import Booking
from gongjian.sittings.states import BookingState, choices

MOST = 10**9


@require_GET
@signed_in
@with_camera
def exam(request: SignedIn, pk: int) -> HttpResponse:
    """What the person is told and has said; the recorder, once it is a yes; what has been recorded."""
    booking = _booking(request, pk)
    made = list(queries.of_booking(booking))
    running = next((one for one in made if one.is_running), None)
    said = queries.answer_of(booking)
    context = {
        "booking": booking,
        "notice": notice_for(booking),
        "said": said,
        "agreed": said is not None and said.answer == Answer.YES,
        "present": booking.state == BookingState.PRESENT,
        "speakers": choices(Speaker),
        "steps": choices(Step),
        "made": made,
        "running": running,
        "device": device_facts(running),
        "limits": queries.limits_now(),
    }
    return render(request, "recordings/exam.html", context)


@require_POST
@signed_in
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """The person's word."""
    told = request.POST
    actions.answer_notice(
        _booking(request, pk),
        answer=told.get("answer", ""),
        speaker=told.get("speaker", ""),
        version=told.get("version", ""),
        by=request.user,
    )
    return redirect("recordings:exam", pk)


@require_POST
@signed_in
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """The person takes it back."""
    actions.withdraw(_booking(request, pk), speaker=request.POST.get("speaker", ""), by=request.user)
    messages.success(request, "已停止录制。已录下的部分将在次日内销毁，依法暂缓销毁的除外。")
    return redirect("recordings:exam", pk)


@require_POST
@signed_in
def start(request: SignedIn, pk: int) -> JsonResponse:
    """Begin."""
    row = actions.start(_booking(request, pk), by=request.user)
    return JsonResponse({**_progress(row), "key": store_key(row)})


@require_GET
@signed_in
def progress(request: SignedIn, pk: int) -> JsonResponse:
    """How far the server has come: what a device asks after a cut."""
    return JsonResponse(_progress(_recording(request, pk)))


@require_POST
@signed_in
def piece(request: SignedIn, pk: int, position: int) -> JsonResponse:
    """One piece. Raises: what `take_piece` raises."""
    file = request.FILES.get("piece")
    if file is None or (file.size or 0) > LARGEST_PIECE:
        raise PieceWrong(number=position + 1, what="没有内容，或者太大")
    told = request.POST
    sent = actions.Sent(
        position=position,
        starts_ms=whole(told.get("starts", "")),
        ends_ms=whole(told.get("ends", "")),
        data=file.read(),
        told=told.get("sha256", ""),
    )
    return JsonResponse(_progress(actions.take_piece(_recording(request, pk), sent, by=request.user)))


@require_POST
@signed_in
def mark(request: SignedIn, pk: int) -> JsonResponse:
    """A step begins."""
    told = request.POST
    at_ms = whole(told.get("at", ""))
    actions.mark(_recording(request, pk), step=told.get("step", ""), at_ms=at_ms, by=request.user)
    return JsonResponse({"at": at_ms})


@require_POST
@signed_in
def finish(request: SignedIn, pk: int) -> JsonResponse:
    """All has come in."""
    told = whole(request.POST.get("pieces", ""))
    return JsonResponse(_progress(actions.finish(_recording(request, pk), pieces=told, by=request.user)))


@require_POST
@signed_in
def break_off(request: SignedIn, pk: int) -> HttpResponse:
    """The device is gone: what has come in is all there is."""
    row = actions.break_off(_recording(request, pk), by=request.user)
    messages.success(request, "已结束这一段。需要继续的，请开始新的一段。")
    return redirect("recordings:exam", row.booking_id)


def whole(text: str) -> int:
    """A whole number as a script tells it; -1, which no rule takes, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(MOST)) else -1


def _progress(row: Recording) -> dict[str, object]:
    return {"recording": row.pk, "pieces": row.pieces_count, "head": row.head, "running": row.is_running}


def _booking(request: SignedIn, pk: int) -> Booking:
    booking = queries.booking_to_record(pk, by=request.user)
    require(request.user, RECORD, booking.sitting.office_id)
    return booking


def _recording(request: SignedIn, pk: int) -> Recording:
    row = queries.recording_for(pk, by=request.user)
    require(request.user, RECORD, row.booking.case.office_id)
    return row
