"""What the office and the expert see of kits with a network: taking one out, what came back, what does not fit, and the end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.queries import case_for
from gongjian.kits.access import kit_for
from gongjian.kits.actions import ending, settling
from gongjian.kits.errors import WayNotOpen
from gongjian.kits.queries import kits_listed, kits_of_case, taking_today
from gongjian.kits.shown import lines_of
from gongjian.kits.states import Ending, Way
from gongjian.workbench.access import expert_page, proven_password


@require_GET
@signed_in
@never_cache
def home(request: SignedIn) -> HttpResponse:
    """What can be taken along today, and the newest kits with what is still to be done about them."""
    is_expert = request.user.kind == User.Kind.EXPERT
    sittings = taking_today(request.user) if is_expert else []
    context = {"sittings": sittings, "kits": kits_listed(request.user), "is_expert": is_expert}
    return render(request, "kits/home.html", context)


@require_GET
@signed_in
def of_case(request: SignedIn, number: str) -> HttpResponse:
    """The kit of a case with something to settle: where the obligation leads."""
    found = kits_of_case(case_for(number, by=request.user), request.user)
    return redirect("kits:kit", found.number) if found else redirect("kits:home")


@require_GET
@signed_in
@never_cache
def kit(request: SignedIn, number: str) -> HttpResponse:
    """What a kit has brought. What is in it is shown to nobody but the expert who wrote it."""
    found = kit_for(number, by=request.user)
    return render(request, "kits/kit.html", {"kit": found, "lines": lines_of(found, request.user)})


@require_POST
@signed_in
def settle(request: SignedIn, number: str, line: int) -> HttpResponse:
    """Settle one conflict."""
    told = str(request.POST.get("way", ""))
    if told not in set(Way):
        raise WayNotOpen
    event = settling.settle(number, line, Way(told), by=request.user)
    messages.success(request, f"第{event.n}条已处理：{Way(told).label}。")
    return redirect("kits:kit", number)


@sensitive_post_parameters("password")
@require_POST
@expert_page
def code(request: SignedIn, number: str) -> HttpResponse:
    """The code once more, against the password."""
    proven_password(request)
    told = ending.code_again(number, by=request.user)
    return render(request, "kits/code.html", {"kit": kit_for(number, by=request.user), "code": told})


@require_POST
@signed_in
def end(request: SignedIn, number: str) -> HttpResponse:
    """Give a kit back, or report it lost."""
    how = Ending.LOST if request.POST.get("how") == Ending.LOST else Ending.RETURNED
    found = ending.end(number, how, by=request.user)
    messages.success(request, f"工作包{found.number}{Ending(found.ending).label}，口令已经销毁。")
    return redirect(reverse("kits:kit", args=[number]))
