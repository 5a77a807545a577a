"""The case page, and the extension of the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.accounts.roles import SEE
from gongjian.appraisal.actions.extension import extend_decision
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for
from gongjian.desk.forms import ExtendForm
from gongjian.desk.queries.case import case_view
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed


@signed_in
def case(request: SignedIn, number: str) -> HttpResponse:
    """Everything about one case on one page; looking is recorded."""
    found = staff_case(number, request.user)
    record_reading(found.chain, by=request.user, what="案件页")
    view = case_view(found, by=request.user)
    return render(
        request,
        "desk/case.html",
        {"view": view, "case": found, "may_extend": request.user.holds("cases.extend", found.office_id)},
    )


@signed_in
def extend(request: SignedIn, number: str) -> HttpResponse:
    """Extend the decision limit once, with a reason."""
    found = staff_case(number, request.user)
    form = ExtendForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        extend_decision(
            found, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user
        )
        messages.success(request, "鉴定期限已延长，通知书已发给当事人。")
        return redirect("desk:case", number)
    context = {"case": found, "title": "延长鉴定期限", "basis": EXTENDING, "submit": "延长30日"}
    return form_page(request, "desk/reason.html", form, context)


def staff_case(number: str, user: User) -> Case:
    """A case for the pages of staff. Raises: CaseNotFound, NotAllowed for who is no member of staff."""
    found = case_for(number, by=user)
    if not user.holds(SEE):
        raise NotAllowed
    return found


EXTENDING = "令55 第十条：伤情复杂、涉及医疗卫生专业较多的，作出鉴定结论的期限可以延长30日；只能延长一次。"
