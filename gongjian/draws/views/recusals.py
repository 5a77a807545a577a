"""Recusals: a party asks, the draw officer answers, the case page shows."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.errors import CaseNotFound
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for, is_party
from gongjian.draws.actions.recusal import DRAW, OPEN, ask_recusal, decide_recusal
from gongjian.draws.forms import AskRecusalForm, DecideRecusalForm
from gongjian.draws.models import Recusal
from gongjian.draws.queries.access import visible_to
from gongjian.draws.queries.groups import STILL_TO_JUDGE, empty_seats, group_of
from gongjian.draws.queries.recusals import recusal_for, requests_of, requests_waiting
from gongjian.experts.models import Expert
from gongjian.experts.queries import pool
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import page_or_fragment
from gongjian.law.errors import NotAllowed, RuleError
from gongjian.sittings.queries import live_booking


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: SignedIn, number: str) -> HttpResponse:
    """A party asks that an expert be kept away, and sees the answers to earlier requests. Raises: CaseNotFound."""
    case = case_for(number, by=request.user)
    if not is_party(request.user, case):
        raise CaseNotFound(number=number)
    form = AskRecusalForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            ask_recusal(case, by=request.user, **form.cleaned_data)
            messages.success(request, "回避申请已提交，抽取人员会在鉴定前答复您。")
            return redirect("draws:ask_recusal", number)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    if form.is_bound:
        status = 422
    context = {
        "case": case,
        "form": form,
        "is_open": case.state in OPEN,
        "requests": requests_of(case).filter(told_by=request.user),
    }
    return render(request, "draws/ask_recusal.html", context, status=status)


@require_GET
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """Requests that wait for an answer, oldest first. Raises: NotAllowed."""
    if not request.user.holds(DRAW):
        raise NotAllowed
    return render(request, "draws/recusal_list.html", {"requests": requests_waiting(request.user)})


@require_http_methods(["GET", "POST"])
@signed_in
def of_case(request: SignedIn, number: str) -> HttpResponse:
    """The requests of a case with what the parties say, for who decides. Raises: CaseNotFound, NotAllowed, RecusalNotFound."""
    case = case_for(number, by=request.user)
    if not request.user.holds(DRAW, case.office_id):
        raise NotAllowed
    failed: tuple[int, DecideRecusalForm] | None = None
    if request.method == "POST":
        row = recusal_for(request.POST.get("recusal", ""), case=case)
        form = _form(case, row, request)
        if form.is_valid():
            try:
                decide_recusal(row, expert=form.chosen, answer=form.cleaned_data["answer"], by=request.user)
                messages.success(request, "已答复，当事人可以看到您的答复。")
                return redirect("draws:recusals", number)
            except RuleError as refusal:
                form.add_error(None, str(refusal))
        failed = (row.pk, form)
    record_reading(case.chain, by=request.user, what="回避申请")
    rows = [(row, _shown_form(case, row, failed)) for row in requests_of(case)]
    return render(request, "draws/recusals.html", {"case": case, "rows": rows}, status=422 if failed else 200)


@require_GET
@signed_in
def case_part(request: SignedIn, number: str) -> HttpResponse:
    """What the case page of staff shows of draws: the draws of its sitting, its group once drawn, and recusals."""
    case = case_for(number, by=request.user)
    if is_party(request.user, case):
        raise CaseNotFound(number=number)
    booking = live_booking(case)
    draws = visible_to(request.user).filter(sitting=booking.sitting_id) if booking else visible_to(request.user).none()
    group = group_of(case)
    context = {
        "case": case,
        "draws": draws,
        "group": group,
        "empty": len(empty_seats(group)) if group and case.state in STILL_TO_JUDGE else 0,
        "recusals": requests_of(case),
        "may_decide": request.user.holds(DRAW, case.office_id),
    }
    return page_or_fragment(request, "draws/case_part.html", "draws/_case_part.html", context)


def _experts(case: Case) -> QuerySet[Expert]:
    return pool(case.office)


def _form(case: Case, row: Recusal, request: SignedIn) -> DecideRecusalForm:
    return DecideRecusalForm(request.POST, experts=_experts(case), prefix=f"r{row.pk}")


def _shown_form(case: Case, row: Recusal, failed: tuple[int, DecideRecusalForm] | None) -> DecideRecusalForm | None:
    """The form under a request that waits; the one that was sent keeps what was written."""
    if row.decision != Recusal.Decision.ASKED:
        return None
    if failed and failed[0] == row.pk:
        return failed[1]
    return DecideRecusalForm(experts=_experts(case), prefix=f"r{row.pk}")
