"""A party asks that a member of staff keep away, and sees the answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.actions.recusals import ask_staff_recusal
from gongjian.cases.errors import CaseNotFound
from gongjian.cases.forms import AskStaffRecusalForm
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries import case_for, is_party
from gongjian.cases.queries.recusals import recusals_of
from gongjian.law.errors import RuleError


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: SignedIn, number: str) -> HttpResponse:
    """Whom and why; below it what was asked before. Raises: CaseNotFound."""
    case = case_for(number, by=request.user)
    if not is_party(request.user, case):
        raise CaseNotFound(number=number)
    form = AskStaffRecusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_staff_recusal(case, **form.cleaned_data, by=request.user)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "工作人员回避申请已提交。决定以前，被申请的人不办理本案。")
            return redirect("portal:staff_recusal", number)
    context = {
        "case": case,
        "form": form,
        "is_open": case.state in procedure_of(case.procedure).deciding,
        "requests": recusals_of(case).filter(told_by=request.user),
    }
    return render(request, "portal/staff_recusal.html", context, status=422 if form.is_bound else 200)
