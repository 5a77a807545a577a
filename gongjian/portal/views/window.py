"""Entering a paper application at the window: the same steps as online, on one dense page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.applications.actions.drafts import save_step, start_draft
from gongjian.applications.asking import ASKINGS, asking_of, forms_of
from gongjian.applications.errors import DraftChanged, DraftNotFound, WindowOnly
from gongjian.applications.forms import StepForm
from gongjian.applications.models import Draft
from gongjian.applications.queries import window_drafts_of
from gongjian.portal import wizard
from gongjian.portal.offers import offer_of, offered
from gongjian.portal.views.apply import number_told, open_draft


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: SignedIn, what: str) -> HttpResponse:
    """Begin to enter a paper application of one kind, or go on with one that was left."""
    offer = offer_of(what)
    offices = offer.windows(request.user)
    if not offices:
        raise WindowOnly
    if request.method == "POST":
        code = request.POST.get("office", "")
        office = next((each for each in offices if each.code == code), offices[0])
        draft = start_draft(by=request.user, office=office, procedure=offer.procedure, channel="window")
        return redirect("portal:window", draft.token)
    drafts = [draft for draft in window_drafts_of(request.user) if draft.procedure == offer.procedure]
    context = {"offer": offer, "title": ASKINGS[offer.procedure].title, "offices": offices, "drafts": drafts}
    return render(request, "portal/window_start.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def entry(request: SignedIn, token: str) -> HttpResponse:
    """All steps of a paper application on one page."""
    draft = open_draft(token, request.user)
    if draft.channel != "window":
        raise DraftNotFound
    if request.method == "GET":
        return _page(request, draft, [wizard.form_of(draft, step) for step in forms_of(draft)])
    forms = [wizard.form_named(draft, step)(request.POST) for step in forms_of(draft)]
    try:
        draft = _save(request, draft, forms)
    except DraftChanged as error:
        messages.warning(request, str(error))
        return _page(request, open_draft(token, request.user), forms, status=409)
    if [form for form in forms if not wizard.is_right(draft, form)]:
        return _page(request, draft, forms, status=422)
    for warning in wizard.warnings_of(draft):
        messages.warning(request, warning)
    return redirect("portal:materials", token)


def _save(request: SignedIn, draft: Draft, forms: list[StepForm]) -> Draft:
    for form in forms:
        seen = number_told(request.POST.get(f"seen_{form.step}", ""))
        draft = save_step(draft, form.step, form.told(), seen=seen, by=request.user)
    return draft


def _page(request: SignedIn, draft: Draft, forms: list[StepForm], status: int = 200) -> HttpResponse:
    sections = [
        (form.steps.of(form.step), form, draft.versions.get(form.step, 0), wizard.settled_facts(draft, form.step))
        for form in forms
    ]
    groups = next((wizard.part_groups(form["parts"]) for form in forms if "parts" in form.fields), [])
    context = {"draft": draft, "sections": sections, "groups": groups, "offer": offered(draft.procedure)}
    context["title"] = asking_of(draft).title
    return render(request, "portal/window.html", context, status=status)
