"""The way on for somebody whose group has lost a member for whom no reserve is left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.actions.move import allowed_moves
from gongjian.desk.views.case import staff_case
from gongjian.draws.queries.door import groups_left_for
from gongjian.draws.queries.groups import arrival_of, empty_seats
from gongjian.kernel.ledger.actions import record_reading
from gongjian.opinions.actions import regroup as actions

DONE = "已退出缺员的专家组。请在本页为其“请抽组”；本场没有能够鉴定的专家组的，请办理改期。"


@require_http_methods(["GET", "POST"])
@signed_in
def regroup(request: SignedIn, number: str) -> HttpResponse:
    """What has happened to the group, what the one button does, and the button. Raises: CaseNotFound, NotAllowed, and what the act refuses."""
    case = staff_case(number, request.user)
    sent = arrival_of(case)
    if request.method == "POST":
        actions.regroup(case, by=request.user)
        messages.success(request, DONE)
        return redirect("draws:door", sent.booking.sitting.number) if sent else redirect("desk:case", number)
    record_reading(case.chain, by=request.user, what="重新抽取专家组")
    empty = empty_seats(sent.group) if sent else []
    context = {
        "case": case,
        "sent": sent,
        "empty": len(empty),
        "others": groups_left_for(sent) if sent and empty else 0,
        "may": "regroup" in {move.act for move in allowed_moves(case, by=request.user)},
    }
    return render(request, "desk/regroup.html", context)
