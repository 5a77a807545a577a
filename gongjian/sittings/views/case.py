"""What is done about one case's appearance by staff: booking, answering, deciding about an absence, ending the appraisal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.actions.move import allowed_move
from gongjian.cases.errors import CaseNotFound
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for
from gongjian.experts.specialties import labels
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import page_or_fragment
from gongjian.law.parameters import parameter
from gongjian.sittings import actions, queries
from gongjian.sittings.actions.absences import may_terminate
from gongjian.sittings.assistance import told
from gongjian.sittings.errors import BookingNotFound
from gongjian.sittings.fitting import Demand, demands_of, unmet
from gongjian.sittings.forms import AbsenceForm, AnswerForm, BookForm, ReasonForm, TerminationForm
from gongjian.sittings.models import Booking, Sitting, Slot
from gongjian.sittings.modes import ASKED_IN
from gongjian.sittings.rules import Flag, notice_days
from gongjian.sittings.shown import line
from gongjian.sittings.states import AbsenceState, BookingState, SittingState


@signed_in
def book(request: SignedIn, number: str) -> HttpResponse:
    """Choose a slot for one case."""
    case = staff_case(number, request.user)
    allowed_move(case, "book", by=request.user)
    demand = demands_of([case])[case.pk]
    fitting = _fitting(case, demand)
    slots = Slot.objects.filter(sitting__in=fitting).order_by("starts_at")
    form = BookForm(request.POST if request.method == "POST" else None, slots=slots)
    if request.method == "POST" and form.is_valid():
        slot = form.cleaned_data["slot"]
        booking = actions.book(case, slot, by=request.user, consent=form.cleaned_data["consent"])
        messages.success(
            request,
            f"已安排：{booking.sitting.number}，{booking.slot.starts_at.astimezone(moment.ZONE):%Y-%m-%d %H:%M}。",
        )
        return redirect("desk:case", number)
    record_reading(case.chain, by=request.user, what="安排场次")
    context = {
        "case": case,
        "form": form,
        "needs": labels(demand.needs) or "不限专业",
        "assistance": told(demand.assistance),
        "mode": demand.mode,
        "wish": demand.wish,
        "choices": _choices(case, fitting),
        "agreed": queries.unsettled_request(case),
        "wrong": form.is_bound,
    }
    return render(request, "sittings/book.html", context, status=422 if form.is_bound else 200)


@signed_in
def answer(request: SignedIn, number: str) -> HttpResponse:
    """Answer the request for another day of a case."""
    case = staff_case(number, request.user)
    asked = queries.open_request(case)
    if asked is None:  # another day for the office's own reasons is another page
        return redirect("sittings:release", number)
    allowed_move(case, "reschedule", by=request.user)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        yes = form.cleaned_data["approve"] == "yes"
        actions.decide_reschedule(asked, approve=yes, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "已同意改期，案件回到待安排。" if yes else "已答复不同意，当事人仍按原定时间参加。")
        return redirect("desk:case", number)
    record_reading(case.chain, by=request.user, what="改期申请")
    days = (asked.available_from - asked.booking.sitting.day).days
    context = {"case": case, "asked": asked, "form": form, "days": days}
    return render(request, "sittings/answer.html", context, status=422 if form.is_bound else 200)


@signed_in
def release(request: SignedIn, number: str) -> HttpResponse:
    """Give up a booking for the office's own reasons."""
    case = staff_case(number, request.user)
    allowed_move(case, "reschedule", by=request.user)
    booking = _booking(case)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.release(booking, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "已取消原安排，案件回到待安排；已通知过的，会告知当事人不要按原时间前往。")
        return redirect("sittings:book", number)
    context = {"case": case, "line": line(booking), "form": form, "moved": Flag.ADDRESS in booking.flags}
    return render(request, "sittings/release.html", context, status=422 if form.is_bound else 200)


