"""The scheduler's pages: the proposal as a picture, one sitting, one case, and the capacity advice."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import Office
from gongjian.cases.models import Case
from gongjian.cases.queries import open_to
from gongjian.experts.specialties import labels
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.sweeps import hasten
from gongjian.kernel.views import page_or_fragment
from gongjian.scheduling import actions, queries
from gongjian.scheduling.capacity import Suppose, prospect_of
from gongjian.scheduling.errors import ProposalNotFound
from gongjian.scheduling.forms import LockForm, WhatIfForm
from gongjian.scheduling.insertions import insertion_of
from gongjian.scheduling.models import Proposal
from gongjian.scheduling.picture import curve_of, picture_of
from gongjian.scheduling.problems import coming_sittings
from gongjian.scheduling.states import ProposalState, Step
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import sitting_for, waiting_cases

PLAN_ASKED = "scheduling.plan_asked"
"""The sweep that plans."""


@require_GET
@signed_in
def index(request: SignedIn) -> HttpResponse:
    """The board of the first office whose sittings the person plans."""
    office = queries.offices_of(request.user).first()
    if office is None:
        raise ProposalNotFound
    return redirect("scheduling:board", office.code)


@require_GET
@signed_in
def board(request: SignedIn, code: str) -> HttpResponse:
    """The proposal of an office."""
    office = queries.office_for(code, by=request.user)
    sittings = coming_sittings(office)
    context: dict[str, Any] = {
        "office": office,
        "offices": queries.offices_of(request.user),
        "waiting": waiting_cases({office.pk}),
        "has_sittings": bool(sittings),
        "outside": queries.outside(office, request.user) if sittings else [],
    }
    if planning := queries.planning_of(office):
        context |= {"planning": planning, "steps": len(Step)}
    if proposal := queries.latest(office):
        record_reading(proposal.chain, by=request.user, what="排期方案")
        context |= _of_proposal(request, proposal, sittings)
    return render(request, "scheduling/board.html", context)


@require_POST
@signed_in
def propose(request: SignedIn, code: str) -> HttpResponse:
    """Ask for a planning, or for another around what was locked; the worker makes it."""
    office = queries.office_for(code, by=request.user)
    actions.ask_planning(office, by=request.user)
    hasten(PLAN_ASKED)
    return redirect("scheduling:board", code)


@require_GET
@signed_in
def progress(request: SignedIn, code: str) -> HttpResponse:
    """How far the planning is, asked by the board again and again; when it is over the board is read anew."""
    office = queries.office_for(code, by=request.user)
    planning = queries.planning_of(office)
    if planning is None:
        raise ProposalNotFound
    context = {"office": office, "planning": planning, "steps": len(Step)}
    response = page_or_fragment(request, "scheduling/progress.html", "scheduling/_progress.html", context)
    if not planning.is_running:
        response["HX-Refresh"] = "true"
    return response


@signed_in
def insert(request: SignedIn, code: str, number: str) -> HttpResponse:
    """Where an urgent case would go and whom that moves; done when a person has seen it and says so."""
    office = queries.office_for(code, by=request.user)
    case = queries.urgent_for(number, office=office, by=request.user)
    if request.method == "POST":
        booking = actions.insert_urgent(case, seen=request.POST.get("seen", ""), by=request.user)
        messages.success(request, f"已插入{booking.sitting.day:%Y年%m月%d日}的场次。")
        return redirect("scheduling:board", code)
    record_reading(case.chain, by=request.user, what="急件插入")
    found = insertion_of(case)
    shown = open_to(Case.objects.filter(pk__in=[one.case.pk for one in found.moved]), request.user)
    names = dict(shown.values_list("pk", "number"))
    moved = [(names.get(one.case.pk, ""), one) for one in found.moved]
    return render(request, "scheduling/insert.html", {"office": office, "found": found, "moved": moved})


@require_POST
@signed_in
def accept(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """Turn the proposal into bookings."""
    office = queries.office_for(code, by=request.user)
    proposal = queries.visible_to(request.user).filter(pk=pk, office=office).first()
    if proposal is None:
        raise ProposalNotFound
    done = actions.accept(proposal, by=request.user)
    messages.success(request, f"已安排{done.booked}人。")
    if done.refused:
        messages.warning(request, f"有{done.refused}人没有安排成：方案排出后情况有变，原因列在下面。可以重新排期。")
    return redirect("scheduling:board", code)


@require_GET
@signed_in
def sitting(request: SignedIn, code: str, number: str) -> HttpResponse:
    """Who is proposed for one sitting."""
    office = queries.office_for(code, by=request.user)
    found = sitting_for(number, by=request.user)
    proposal = queries.latest(office)
    if proposal is None or found.office_id != office.pk:
        raise ProposalNotFound
    record_reading(found.chain, by=request.user, what="排期方案人员名单")
    placements = queries.placements_of(proposal, request.user).filter(sitting=found)
    context = {"office": office, "sitting": found, "proposal": proposal, "placements": placements}
    return render(request, "scheduling/sitting.html", context)


@signed_in
def placement(request: SignedIn, pk: int) -> HttpResponse:
    """One case: why this day, and putting it elsewhere."""
    found = queries.placement_for(pk, by=request.user)
    office = found.proposal.office
    coming = Sitting.objects.filter(pk__in=[one.pk for one in coming_sittings(office)])
    choices = coming.select_related("venue").order_by("day", "number")
    form = LockForm(
        request.POST if request.method == "POST" else None,
        sittings=choices,
        initial={"sitting": found.sitting_id if found.locked else None},
    )
    if request.method == "POST" and form.is_valid():
        actions.lock(found, form.cleaned_data["sitting"], by=request.user)
        messages.success(request, "已记下。请重新排期，其他人会围绕它安排。")
        return redirect("scheduling:board", office.code)
    record_reading(found.case.chain, by=request.user, what="排期理由")
    context = {
        "placement": found,
        "office": office,
        "why": found.why.splitlines(),
        "form": form,
        "may_edit": found.proposal.state == ProposalState.OPEN and found.booking_id is None,
    }
    return render(request, "scheduling/placement.html", context, status=422 if form.is_bound else 200)


@require_GET
@signed_in
def capacity(request: SignedIn, code: str) -> HttpResponse:
    """With how many further sittings which share is examined within fifteen working days."""
    office = queries.office_for(code, by=request.user)
    form = WhatIfForm(request.GET or None)
    context: dict[str, Any] = {"office": office, "form": form}
    if not form.is_bound or form.is_valid():
        context |= _of_prospect(office, Suppose(**form.cleaned_data) if form.is_bound else Suppose())
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "scheduling/capacity.html", context, status=status)


def _of_prospect(office: Office, suppose: Suppose) -> dict[str, Any]:
    prospect = prospect_of(office, suppose)
    curve = curve_of(prospect.advice)
    rows = [
        {
            "sittings": point.sittings,
            "in_time": point.in_time,
            "cases": point.cases,
            "per_cent": dot.per_cent,
            "days": "、".join(id.removeprefix("+") for id in point.added),
        }
        for point, dot in zip(prospect.advice.points, curve.dots, strict=True)
    ]
    return {"prospect": prospect, "needed": prospect.advice.needed, "curve": curve, "rows": rows}


def _of_proposal(request: SignedIn, proposal: Proposal, sittings: list[Sitting]) -> dict[str, Any]:
    outcomes = queries.outcomes_of(proposal)
    columns = queries.columns_of(proposal, sittings)
    days = {one.number: one for one in sittings}
    wanting = proposal.relaxation
    return {
        "proposal": proposal,
        "columns": columns,
        "picture": picture_of(columns, outcomes["nowhere"]),
        "pending": outcomes.get("pending", 0),
        "booked": outcomes.get("booked", 0),
        "nowhere": outcomes["nowhere"],
        "may_accept": proposal.state == ProposalState.OPEN and outcomes.get("pending", 0),
        "is_open": proposal.state == ProposalState.OPEN,
        "adding": [(days.get(number), labels(codes)) for number, codes in sorted(proposal.adding.items())],
        "places": [
            (days[number], count) for number, count in sorted(wanting.get("places", {}).items()) if number in days
        ],
        "specialties": [
            (days[number], labels([code])) for number, code in wanting.get("specialties", []) if number in days
        ],
        "hopeless": wanting.get("hopeless", 0),
        "late": queries.late_of(proposal, request.user),
        "refused": queries.refused_of(proposal, request.user),
    }
