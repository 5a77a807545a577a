"""The investigators' pages: ask another city from a case, take its answer in; and the list of what other cities have asked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health
from gongjian.exchange import queries
from gongjian.exchange.actions import again, answering, asking, examining, settled
from gongjian.exchange.business import HANDLING
from gongjian.exchange.forms import AnswerForm, AskForm, NoteForm, RefuseForm
from gongjian.exchange.shown import line_of
from gongjian.exchange.states import Name, allowed
from gongjian.kernel.evidence.responses import evidence_response
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed
from gongjian.materials.queries import visible_materials
from gongjian.recognition.queries import checks_now, investigators_of, must_gather
from gongjian.recognition.states import GATHERING
from gongjian.recognition.views.common import recognition_case

MOST_SHOWN = 100


@require_GET
@signed_in
def case_page(request: SignedIn, number: str) -> HttpResponse:
    """What was asked of other cities in a case, with what came back."""
    return render(request, "exchange/case.html", _of_case(request, number))


@require_GET
@signed_in
def part(request: SignedIn, number: str) -> HttpResponse:
    """The same as a part of the case's page."""
    return render(request, "exchange/_case.html", _of_case(request, number))


def _of_case(request: SignedIn, number: str) -> dict[str, Any]:
    case = recognition_case(number, request.user)
    mine = request.user in investigators_of(case) and case.state in GATHERING
    unread = queries.unread_of(case) if checks_now(case, by=request.user) else set()
    lines = [line_of(matter) for matter in queries.matters_of(case)]
    reads = reads_health(request.user, case)
    if lines and reads:
        record_reading(case.chain, by=request.user, what="异地协助调查")
    return {"case": case, "mine": mine, "lines": lines, "reads_health": reads, "unread": unread}


@signed_in
def ask(request: SignedIn, number: str) -> HttpResponse:
    """Ask another city."""
    case = recognition_case(number, request.user)
    must_gather(case, by=request.user)
    told: dict[str, Any] = {"facts": asking.facts_of(case), "pages": _pages(case, request)}
    peers = queries.trusted_peers(case.office)
    form = AskForm(request.POST or None, peers=peers, **told)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "pages": [int(pk) for pk in form.cleaned_data["pages"]]}
        asking.ask(case, values.pop("peer"), by=request.user, **values)
        messages.success(request, "协助调查函已签名，正在发送。")
        return redirect("exchange:case", case.number)
    return form_page(request, "exchange/ask.html", form, {"case": case, "peers": peers})


def _pages(case: Case, request: SignedIn) -> list[tuple[str, str]]:
    found = visible_materials(case, by=request.user)
    return [
        (str(page.pk), f"{material.title}，第{page.order}份") for material in found for page in material.pages.all()
    ]


@require_POST
@signed_in
def take(request: SignedIn, pk: int) -> HttpResponse:
    """Put the answer on the case's file."""
    row = asking.take(queries.asked_matter(pk, by=request.user), by=request.user)
    messages.success(request, "答复和证明材料已收入案卷的“调查取得的材料”，每份都写明来源。")
    return redirect("exchange:case", str(row.case))


@require_POST
@signed_in
def read(request: SignedIn, pk: int) -> HttpResponse:
    """Who checks the draft has read what came in late."""
    row = queries.asked_matter(pk, by=request.user)
    settled.note_read(row, by=request.user)
    messages.success(request, "已记录查看。需要补充调查的，请退回调查。")
    return redirect("exchange:case", str(row.case))


@require_POST
@signed_in
def ask_again(request: SignedIn, pk: int) -> HttpResponse:
    """Send what did not come through once more."""
    row = queries.asked_matter(pk, by=request.user)
    again.send_again(row, by=request.user)
    messages.success(request, "正在重新发送。")
    return redirect("exchange:entrusted" if row.business == Name.APPRAISAL else "exchange:case", str(row.case))


@require_POST
@signed_in
def answer_again(request: SignedIn, pk: int) -> HttpResponse:
    """The same for what this bureau answers."""
    again.send_again(queries.incoming_matter(pk, by=request.user), by=request.user)
    messages.success(request, "正在重新发送。")
    return redirect("exchange:matter", pk)


@signed_in
def note(request: SignedIn, pk: int) -> HttpResponse:
    """Say what is done where no answer came."""
    row = queries.asked_matter(pk, by=request.user)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asking.note(row, how=form.cleaned_data["how"], by=request.user)
        messages.success(request, "已记录。")
        return redirect("exchange:case", str(row.case))
    return form_page(
        request, "exchange/act.html", form, {"line": line_of(row), "title": "记录如何处理", "submit": "记录"}
    )


@require_GET
@signed_in
def incoming(request: SignedIn) -> HttpResponse:
    """What other cities have asked, newest first."""
    if not any(request.user.holds(each) for each in HANDLING):
        raise NotAllowed
    return render(request, "exchange/incoming.html", {"matters": queries.incoming(request.user)[:MOST_SHOWN]})


@require_GET
@signed_in
def matter(request: SignedIn, pk: int) -> HttpResponse:
    """One matter that another city has asked."""
    row = queries.incoming_matter(pk, by=request.user)
    record_reading(row.chain, by=request.user, what=f"受托{row.get_business_display()}事项{row.key[:8]}")
    return render(
        request,
        "exchange/matter.html",
        {"line": line_of(row, reads=queries.is_read_here(row)), "acts": allowed(row.state, row.business)},
    )


@require_POST
@signed_in
def accept(request: SignedIn, pk: int) -> HttpResponse:
    """Take it on."""
    row = queries.incoming_matter(pk, by=request.user)
    if row.business == Name.APPRAISAL:
        case = examining.take_on(row, by=request.user)
        messages.success(request, "已接受委托，正在告知委托机构。下一步：安排场次。")
        return redirect("desk:case", case.number)
    answering.accept(row, by=request.user)
    messages.success(request, "已受理，正在告知委托机构。")
    return redirect("exchange:matter", pk)


@signed_in
def refuse(request: SignedIn, pk: int) -> HttpResponse:
    """Give it back."""
    row = queries.incoming_matter(pk, by=request.user)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_back = examining.give_back if row.business == Name.APPRAISAL else answering.refuse
        give_back(row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "已退回，正在告知委托机构。")
        return redirect("exchange:matter", pk)
    return form_page(
        request,
        "exchange/act.html",
        form,
        {
            "line": line_of(row, reads=row.done_as is None),
            "title": f"退回{row.get_business_display()}",
            "submit": "退回",
        },
    )


@signed_in
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Answer it."""
    row = queries.incoming_matter(pk, by=request.user)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = [answering.Handed(file, file.name) for file in form.cleaned_data["papers"]]
        answering.answer(row, text=form.cleaned_data["text"], files=files, by=request.user)
        messages.success(request, "答复已签名，正在发送。")
        return redirect("exchange:matter", pk)
    return form_page(
        request, "exchange/act.html", form, {"line": line_of(row), "title": "答复协助调查", "submit": "签名并发送"}
    )


@require_GET
@signed_in
def enclosure(request: SignedIn, pk: int) -> HttpResponseBase:
    """One file that went or came with a letter: pictures are shown, other files are downloaded."""
    row = queries.enclosure_for(pk, by=request.user)
    record_reading(
        row.letter.matter.chain, by=request.user, what=f"异地{row.letter.matter.get_business_display()}的附件"
    )
    assert row.evidence is not None  # as the query has asked
    return evidence_response(row.evidence, download_name=row.name, inline=True)
