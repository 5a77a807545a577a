"""Changes after the list is public: asking, answering as a second person, and the exact reasons for who may read them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import case_for
from gongjian.draws.actions import changes
from gongjian.draws.errors import ChangeNotFound
from gongjian.draws.forms import LeaveForm, VoidForm
from gongjian.draws.queries import draw_for
from gongjian.draws.queries.changes import change_for, experts_taking_part, may_read_records, waiting_in
from gongjian.draws.queries.records import records_shown
from gongjian.draws.views.answers import said
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.errors import NotAllowed

ASKED = "已提出申请。第二人确认之前什么都不改变：席位、候补次序和名单保持原样。"
ANSWERS = {
    "confirm": (changes.confirm, "已确认，变更已经生效。"),
    "refuse": (changes.refuse, "不予确认，一切保持原样。"),
    "withdraw": (changes.withdraw, "已撤回申请，一切保持原样。"),
}


@require_POST
@signed_in
def leaves(request: SignedIn, number: str) -> HttpResponse:
    """Ask that a member or reserve leave for the whole day."""
    draw = draw_for(number, by=request.user)
    form = LeaveForm(request.POST, experts=experts_taking_part(draw) if draw.receipt else ())
    if form.is_valid():
        expert, told = form.cleaned_data["expert"], {name: form.cleaned_data[name] for name in ("kind", "facts")}
        said(request, lambda: changes.ask_leave(draw.sitting, expert, by=request.user, **told), ASKED)
    else:
        messages.error(request, form.first_error)
    return redirect("draws:conduct", number)


@require_POST
@signed_in
def void(request: SignedIn, number: str) -> HttpResponse:
    """Ask that a commitment be voided."""
    draw = draw_for(number, by=request.user)
    form = VoidForm(request.POST)
    if form.is_valid():
        said(request, lambda: changes.ask_void(draw, by=request.user, **form.cleaned_data), ASKED)
    else:
        messages.error(request, form.first_error)
    return redirect("draws:conduct", number)


@require_POST
@signed_in
def answer(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Confirm, refuse or withdraw a request. Raises: DrawNotFound, ChangeNotFound."""
    change = change_for(pk, by=request.user)
    chosen = ANSWERS.get(request.POST.get("answer", ""))
    if chosen is None or change.draw.number != number:
        raise ChangeNotFound
    act, done = chosen
    said(request, lambda: act(change, by=request.user), done)
    return redirect("draws:conduct", number)


@require_GET
@signed_in
def of_case(request: SignedIn, number: str) -> HttpResponse:
    """From the worklist to the draw whose change waits for a second person. Raises: CaseNotFound."""
    case = case_for(number, by=request.user)
    change = waiting_in(case, request.user)
    return redirect("draws:conduct", change.draw.number) if change else redirect("draws:list")


@never_cache
@require_GET
@signed_in
def records(request: SignedIn, number: str) -> HttpResponse:
    """The exact reasons behind the neutral ones, for who draws and who supervises; looking is recorded. Raises: DrawNotFound, NotAllowed."""
    draw = draw_for(number, by=request.user)
    if not may_read_records(draw, request.user):
        raise NotAllowed
    record_reading(draw.chain, by=request.user, what="理由记录")
    return render(request, "draws/records.html", {"draw": draw, "records": records_shown(draw)})
