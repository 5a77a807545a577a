"""One limit of a case day by day, and what the day of a task rests on."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.procedures import procedure_of
from gongjian.cases.queries import case_for
from gongjian.cases.working import DECISION
from gongjian.portal.days import day_list
from gongjian.portal.due import due_shown
from gongjian.portal.errors import LimitNotFound
from gongjian.portal.limits import shown_to


@require_GET
@signed_in
def days(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Which days count and which do not, of a limit that concerns this person. Raises: CaseNotFound, LimitNotFound."""
    return _page(request, number, lambda row: row.pk == pk)


@require_GET
@signed_in
def clock(request: SignedIn, number: str, limit: str) -> HttpResponse:
    """The same by the limit's id in the law, or that of the decision, for lists that hold the case alone. Raises: CaseNotFound, LimitNotFound."""
    return _page(request, number, _decides if limit == DECISION else lambda row: (row.limit, row.about) == (limit, ""))


@require_GET
@signed_in
def due(request: SignedIn, number: str, kind: str) -> HttpResponse:
    """What the day of a task rests on. Raises: CaseNotFound, LimitNotFound."""
    case = case_for(number, by=request.user)
    shown = due_shown(case, kind, request.GET.get("about", ""), by=request.user)
    return render(request, "portal/due.html", {"case": case, "shown": shown, "back": _back(case, request.user)})


def _decides(row: CaseLimit) -> bool:
    decides = procedure_of(row.case.procedure).decision_limits
    return row.limit in decides and row.about == "" and row.due_on == row.case.due_on


def _page(request: SignedIn, number: str, meant: Callable[[CaseLimit], bool]) -> HttpResponse:
    case = case_for(number, by=request.user)
    shown = next((each for each in shown_to(case, by=request.user, both=True) if meant(each.row)), None)
    if shown is None:
        raise LimitNotFound
    year = request.GET.get("year", "")
    chosen = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None
    days_told = day_list(shown.deadline, chosen)
    context = {"case": case, "shown": shown, "list": days_told, "back": _back(case, request.user)}
    return render(request, "portal/days.html", context)


def _back(case: Case, user: User) -> str:
    return reverse("desk:case" if user.kind == User.Kind.STAFF else "portal:case", args=[case.number])
