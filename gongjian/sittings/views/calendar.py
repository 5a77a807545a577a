"""The calendar of sittings, and moving one to another day."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel import moment
from gongjian.kernel.views import form_page
from gongjian.sittings import queries
from gongjian.sittings.access import require
from gongjian.sittings.actions.moving import move_sitting
from gongjian.sittings.calendar import Leaf, Span, leaf, rest, turned
from gongjian.sittings.forms import MoveForm
from gongjian.sittings.models import Sitting
from gongjian.sittings.states import SittingState

PLAN = "sittings.plan"


@require_GET
@signed_in
def calendar(request: SignedIn) -> HttpResponse:
    """A month, a week or a day of sittings, with their places; what is not published can be taken to another day."""
    shown = leaf(_span(request.GET.get("span", "")), moment.read_day(request.GET.get("day", "")) or moment.today())
    on: defaultdict[date, list[Sitting]] = defaultdict(list)
    for sitting in queries.sittings_between(request.user, shown.first, shown.last):
        on[sitting.day].append(sitting)
    context = {
        "shown": shown,
        "weeks": [[_cell(shown, day, on[day], request) for day in week] for week in shown.weeks],
        "before": turned(shown, forward=False),
        "after": turned(shown, forward=True),
        "spans": list(Span),
        "today": moment.today(),
    }
    return render(request, "sittings/calendar.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def move(request: SignedIn, number: str) -> HttpResponse:
    """What moving a sitting would mean, and the moving itself."""
    found = queries.sitting_for(number, by=request.user)
    require(request.user, PLAN, found.office_id)
    sent = request.POST if request.method == "POST" else None
    form = MoveForm(sent, initial={"day": moment.read_day(request.GET.get("day", "")) or found.day})
    if form.is_valid():
        moved = move_sitting(found, form.cleaned_data["day"], by=request.user)
        messages.success(request, f"场次{moved.number}的日期是{moved.day:%Y-%m-%d}。请专家重新答复能否到场。")
        return redirect("sittings:sitting", number)
    wanted = form.initial["day"]
    context = {"sitting": found, "wanted": wanted, "rest": rest(wanted), "booked": queries.bookings_of(found).count()}
    return form_page(request, "sittings/move.html", form, context)


def _cell(shown: Leaf, day: date, sittings: list[Sitting], request: SignedIn) -> dict[str, Any]:
    may_move = {sitting.pk for sitting in sittings if _may_move(request, sitting)}
    return {"day": day, "rest": rest(day), "outside": shown.is_outside(day), "sittings": sittings, "may_move": may_move}


def _may_move(request: SignedIn, sitting: Sitting) -> bool:
    return sitting.state == SittingState.PLANNED and request.user.holds(PLAN, sitting.office_id)


def _span(told: str) -> Span:
    return Span(told) if told in set(Span) else Span.MONTH
