"""The pool's pages: who is in it and how they stand, one expert, a spreadsheet in and out."""

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import Office, User
from gongjian.accounts.queries import offices_where
from gongjian.experts import actions, queries
from gongjian.experts.access import MANAGE, SEE, require
from gongjian.experts.errors import PoolNotYours
from gongjian.experts.export import pool_sheet, template_sheet
from gongjian.experts.forms import DayForm, DismissForm, ExpertForm, SheetForm, SuspendForm
from gongjian.experts.models import Expert
from gongjian.experts.specialties import SPECIALTIES, labels
from gongjian.kernel import moment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TURNS: dict[str, tuple[Callable[..., Expert], str]] = {
    "reinstate": (actions.reinstate, "已恢复参加鉴定。"),
    "fit": (partial(actions.set_health, is_good=True), "已登记身体状况能够胜任。"),
    "unfit": (
        partial(actions.set_health, is_good=False),
        "已登记身体状况不能胜任，不再参加抽取。",
    ),
}


@require_GET
@signed_in
def pool(request: SignedIn) -> HttpResponse:
    """The pool with everybody's standing today; `?specialty=` and `?out=1` narrow it."""
    if not may_see_pool(request.user):
        raise PoolNotYours
    specialty, only_out = request.GET.get("specialty", ""), request.GET.get("out") == "1"
    lines = queries.standing_today(queries.visible_to(request.user), on=moment.today())
    shown = [
        line
        for line in lines
        if (not specialty or specialty in line.expert.specialties) and (line.reasons or not only_out)
    ]
    context = {
        "lines": shown,
        "all": len(lines),
        "able": sum(not line.reasons for line in lines),
        "ending": [line for line in lines if line.ends_soon],
        "specialties": SPECIALTIES.items(),
        "specialty": specialty,
        "only_out": only_out,
        "may_manage": request.user.holds(MANAGE),
    }
    return render(request, "experts/pool.html", context)


@require_GET
@signed_in
def expert(request: SignedIn, number: str) -> HttpResponse:
    """One expert."""
    return _expert(request, queries.expert_for(number, by=request.user))


@signed_in
def new(request: SignedIn) -> HttpResponse:
    """Appoint an expert."""
    office = own_office(request)
    form = ExpertForm(request.POST if request.method == "POST" else None, initial={"term_from": moment.today()})
    if request.method == "POST" and form.is_valid():
        made = actions.appoint(office, form.told(), by=request.user)
        messages.success(request, f"已聘任，编号{made.number}。")
        return redirect("experts:expert", made.number)
    context = {"form": form, "title": "聘任专家", "back": "/experts/"}
    return render(request, "experts/form.html", context, status=422 if form.is_bound else 200)


