"""Entering a paper application at the window: the same steps as online, on one dense page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.applications.actions.drafts import save_step, start_draft
from gongjian.applications.asking import asking_of
from gongjian.applications.errors import DraftChanged, DraftNotFound, WindowOnly
from gongjian.applications.forms import StepForm
from gongjian.applications.models import Draft
from gongjian.applications.queries import window_drafts_of
from gongjian.appraisal.queries import windows_of
from gongjian.appraisal.states import INITIAL
from gongjian.portal import wizard
from gongjian.portal.views.apply import number_told, open_draft


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: SignedIn) -> HttpResponse:
    """Begin to enter a paper application, or go on with one."""
    offices = windows_of(request.user)
    if not offices:
        raise WindowOnly
    if request.method == "POST":
        code = request.POST.get("office", "")
        office = next((each for each in offices if each.code == code), offices[0])
        return redirect(
            "portal:window", start_draft(by=request.user, office=office, procedure=INITIAL, channel="window").token
        )
    drafts = window_drafts_of(request.user)
    return render(request, "portal/window_start.html", {"offices": offices, "drafts": drafts})


@require_http_methods(["GET", "POST"])
@signed_in
def entry(request: SignedIn, token: str) -> HttpResponse:
    """All steps of a paper application on one page."""
    draft = open_draft(token, request.user)
    if draft.channel != "window":
        raise DraftNotFound
    if request.method == "GET":
        return _page(request, draft, [wizard.form_of(draft, step) for step in asking_of(draft).forms])
    forms = [wizard.form_named(draft, step)(request.POST) for step in asking_of(draft).forms]
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
    context = {"draft": draft, "sections": sections, "groups": groups}
    return render(request, "portal/window.html", context, status=status)
