"""Reading one's opinion once more, signing and sealing it; and what remains to be seen of it afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts.access import SignedIn
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.models import Opinion
from gongjian.opinions.queries.access import Stage, duty_for
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.workbench.access import expert_page, proven_password
from gongjian.workbench.forms import version_in
from gongjian.workbench.shown import GROUNDS, about, opinion_shown


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@expert_page
def sign(request: SignedIn, exam_code: str) -> HttpResponse:
    """The whole opinion to read, what still stands against it, and the signature."""
    if request.method == "POST":
        password = proven_password(request)
        seal_opinion(exam_code, version=version_in(request.POST), password=password, by=request.user)
        messages.success(request, "您的意见已签名封存。")
        return redirect("workbench:exam", exam_code)
    duty = duty_for(exam_code, by=request.user)
    if duty.stage != Stage.EXAMINE:
        return redirect("workbench:exam", exam_code)
    draft, told = draft_of(duty), about(duty)
    context = {"duty": duty, "about": told, "draft": draft, **opinion_shown(content_of(draft).worked(), told.parts)}
    return render(request, "workbench/sign.html", context)


@require_GET
@expert_page
def sealed(request: SignedIn, exam_code: str) -> HttpResponse:
    """That one's own opinion is sealed, and when: nothing of the case, nothing of the others."""
    duty = duty_for(exam_code, by=request.user)
    if duty.stage not in {Stage.SEALED, Stage.OVER}:
        return redirect("workbench:exam", exam_code)
    mine = Opinion.objects.filter(assignment=duty.assignment).select_related("round").order_by("round__number")
    return render(
        request,
        "workbench/sealed.html",
        {"duty": duty, "opinions": mine if duty.assignment else [], "grounds": GROUNDS},
    )
