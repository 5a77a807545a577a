"""Pages of 委托鉴定: the scheduler entrusts another city's committee or takes the matter back; the entrusted one sends its group's opinion, or gives the matter back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.appraisal.entrusted import ENTRUSTED
from gongjian.cases.actions.move import allowed_move
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health
from gongjian.conclusions.queries.opinion import seen_by
from gongjian.exchange import queries
from gongjian.exchange.actions import entrusting, examining
from gongjian.exchange.business import BOOK
from gongjian.exchange.forms import EntrustForm, WithdrawForm
from gongjian.exchange.shown import line_of
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.sittings.access import require
from gongjian.sittings.views.case import staff_case


@require_GET
@signed_in
def case_page(request: SignedIn, number: str) -> HttpResponse:
    """By which letters a case is entrusted, or was; in a case done for another committee: whose it is."""
    return render(request, "exchange/entrusted.html", _of_case(request, number))


@require_GET
@signed_in
def part(request: SignedIn, number: str) -> HttpResponse:
    """The same as a part of the case's page; nothing where there is nothing."""
    return render(request, "exchange/_entrusted_case.html", _of_case(request, number))


def _of_case(request: SignedIn, number: str) -> dict[str, Any]:
    case = staff_case(number, request.user)
    rows = [examining.matter_done_as(case)] if case.procedure == ENTRUSTED else list(queries.matters_of(case))
    reads = reads_health(request.user, case)
    if rows and reads:
        record_reading(case.chain, by=request.user, what="委托鉴定")
    return {
        "case": case,
        "lines": [line_of(row, reads=reads) for row in rows],
        "is_theirs": case.procedure == ENTRUSTED,
        "may_entrust": request.user.holds(BOOK, case.office_id),
        "open": entrusting.open_matter_of(case),
    }


@signed_in
def entrust(request: SignedIn, number: str) -> HttpResponse:
    """Choose the committee and the day, see what goes along, and sign."""
    case = staff_case(number, request.user)
    allowed_move(case, "entrust", by=request.user)
    peers = queries.trusted_peers(case.office)
    form = EntrustForm(request.POST or None, peers=peers, day=case.due_on)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        entrusting.entrust(case, told["peer"], scope=told["scope"], due_on=told["due_on"], by=request.user)
        messages.success(request, "委托鉴定函已签名，正在发送；已告知被鉴定人委托了谁。")
        return redirect("exchange:entrusted", number)
    context = {"case": case, "peers": peers, "papers": [each.name for each in entrusting.papers_of(case)]}
    return form_page(request, "exchange/entrust.html", form, context)


@signed_in
def withdraw(request: SignedIn, number: str) -> HttpResponse:
    """Take the matter back, and examine here."""
    case = staff_case(number, request.user)
    require(request.user, BOOK, case.office_id)
    matter = entrusting.open_matter_of(case)
    if matter is None:
        return redirect("exchange:entrusted", number)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entrusting.withdraw(matter, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, "已撤回委托，案件回到待安排；已告知被鉴定人和受托的鉴定委员会。")
        return redirect("sittings:book", number)
    return form_page(request, "exchange/withdraw.html", form, {"case": case, "matter": matter})


@signed_in
def send_opinion(request: SignedIn, number: str) -> HttpResponse:
    """Look at the group's opinion once more, whole, and send it."""
    case = staff_case(number, request.user)
    allowed_move(case, "send_opinion", by=request.user)
    matter = examining.matter_done_as(case)
    if request.method == "POST":
        examining.send_opinion(case, by=request.user)
        messages.success(request, f"专家组意见已签名，正在发往{matter.peer.name}。本案的材料不再开放。")
        return redirect("exchange:entrusted", number)
    return render(
        request, "exchange/send_opinion.html", {"seen": seen_by(case, by=request.user), **_sent(case, matter)}
    )


def _sent(case: Case, matter: Any) -> dict[str, Any]:
    return {"case": case, "matter": matter, "open_draws": examining.open_draws(case)}


@require_GET
@signed_in
def give_back(request: SignedIn, number: str) -> HttpResponse:
    """From the case to the page where its matter is given back."""
    case = staff_case(number, request.user)
    return redirect("exchange:refuse", examining.matter_done_as(case).pk)
