"""Pages of the agency: its list, and each of its words on a claim."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.claims import actions, lists, queries
from gongjian.claims.errors import NotYourClaim
from gongjian.claims.forms import ApprovalForm, CorrectionForm, PaidForm, ReturnForm, WordsForm
from gongjian.claims.models import Answer, Claim
from gongjian.claims.states import ANSWER, State
from gongjian.kernel import moment
from gongjian.kernel.views import form_page


@require_GET
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """What the agency owes, soonest due first, and what waits for somebody else or has ended."""
    if not request.user.holds(ANSWER):
        raise NotYourClaim(act="核定待遇")
    waiting = lists.waiting(request.user, after=request.GET.get("after", ""))
    others = lists.others(request.user, after=request.GET.get("ended_after", ""))
    told = {"waiting": _rows(waiting.rows), "others": _rows(others.rows)}
    return render(request, "claims/list.html", told | {"more_waiting": waiting.after, "more_others": others.after})


@require_http_methods(["GET", "POST"])
@signed_in
def approve(request: SignedIn, pk: int) -> HttpResponse:
    """Fix the benefits item by item."""
    found = _to_answer(request, pk)
    form = ApprovalForm(request.POST if request.method == "POST" else None, items=queries.fund_items(found))
    if form.is_valid():
        actions.approve(found, form.amounts(), by=request.user, words=form.cleaned_data["words"])
        return _done(request, found, "核定结果已登记，申领人可以看到。请在期限内支付并登记。")
    return _page(request, found, form, "核定待遇", "逐项写明核定金额。估算是按申领人所填的事实算的，以您核定的为准。")


@require_http_methods(["GET", "POST"])
@signed_in
def pay(request: SignedIn, pk: int) -> HttpResponse:
    """Record that what was fixed went out."""
    found = _to_answer(request, pk)
    form = PaidForm(request.POST if request.method == "POST" else None, initial={"paid_on": moment.today()})
    if form.is_valid():
        told = form.cleaned_data
        actions.pay(found, told["paid_on"], by=request.user, words=told["words"])
        return _done(request, found, "支付已登记，申领人可以看到。")
    return _page(request, found, form, "登记支付", "核定的待遇已经付出后登记。")


@require_http_methods(["GET", "POST"])
@signed_in
def send_back(request: SignedIn, pk: int) -> HttpResponse:
    """Send back for what is missing."""
    found = _to_answer(request, pk)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        actions.send_back(found, told["words"], complete_by=told["complete_by"], by=request.user)
        return _done(request, found, "已退回补正，申领人可以看到。到期没有补齐的，自动回到待办，按现有材料核定。")
    return _page(request, found, form, "退回补正", "写明还缺哪些材料，一次说全。平台已有的材料不能再要。")


@require_http_methods(["GET", "POST"])
@signed_in
def refuse(request: SignedIn, pk: int) -> HttpResponse:
    """Refuse with the reason."""
    found = _to_answer(request, pk)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.refuse(found, form.cleaned_data["words"], by=request.user)
        return _done(request, found, "答复已登记，申领人可以看到。")
    return _page(request, found, form, "不予支付", "写明理由和依据；救济途径由平台附上。")


@require_http_methods(["GET", "POST"])
@signed_in
def correct(request: SignedIn, pk: int, answer_pk: int) -> HttpResponse:
    """Take the last answer back as wrong, with the reason."""
    found = _to_answer(request, pk)
    answer = get_object_or_404(Answer, pk=answer_pk, claim=found)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.correct(answer, form.cleaned_data["words"], by=request.user)
        return _done(request, found, "已更正：原答复和理由留存，申领人可以看到。请重新办理。")
    lead = f"{answer.at:%Y-%m-%d}的答复“{answer.get_kind_display()}”作废，申领回到答复以前；原答复和更正的理由都留存，申领人可以看到。办理期限不重新计算。"
    return _page(request, found, form, "更正答复", lead)


def _to_answer(request: SignedIn, pk: int) -> Claim:
    found = queries.claim_for(pk, by=request.user)
    if not queries.may(found, ANSWER, by=request.user):
        raise NotYourClaim(act="核定待遇")
    return found


def _done(request: SignedIn, claim: Claim, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("claims:claim", claim.pk)


def _page(request: SignedIn, claim: Claim, form: forms.Form, title: str, lead: str) -> HttpResponse:
    told: dict[str, Any] = {"claim": claim, "case": claim.founded_on, "title": title, "lead": lead}
    return form_page(request, "claims/answer.html", form, told)


def _rows(claims: list[Claim]) -> list[tuple[Claim, str]]:
    return [(each, State(each.state).label) for each in claims]
