"""Pages of a claim: handing it in and following it, for the claimant's side and for the window."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.applications.visits import scans_of, visitor_here
from gongjian.benefits.estimate import estimate_of
from gongjian.benefits.queries import held_by, side_claiming, stage_for
from gongjian.benefits.sheet import read_sheet
from gongjian.cases.queries import case_for
from gongjian.claims import actions, queries
from gongjian.claims.errors import NothingToClaimOn, NotYourClaim
from gongjian.claims.forms import PaperForm
from gongjian.claims.models import Claim
from gongjian.claims.packing import held_kinds
from gongjian.claims.rules import IDENTITY, TITLES
from gongjian.claims.states import ANSWER, OWED, State
from gongjian.kernel.evidence.responses import evidence_response
from gongjian.kernel.ledger.actions import record_reading


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def new(request: SignedIn, number: str) -> HttpResponse:
    """What goes to the agency, shown once more before it goes: the facts come from the estimate, nothing is typed again."""
    case = case_for(number, by=request.user)
    stage = stage_for(case, side_claiming(case, by=request.user))
    if stage is None:
        raise NothingToClaimOn
    if request.method == "GET":
        return redirect("benefits:case", number)
    sheet = read_sheet(request.POST.get("sheet", ""), held_by(case, by=request.user).facts)
    shown, held = scans_of(visitor_here(request.session, case.person, by=request.user)), held_kinds(case, stage)
    shown = [] if IDENTITY in held else shown
    wanted = [kind for kind in queries.missing_of(case, stage, sheet.all) if kind != IDENTITY or not shown]
    sending = request.POST.get("do") == "submit"
    form = PaperForm(request.POST, request.FILES, wanted=wanted) if sending else PaperForm(wanted=wanted)
    if sending and form.is_valid():
        claim = actions.submit(case, dict(sheet.told), by=request.user, papers=form.handed(), shown=shown)
        messages.success(request, f"申领已提交{claim.office.name}。")
        return redirect("claims:claim", claim.pk)
    context = {"case": case, "stage": stage.label, "estimate": estimate_of(sheet), "form": form}
    context |= {
        "office": queries.agency_for(case),
        "runs": queries.runs(case),
        "alike": queries.alike(case, stage, sheet.all, by=request.user),
        "along": [TITLES[kind] for kind in TITLES if kind in {*held, *([IDENTITY] if shown else [])}],
    }
    return render(request, "claims/new.html", context, status=422 if sending else 200)


@require_GET
@signed_in
def claim(request: SignedIn, pk: int) -> HttpResponse:
    """One claim: where it stands, what was answered, what to do now."""
    found = _read(request, pk)
    return _page(request, found, _completing(found))


def _page(request: SignedIn, found: Claim, form: PaperForm) -> HttpResponse:
    context = {
        "claim": found,
        "case": found.founded_on,
        "state": State(found.state).label,
        "owed": OWED.get(State(found.state)),
        "limit": queries.limit_of(found),
        "stands": queries.still_stands(found),
        "found": queries.statement_of(found),
        "answers": queries.answers_of(found),
        "alike": queries.alike(found.founded_on, found.stage, found.facts, by=request.user, besides=found),
        "last_answer": queries.last_answer(found),
        "acts": queries.acts_for(found, by=request.user),
        "answering": queries.may(found, ANSWER, by=request.user),
        "papers": found.papers.order_by("pk"),
        "form": form,
    }
    return render(request, "claims/claim.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def resubmit(request: SignedIn, pk: int) -> HttpResponse:
    """Hand in what was missing."""
    found = queries.claim_for(pk, by=request.user)
    form = _completing(found, request)
    if not form.is_valid():
        return _page(request, found, form)
    actions.resubmit(found, by=request.user, papers=form.handed())
    messages.success(request, "材料已补齐，申领已再次提交。")
    return redirect("claims:claim", pk)


@require_POST
@signed_in
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take the claim back."""
    actions.withdraw(queries.claim_for(pk, by=request.user), by=request.user)
    messages.success(request, "申领已撤回，需要时可以重新申领。")
    return redirect("claims:claim", pk)


@require_GET
@signed_in
def package(request: SignedIn, pk: int) -> FileResponse:
    """The claim file, for the agency alone; each download is on record."""
    found = queries.claim_for(pk, by=request.user)
    if not queries.may(found, ANSWER, by=request.user):
        raise NotYourClaim(act="下载申领卷")
    record_reading(found.founded_on.chain, by=request.user, what="待遇申领卷")
    return evidence_response(found.package, download_name=f"申领卷 {found.founded_on.number}")


def _read(request: SignedIn, pk: int) -> Claim:
    found = queries.claim_for(pk, by=request.user)
    record_reading(found.founded_on.chain, by=request.user, what="待遇申领")
    return found


def _completing(claim: Claim, request: SignedIn | None = None) -> PaperForm:
    wanted = queries.missing_of(claim.founded_on, claim.stage, claim.facts)
    return PaperForm(request.POST, request.FILES, wanted=wanted) if request else PaperForm(wanted=wanted)
