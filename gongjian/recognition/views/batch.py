"""Something done for many victims at once: the common part is filled in or read, then each turn shows how far it is."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.accounts.queries import in_role
from gongjian.accounts.roles import Role
from gongjian.cases.errors import NotYours
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page, page_or_fragment
from gongjian.recognition.actions import batch as actions
from gongjian.recognition.errors import NothingForBatch
from gongjian.recognition.forms import CommonDraftForm, SeenForm, TeamForm
from gongjian.recognition.models import Accident, Batch
from gongjian.recognition.queries.accident import PERMISSIONS, accident_for, shared_of, turns_for
from gongjian.recognition.queries.batch import batch_of, drafts_shown, progress, refusals_of
from gongjian.recognition.views.supports import rests_of, support_choices

Operation = Batch.Operation
TURNS = 5
"""Turns that one request takes; the worker takes all."""
BASES = {
    Operation.OPEN: "人社厅发〔2018〕104号 二（四）、令8 第八条：不需要申请，逐人立案受理，受理决定书发给职工（近亲属）和用人单位。已有人申请的，并入绿色通道，由受理人照常办理。",
    Operation.BEGIN: "令8 第九条：调查核实由两名以上工作人员共同进行。",
    Operation.PROPOSE: "令8 第十八条、第十九条：共同查明的事实写一次，各人的伤害写在各人的意见里；没有依据的逐件退出，其余照办。",
    Operation.REVIEW: "令8 第十八条：逐人列出，看过的内容有变动的不办。不同意的，请在该人的案卷里退回。",
    Operation.DECIDE: "条例 第二十条、令8 第十九条：逐人签发，一人一号；看过的内容有变动的不办。",
}


@signed_in
def begin(request: SignedIn, pk: int, operation: str) -> HttpResponse:
    """Line up everybody whose turn it is."""
    row = accident_for(pk, by=request.user)
    act = _operation(operation)
    if not request.user.holds(PERMISSIONS[act], row.office_id):
        raise NotYours(act=act.label)
    form = FORMS[act](request, row)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        batch = actions.begin_batch(row, act, _common(act, form), by=request.user, seen=seen)
        return redirect("recognition:batch", row.pk, batch.pk)
    return form_page(request, "recognition/batch_begin.html", form, _shown(request.user, row, act))


@require_GET
@signed_in
def page(request: SignedIn, pk: int, batch_pk: int) -> HttpResponse:
    """How far a batch has come, and what was refused."""
    return _progress(request, pk, batch_pk)


@require_POST
@signed_in
def go_on(request: SignedIn, pk: int, batch_pk: int) -> HttpResponse:
    """Take the next few turns: of one's own batch only; the worker goes on with everybody's."""
    batch = batch_of(accident_for(pk, by=request.user), batch_pk)
    if batch.by_id == request.user.pk:
        actions.advance(batch, most=TURNS)
    return _progress(request, pk, batch_pk)


def _progress(request: SignedIn, pk: int, batch_pk: int) -> HttpResponse:
    row = accident_for(pk, by=request.user)
    batch = batch_of(row, batch_pk)
    told = {
        "accident": row,
        "batch": batch,
        "progress": progress(batch),
        "refusals": refusals_of(batch, by=request.user),
        "is_mine": batch.by_id == request.user.pk,
    }
    return page_or_fragment(request, "recognition/batch.html", "recognition/_batch.html", told)


def _shown(user: User, row: Accident, act: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "accident": row,
        "operation": act,
        "title": act.label,
        "basis": BASES[act],
        "count": turns_for(row, act, by=user).count(),
    }
    if act in actions.SEEN:
        record_reading(row.chain, by=user, what="批量办理的拟定意见")
        told["drafts"] = drafts_shown(row, act, by=user)
    return told


def _operation(told: str) -> Operation:
    try:
        return Operation(told)
    except ValueError:
        raise NothingForBatch(what=told[:20]) from None


def _common(act: Operation, form: BaseForm) -> dict[str, Any]:
    if act == Operation.BEGIN:
        return {"team": [int(each) for each in form.cleaned_data["team"]]}
    if not isinstance(form, CommonDraftForm):
        return {}
    told = form.told()
    facts = [[text, [rests_of(each) for each in rests]] for text, rests in told["facts"]]
    return {**told, "facts": facts, "own_rests": [rests_of(each) for each in told["own_rests"]]}


def _sent(request: SignedIn) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _team_form(request: SignedIn, row: Accident) -> BaseForm:
    others = [each for each in in_role(Role.INVESTIGATOR, row.office_id) if each.pk != request.user.pk]
    return TeamForm(_sent(request), colleagues=others)


def _draft_form(request: SignedIn, row: Accident) -> BaseForm:
    kept = list(shared_of(row))
    choices = support_choices(
        [each.material for each in kept if each.material],
        [each.interview for each in kept if each.interview],
        [each.site for each in kept if each.site],
    )
    return CommonDraftForm(_sent(request), supports=choices)


def _seen_form(request: SignedIn, row: Accident) -> BaseForm:
    return SeenForm(_sent(request))


FORMS: dict[Operation, Callable[[SignedIn, Accident], BaseForm]] = {
    Operation.OPEN: _seen_form,
    Operation.BEGIN: _team_form,
    Operation.PROPOSE: _draft_form,
    Operation.REVIEW: _seen_form,
    Operation.DECIDE: _seen_form,
}
