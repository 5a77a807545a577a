"""What the window does with a document or a signed wish in hand: the name, the account, the end of a paper application."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.applications.actions.identity import change_account, check_window, settle_name
from gongjian.appraisal.actions.employers import link_employer
from gongjian.appraisal.actions.withdrawal import receive_withdrawal
from gongjian.cases.actions.move import allowed_move
from gongjian.desk.forms import AccountForm, EmployerForm, NameForm, WishForm
from gongjian.desk.views.case import staff_case
from gongjian.kernel.views import form_page
from gongjian.recognition.states import RECOGNITION

NAMING = "令55 第九条、令8 第十九条：姓名以身份证件原件为准。更正记入案卷；本件会归到同一证件号码的同一个人名下。"
ACCOUNT = "本人持身份证件原件到窗口要求更正时办理。原账户不再是被鉴定人的账户，从此看不到本人的案件。"
JOINING = (
    "职工申请的案件，用人单位要在平台上查看进展、接收文书、申请回避的，凭营业执照原件和介绍信（或者授权委托书）到窗口办理。"
    "单位看不到职工的病历。关联后会告知职工。依据：令55 第七条、第十七条、第十九条、第二十八条。"
)
WISHING = "令55 第七条：申请人可以撤回申请。凭申请人签名的撤回申请办理；已安排场次的，名额随即退回。"


@signed_in
def name(request: SignedIn, number: str) -> HttpResponse:
    """Write down the name that stands on the document."""
    found = staff_case(number, request.user)
    check_window(found, by=request.user, act="核对姓名")
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": found.person.name})
    if request.method == "POST" and form.is_valid():
        settle_name(found, **form.cleaned_data, by=request.user)
        messages.success(request, "姓名已按证件原件核对，理由已记入案卷。")
        return redirect("recognition:check" if found.procedure == RECOGNITION else "desk:check", number)
    return form_page(request, "desk/reason.html", form, _told(found, "核对姓名", NAMING, "以证件为准"))


@signed_in
def account(request: SignedIn, number: str) -> HttpResponse:
    """Take an account away from the person, or let another one stand for them."""
    found = staff_case(number, request.user)
    check_window(found, by=request.user, act="更换账户")
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        change_account(found, **form.cleaned_data, by=request.user)
        messages.success(request, "本人的账户已更换，理由已记入案卷。")
        return redirect("desk:case", number)
    return form_page(request, "desk/reason.html", form, _told(found, "更换本人账户", ACCOUNT, "更换"))


@signed_in
def withdrawal(request: SignedIn, number: str) -> HttpResponse:
    """Take in the signed wish to withdraw."""
    found = staff_case(number, request.user)
    allowed_move(found, "receive_withdrawal", by=request.user)
    form = WishForm(request.POST, request.FILES) if request.method == "POST" else WishForm()
    if form.is_valid():
        wish = form.cleaned_data["wish"]
        receive_withdrawal(found, wish=wish, name=wish.name, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "撤回申请已收取，本件已经撤回。")
        return redirect("desk:case", number)
    return form_page(request, "desk/upload.html", form, _told(found, "收取撤回申请", WISHING, "撤回本件"))


@signed_in
def employer(request: SignedIn, number: str) -> HttpResponse:
    """Let the employer's account follow the case."""
    found = staff_case(number, request.user)
    form = EmployerForm(request.POST, request.FILES) if request.method == "POST" else EmployerForm()
    if form.is_valid():
        file, telephone = form.cleaned_data["file"], form.cleaned_data["telephone"]
        link_employer(found, form.seen(), telephone=telephone, proof=file, name=file.name, by=request.user)
        messages.success(request, "用人单位的账户已关联本案，已告知被鉴定人一方。")
        return redirect("desk:case", number)
    return form_page(request, "desk/upload.html", form, _told(found, "关联用人单位账户", JOINING, "关联"))


def _told(case: object, title: str, basis: str, submit: str) -> dict[str, object]:
    return {"case": case, "title": title, "basis": basis, "submit": submit}
