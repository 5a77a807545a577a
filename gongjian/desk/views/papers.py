"""The check of papers: accept, ask once for everything missing, take the supplement in, or end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.appraisal.actions import review, supplementing
from gongjian.appraisal.queries import missing_papers, notice_of, same_injury
from gongjian.cases.actions.move import allowed_move
from gongjian.desk.forms import HandedInForm, LaterDayForm, ReasonForm, SupplementForm
from gongjian.desk.queries.case import case_view
from gongjian.desk.views.case import staff_case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page


@signed_in
def check(request: SignedIn, number: str) -> HttpResponse:
    """The papers beside the checklist; accept, or ask once for everything that is missing."""
    found = staff_case(number, request.user)
    allowed_move(found, "accept", by=request.user)
    missing = missing_papers(found)
    form = SupplementForm(request.POST if request.method == "POST" else None, missing=missing)
    if request.method == "POST" and form.is_valid():
        notice = supplementing.ask_supplement(found, form.items(), by=request.user)
        messages.success(request, f"已发出一次性补正告知书，补正期限至{notice.due_on:%Y-%m-%d}。")
        return redirect("desk:case", number)
    record_reading(found.chain, by=request.user, what="审查材料")
    context = {"case": found, "view": case_view(found, by=request.user), "missing": missing}
    context |= {"same": same_injury(found)}
    return form_page(request, "desk/check.html", form, context)


@signed_in
@require_POST
def accept(request: SignedIn, number: str) -> HttpResponse:
    """Accept a complete application."""
    review.accept(staff_case(number, request.user), by=request.user)
    messages.success(request, "已受理，受理通知书已发给申请人。")
    return redirect("desk:case", number)


@signed_in
def supplement(request: SignedIn, number: str) -> HttpResponse:
    """The window takes in what was missing; pages are uploaded on the materials' own pages before."""
    found = staff_case(number, request.user)
    allowed_move(found, "receive_supplement", by=request.user)
    form = HandedInForm(request.POST if request.method == "POST" else None, initial={"handed_in_on": moment.today()})
    if request.method == "POST" and form.is_valid():
        supplementing.receive_supplement(found, by=request.user, handed_in_on=form.cleaned_data["handed_in_on"])
        messages.success(request, "补正材料已收取，请在5个工作日内审查。")
        return redirect("desk:case", number)
    context = {"case": found, "notice": notice_of(found), "view": case_view(found, by=request.user)}
    return form_page(request, "desk/supplement.html", form, context)


@signed_in
def later(request: SignedIn, number: str) -> HttpResponse:
    """Grant a later day for the supplement, once, for a good reason."""
    found = staff_case(number, request.user)
    supplementing.check_later(found, by=request.user)
    form = LaterDayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        supplementing.grant_later_day(
            found, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"], by=request.user
        )
        messages.success(request, "补正期限已延后，已通知申请人。")
        return redirect("desk:case", number)
    context = {"case": found, "title": "延后补正期限", "basis": LATER, "submit": "同意延后"}
    return form_page(request, "desk/reason.html", form, context)


@signed_in
def give_up(request: SignedIn, number: str) -> HttpResponse:
    """Treat an application as given up that is incomplete after its supplement."""
    found = staff_case(number, request.user)
    review.check_give_up(found, by=request.user)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        review.give_up(found, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "已按视为放弃申请办理，通知书已发给申请人。")
        return redirect("desk:case", number)
    context = {"case": found, "title": "视为放弃申请", "basis": GIVING_UP, "submit": "视为放弃"}
    return form_page(request, "desk/reason.html", form, context)


LATER = "令55 第十条：有正当理由不能按期补正的，可以在期满前延后一次，理由记入案卷。"
GIVING_UP = "令55 第十条：申请人无正当理由逾期没有补正的，视为放弃当次申请。只有发过补正告知书、收到补正材料后仍不齐全的，才能在这里办理。"
