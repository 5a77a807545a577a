"""The green channel: accidents, their victims, and what the victims share."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed
from gongjian.recognition.actions import accident as actions
from gongjian.recognition.errors import SharedEvidenceUnknown, WindowOnly
from gongjian.recognition.forms import AccidentForm, ReasonForm, VictimForm, VictimListForm
from gongjian.recognition.models import Accident
from gongjian.recognition.queries import windows_of
from gongjian.recognition.queries.accident import (
    LIST,
    PAGE,
    PERMISSIONS,
    accident_for,
    accidents_page,
    how_many_stand,
    how_many_wait,
    may_be_shared,
    shared_of,
    victim_for,
    victims_page,
)
from gongjian.recognition.queries.batch import progress_of
from gongjian.recognition.victims_sheet import victims_sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@signed_in
def accidents(request: SignedIn) -> HttpResponse:
    """The accidents of one's offices, newest first."""
    if not request.user.holds(LIST):
        raise NotAllowed
    rows, older = accidents_page(request.user, before=_number(request, "before"))
    context = {"rows": rows, "older": older, "may_register": bool(windows_of(request.user))}
    return render(request, "recognition/accidents.html", context)


@signed_in
def new(request: SignedIn) -> HttpResponse:
    """Take up an accident."""
    offices = windows_of(request.user)
    if not offices:
        raise WindowOnly
    form = AccidentForm(
        request.POST if request.method == "POST" else None, offices=offices, initial={"office": offices[0].pk}
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        row = actions.register(told.pop("office"), told, by=request.user)
        return _back(request, row, "已登记。请录入伤亡职工名单，再批量立案受理。")
    return form_page(request, "recognition/accident_new.html", form)


@require_GET
@signed_in
def page(request: SignedIn, pk: int) -> HttpResponse:
    """An accident: how far its victims are, what may be done for many of them, what they share."""
    row = accident_for(pk, by=request.user)
    record_reading(row.chain, by=request.user, what="事故和伤亡职工名单")
    return render(request, "recognition/accident.html", _told(request, row))


@require_POST
@signed_in
def victim_list(request: SignedIn, pk: int) -> HttpResponse:
    """Take in a table. Rows with a fault are told on the page and may be sent again with the whole table."""
    row = accident_for(pk, by=request.user)
    form = VictimListForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "recognition/accident.html", {**_told(request, row), "table": form}, status=422)
    read = actions.list_victims(row, form.cleaned_data["table"].file, by=request.user)
    kept = len(read.good) - read.repeated
    if not read.faults:
        return _back(request, row, f"已录入{kept}名，另有{read.repeated}名已在名单上。")
    context = {"accident": row, "read": read, "kept": kept, "table": VictimListForm()}
    return render(request, "recognition/victim_faults.html", context, status=422)


@signed_in
def victim(request: SignedIn, pk: int) -> HttpResponse:
    """Take in one person."""
    row = accident_for(pk, by=request.user)
    if row.office not in windows_of(request.user):
        raise WindowOnly
    form = VictimForm(request.POST if request.method == "POST" else None, since=row.happened_on)
    if request.method == "POST" and form.is_valid():
        actions.add_victim(row, form.told, by=request.user)
        return _back(request, row, "已录入1名。")
    return form_page(request, "recognition/accident_form.html", form, {"accident": row, "title": "录入一名伤亡职工"})


@signed_in
def aside(request: SignedIn, pk: int, victim_pk: int) -> HttpResponse:
    """Take a person off the list."""
    row = accident_for(pk, by=request.user)
    found = victim_for(row, victim_pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.set_aside(found, why=form.cleaned_data["reason"], by=request.user)
        return _back(request, row, "已从名单中剔除，记录和理由保留。")
    title = f"从名单中剔除第{found.row}名"
    return form_page(request, "recognition/accident_form.html", form, {"accident": row, "title": title})


@require_POST
@signed_in
def shared(request: SignedIn, pk: int) -> HttpResponse:
    """Share one thing with every victim."""
    row = accident_for(pk, by=request.user)
    kind, _, number = request.POST.get("what", "").partition("-")
    if not number.isdecimal():
        raise SharedEvidenceUnknown
    actions.share(row, kind, int(number), by=request.user)
    return _back(request, row, "已列为共同证据，每名伤亡职工的案卷里都能看到。")


@require_GET
@signed_in
def sheet(request: SignedIn) -> HttpResponse:
    """The empty table."""
    if not windows_of(request.user):
        raise WindowOnly
    response = HttpResponse(victims_sheet(), content_type=XLSX, headers={"X-Content-Type-Options": "nosniff"})
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote('伤亡职工名单.xlsx')}"
    return response


def _told(request: SignedIn, row: Accident) -> dict[str, Any]:
    lines = victims_page(row, by=request.user, after=_number(request, "after"))
    waiting = how_many_wait(row, by=request.user)
    may = [each for each in waiting if request.user.holds(PERMISSIONS[each], row.office_id)]
    investigates = request.user.holds("recognition.investigate", row.office_id)
    return {
        "accident": row,
        "lines": lines,
        "after": lines[-1].victim.row if len(lines) == PAGE else None,
        "stand": how_many_stand(row),
        "operations": [(each, waiting[each]) for each in may if waiting[each]],
        "batches": progress_of(row),
        "shared": shared_of(row),
        "to_share": may_be_shared(row, by=request.user) if investigates else {},
        "is_window": row.office in windows_of(request.user),
        "table": VictimListForm(),
    }


def _number(request: SignedIn, name: str) -> int:
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def _back(request: SignedIn, row: Accident, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("recognition:accident", row.pk)
