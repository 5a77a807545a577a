"""The deliberation: the opened opinions side by side without names, the views, and the chair's record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongjian.accounts.access import SignedIn
from gongjian.opinions.actions.deliberate import close_deliberation, say_view
from gongjian.opinions.queries.access import Stage, duty_for
from gongjian.opinions.queries.papers import papers_of
from gongjian.opinions.queries.talk import talk_of
from gongjian.workbench.access import expert_page, proven_password
from gongjian.workbench.shown import GROUNDS, about, clause_shown


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@expert_page
def talk(request: SignedIn, exam_code: str) -> HttpResponse:
    """See all opinions of the round, say and sign one's own view."""
    if request.method == "POST":
        password = proven_password(request)
        say_view(exam_code, str(request.POST.get("text", "")), password=password, by=request.user)
        messages.success(request, "您的合议意见已签名记入。")
        return redirect("workbench:talk", exam_code)
    duty = duty_for(exam_code, by=request.user)
    if duty.stage != Stage.DELIBERATE:
        return redirect("workbench:exam", exam_code)
    told = talk_of(duty)
    numbers = {number for voice in told.voices if voice.content for number in voice.content.clauses}
    context = {
        "duty": duty,
        "about": about(duty),
        "talk": told,
        "clauses": [clause_shown(number) for number in sorted(numbers)],
        "papers": papers_of(duty),
        "grounds": GROUNDS,
    }
    return render(request, "workbench/talk.html", context)


@sensitive_post_parameters("password")
@require_POST
@expert_page
def record(request: SignedIn, exam_code: str) -> HttpResponse:
    """The chair signs the record; the next round of sealed opinions opens."""
    password = proven_password(request)
    close_deliberation(exam_code, str(request.POST.get("text", "")), password=password, by=request.user)
    messages.success(request, "合议记录已签名。请各位成员重新出具意见并封存。")
    return redirect("workbench:exam", exam_code)
