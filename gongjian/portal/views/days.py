"""One limit of a case, day by day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.queries import case_for
from gongjian.portal.days import day_list
from gongjian.portal.errors import LimitNotFound
from gongjian.portal.limits import shown_to


@require_GET
@signed_in
def days(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Which days count and which do not, of a limit that concerns this person. Raises: CaseNotFound, LimitNotFound."""
    case = case_for(number, by=request.user)
    shown = next((each for each in shown_to(case, by=request.user) if each.row.pk == pk), None)
    if shown is None:
        raise LimitNotFound
    year = request.GET.get("year", "")
    chosen = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None
    back = "desk:case" if request.user.kind == User.Kind.STAFF else "portal:case"
    context = {
        "case": case,
        "shown": shown,
        "list": day_list(shown.deadline, chosen),
        "back": reverse(back, args=[case.number]),
    }
    return render(request, "portal/days.html", context)
