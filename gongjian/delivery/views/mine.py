"""What a party sees and says about the papers served on its side."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import case_for
from gongjian.delivery.actions import ask_for_paper, give_consent
from gongjian.delivery.queries.mine import mine as deliveries_to
from gongjian.delivery.queries.mine import own_delivery
from gongjian.kernel.views import page_or_fragment


@require_GET
@signed_in
def mine(request: SignedIn, number: str) -> HttpResponse:
    """The deliveries to one's own side: a page, or a part of the portal's page."""
    case, rows = deliveries_to(number, by=request.user)
    return page_or_fragment(request, "delivery/mine.html", "delivery/_mine.html", {"case": case, "rows": rows})


@require_POST
@signed_in
def consent(request: SignedIn, number: str) -> HttpResponse:
    """Say, or take back, that one's side wants electronic delivery."""
    case, given = case_for(number, by=request.user), request.POST.get("given") == "1"
    give_consent(case, request.POST.get("recipient", ""), given=given, by=request.user)
    messages.success(
        request, "已同意电子送达，还没有送达的文书已放入您的消息箱。" if given else "已撤回电子送达的同意。"
    )
    return redirect("delivery:mine", number)


@require_POST
@signed_in
def paper_wanted(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for the paper itself."""
    delivery = ask_for_paper(own_delivery(pk, by=request.user), by=request.user)
    messages.success(request, "已收到您的申请，纸质文书会免费寄出。")
    return redirect("delivery:mine", delivery.case.number)
