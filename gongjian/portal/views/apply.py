"""Writing an application, one step on a page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import Office, User
from gongjian.applications.actions.drafts import drop_draft, report_wrong, save_step, start_draft
from gongjian.applications.asking import ASKINGS, asking_of, foundation_of
from gongjian.applications.errors import DraftChanged, DraftNotFound, DraftSubmitted
from gongjian.applications.forms import StepForm, WrongForm
from gongjian.applications.models import Draft
from gongjian.applications.queries import draft_for, drafts_of, filing_for
from gongjian.appraisal.states import INITIAL
from gongjian.appraisal.takeover import begin_from, recognised_for
from gongjian.cases.queries import case_for
from gongjian.kernel.searches import recalled, remember
from gongjian.kernel.views import form_page
from gongjian.portal import wizard
from gongjian.portal.offers import OFFERS, Offer, offer_of
from gongjian.portal.standing import standing_shown


@require_GET
@signed_in
def start(request: SignedIn) -> HttpResponse:
    """What one can come for; what is begun already is offered first."""
    if request.user.kind != User.Kind.APPLICANT:
        return redirect(next((offer.entered for offer in OFFERS if offer.windows(request.user)), "portal:window_start"))
    drafts = [(draft, asking_of(draft).title, wizard.address_of(draft, draft.step)) for draft in _open(request.user)]
    return render(request, "portal/choose.html", {"offers": OFFERS, "drafts": drafts})


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: SignedIn, what: str) -> HttpResponse:
    """What one needs for this application, and a button that begins it."""
    offer = offer_of(what)
    if request.user.kind != User.Kind.APPLICANT:
        return redirect(offer.entered)
    if request.POST.get("do") == "search":
        return redirect(f"{request.path}?s={remember(request)}")
    offices = list(offer.offices())
    if request.method == "POST" and offices:
        office = _chosen(offices, request.POST.get("office", ""))
        draft = _begun(request, office, offer)
        return redirect(wizard.address_of(draft, wizard.first_open(draft)))
    drafts = [draft for draft in _open(request.user) if draft.procedure == offer.procedure]
    context = {"offer": offer, "offices": offices, "drafts": drafts, "steps": ASKINGS[offer.procedure].steps}
    if offer.procedure == INITIAL:
        asked, after = recalled(request), number_told(request.GET.get("after", ""))
        found = recognised_for(request.user, asked=asked, after=after)
        context |= {
            "recognised": found.rows,
            "after": found.after,
            "asked": asked,
            "searches": asked or after or found.after,
        }
    return render(request, "portal/start.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def step(request: SignedIn, token: str, step: str) -> HttpResponse:
    """One step of an application. What was typed is kept even when something is wrong with it."""
    draft = open_draft(token, request.user)
    if request.method == "GET":
        return _page(request, draft, wizard.form_of(draft, step))
    form = wizard.form_named(draft, step)(request.POST)
    seen = number_told(request.POST.get("seen", ""))
    try:
        draft = save_step(draft, step, form.told(), seen=seen, by=request.user)
    except DraftChanged as error:
        return _merge(request, open_draft(token, request.user), form, str(error))
    if not wizard.is_right(draft, form):
        return _page(request, draft, form, status=422)
    for warning in wizard.warnings_of(draft) if step == "employer" else ():
        messages.warning(request, warning)
    return redirect(wizard.address_of(draft, wizard.next_open(draft, step)))


@require_http_methods(["GET", "POST"])
@signed_in
def wrong(request: SignedIn, token: str) -> HttpResponse:
    """Say that something taken over is wrong; the window compares it with the decision, nobody types it anew."""
    draft = open_draft(token, request.user)
    if foundation_of(draft) is None:
        raise DraftNotFound
    form = WrongForm(request.POST if request.method == "POST" else None, initial={"words": draft.reported})
    if form.is_valid():
        report_wrong(draft, form.cleaned_data["words"], by=request.user)
        messages.success(request, "已记下，随申请交给工作人员核对。")
        return redirect(wizard.address_of(draft, "check"))
    steps = [(step.title, wizard.settled_facts(draft, step.code)) for step in asking_of(draft).steps.filled_in]
    context = {"draft": draft, "case": draft.founded_on, "steps": [each for each in steps if each[1]]}
    return form_page(request, "portal/wrong.html", form, context)


@require_POST
@signed_in
def drop(request: SignedIn, token: str) -> HttpResponse:
    """Put a draft away; back to its table, where it came in one."""
    drop_draft(draft_for(token, by=request.user), by=request.user)
    messages.success(request, "未提交的申请已删除。")
    table = request.POST.get("filing", "")
    return redirect("portal:filing", filing_for(table, by=request.user).token) if table else redirect("portal:home")


def open_draft(token: str, user: User) -> Draft:
    """A draft that is still being written. Raises: DraftNotFound, DraftSubmitted."""
    draft = draft_for(token, by=user)
    if draft.case or draft.declared_at:
        raise DraftSubmitted
    return draft


def _page(request: SignedIn, draft: Draft, form: StepForm, status: int = 200) -> HttpResponse:
    context = {
        "draft": draft,
        "form": form,
        "step": form.steps.of(form.step),
        "steps": wizard.stepper_of(draft, form.step),
        "seen": draft.versions.get(form.step, 0),
        "back": wizard.address_before(draft, form.step),
        "groups": wizard.part_groups(form["parts"]) if "parts" in form.fields else [],
        "standing": standing_shown(draft, form.step),
        "settled": wizard.settled_facts(draft, form.step),
    }
    return render(request, "portal/step.html", context, status=status)


def _merge(request: SignedIn, draft: Draft, mine: StepForm, sentence: str) -> HttpResponse:
    """Both versions side by side; the person chooses, nothing is covered unseen."""
    theirs = type(mine)(initial=draft.told.get(mine.step, {}))
    told = mine.told()
    shown = type(mine)(initial=told)
    rows = [
        (str(shown[name].label), wizard.in_words(theirs[name]), wizard.in_words(shown[name])) for name in mine.fields
    ]
    context = {
        "draft": draft,
        "step": mine.steps.of(mine.step),
        "sentence": sentence,
        "rows": [(label, a, b, a != b) for label, a, b in rows],
        "seen": draft.versions.get(mine.step, 0),
        "hidden": _flat(told),
        "address": wizard.address_of(draft, mine.step),
    }
    return render(request, "portal/merge.html", context, status=409)


def _flat(told: dict[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in told.items():
        if isinstance(value, list):
            pairs.extend((name, each) for each in value)
        elif value:
            pairs.append((name, "on" if value is True else str(value)))
    return pairs


def _begun(request: SignedIn, office: Office, offer: Offer) -> Draft:
    """A draft of what was chosen: founded on a recognition of this installation, or empty."""
    number = request.POST.get("case", "")
    if number and offer.procedure == INITIAL:
        return begin_from(case_for(number, by=request.user), by=request.user, office=office)
    return start_draft(by=request.user, office=office, procedure=offer.procedure)


def _open(user: User) -> list[Draft]:
    return list(drafts_of(user)[:5])


def _chosen(offices: list[Office], code: str) -> Office:
    return next((office for office in offices if office.code == code), offices[0])


def number_told(text: str) -> int:
    """A small whole number that a page sent; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
