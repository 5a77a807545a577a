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
from gongjian.draws.actions.changes import ask_conflict
from gongjian.draws.actions.recusal import DRAW, ask_recusal, decide_recusal
from gongjian.draws.actions.recusing import OPEN
from gongjian.draws.forms import AskRecusalForm, DecideRecusalForm, FoundConflictForm
from gongjian.draws.models import Recusal
from gongjian.draws.queries.access import visible_to
from gongjian.draws.queries.changes import changes_waiting_in
from gongjian.draws.queries.groups import STILL_TO_JUDGE, empty_seats, group_of, members
from gongjian.draws.queries.recusals import recusal_for, requests_of, requests_waiting
from gongjian.draws.states import Ground
from gongjian.experts.models import Expert
from gongjian.experts.queries import pool
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import page_or_fragment
from gongjian.law.errors import NotAllowed, RuleError
from gongjian.sittings.queries import live_booking

WAITS = "已提出申请，等待第二人确认。确认之前一切保持原样，本案的意见也不能封存。"


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
    if request.method == "POST" and "member" in request.POST:
        return _found(request, case)
    if request.method == "POST":
        row = recusal_for(request.POST.get("recusal", ""), case=case)
        form = _form(case, row, request)
        if form.is_valid():
            try:
                done = decide_recusal(row, expert=form.chosen, answer=form.cleaned_data["answer"], by=request.user)
                waits = done.decision == Recusal.Decision.ASKED
                messages.success(request, WAITS if waits else "已答复，当事人可以看到您的答复。")
                return redirect("draws:recusals", number)
            except RuleError as refusal:
                form.add_error(None, str(refusal))
        failed = (row.pk, form)
    return _requests(request, case, failed, status=422 if failed else 200)


def _found(request: SignedIn, case: Case) -> HttpResponse:
    """The office has found a conflict of a member: ask for a second person."""
    form = FoundConflictForm(request.POST, members=_members(case))
    if form.is_valid():
        told = form.cleaned_data
        try:
            ask_conflict(case, told["member"], Ground(told["ground"]), facts=told["facts"], by=request.user)
            messages.success(request, WAITS)
            return redirect("draws:recusals", case.number)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    return _requests(request, case, None, found=form, status=422)


def _requests(
    request: SignedIn,
    case: Case,
    failed: tuple[int, DecideRecusalForm] | None,
    *,
    found: FoundConflictForm | None = None,
    status: int = 200,
) -> HttpResponse:
    record_reading(case.chain, by=request.user, what="回避申请")
    waiting = {change.recusal_id for change in changes_waiting_in(case)}
    rows = [(row, _shown_form(case, row, failed), row.pk in waiting) for row in requests_of(case)]
    seated = _members(case) if case.state in OPEN else []
    form = found or (FoundConflictForm(members=seated) if seated else None)
    context = {"case": case, "rows": rows, "found": form}
    return render(request, "draws/recusals.html", context, status=status)


def _members(case: Case) -> list[Expert]:
    group = group_of(case)
    return members(group) if group else []


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
    booking = live_booking(case)
    return pool(case.office, booking.sitting_id if booking else None)


def _form(case: Case, row: Recusal, request: SignedIn) -> DecideRecusalForm:
    return DecideRecusalForm(request.POST, experts=_experts(case), prefix=f"r{row.pk}")


def _shown_form(case: Case, row: Recusal, failed: tuple[int, DecideRecusalForm] | None) -> DecideRecusalForm | None:
    """The form under a request that waits; the one that was sent keeps what was written."""
    if row.decision != Recusal.Decision.ASKED:
        return None
    if failed and failed[0] == row.pk:
        return failed[1]
    return DecideRecusalForm(experts=_experts(case), prefix=f"r{row.pk}")
