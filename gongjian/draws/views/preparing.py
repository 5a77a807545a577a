"""Preparing the draw of experts: who is expected, who could sit, the groups wished for, and a rehearsal before anything is fixed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.draws.actions.ceremony import require
from gongjian.draws.actions.experts import check_covered, commit_experts
from gongjian.draws.forms import PlanForm, ProposalForm
from gongjian.draws.lot.plan import GROUP_SIZES
from gongjian.draws.queries.groups import live_draw
from gongjian.draws.queries.preparing import Preparation, preparation, rehearse
from gongjian.draws.states import Kind
from gongjian.law.errors import RuleError
from gongjian.sittings.queries import sitting_for


@require_http_methods(["GET", "POST"])
@signed_in
def prepare(request: SignedIn, number: str) -> HttpResponse:
    """Propose groups, look at the chances (`preview`), and fix the list (`commit`)."""
    sitting = sitting_for(number, by=request.user)
    require(request.user, Kind.EXPERTS, sitting)
    standing = live_draw(sitting, Kind.EXPERTS)
    if standing:
        return redirect("draws:conduct", standing.number)
    found = preparation(sitting)
    if request.method == "POST":
        return _posted(request, found)
    asked = _asked(request, found)
    wishes = found.wishes(groups=asked["groups"], size=asked["size"])
    form = PlanForm(wishes=wishes, reserves=found.reserves(wishes))
    return _page(request, found, form, ProposalForm(initial=asked))


def _posted(request: SignedIn, found: Preparation) -> HttpResponse:
    form = PlanForm(request.POST)
    proposal = ProposalForm(initial={"groups": form.count, "size": GROUP_SIZES[0]})
    if not form.is_valid():
        return _page(request, found, form, proposal, status=422)
    plan = {"one_per_hospital": form.cleaned_data["one_per_hospital"]}
    try:
        if "commit" in request.POST:
            draw = commit_experts(
                found.sitting, form.wishes, reserves=form.reserves, witnesses=form.witnesses, by=request.user, **plan
            )
            return redirect("draws:conduct", draw.number)
        check_covered(found.bookings, form.wishes)
        return _page(request, found, form, proposal, rehearsal=rehearse(found, form.wishes, form.reserves, **plan))
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form, proposal, status=422)


def _asked(request: SignedIn, found: Preparation) -> dict[str, int]:
    """How many groups of how many to propose: as asked, else one for each room, of five where somebody needs more than three."""
    form = ProposalForm(request.GET)
    if request.GET and form.is_valid():
        return {"groups": form.cleaned_data["groups"], "size": form.cleaned_data["size"]}
    most = max((len(booking.needs) for booking in found.bookings), default=0)
    return {"groups": max(1, len(found.rooms)), "size": GROUP_SIZES[most > GROUP_SIZES[0]]}


def _page(
    request: SignedIn, found: Preparation, form: PlanForm, proposal: ProposalForm, *, status: int = 200, **facts: Any
) -> HttpResponse:
    context = {"found": found, "sitting": found.sitting, "form": form, "proposal": proposal, **facts}
    return render(request, "draws/prepare.html", context, status=status)
