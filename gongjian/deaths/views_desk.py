"""Pages of the bureau: what waits, what came by telephone, and what becomes of a report."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.roles import DEATHS
from gongjian.applications.people import employer_told
from gongjian.cases.queries import case_for
from gongjian.deaths import actions, queries
from gongjian.deaths.errors import WindowOnly
from gongjian.deaths.forms import CloseForm, EntryForm, NoteForm
from gongjian.deaths.models import Report
from gongjian.deaths.views import told_of
from gongjian.kernel import moment
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed, RuleError


@require_GET
@signed_in
def reports(request: SignedIn) -> HttpResponse:
    """What waits, oldest first; below it what is settled, newest first."""
    if not request.user.holds(DEATHS):
        raise NotAllowed
    rows = queries.waiting(request.user, after=_place(request.GET.get("after", "")))
    ended = queries.settled(request.user, before=_number(request.GET.get("before", "")))
    context = {
        "rows": rows,
        "older": _after(rows[-1]) if len(rows) == queries.A_PAGE else "",
        "ended": ended,
        "before": ended[-1].pk if len(ended) == queries.A_PAGE else 0,
        "offices": queries.offices_here(request.user),
    }
    return render(request, "deaths/reports.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def enter(request: SignedIn) -> HttpResponse:
    """Write down what was reported at the window or by telephone."""
    offices = queries.offices_here(request.user)
    if not offices:
        raise WindowOnly
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EntryForm(posted, files, offices=offices, initial={"reported_at": moment.now(), "channel": "telephone"})
    if form.is_valid():
        try:
            row = _entered(request, form)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"报告已登记，编号{row.number}。")
            return redirect("deaths:report", row.pk)
    return form_page(request, "deaths/enter.html", form)


def _entered(request: SignedIn, form: EntryForm) -> Report:
    told = form.cleaned_data
    how = {name: told[name] for name in ("channel", "reporter", "reported_at")}
    employer = employer_told(told, by=request.user)
    return actions.enter(told["office"], employer, form.told(), **how, by=request.user, papers=form.handed())


@require_POST
@signed_in
def note(request: SignedIn, pk: int) -> HttpResponse:
    """Note early evidence."""
    return _written(request, pk, "noting", NoteForm(request.POST, auto_id="note_%s"), actions.note, "已记下。")


@require_POST
@signed_in
def close(request: SignedIn, pk: int) -> HttpResponse:
    """Say that no case follows."""
    form = CloseForm(request.POST, auto_id="close_%s")
    return _written(request, pk, "closing", form, actions.close, "已办结，报告和理由保留。")


def _written(request: SignedIn, pk: int, name: str, form: Form, act: Callable[..., object], said: str) -> HttpResponse:
    found = queries.report_for(pk, by=request.user)
    if not form.is_valid():
        return render(request, "deaths/report.html", {**told_of(request, found), name: form}, status=422)
    act(found, form.cleaned_data["words"], by=request.user)
    messages.success(request, said)
    return redirect("deaths:report", pk)


@require_POST
@signed_in
def link(request: SignedIn, pk: int) -> HttpResponse:
    """Say to which case the report belongs."""
    found = queries.report_for(pk, by=request.user)
    actions.link(found, case_for(request.POST.get("case", ""), by=request.user), by=request.user)
    messages.success(request, "已关联，案件页面能看到这份报告。")
    return redirect("deaths:report", pk)


@require_GET
@signed_in
def case_part(request: SignedIn, number: str) -> HttpResponse:
    """What the case page shows of reports about its person."""
    case = case_for(number, by=request.user)
    return render(request, "deaths/_case.html", {"reports": queries.reports_about(case, by=request.user), "case": case})


def _place(text: str) -> tuple[datetime, int] | None:
    instant, _, pk = text.rpartition("_")
    at, number = moment.read(instant), _number(pk)
    return (at, number) if at and number else None


def _after(row: Report) -> str:
    return f"{row.reported_at.isoformat()}_{row.pk}"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
