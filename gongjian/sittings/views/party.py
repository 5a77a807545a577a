"""What a party of the case sees and asks: the appointment, another day, what they need, why they did not come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for
from gongjian.cases.queries.sides import Side, speaks_for
from gongjian.kernel import moment
from gongjian.kernel.views import page_or_fragment
from gongjian.sittings import actions, queries
from gongjian.sittings.access import require_appraisee
from gongjian.sittings.assistance import told
from gongjian.sittings.codes import qr_text, shown
from gongjian.sittings.errors import AbsenceDecided, BookingNotFound, TooLateToAsk
from gongjian.sittings.fitting import rule_of
from gongjian.sittings.forms import AskForm, NeedsForm, ReasonForm, TakenDownForm
from gongjian.sittings.models import Booking, SpecialNeeds
from gongjian.sittings.modes import ASKED_IN
from gongjian.sittings.rules import BRING
from gongjian.sittings.states import AbsenceState, BookingState

NEEDED_IN = ("submitted", "supplement", "accepted", "scheduled")
"""States of a case in which it still helps to know what the person needs."""


@require_GET
@signed_in
def block(request: SignedIn, number: str) -> HttpResponse:
    """The appointment as a party sees it: when and where; the appraisee's side also the code, what to bring, and what is for it to say."""
    case = case_for(number, by=request.user)
    if not speaks_for(request.user, case, Side.WORKER) and request.user.kind != User.Kind.STAFF:
        return _for_the_employer(request, case)
    booking = queries.appointment_of(case, by=request.user)
    absence = queries.absence_of(case)
    needs = SpecialNeeds.objects.filter(person_id=case.person_id).values_list("codes", flat=True).first()
    context = {
        "case": case,
        "booking": booking,
        "code": shown(booking.exam_code) if booking else "",
        "qr_text": qr_text(booking.exam_code) if booking else "",
        "bring": BRING,
        "rule": rule_of(booking.sitting) if booking else None,
        "wish": queries.last_wish(case),
        "may_ask_mode": case.state in ASKED_IN and speaks_for(request.user, case, Side.WORKER),
        "may_ask": booking is not None and _may_ask(booking),
        "show_code": booking is not None and booking.state == BookingState.BOOKED,
        "is_over": booking is not None and booking.state == BookingState.DONE,
        "asked": queries.open_request(case),
        "to_explain": absence is not None and absence.state == AbsenceState.OPEN,
        "absence": absence,
        "needs": told(needs or []),
        "may_tell_needs": case.state in NEEDED_IN,
    }
    return page_or_fragment(request, "sittings/block.html", "sittings/_block.html", context)


def _for_the_employer(request: SignedIn, case: Case) -> HttpResponse:
    """Day and place, nothing else: no code, no needs, no cause."""
    context = {
        "case": case,
        "booking": queries.appointment_of(case, by=request.user),
        "only_when": True,
        "may_collect": case.state in ASKED_IN,
    }
    return page_or_fragment(request, "sittings/block.html", "sittings/_block.html", context)


@signed_in
def ask(request: SignedIn, number: str) -> HttpResponse:
    """Ask for another day; staff do so for somebody who has called."""
    case = case_for(number, by=request.user)
    require_appraisee(request.user, case, "sittings.reschedule")
    booking = queries.appointment_of(case, by=request.user)
    if booking is None:
        raise BookingNotFound
    if not _may_ask(booking):
        raise TooLateToAsk
    kind = TakenDownForm if request.user.kind == User.Kind.STAFF else AskForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.ask_reschedule(case, by=request.user, **form.cleaned_data)
        messages.success(request, "改期申请已提交。答复之前，请仍按原定时间准备。")
        return redirect(home_of(case, request.user))
    context = {"case": case, "booking": booking, "form": form, "back": home_of(case, request.user)}
    return render(request, "sittings/ask.html", context, status=422 if form.is_bound else 200)


@signed_in
def explain(request: SignedIn, number: str) -> HttpResponse:
    """Say why one did not come."""
    case = case_for(number, by=request.user)
    require_appraisee(request.user, case, "sittings.check_in")
    absence = queries.absence_of(case)
    if absence is None:
        raise BookingNotFound
    if absence.state != AbsenceState.OPEN:
        raise AbsenceDecided
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.explain_absence(case, explanation=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "说明已提交，处理结果会通知您。")
        return redirect(home_of(case, request.user))
    context = {"case": case, "absence": absence, "form": form, "back": home_of(case, request.user)}
    return render(request, "sittings/explain.html", context, status=422 if form.is_bound else 200)


@signed_in
def needs(request: SignedIn, number: str) -> HttpResponse:
    """Say what one needs in order to come and be examined."""
    case = case_for(number, by=request.user)
    require_appraisee(request.user, case, "sittings.book")
    known = SpecialNeeds.objects.filter(person_id=case.person_id).first()
    initial = {"codes": known.codes, "note": known.note} if known else None
    form = NeedsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_assistance(case, form.cleaned_data["codes"], note=form.cleaned_data["note"], by=request.user)
        messages.success(request, "已记下，我们会提前准备；以后的鉴定也会沿用。")
        return redirect(home_of(case, request.user))
    context = {"case": case, "form": form, "back": home_of(case, request.user)}
    return render(request, "sittings/needs.html", context, status=422 if form.is_bound else 200)


def _may_ask(booking: Booking) -> bool:
    return booking.state == BookingState.BOOKED and booking.slot.starts_at > moment.now()


def home_of(case: Case, user: User) -> str:
    """The case's page in the person's own face."""
    name = "desk:case" if user.kind == User.Kind.STAFF else "portal:case"
    try:
        return reverse(name, args=[case.number])
    except NoReverseMatch:
        return "/"
