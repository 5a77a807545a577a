"""One sitting: who is booked when, filling it, and taking it through its day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import open_to
from gongjian.experts.queries import answers_for
from gongjian.experts.specialties import SPECIALTIES, labels
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.modes import Mode
from gongjian.sittings import actions, queries
from gongjian.sittings.errors import PlanWrong, StepNotAllowed
from gongjian.sittings.forms import CapacityForm
from gongjian.sittings.models import Sitting, Slot
from gongjian.sittings.shown import lines, state_counts
from gongjian.sittings.states import BOOKABLE, STEPS
from gongjian.sittings.views.station import vacancies_of

STEP_ACTIONS = {"publish": actions.publish, "open": actions.open_sitting, "close": actions.close_sitting}
DONE = {
    "publish": "场次已公布，鉴定通知书正在逐份发出。",
    "open": "已开始现场报到。",
    "close": "本场已结束。没有到场的人会列入待办。",
}


@require_GET
@signed_in
def sitting(request: SignedIn, number: str) -> HttpResponse:
    """The sitting's page for staff."""
    found = queries.sitting_for(number, by=request.user)
    record_reading(found.chain, by=request.user, what="场次人员名单")
    return render(request, "sittings/sitting.html", _context(request, found))


@require_POST
@signed_in
def fill(request: SignedIn, number: str) -> HttpResponse:
    """Book the oldest cases that fit."""
    found = queries.sitting_for(number, by=request.user)
    booked = actions.book_oldest_first(found, by=request.user)
    if booked:
        messages.success(request, f"已按期限先后安排{len(booked)}人。")
    else:
        messages.info(request, "没有可以安排的人：没有符合本场专业和条件的待安排案件，或者名额已满。")
    return redirect("sittings:sitting", number)


@require_POST
@signed_in
def step(request: SignedIn, number: str, act: str) -> HttpResponse:
    """Take one step of the sitting's table."""
    found = queries.sitting_for(number, by=request.user)
    if act not in STEP_ACTIONS:
        raise StepNotAllowed(state=found.get_state_display(), act=act)
    STEP_ACTIONS[act](found, by=request.user)
    messages.success(request, DONE[act])
    return redirect("sittings:check_in" if act == "open" else "sittings:sitting", number)


@require_POST
@signed_in
def capacity(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Change how many people a slot takes."""
    found = queries.sitting_for(number, by=request.user)
    slot = get_object_or_404(Slot.objects.select_related("sitting"), pk=pk, sitting=found)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        raise PlanWrong(what="每个时段的名额应为1至100人")
    actions.change_capacity(slot, capacity=form.cleaned_data["capacity"], by=request.user)
    return redirect("sittings:sitting", number)


@require_GET
@signed_in
def absences(request: SignedIn, number: str) -> HttpResponse:
    """Who was expected and has not come."""
    found = queries.sitting_for(number, by=request.user)
    record_reading(found.chain, by=request.user, what="未到场名单")
    bookings = open_to(queries.not_received(found), request.user, at="case")
    return render(request, "sittings/absences.html", {"sitting": found, "bookings": bookings})


def _context(request: SignedIn, found: Sitting) -> dict[str, object]:
    user, office = request.user, found.office_id
    answers = answers_for(found.pk)
    return {
        "sitting": found,
        "rooms": "、".join(room.name for room in found.rooms.all()),
        "specialties": "全部专业" if len(found.specialties) == len(SPECIALTIES) else labels(found.specialties),
        "slots": queries.slots_of(found),
        "lines": lines(open_to(queries.bookings_of(found), user, at="case")),
        "counts": state_counts(queries.ticket_counts(found)),
        "steps": [each for each in STEPS if each.start == found.state and user.holds(each.permission, office)],
        "may_book": user.holds("sittings.book", office) and found.state in BOOKABLE,
        "may_plan": user.holds("sittings.plan", office),
        "may_receive": user.holds("sittings.check_in", office),
        "coming": sum(answers.values()),
        "answered": len(answers),
        "route": reverse("sittings:route", args=[found.number]) if found.mode == Mode.HOME else "",
        "waiting": queries.waiting_cases({office}),
        "vacancies": vacancies_of(found, user) if found.state not in BOOKABLE else "",
    }