@signed_in
def absence(request: SignedIn, number: str) -> HttpResponse:
    """An absence from its noting to its decision, step by step on one page."""
    case = staff_case(number, request.user)
    booking = _booking(case)
    found = queries.absence_of(case)
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, case, form)
    record_reading(case.chain, by=request.user, what="未到场处理")
    context = {
        "case": case,
        "line": line(booking),
        "absence": found,
        "open": found is not None and found.state == AbsenceState.OPEN,
        "may_note": booking.state == BookingState.BOOKED and booking.sitting.ends_at <= moment.now(),
        "may_end": found is not None and found.state == AbsenceState.UNJUSTIFIED and may_terminate(case),
        "form": form,
    }
    return render(request, "sittings/absence.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def note_absence(request: SignedIn, number: str) -> HttpResponse:
    """Note that the person did not come."""
    case = staff_case(number, request.user)
    noted = actions.note_absence(_booking(case), by=request.user)
    messages.success(request, f"已登记未到场，请当事人在{noted.explain_by:%Y-%m-%d}前说明理由。")
    return redirect("sittings:absence", number)


@require_POST
@signed_in
def take_down(request: SignedIn, number: str) -> HttpResponse:
    """Take down what a person says about their absence."""
    case = staff_case(number, request.user)
    actions.explain_absence(case, explanation=request.POST.get("explanation", ""), by=request.user)
    return redirect("sittings:absence", number)


@signed_in
def terminate(request: SignedIn, number: str) -> HttpResponse:
    """End this appraisal."""
    case = staff_case(number, request.user)
    allowed_move(case, "terminate", by=request.user)
    form = TerminationForm(
        request.POST if request.method == "POST" else None, request.FILES or None, initial=_first_head(case)
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        evidence = store(told["file"], name=told["file"].name, by=request.user) if told["file"] else None
        actions.terminate(case, told["head"], told["facts"], request.user, proof=told["proof"], evidence=evidence)
        messages.success(request, "当次鉴定已终止，通知书已发出。")
        return redirect("desk:case", number)
    context = {"case": case, "line": line(_booking(case)), "form": form}
    return render(request, "sittings/terminate.html", context, status=422 if form.is_bound else 200)


@signed_in
def told_in_person(request: SignedIn, number: str) -> HttpResponse:
    """Note that a person without telephone or account was told of the appointment."""
    case = staff_case(number, request.user)
    if request.method == "POST":
        actions.note_told(case, how=request.POST.get("how", ""), by=request.user)
        messages.success(request, "已登记告知。")
    return redirect("desk:case", number)


@require_GET
@signed_in
def part(request: SignedIn, number: str) -> HttpResponse:
    """What the case page shows of this room."""
    case = staff_case(number, request.user)
    booking = queries.live_booking(case)
    context = {
        "case": case,
        "line": line(booking) if booking else None,
        "asked": queries.open_request(case),
        "absence": queries.absence_of(case),
        "ended": getattr(case, "termination", None),
        "wish": queries.last_wish(case),
        "may_wish": request.user.holds("sittings.book", case.office_id) and case.state in ASKED_IN,
        "in_person": case.obligations.filter(kind="tell_in_person", fulfilled_at=None).exists(),
        "may_move": booking is not None and request.user.holds("sittings.reschedule", case.office_id),
        "planned": booking is not None and booking.sitting.state == SittingState.PLANNED,
    }
    return page_or_fragment(request, "sittings/part.html", "sittings/_part.html", context)


def staff_case(number: str, user: User) -> Case:
    """A case for its staff; to anybody else it does not exist. Raises: CaseNotFound."""
    case = case_for(number, by=user)
    if user.kind != User.Kind.STAFF:
        raise CaseNotFound(number=number)
    return case


def _decide(request: SignedIn, case: Case, form: AbsenceForm) -> HttpResponse:
    told = form.cleaned_data
    justified = told["justified"] == "yes"
    available: date | None = told["available_from"]
    actions.decide_absence(case, justified=justified, reason=told["reason"], by=request.user, available_from=available)
    messages.success(request, "已认定有正当理由，转场次安排人员另行安排。" if justified else "已认定无正当理由。")
    return redirect("sittings:absence", case.number) if not justified else redirect("desk:case", case.number)


def _fitting(case: Case, demand: Demand) -> list[Sitting]:
    """The sittings with a free place in which the case can be examined."""
    asked = queries.unsettled_request(case)
    return [
        sitting
        for sitting in queries.open_for(case, after=moment.today())
        if not unmet(sitting, demand) and (asked is None or sitting.day >= asked.available_from)
    ]


@dataclass(frozen=True)
class Choice:
    """A sitting that fits, with its slots, how far ahead its notice would be, and whether that is far enough."""

    sitting: Sitting
    slots: list[Slot]
    lead: int
    in_time: bool


def _choices(case: Case, sittings: list[Sitting]) -> list[Choice]:
    today = moment.today()
    wanted = parameter("notice_lead_days", on=today, region=case.office.region).number
    slots: dict[int, list[Slot]] = {sitting.pk: [] for sitting in sittings}
    for slot in Slot.objects.filter(sitting__in=sittings).order_by("starts_at"):
        slots[slot.sitting_id].append(slot)
    leads = [(sitting, notice_days(today, sitting.day)) for sitting in sittings]
    return [Choice(sitting, slots[sitting.pk], lead, lead >= wanted) for sitting, lead in leads]


def _booking(case: Case) -> Booking:
    booking = queries.live_booking(case)
    if booking is None:
        raise BookingNotFound
    return booking


def _first_head(case: Case) -> dict[str, Any]:
    found = queries.absence_of(case)
    return {"head": 1} if found and found.state == AbsenceState.UNJUSTIFIED else {}
