"""The investigators' pages: every paper of a case with what was asked about it, and the form to ask."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.authenticity import actions, finding, queries
from gongjian.authenticity.beside import facts_of, pair_for
from gongjian.authenticity.errors import PairNotFound
from gongjian.authenticity.forms import CompareForm, InquiryForm
from gongjian.cases.models import Case
from gongjian.cases.queries import reads_health
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.materials.queries import page_for, visible_materials
from gongjian.materials.readings import note_reading
from gongjian.recognition.queries import application_of, checks_now, investigators_of, must_gather
from gongjian.recognition.states import GATHERING
from gongjian.recognition.views.common import recognition_case


@require_GET
@signed_in
def case_page(request: SignedIn, number: str) -> HttpResponse:
    """Every paper with its inquiries."""
    return render(request, "authenticity/case.html", _of_case(request, number))


@require_GET
@signed_in
def part(request: SignedIn, number: str) -> HttpResponse:
    """The same as a part of the case's page."""
    return render(request, "authenticity/_case.html", _of_case(request, number))


def _of_case(request: SignedIn, number: str) -> dict[str, Any]:
    case = recognition_case(number, request.user)
    rows = list(queries.inquiries_of(case, by=request.user))
    if rows:
        record_reading(case.chain, by=request.user, what="材料协查")
    reads = reads_health(request.user, case)
    papers = visible_materials(case, by=request.user) if reads else []
    mine = reads and request.user in investigators_of(case) and case.state in GATHERING
    notes = _notes(case, request)
    facts = facts_of(case, papers, by=request.user)
    lines = [(paper, [row for row in rows if row.material_id == paper.pk], facts[paper.pk]) for paper in papers]
    return {"case": case, "lines": lines, "mine": mine, "notes": notes, "reads_health": reads}


@signed_in
def inquire(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Ask about one paper."""
    case = recognition_case(number, request.user)
    must_gather(case, by=request.user)
    paper = queries.paper_for(case, pk, by=request.user)
    told = application_of(case)
    known = {"hospital": told.hospital, "on": told.diagnosed_on}
    form = InquiryForm(request.POST or None, sources=queries.sources(), initial=known)
    if request.method == "POST" and form.is_valid():
        actions.inquire(case, paper.pk, by=request.user, **form.cleaned_data)
        messages.success(request, "协查已登记，正在发出。")
        return redirect("authenticity:case", case.number)
    return form_page(request, "authenticity/inquire.html", form, {"case": case, "paper": paper})


@signed_in
def compare(request: SignedIn, number: str, pk: int, other: int) -> HttpResponse:
    """A page of the case and the same picture in another one, side by side; and what somebody says of it."""
    case = recognition_case(number, request.user)
    page = page_for(pk, by=request.user)
    if page.material.case_id != case.pk or not reads_health(request.user, case):
        raise PairNotFound
    pair = pair_for(case, page, other, by=request.user)
    form = CompareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        finding.compare(case, page, pair.match.other, by=request.user, **form.cleaned_data)
        messages.success(request, "已记录。材料怎样采信，请写入拟定意见的依据。")
        return redirect("authenticity:case", case.number)
    note_reading(page.material, by=request.user)
    if pair.seen:
        note_reading(pair.match.other.material, by=request.user)
    context = {"case": case, "page": page, "pair": pair, "notes": _notes(case, request)}
    return form_page(request, "authenticity/compare.html", form, context)


def _notes(case: Case, request: SignedIn) -> bool:
    """Whether the reader handles the case now, and so says what things mean."""
    gathers = request.user in investigators_of(case) and case.state in GATHERING
    return reads_health(request.user, case) and (gathers or checks_now(case, by=request.user))


@require_POST
@signed_in
def seen(request: SignedIn, pk: int) -> HttpResponse:
    """The answer, or that none came, is known."""
    row = actions.note_seen(queries.inquiry_for(pk, by=request.user), by=request.user)
    messages.success(request, "已记录查看。材料怎样采信，请写入拟定意见的依据。")
    return redirect("authenticity:case", row.case.number)
