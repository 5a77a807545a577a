"""Pages of reports: the employer's own, and one report as whoever may see it reads it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.applications.asking import all_faults
from gongjian.applications.models import Draft
from gongjian.deaths import actions, queries
from gongjian.deaths.forms import CloseForm, NoteForm, OwnReportForm, PapersForm
from gongjian.deaths.models import Report
from gongjian.deaths.rules import HOURS_BASIS, LATE, is_late
from gongjian.kernel import moment
from gongjian.kernel.evidence.responses import evidence_response
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.masks import number_masked, telephone_masked
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed, RuleError
from gongjian.law.recognition.standing import TimeLimit
from gongjian.law.working import written
from gongjian.parties.queries import employers_of
from gongjian.recognition.queries import bureaus_here

SIDES = {"employer": "用人单位", "worker": "近亲属、工会组织"}


@require_GET
@signed_in
def mine(request: SignedIn) -> HttpResponse:
    """What one's employers have reported, and how a report is made."""
    if request.user.kind != User.Kind.APPLICANT:
        return redirect("deaths:list")
    offices = list(bureaus_here())
    context = {"reports": queries.reported_by(request.user), "employers": employers_of(request.user)}
    return render(request, "deaths/mine.html", {**context, "offices": offices})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def new(request: SignedIn) -> HttpResponse:
    """An employer reports."""
    employers, offices = employers_of(request.user), list(bureaus_here())
    if not employers or not offices or request.user.kind != User.Kind.APPLICANT:
        return redirect("deaths:mine")
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    first = {"reporter_name": request.user.name, "reporter_telephone": request.user.telephone}
    form = OwnReportForm(posted, files, employers=employers, offices=offices, initial=first)
    if form.is_valid():
        told = form.cleaned_data
        try:
            row = actions.report_online(
                told["office"], told["employer"], form.told(), by=request.user, papers=form.handed()
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"报告已收到，编号{row.number}。")
            return redirect("deaths:report", row.pk)
    return form_page(request, "deaths/new.html", form)


@require_GET
@signed_in
def report(request: SignedIn, pk: int) -> HttpResponse:
    """One report: its receipt, what was told, the days, and what to do now. Looking is recorded."""
    found = queries.report_for(pk, by=request.user)
    record_reading(found.chain, by=request.user, what="突发疾病死亡报告")
    return render(request, "deaths/report.html", told_of(request, found))


def told_of(request: SignedIn, found: Report) -> dict[str, Any]:
    """Everything the page of a report shows."""
    limit, handles = queries.limit_of(found), queries.handles(request.user, found)
    own = request.user.kind == User.Kind.APPLICANT
    return {
        "report": found,
        "id_number": found.id_number if own else number_masked(found.id_number),
        "telephone": found.telephone if own else telephone_masked(found.telephone),
        "limit": limit,
        "late": LATE if is_late(limit, moment.day_of(found.reported_at)) else "",
        "reported_on": moment.day_of(found.reported_at),
        "hours": queries.hours_of(found),
        "hours_basis": HOURS_BASIS,
        "limits": [(SIDES[each.side], _last_day(each), each) for each in queries.limits_to_apply(found)],
        "papers": queries.papers_of(found, by=request.user),
        "notes": () if own else queries.notes_of(found),
        "others": queries.others_about(found, by=request.user),
        "cases": queries.cases_about(found, by=request.user) if handles else (),
        "handles": handles,
        "applied": queries.applied_for(found, by=request.user),
        "others_applied": queries.others_applied(found, by=request.user),
        "own": own,
        "adding": PapersForm(),
        "noting": NoteForm(auto_id="note_%s"),
        "closing": CloseForm(auto_id="close_%s"),
    }


def _last_day(limit: TimeLimit) -> str:
    return written(date.fromisoformat(limit.clock["act_by"]))


@require_GET
@signed_in
def paper(request: SignedIn, pk: int, paper_pk: int) -> FileResponse:
    """One paper of a report. Looking is recorded."""
    found = queries.report_for(pk, by=request.user)
    row = queries.paper_for(found, paper_pk, by=request.user)
    record_reading(found.chain, by=request.user, what=row.get_kind_display())
    return evidence_response(row.evidence, download_name=row.get_kind_display(), inline=True)


@require_POST
@signed_in
def add(request: SignedIn, pk: int) -> HttpResponse:
    """Hand in more papers."""
    found = queries.report_for(pk, by=request.user)
    form = PapersForm(request.POST, request.FILES)
    if form.is_valid():
        count = actions.add_papers(found, form.handed(), by=request.user)
        messages.success(request, f"已收到{count}份材料。" if count else "没有新的材料。")
        return redirect("deaths:report", pk)
    return render(request, "deaths/report.html", {**told_of(request, found), "adding": form}, status=422)


@require_POST
@signed_in
def begin(request: SignedIn, pk: int) -> HttpResponse:
    """Begin the application with what was reported, at the first page on which something is missing."""
    if not request.user.holds("recognition.enter") and request.user.kind == User.Kind.STAFF:
        raise NotAllowed
    draft = actions.begin(queries.report_for(pk, by=request.user), by=request.user)
    messages.success(request, "报告里的内容和材料已经带过来，不用再填；与事实不符的可以改正。")
    return redirect(*_place(draft))


def _place(draft: Draft) -> tuple[str, ...]:
    if draft.channel == "window":
        return ("portal:window", draft.token)
    faults = all_faults(draft)
    return ("portal:step", draft.token, faults[0][0]) if faults else ("portal:materials", draft.token)
