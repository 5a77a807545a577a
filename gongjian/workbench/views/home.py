"""The day's list, the declaration, coming sittings, and what was sealed before."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.accounts.access import SignedIn
from gongjian.draws.states import Ground
from gongjian.experts.actions.answers import answer
from gongjian.experts.models import Availability
from gongjian.experts.queries import expert_of
from gongjian.kernel import moment
from gongjian.kernel.views import page_or_fragment
from gongjian.opinions.actions.declare import declare_conflict, declare_no_conflict
from gongjian.opinions.errors import TextMissing
from gongjian.opinions.queries.access import Stage, duty_for
from gongjian.opinions.queries.duties import sealed_by, service_of, todays_lines
from gongjian.sittings.queries import sittings_asking
from gongjian.workbench.access import expert_page
from gongjian.workbench.errors import SittingNotAsked
from gongjian.workbench.shown import GROUNDS, about

PAGE_OF_STAGE = {
    Stage.DECLARE: "workbench:declare",
    Stage.EXAMINE: "workbench:opinion",
    Stage.SEALED: "workbench:sealed",
    Stage.DELIBERATE: "workbench:talk",
    Stage.OVER: "workbench:sealed",
}
SHOWN = 100
"""Lines of one page of the history."""


@require_GET
@expert_page
def home(request: SignedIn) -> HttpResponse:
    """Today's cases under their exam codes; the list looks by itself whether somebody has been called."""
    context = {"lines": todays_lines(request.user), "today": moment.today()}
    return page_or_fragment(request, "workbench/home.html", "workbench/_lines.html", context)


@require_GET
@expert_page
def exam(request: SignedIn, exam_code: str) -> HttpResponse:
    """Lead to the page on which the case stands for this expert."""
    return redirect(PAGE_OF_STAGE[duty_for(exam_code, by=request.user).stage], exam_code)


@require_http_methods(["GET", "POST"])
@expert_page
def declare(request: SignedIn, exam_code: str) -> HttpResponse:
    """State that there is no conflict, before anything of the case is shown."""
    if request.method == "POST":
        if request.POST.get("none") != "1":
            raise TextMissing(what="您与本案没有利害关系（请先勾选）")
        declare_no_conflict(exam_code, by=request.user)
        return redirect("workbench:exam", exam_code)
    duty = duty_for(exam_code, by=request.user)
    if duty.stage != Stage.DECLARE:
        return redirect("workbench:exam", exam_code)
    return render(request, "workbench/declare.html", {"duty": duty, "about": about(duty), "grounds": GROUNDS})


@require_POST
@expert_page
def conflict(request: SignedIn, exam_code: str) -> HttpResponse:
    """Step back from a case; the next reserve takes the seat."""
    told = str(request.POST.get("ground", ""))
    if told not in set(Ground):
        raise TextMissing(what="回避的原因（请先选择）")
    declare_conflict(exam_code, Ground(told), by=request.user)
    messages.success(request, f"已记录您的回避。检查编码{exam_code}将由候补专家接替，您不再参与。")
    return redirect("workbench:home")


@require_http_methods(["GET", "POST"])
@expert_page
def sittings(request: SignedIn) -> HttpResponse:
    """Say for which coming sittings one can come."""
    expert = expert_of(request.user)
    asking = list(sittings_asking(expert, after=moment.today() - timedelta(days=1))) if expert else []
    if request.method == "POST":
        wanted = next((each for each in asking if each.number == request.POST.get("sitting")), None)
        if expert is None or wanted is None:
            raise SittingNotAsked
        answer(expert, wanted, request.POST.get("can_come") == "1", by=request.user)
        messages.success(
            request, f"已记录：{wanted.day:%m月%d日}您{'能' if request.POST.get('can_come') == '1' else '不能'}出席。"
        )
        return redirect("workbench:sittings")
    answers = dict(Availability.objects.filter(expert=expert).values_list("sitting_id", "can_come")) if expert else {}
    lines = [(each, answers.get(each.pk)) for each in asking]
    return render(request, "workbench/sittings.html", {"expert": expert, "lines": lines})


@require_GET
@expert_page
def history(request: SignedIn) -> HttpResponse:
    """What this expert has sealed: dates and codes, and how much it was in each year."""
    context = {"service": service_of(request.user), "opinions": sealed_by(request.user)[:SHOWN], "shown": SHOWN}
    return render(request, "workbench/history.html", context)
