"""After the decision: corrections and revocations with their signature, reviews and suits with their clocks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import deadline_of
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.clock import Deadline
from gongjian.recognition.actions import remedies, revising
from gongjian.recognition.forms import CorrectionForm, OutcomeForm, ReasonForm, RemedyForm, ReplyForm, RevocationForm
from gongjian.recognition.models import Remedy
from gongjian.recognition.queries import decision_of
from gongjian.recognition.queries.remedies import (
    STANDING,
    SUIT_AFTER,
    decisions_of,
    open_revision,
    remedies_of,
    remedy_of,
    revisions_of,
    takes_remedies,
)
from gongjian.recognition.revising import PLACES, REMEDIES
from gongjian.recognition.views.common import done, one_form, recognition_case

HERE = "recognition:after"


@require_GET
@signed_in
def page(request: SignedIn, number: str) -> HttpResponse:
    """Every decision of the case, what was corrected or fell, and what runs against it."""
    case = recognition_case(number, request.user)
    record_reading(case.chain, by=request.user, what="更正、撤销和救济")
    clocks = {
        (row.limit, row.about): deadline_of(row)
        for row in case.limits.select_related("case__office").prefetch_related("changes")
    }
    rows = list(remedies_of(case))
    context = {
        "case": case,
        "decisions": decisions_of(case),
        "revisions": revisions_of(case),
        "remedies": [(row, *_clocks(row, clocks)) for row in rows],
        "stands": decision_of(case) is not None and case.state in STANDING,
        "waits": revisions_of(case).filter(ended_at=None).exists(),
        "takes_remedies": takes_remedies(case),
        "may_propose": request.user.holds(revising.PROPOSE, case.office_id),
        "may_sign": request.user.holds(revising.SIGN, case.office_id),
        "may_register": request.user.holds(remedies.REGISTER, case.office_id),
    }
    return render(request, "recognition/after.html", context)


@signed_in
def correction(request: SignedIn, number: str) -> HttpResponse:
    """Propose to set clerical errors right."""
    case = recognition_case(number, request.user)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revising.propose_correction(case, form.lines(), reason=form.cleaned_data["reason"], by=request.user)
        return done(request, case, "更正已提出，等待签发。", HERE)
    return one_form(request, case, form, "更正决定书的笔误", CORRECTING, "提出更正")


@signed_in
def revocation(request: SignedIn, number: str) -> HttpResponse:
    """Propose that the decision falls."""
    case = recognition_case(number, request.user)
    waiting = remedies_of(case).exclude(outcome="").filter(settled_on=None, decision__revoked_on=None)
    form = RevocationForm(request.POST or None, remedies=waiting)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        fall = revising.Fall(**{**told, "anew": told["anew"] == "yes"})
        revising.propose_revocation(case, fall, by=request.user)
        return done(request, case, "撤销已提出，等待签发。", HERE)
    return one_form(request, case, form, "撤销决定", REVOKING, "提出撤销")


@signed_in
def revision(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """What was proposed, for the signer; posting refuses it."""
    case = recognition_case(number, request.user)
    row = open_revision(case, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revising.refuse_revision(case, pk, reason=form.cleaned_data["reason"], by=request.user)
        return done(request, case, "已退回，没有签发。", HERE)
    record_reading(case.chain, by=request.user, what="待签发的更正、撤销")
    lines = [(PLACES[one["place"]], one["wrong"], one["right"]) for one in row.lines]
    context = {"case": case, "row": row, "lines": lines, "form": form}
    context["may_sign"] = request.user.holds(revising.SIGN, case.office_id) and row.proposed_by_id != request.user.pk
    return render(request, "recognition/revision.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def sign(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Sign a correction or a revocation."""
    case = recognition_case(number, request.user)
    row = revising.sign_revision(case, pk, by=request.user)
    return done(request, case, f"已签发，文号{row.paper.number if row.paper else ''}，转送达。", HERE)


@signed_in
def remedy(request: SignedIn, number: str) -> HttpResponse:
    """A copy of an application or a complaint has come."""
    case = recognition_case(number, request.user)
    form = RemedyForm(request.POST or None, request.FILES or None, initial={"received_on": moment.today()})
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        file = told.pop("file")
        remedies.register(case, remedies.Came(**told), file=file, name=file.name, by=request.user)
        return done(request, case, "已登记，答复期限自收到副本之日起算。", HERE)
    return one_form(request, case, form, "登记行政复议、行政诉讼", REGISTERING, "登记")


@signed_in
def reply(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Our reply went out."""
    case = recognition_case(number, request.user)
    row = remedy_of(case, pk)
    form = ReplyForm(request.POST or None, request.FILES or None, initial={"replied_on": moment.today()})
    if request.method == "POST" and form.is_valid():
        file, on = form.cleaned_data["file"], form.cleaned_data["replied_on"]
        remedies.reply(case, pk, file=file, name=file.name, replied_on=on, by=request.user)
        return done(request, case, "答复已登记。", HERE)
    return one_form(request, case, form, f"登记答复（{row.get_kind_display()} {row.matter}）", REGISTERING, "登记答复")


@signed_in
def outcome(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """How it ended."""
    case = recognition_case(number, request.user)
    row = remedy_of(case, pk)
    form = OutcomeForm(request.POST or None, request.FILES or None, initial={"received_on": moment.today()})
    if request.method == "POST" and form.is_valid():
        told, file = form.cleaned_data, form.cleaned_data["file"]
        ended = remedies.Ended(told["outcome"], told["received_on"], told["known_on"])
        remedies.end(case, pk, ended, file=file, name=file.name, by=request.user)
        return done(request, case, "结果已登记。", HERE)
    return one_form(request, case, form, f"登记结果（{row.get_kind_display()} {row.matter}）", ENDING, "登记结果")


def _clocks(row: Remedy, clocks: dict[tuple[str, str], Deadline]) -> tuple[Deadline | None, Deadline | None]:
    """Our days to reply, while they run; the party's days for a suit after a reconsideration."""
    replying = None if row.replied_on or row.outcome else clocks.get((REMEDIES[row.kind].reply, row.subject))
    return replying, clocks.get((SUIT_AFTER, row.subject))


CORRECTING = "令8 第十九条：决定书的文字、数字有误的，制发更正通知书送达双方，认定结果不变。认定结果、依据有误的，不能更正，应当撤销。"
REVOKING = "条例 第五十五条、法释9 第九条：原认定有误的，可以自行纠正；行政复议机关、人民法院撤销或者责令重新作出的，依其决定办理。由您提出，另一人签发。"
REGISTERING = "复议法 第四十八条：自收到申请书副本之日起10个工作日内答复并提交证据。行诉法 第六十七条：自收到起诉状副本之日起15日内答辩并提交证据。两项期限分别计算。"
ENDING = "行诉法 第四十五条：不服行政复议决定的，可以自收到之日起15日内起诉。要求撤销、变更或者重新作出的，由复核人员依结果提出撤销。"
