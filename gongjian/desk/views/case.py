"""The case page, and the extension of the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.accounts.roles import NUMBERS, SEE
from gongjian.appraisal.actions.extension import check_extendable, extend_decision
from gongjian.appraisal.states import DECIDING, INITIAL
from gongjian.cases.actions.consulting import consult
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for
from gongjian.cases.queries.health import may_consult
from gongjian.desk.forms import ConsultForm, ExtendForm
from gongjian.desk.queries.case import case_view
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page, page_or_fragment
from gongjian.law.errors import NotAllowed


@require_GET
@signed_in
def case(request: SignedIn, number: str) -> HttpResponse:
    """Everything about one case on one page; looking is recorded."""
    found = staff_case(number, request.user)
    record_reading(found.chain, by=request.user, what="案件页")
    return render(request, "desk/case.html", _context(found, request.user))


@require_POST
@signed_in
def numbers(request: SignedIn, number: str) -> HttpResponse:
    """The person with identity number and telephone in full, for who may; each time on the ledger."""
    found = staff_case(number, request.user)
    if not may_show_numbers(request.user, found):
        raise NotAllowed
    record_reading(found.chain, by=request.user, what="完整的证件号码和电话")
    return page_or_fragment(request, "desk/case.html", "desk/_person.html", _context(found, request.user, whole=True))


@signed_in
def consulting(request: SignedIn, number: str) -> HttpResponse:
    """Open the medical papers for a reason, until the day ends."""
    found = staff_case(number, request.user)
    if not may_consult(request.user, found):
        raise NotAllowed
    form = ConsultForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        consult(found, **form.cleaned_data, by=request.user)
        messages.success(request, "查阅已登记，今天之内可以查看本案的病历资料和伤情。")
        return redirect("desk:case", number)
    context = {"case": found, "title": "查阅病历和伤情", "basis": CONSULTING, "submit": "登记并查阅"}
    return form_page(request, "desk/reason.html", form, context)


def may_show_numbers(user: User, case: Case) -> bool:
    """Whether one of the staff who sees the case may have numbers shown in full: a county's window too, supervisors in their whole reach."""
    return user.holds(NUMBERS, case.office_id) or case.office_id in offices_where(user, NUMBERS)


def _context(case: Case, user: User, *, whole: bool = False) -> dict[str, object]:
    return {
        "view": case_view(case, by=user, whole=whole),
        "case": case,
        "whole": whole,
        "may_show": not whole and may_show_numbers(user, case),
        "may_extend": case.procedure == INITIAL
        and user.holds("cases.extend", case.office_id)
        and case.state in DECIDING,
    }


@signed_in
def extend(request: SignedIn, number: str) -> HttpResponse:
    """Extend the decision limit once, with a reason."""
    found = staff_case(number, request.user)
    check_extendable(found, by=request.user)
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


CONSULTING = "个保法 第二十八条、第五十一条：您的岗位办理本案不需要病历。因监督、投诉、诉讼等确需查阅的，写明用途和事由；当事人能看到。"
EXTENDING = "令55 第十条：伤情复杂、涉及医疗卫生专业较多的，作出鉴定结论的期限可以延长30日；只能延长一次。"
