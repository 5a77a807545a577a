"""The agents of one's own side, and taking their power back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.appraisal.actions.mandates import revocable, revoke
from gongjian.cases.queries import case_for


@require_http_methods(["GET", "POST"])
@signed_in
def mandates(request: SignedIn, number: str) -> HttpResponse:
    """Who acts for me, until when, and the way to end it."""
    case = case_for(number, by=request.user)
    if request.method == "POST":
        told = request.POST.get("mandate", "")
        revoke(case, int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0, by=request.user)
        messages.success(request, "委托已经取消。代理人从现在起看不到本案，也不能再替您办理。")
        return redirect("portal:case", number)
    context = {"case": case, "mandates": revocable(case, by=request.user)}
    return render(request, "portal/mandates.html", context)
