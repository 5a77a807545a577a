"""Two applications side by side, and the clerk's word on whether they are about one injury."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.errors import NotYours
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import form_page
from gongjian.recognition.actions import joining
from gongjian.recognition.forms import ReasonForm
from gongjian.recognition.queries import application_of
from gongjian.recognition.queries.joining import ACCEPT, require_alike
from gongjian.recognition.views.common import done, one_form, recognition_case


@require_GET
@signed_in
def compare(request: SignedIn, number: str, other: str) -> HttpResponse:
    """Both applications as they were told, and the two answers."""
    case, beside = recognition_case(number, request.user), recognition_case(other, request.user)
    if not request.user.holds(ACCEPT, case.office_id):
        raise NotYours(act="判断是否同一次伤害")
    require_alike(case, beside)
    for each in (case, beside):
        record_reading(each.chain, by=request.user, what="比对两份申请")
    both = [application_of(case), application_of(beside)]
    context = {"case": case, "beside": beside, "both": both, "reads_health": True}
    return form_page(request, "recognition/compare.html", ReasonForm(), context)


@require_POST
@signed_in
def join(request: SignedIn, number: str, other: str) -> HttpResponse:
    """They are about one injury."""
    case, beside = recognition_case(number, request.user), recognition_case(other, request.user)
    row = joining.join(case, beside, reason=request.POST.get("reason", ""), by=request.user)
    return done(request, row.case, f"已合并办理：{row.other.number}并入{row.case.number}，双方的材料和陈述都保留。")


@require_http_methods(["GET", "POST"])
@signed_in
def reconsider(request: SignedIn, number: str, other: str) -> HttpResponse:
    """The word that kept them apart was wrong: it is taken back, and both are compared anew."""
    case, beside = recognition_case(number, request.user), recognition_case(other, request.user)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        joining.reconsider(case, beside, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "原判断已撤回，留存在案卷里。请重新判断是否同一次伤害。")
        return redirect("recognition:compare", number, other)
    basis = (
        f"与{beside.number}曾被判断为不是同一次伤害。写明为什么要重新判断：原判断和理由都留存，随后重新比对两份申请。"
    )
    return one_form(request, case, form, "重新判断是否同一次伤害", basis, "撤回原判断，重新比对")


@require_POST
@signed_in
def keep_apart(request: SignedIn, number: str, other: str) -> HttpResponse:
    """They are about two injuries."""
    case, beside = recognition_case(number, request.user), recognition_case(other, request.user)
    joining.keep_apart(case, beside, reason=request.POST.get("reason", ""), by=request.user)
    return done(request, case, "已记录：不是同一次伤害，分别办理。")
