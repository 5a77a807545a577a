"""The address of a granted visit: changed by the person or by staff who take it down; kept in the route by the scheduler."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.queries import case_for
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.modes import mode_rule
from gongjian.sittings import queries
from gongjian.sittings.access import require_appraisee
from gongjian.sittings.actions import addressing
from gongjian.sittings.errors import NoModeInForce
from gongjian.sittings.forms import AddressForm
from gongjian.sittings.views.case import staff_case
from gongjian.sittings.views.party import home_of


@signed_in
def change(request: SignedIn, number: str) -> HttpResponse:
    """Say where one is now."""
    case = case_for(number, by=request.user)
    require_appraisee(request.user, case, "sittings.book")
    wish = queries.mode_in_force(case)
    if wish is None or not wish.address:
        raise NoModeInForce
    rule = mode_rule(wish.meant, on=moment.today(), region=case.office.region)
    is_staff = request.user.kind == User.Kind.STAFF
    data = request.POST if request.method == "POST" else None
    now = {"address": wish.address, "contact": wish.contact}
    form = AddressForm(data, rule=rule, is_staff=is_staff, initial=now)
    if request.method == "POST" and form.is_valid():
        addressing.change_address(case, by=request.user, **form.told)
        messages.success(request, "已更改。已安排时间的，路线核对后会告诉您。")
        return redirect(home_of(case, request.user))
    if is_staff:
        record_reading(case.chain, by=request.user, what="上门地址")
    context = {"case": case, "form": form, "booking": queries.live_booking(case), "back": home_of(case, request.user)}
    return render(request, "sittings/change_address.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def keep(request: SignedIn, number: str) -> HttpResponse:
    """The route was looked at and the time stays."""
    case = staff_case(number, request.user)
    addressing.keep_visit(case, by=request.user)
    messages.success(request, "已保留原来的时间，并已告知当事人。")
    return redirect(home_of(case, request.user))
