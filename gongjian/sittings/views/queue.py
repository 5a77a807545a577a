"""The queue of each group."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel.views import page_or_fragment
from gongjian.sittings import actions, queries
from gongjian.sittings.access import require
from gongjian.sittings.errors import NotInQueue
from gongjian.sittings.forms import SkipForm
from gongjian.sittings.models import Booking, QueueEntry, Sitting
from gongjian.sittings.states import QueueState
from gongjian.sittings.views.station import door_of, vacancies_of

CALL = "sittings.call"


@require_GET
@signed_in
def queue(request: SignedIn, number: str) -> HttpResponse:
    """Each group with who waits, who was called, who is done; tickets and needs, no names."""
    sitting = queries.sitting_for(number, by=request.user)
    require(request.user, CALL, sitting.office_id)
    return _answer(request, sitting)


@require_POST
@signed_in
def call(request: SignedIn, number: str, group: int) -> HttpResponse:
    """Call the next person of a group."""
    sitting = queries.sitting_for(number, by=request.user)
    booking = actions.call_next(sitting, group, request.user)
    return _after(request, sitting, f"已叫{booking.ticket}号")


@require_POST
@signed_in
def again(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Call the same person again."""
    sitting, booking = _of(request, number, pk)
    actions.recall(booking, request.user)
    return _after(request, sitting, f"已重叫{booking.ticket}号")


@require_POST
@signed_in
def skip(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Put a person back, with the reason."""
    sitting, booking = _of(request, number, pk)
    form = SkipForm(request.POST)
    actions.skip(booking, form.cleaned_data["reason"] if form.is_valid() else "", request.user)
    return _after(request, sitting, f"{booking.ticket}号已排到队尾")


@require_POST
@signed_in
def finish(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """The examination is over."""
    sitting, booking = _of(request, number, pk)
    actions.finish(booking, request.user)
    return _after(request, sitting, f"{booking.ticket}号检查完毕")


def _of(request: SignedIn, number: str, pk: int) -> tuple[Sitting, Booking]:
    sitting = queries.sitting_for(number, by=request.user)
    booking = queries.booking_for(pk, by=request.user)
    if booking.sitting_id != sitting.pk:
        raise NotInQueue(state="不在本场")
    return sitting, booking


def _after(request: SignedIn, sitting: Sitting, said: str) -> HttpResponse:
    return (
        _answer(request, sitting, said)
        if getattr(request, "htmx", False)
        else redirect("sittings:queue", sitting.number)
    )


def _answer(request: SignedIn, sitting: Sitting, said: str = "") -> HttpResponse:
    groups: dict[tuple[int, str], dict[str, list[QueueEntry]]] = {}
    for entry in queries.queue_of(sitting):
        place = groups.setdefault((entry.group_number, entry.room), {state.value: [] for state in QueueState})
        place[entry.state].append(entry)
    ungrouped = queries.without_a_group(sitting)
    context = {
        "sitting": sitting,
        "groups": [(group, room, groups[group, room]) for group, room in sorted(groups)],
        "ungrouped": [booking.ticket for booking in ungrouped],
        "door": door_of(sitting),
        "vacancies": vacancies_of(sitting, request.user),
        "said": said,
    }
    return page_or_fragment(request, "sittings/queue.html", "sittings/_queue.html", context)
