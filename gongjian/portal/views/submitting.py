"""The last two steps: looking everything over, and handing it in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.applications.actions.submission import enter_at_window, submit
from gongjian.applications.asking import asking_of
from gongjian.applications.forms import DeclareForm, ReceivedForm
from gongjian.applications.models import Draft
from gongjian.applications.queries import draft_for, table_with
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.law.errors import NotFound, RuleError
from gongjian.portal import wizard
from gongjian.portal.offers import offered
from gongjian.portal.standing import standing_shown
from gongjian.portal.views.apply import open_draft
from gongjian.recognition.queries.joining import to_compare
from gongjian.recognition.states import RECOGNITION

ALIKE = "同一名职工另有相近日期的申请。受理之前，请在审查材料的页面判断是否同一次伤害。"


@require_GET
@signed_in
def check(request: SignedIn, token: str) -> HttpResponse:
    """Everything told, with a way back to each step, and what is missing."""
    draft = open_draft(token, request.user)
    told = wizard.summary(draft)
    context = {
        "draft": draft,
        "told": told,
        "lines": wizard.paper_lines(draft),
        "missing": wizard.missing_titles(draft),
        "warnings": wizard.warnings_of(draft),
        "wrong": sum(len(each.problems) for each in told),
        "standing": standing_shown(draft, "check"),
        "steps": wizard.stepper_of(draft, "check"),
        "back": wizard.address_of(draft, "materials"),
        "onward": wizard.address_of(draft, "declare"),
        "table": table_with(draft),
    }
    return render(request, "portal/check.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def declare(request: SignedIn, token: str) -> HttpResponse:
    """The declaration, and handing in. Sent twice, it leads to the same receipt."""
    draft = draft_for(token, by=request.user)
    if draft.case:
        return redirect("portal:receipt", draft.case.number)
    sent = request.POST if request.method == "POST" else None
    form = (
        ReceivedForm(sent, initial={"received_on": moment.today()})
        if draft.channel == "window"
        else DeclareForm(sent, basis=asking_of(draft).steps.of("declare").basis)
    )
    if form.is_valid():
        try:
            return redirect("portal:receipt", _handed_in(request, draft, form).number)
        except NotFound:
            raise
        except RuleError as error:
            form.add_error(None, str(error))
    context = {
        "draft": draft,
        "form": form,
        "missing": wizard.missing_titles(draft),
        "warning": offered(draft.procedure).untrue,
        "steps": wizard.stepper_of(draft, "declare"),
        "back": wizard.address_of(draft, "check"),
    }
    return render(request, "portal/declare.html", context, status=422 if form.errors else 200)


def _handed_in(request: SignedIn, draft: Draft, form: DeclareForm | ReceivedForm) -> Case:
    if isinstance(form, ReceivedForm):
        told = form.cleaned_data
        case = enter_at_window(draft, by=request.user, received_on=told["received_on"], reason=told["reason"])
        if case.procedure == RECOGNITION and to_compare(case):
            messages.warning(request, ALIKE)
    else:
        case = submit(draft, by=request.user, truthful=True)
    messages.success(request, "申请已提交，回执见本页。")
    return case
