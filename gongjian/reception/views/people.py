"""One person of the day: their place in it, their ticket, and what may be done when something goes another way."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel.ledger.actions import record_reading
from gongjian.reception import actions, queries
from gongjian.reception.access import RECEIVE
from gongjian.reception.forms import SpotForm
from gongjian.reception.models import Attendance
from gongjian.reception.rules import EFFECTS
from gongjian.sittings.access import require
from gongjian.sittings.errors import BookingNotFound
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.queries import booking_for, open_request, sitting_for
from gongjian.sittings.shown import line

DESK = "reception_desk"
"""Under which name the session keeps at which desk somebody works."""


@require_POST
@signed_in
def call(request: SignedIn, number: str) -> HttpResponse:
    """Call the next person to my desk."""
    sitting = sitting_for(number, by=request.user)
    desk = request.POST.get("desk", "")
    called = actions.call_to_desk(sitting, desk=desk, by=request.user)
    request.session[DESK] = called.desk
    messages.success(request, f"已请{called.booking.ticket}号到{called.desk}。")
    return redirect("reception:board", number)


@require_POST
@signed_in
def again(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Call the same person again."""
    _, booking = _of(request, number, pk)
    called = actions.recall_to_desk(booking, desk=request.POST.get("desk", ""), by=request.user)
    messages.success(request, f"已再次请{booking.ticket}号到{called.desk}。")
    return redirect("reception:board", number)


@require_GET
@signed_in
def person(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Who they are, where they stand, and what follows from what may happen."""
    sitting, booking = _of(request, number, pk)
    record_reading(booking.case.chain, by=request.user, what="现场人员页")
    day = queries.day_of(sitting)
    place = next((one for one in day.places if one.id == booking.pk), None)
    context = {
        "sitting": sitting,
        "line": line(booking),
        "place": place,
        "stage": place.stage.label if place else line(booking).state,
        "expected": day.expected.get(booking.pk),
        "late": day.late(place) if place else 0,
        "attendance": Attendance.objects.filter(booking=booking).first(),
        "asked": open_request(booking.case),
        "effects": EFFECTS,
        "may_release": request.user.holds("sittings.reschedule", sitting.office_id),
        "may_end": request.user.holds("sittings.terminate", sitting.office_id),
    }
    return render(request, "reception/person.html", context)


@require_POST
@signed_in
def ticket(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """A ticket on paper, for who came to the desk or has lost theirs; whoever has a number keeps it."""
    sitting, booking = _of(request, number, pk)
    attendance = actions.note_come(booking, by=request.user)
    address = request.build_absolute_uri(reverse("reception:mine", args=[attendance.key]))
    ticket = Booking.objects.values_list("ticket", flat=True).get(pk=booking.pk)
    return render(
        request, "reception/ticket.html", {"sitting": sitting, "ticket": ticket, "address": address, "pk": pk}
    )


@signed_in
def postpone(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Take down that they cannot be examined today."""
    sitting, booking = _of(request, number, pk)
    form = SpotForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.ask_on_the_spot(booking, by=request.user, **form.cleaned_data)
        messages.success(request, "已登记改期申请，请另一位有权限的同事答复；答复以前它在待办清单上。")
        return redirect("reception:person", number, pk)
    context = {"sitting": sitting, "line": line(booking), "form": form, "effect": EFFECTS["own_cause"]}
    return render(request, "reception/postpone.html", context, status=422 if form.is_bound else 200)


def _of(request: SignedIn, number: str, pk: int) -> tuple[Sitting, Booking]:
    sitting = sitting_for(number, by=request.user)
    require(request.user, RECEIVE, sitting.office_id)
    booking = booking_for(pk, by=request.user)
    if booking.sitting_id != sitting.pk:
        raise BookingNotFound
    return sitting, booking
