"""Staff who keep away from a case: they declare it; requests of parties are decided; where nobody is left, somebody else is appointed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.administering import appoint as give_post
from gongjian.accounts.administering import colleague, may_appoint
from gongjian.accounts.roles import LABELS, RECUSE, Role
from gongjian.cases.actions.recusals import decide_staff_recusal, declare_interest, settle_for
from gongjian.cases.forms import DecideStaffRecusalForm, InterestForm
from gongjian.cases.models import Case, StaffRecusal
from gongjian.cases.queries.recusals import (
    case_of_recusals,
    colleagues_for,
    recusal_for,
    recusals_of,
    recusals_waiting,
    without_a_colleague,
)
from gongjian.desk.forms import AppointForm
from gongjian.desk.views.case import staff_case
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.law.errors import NotAllowed, RuleError

KEEPING_AWAY = "令55 第二十八条：工作人员与当事人有利害关系的，应当回避。提交以后，您不再看到本案，也不再办理本案；您承担的事项由其他同事办理。"


@require_http_methods(["GET", "POST"])
@signed_in
def keep_away(request: SignedIn, number: str) -> HttpResponse:
    """A member of staff declares an interest. Raises: CaseNotFound, NotAllowed."""
    found = staff_case(number, request.user)
    form = InterestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        declare_interest(found, **form.cleaned_data, by=request.user)
        messages.success(request, f"已声明回避。案件{number}由其他同事办理，您不再看到本案。")
        return redirect("desk:worklist")
    context = {"case": found, "title": "声明回避", "basis": KEEPING_AWAY, "submit": "声明回避"}
    return form_page(request, "desk/reason.html", form, context)


@require_GET
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """Requests that wait, and roles in which nobody is left. Raises: NotAllowed."""
    if not request.user.holds(RECUSE):
        raise NotAllowed
    lonely = [(row, LABELS[Role(row.about)]) for row in without_a_colleague(request.user)]
    context = {"requests": recusals_waiting(request.user), "lonely": lonely, "may_appoint": may_appoint(request.user)}
    return render(request, "desk/staff_recusals.html", context | {"form": _appoint_form(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def of_case(request: SignedIn, number: str) -> HttpResponse:
    """What is asked and declared about the staff of one case, for who decides. Raises: CaseNotFound, StaffRecusalNotFound."""
    case = case_of_recusals(number, by=request.user)
    failed: DecideStaffRecusalForm | None = None
    if request.method == "POST":
        row = recusal_for(int(text) if (text := request.POST.get("recusal", "")).isdecimal() else 0, by=request.user)
        failed = _form(case, row, request)
        if failed.is_valid():
            try:
                told = {"user": failed.chosen, "answer": failed.cleaned_data["answer"]}
                decide_staff_recusal(row, **told, by=request.user)
            except RuleError as refusal:
                failed.add_error(None, str(refusal))
            else:
                messages.success(request, "已决定，当事人可以看到理由。")
                return redirect("desk:staff_recusal_list")
    record_reading(case.chain, by=request.user, what="工作人员回避")
    mine = set(recusals_waiting(request.user).filter(case=case).values_list("pk", flat=True))
    rows = [(row, _shown(case, row, failed) if row.pk in mine else None) for row in recusals_of(case)]
    return render(request, "desk/staff_recusal.html", {"case": case, "rows": rows}, status=422 if failed else 200)


@require_POST
@signed_in
def appoint(request: SignedIn) -> HttpResponse:
    """Give a colleague a post, so that somebody is there for a case from which the others keep away."""
    form = _appoint_form(request)
    if form is None:
        raise NotAllowed
    if form.is_valid():
        user, role = colleague(form.cleaned_data["user"].pk, by=request.user), Role(form.cleaned_data["role"])
        post = give_post(user, role, by=request.user)
        settled = settle_for(role, post.office_id)
        messages.success(request, f"{user.name}已担任{LABELS[role]}，{settled}件待指派的事项已有人承担。")
    else:
        messages.error(request, "请选择一名同事和要承担的岗位。")
    return redirect("desk:staff_recusal_list")


def _appoint_form(request: SignedIn) -> AppointForm | None:
    if not may_appoint(request.user):
        return None
    return AppointForm(request.POST if request.method == "POST" else None, by=request.user)


def _form(case: Case, row: StaffRecusal, request: SignedIn | None) -> DecideStaffRecusalForm:
    users = colleagues_for(case)
    return DecideStaffRecusalForm(request.POST if request else None, users=users, chosen=row.user, prefix=f"r{row.pk}")


def _shown(case: Case, row: StaffRecusal, failed: DecideStaffRecusalForm | None) -> DecideStaffRecusalForm:
    return failed if failed and failed.prefix == f"r{row.pk}" else _form(case, row, None)
