"""The live board of the day: today's sittings, and one of them with everybody's place in it."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel import moment
from gongjian.kernel.views import page_or_fragment
from gongjian.reception import actions, queries
from gongjian.reception.access import CALL, RECEIVE, screen_key
from gongjian.reception.errors import DelayWrong
from gongjian.reception.forms import DelayForm
from gongjian.reception.queries.day import Day, Place
from gongjian.reception.queries.kiosks import kiosks_of
from gongjian.reception.queries.today import feedback_of
from gongjian.reception.states import Mark, Stage
from gongjian.sittings.access import require
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import sitting_for
from gongjian.sittings.states import SittingState


@require_GET
@signed_in
def today(request: SignedIn) -> HttpResponse:
    """Today's sittings."""
    context = {"sittings": queries.sittings_of_today(request.user), "today": moment.today()}
    return page_or_fragment(request, "reception/today.html", "reception/_today.html", context)


@require_GET
@signed_in
def board(request: SignedIn, number: str) -> HttpResponse:
    """One sitting: how many are where, who waits for whom, which machines and screens there are. Tickets, no names."""
    sitting = sitting_for(number, by=request.user)
    return page_or_fragment(request, "reception/board.html", "reception/_board.html", _context(request, sitting))


@require_POST
@signed_in
def delay(request: SignedIn, number: str) -> HttpResponse:
    """Say that it will be later."""
    sitting = sitting_for(number, by=request.user)
    form = DelayForm(request.POST)
    if not form.is_valid():
        raise DelayWrong
    actions.announce_delay(sitting, by=request.user, **form.cleaned_data)
    messages.success(request, "已在叫号屏和个人页面上说明；过了约定时段20分钟以上的，几分钟内逐人发消息。")
    return redirect("reception:board", number)


@require_POST
@signed_in
def delay_over(request: SignedIn, number: str) -> HttpResponse:
    """It goes on now."""
    actions.end_delay(sitting_for(number, by=request.user), by=request.user)
    return redirect("reception:board", number)


@require_GET
@signed_in
def feedback(request: SignedIn, number: str) -> HttpResponse:
    """What people thought of the day, without names, for who plans or runs it. Raises: SittingNotYours."""
    sitting = sitting_for(number, by=request.user)
    if not request.user.holds("sittings.plan", sitting.office_id):
        require(request.user, RECEIVE, sitting.office_id)
    rows = list(feedback_of(sitting))
    counts = [(mark.label, sum(row.mark == mark for row in rows)) for mark in Mark]
    said = [row for row in rows if row.words]
    return render(
        request, "reception/feedback.html", {"sitting": sitting, "rows": rows, "counts": counts, "said": said}
    )


def _context(request: SignedIn, sitting: Sitting) -> dict[str, object]:
    user, office = request.user, sitting.office_id
    day = queries.day_of(sitting)
    key = screen_key(sitting)
    return {
        "sitting": sitting,
        "day": day,
        "is_open": sitting.state == SittingState.OPEN,
        "arrived": [(place, day.late(place)) for place in day.at(Stage.ARRIVED)],
        "identified": [(place, day.late(place)) for place in day.at(Stage.IDENTIFIED)],
        "rooms": list(_rooms(day)),
        "kiosks": kiosks_of(sitting),
        "hall": reverse("reception:hall", args=[sitting.number, key]),
        "screens": [
            (room or f"第{number}组", reverse("reception:room", args=[sitting.number, number, key]))
            for number, room in day.groups
        ],
        "form": DelayForm(),
        "may_receive": user.holds(RECEIVE, office),
        "may_call": user.holds(CALL, office),
    }


def _rooms(day: Day) -> Iterator[dict[str, object]]:
    """Each group: who is with it, who waits with the expected time, how many it has seen, and when it will be done."""
    for number, room in day.groups:
        waiting = [(place, day.late(place), day.expected[place.id]) for place in _of(day, number, Stage.WAITING)]
        called = _of(day, number, Stage.CALLED)
        seen = _of(day, number, Stage.FINISHED)
        ends = waiting[-1][2] + day.pace if waiting else None
        yield {
            "number": number, "room": room or f"第{number}组", "called": called, "waiting": waiting,
            "seen": len(seen), "ends": ends,
        }  # fmt: skip


def _of(day: Day, group: int, stage: Stage) -> list[Place]:
    return [place for place in day.at(stage) if place.group == group]