@signed_in
def edit(request: SignedIn, number: str) -> HttpResponse:
    """Bring an expert's particulars up to date."""
    found = queries.expert_for(number, by=request.user)
    require(request.user, MANAGE, found.office)
    form = ExpertForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.change(found, form.told(), by=request.user, version=form.cleaned_data["version"])
        messages.success(request, "已保存。")
        return redirect("experts:expert", number)
    if not form.is_bound:
        actions.telephone_of(found, by=request.user)  # the form shows it: that is a look at it
        form = ExpertForm(initial=ExpertForm.of(found))
    context = {"form": form, "title": f"修改{found.name}的资料", "back": f"/experts/{number}/"}
    return render(request, "experts/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def telephone(request: SignedIn, number: str) -> HttpResponse:
    """Show the telephone, and note who looked."""
    found = queries.expert_for(number, by=request.user)
    return _expert(request, found, telephone=actions.telephone_of(found, by=request.user) or "没有登记")


@require_POST
@signed_in
def suspend(request: SignedIn, number: str) -> HttpResponse:
    """Keep an expert out for a time."""
    found = queries.expert_for(number, by=request.user)
    form = SuspendForm(request.POST)
    if not form.is_valid():
        return _expert(request, found, suspend_form=form, status=422)
    actions.suspend(found, by=request.user, **form.cleaned_data)
    messages.success(request, "已暂停参加鉴定，恢复之前不会被抽取。")
    return redirect("experts:expert", number)


@require_POST
@signed_in
def dismiss(request: SignedIn, number: str) -> HttpResponse:
    """Dismiss an expert."""
    found = queries.expert_for(number, by=request.user)
    form = DismissForm(request.POST)
    if not form.is_valid():
        return _expert(request, found, dismiss_form=form, status=422)
    actions.dismiss(found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "已解聘。")
    return redirect("experts:expert", number)


@require_POST
@signed_in
def day(request: SignedIn, number: str, act: str) -> HttpResponse:
    """Renew the term from a day, or note the day on which a training was passed."""
    found = queries.expert_for(number, by=request.user)
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写日期。")
    elif act == "renew":
        actions.renew(found, begins=form.cleaned_data["on"], by=request.user)
        messages.success(request, "已续聘。")
    else:
        actions.pass_training(found, on=form.cleaned_data["on"], by=request.user)
        messages.success(request, "已登记培训合格。")
    return redirect("experts:expert", number)


@require_POST
@signed_in
def turn(request: SignedIn, number: str, act: str) -> HttpResponse:
    """Reinstate an expert, or note their health."""
    found = queries.expert_for(number, by=request.user)
    action, said = TURNS[act]
    action(found, by=request.user)
    messages.success(request, said)
    return redirect("experts:expert", number)


@signed_in
def sheet_in(request: SignedIn) -> HttpResponse:
    """Read a spreadsheet, show every row with its errors, and take it in on a second word."""
    office = own_office(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "specialties": labels(SPECIALTIES)}
    if request.method == "POST" and form.is_valid():
        rows, waiting = actions.read_sheet(office, form.cleaned_data["sheet"], by=request.user)
        wrong = [row for row in rows if row.errors]
        context |= {"rows": rows, "wrong": wrong, "waiting": waiting}
        return render(request, "experts/import.html", context, status=422 if wrong else 200)
    return render(request, "experts/import.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def take_in(request: SignedIn, pk: int) -> HttpResponse:
    """Take in a sheet that was read without errors."""
    made = actions.take_in(pk, by=request.user)
    messages.success(request, f"已导入{len(made)}名专家。")
    return redirect("experts:list")


@require_GET
@signed_in
def sheet_out(request: SignedIn) -> HttpResponse:
    """The pool as a spreadsheet."""
    office = _office(request, "experts.see")
    return _file(pool_sheet(office, by=request.user), f"专家库-{moment.today():%Y%m%d}.xlsx")


@require_GET
@signed_in
def template(request: SignedIn) -> HttpResponse:
    """The empty sheet."""
    own_office(request)
    return _file(template_sheet(), "专家名单模板.xlsx")


def may_see_pool(user: User) -> bool:
    """Whether `user` sees a pool, or stands in one."""
    return user.holds(SEE) or user.kind == User.Kind.EXPERT


def own_office(request: SignedIn) -> Office:
    """The office whose pool this person keeps. Raises: PoolNotYours."""
    return _office(request, MANAGE)


def _office(request: SignedIn, permission: str) -> Office:
    offices = offices_where(request.user, permission)
    own = next((post.office for post in request.user.posts_held() if post.office_id in offices), None)
    if own is None:
        raise PoolNotYours
    return own


def _expert(
    request: SignedIn, found: Expert, *, telephone: str = "", status: int = 200, **forms: object
) -> HttpResponse:
    [line] = queries.standing_today([found], on=moment.today())
    context = {
        "line": line,
        "telephone": telephone,
        "may_manage": request.user.holds(MANAGE, found.office) and found.dismissed_on is None,
        "suspend_form": SuspendForm(initial={"begins": moment.today()}),
        "dismiss_form": DismissForm(),
        **forms,
    }
    return render(request, "experts/expert.html", context, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store, private"}
    response = HttpResponse(content, content_type=XLSX, headers=headers)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
