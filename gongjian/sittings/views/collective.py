"""An employer's application for a day on its premises: asked and followed by the employer in numbers, answered by the office."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.queries import case_for
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.modes import Mode, ModeRule, mode_rule
from gongjian.sittings import collected
from gongjian.sittings.actions import collecting
from gongjian.sittings.collectives import Collective
from gongjian.sittings.errors import CollectiveNotFound
from gongjian.sittings.forms import ReasonForm
from gongjian.sittings.forms_collective import CollectiveAnswerForm, CollectiveForm
from gongjian.sittings.states import CollectiveState


@require_GET
@signed_in
def mine(request: SignedIn) -> HttpResponse:
    """What this person has asked for their employer, and whether there is anybody to ask for."""
    rows = [collected.counted(row) for row in _of_an_employer(request).order_by("-pk")]
    can_ask = collected.cases_to_name(request.user).exists()
    return render(request, "sittings/collectives.html", {"rows": rows, "can_ask": can_ask, "rule": _rule(None)})


@signed_in
def ask(request: SignedIn) -> HttpResponse:
    """Name the workers and the place."""
    _of_an_employer(request)
    cases = collected.cases_to_name(request.user)
    form = CollectiveForm(request.POST if request.method == "POST" else None, cases=cases)
    if request.method == "POST" and form.is_valid():
        row = collecting.ask_collective(list(form.cleaned_data["cases"]), form.premises(), by=request.user)
        messages.success(request, "已提交。答复会通知您；职工是否参加由本人决定。")
        return redirect("sittings:collective", row.pk)
    context = {"form": form, "rule": _rule(None), "can_ask": cases.exists()}
    return render(request, "sittings/ask_collective.html", context, status=422 if form.is_bound else 200)


@signed_in
def one(request: SignedIn, pk: int) -> HttpResponse:
    """How an application stands: in numbers for the employer, who may take it back; case by case for the office."""
    row = collected.collective_for(pk, by=request.user)
    if request.user.kind == User.Kind.STAFF:
        return redirect("sittings:answer_collective", pk)
    if request.method == "POST":
        collecting.withdraw_collective(row, by=request.user)
        messages.success(request, "已撤回。各案照常办理。")
        return redirect("sittings:collective", pk)
    may_withdraw = row.state == CollectiveState.ASKED
    context = {"told": collected.counted(row), "row": row, "may_withdraw": may_withdraw}
    return render(request, "sittings/collective.html", context)


@signed_in
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """The office answers; afterwards it sees what each worker has chosen."""
    row = _of_the_office(request, pk)
    form = CollectiveAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _answered(row, form, request.user))
        return redirect("sittings:answer_collective", pk)
    record_reading(f"office:{row.office.code}", by=request.user, what="企业集中鉴定申请")
    rule = _rule(row)
    context = {
        "row": row,
        "rule": rule,
        "told": collected.counted(row),
        "lines": collected.lines_of(row, rule, by=request.user),
        "form": form if row.state == CollectiveState.ASKED else None,
        "may_call_off": row.state == CollectiveState.GRANTED,
    }
    return render(request, "sittings/answer_collective.html", context, status=422 if form.is_bound else 200)


@signed_in
def call_off(request: SignedIn, pk: int) -> HttpResponse:
    """The office calls a granted day off."""
    row = _of_the_office(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        collecting.call_off_collective(row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "已取消，各案改回现场鉴定，正在重新安排时间。")
        return redirect("sittings:answer_collective", pk)
    context = {"row": row, "form": form, "told": collected.counted(row)}
    return render(request, "sittings/call_off_collective.html", context, status=422 if form.is_bound else 200)


@require_GET
@signed_in
def of_case(request: SignedIn, number: str) -> HttpResponse:
    """From the task in a case to the application that names it."""
    return redirect(
        "sittings:collective", collected.open_collective_of(case_for(number, by=request.user), by=request.user).pk
    )


def _answered(row: Collective, form: CollectiveAnswerForm, by: User) -> str:
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["answer"] == "grant":
        collecting.grant_collective(row, answer=reason, by=by)
        return "已同意，正在逐人征求意见。地点已列入场地，可以建立场次。"
    collecting.refuse_collective(row, reason=reason, by=by)
    return "已答复不同意，理由已告知单位。"


def _of_an_employer(request: SignedIn) -> QuerySet[Collective]:
    if request.user.kind != User.Kind.APPLICANT:
        raise CollectiveNotFound
    return collected.visible_to(request.user)


def _of_the_office(request: SignedIn, pk: int) -> Collective:
    if request.user.kind != User.Kind.STAFF:
        raise CollectiveNotFound
    return collected.collective_for(pk, by=request.user)


def _rule(row: Collective | None) -> ModeRule:
    return mode_rule(Mode.ENTERPRISE, on=moment.today(), region=row.office.region if row else None)
