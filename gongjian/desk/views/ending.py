"""Ends that the window decides or notes: an application that is not accepted, its hand-over, and the death of the appraisee."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.appraisal.actions import death, refusing
from gongjian.appraisal.owes import HAND_OVER
from gongjian.appraisal.queries import other_committees, refusal_of
from gongjian.cases.actions.move import allowed_move
from gongjian.desk.forms import DeathForm, RefusalForm
from gongjian.desk.views.case import staff_case
from gongjian.jurisdiction.queries import competent_for
from gongjian.kernel.views import form_page

REFUSING = (
    "只有管辖、资格、工伤认定范围和申请时间的问题，才不予受理。材料不齐的，请用“一次性告知补正”。"
    "决定书写明理由、依据、申请人可以怎么办，发给申请人并送达。"
)
DYING = (
    "专家组还没有全部封存意见的，鉴定终结，通知近亲属可以申请哪些待遇；已经全部封存意见或者已经作出结论的，案件继续办理，"
    "文书改送近亲属。本人给出的委托随之终止（民法典 第一百七十三条）。"
)


@signed_in
def refuse(request: SignedIn, number: str) -> HttpResponse:
    """Decide that an application is not accepted."""
    found = staff_case(number, request.user)
    allowed_move(found, "refuse", by=request.user)
    competent = competent_for(found)
    first = {"competent": competent} if competent and competent != found.office else {}
    posted = request.POST if request.method == "POST" else None
    form = RefusalForm(posted, committees=other_committees(found), initial=first)
    if request.method == "POST" and form.is_valid():
        paper = refusing.refuse(found, form.why(), by=request.user).paper
        messages.success(request, f"已作出不予受理决定，决定书{paper.number}已发给申请人。")
        return redirect("desk:case", number)
    told = {"case": found, "title": "不予受理", "basis": REFUSING, "submit": "作出不予受理决定"}
    return form_page(request, "desk/reason.html", form, told)


@signed_in
def hand_over(request: SignedIn, number: str) -> HttpResponse:
    """The hand-over of a refused application: the applicant agrees to it, or the papers have gone."""
    found = staff_case(number, request.user)
    if request.method == "GET":
        waits = found.obligations.filter(kind=HAND_OVER, fulfilled_at=None).exists()
        return render(request, "desk/hand_over.html", {"case": found, "refusal": refusal_of(found), "waits": waits})
    if request.POST.get("done"):
        done = refusing.note_handed_over(found, by=request.user)
        sentence = "已记录移送，并已告知申请人。" if done else "没有等待移送的材料。"
    else:
        refusing.agree_to_hand_over(found, by=request.user)
        sentence = "已记下申请人同意移送，请在5个工作日内移送并登记。"
    messages.success(request, sentence)
    return redirect("desk:case", number)


@signed_in
def note_death(request: SignedIn, number: str) -> HttpResponse:
    """Note the death of the appraisee with its proof; where it is on record already, end what would need the person."""
    found = staff_case(number, request.user)
    if request.method == "POST" and request.POST.get("end"):
        death.end_by_death(found, by=request.user)
        messages.success(request, "鉴定已终结，通知书已制发。")
        return redirect("desk:case", number)
    form = DeathForm(request.POST, request.FILES) if request.method == "POST" else DeathForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        row = death.note_death(found, form.told(), proof=file, name=file.name, by=request.user)
        ended = "鉴定已终结，通知书已制发。" if row.paper else "案件继续办理，文书改送近亲属。"
        messages.success(request, f"已登记被鉴定人死亡。{ended}")
        return redirect("desk:case", number)
    told = {"case": found, "title": "登记被鉴定人死亡", "basis": DYING, "submit": "登记"}
    return form_page(request, "desk/upload.html", form, told)
