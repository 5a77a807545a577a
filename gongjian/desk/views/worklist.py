"""The worklist and the search."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.roles import SEE
from gongjian.cases import queries
from gongjian.cases.labels import labels
from gongjian.cases.procedures import procedure_of
from gongjian.desk.queries.worklist import page
from gongjian.desk.steps import pages_of
from gongjian.kernel.searches import recalled, remember
from gongjian.kernel.views import page_or_fragment
from gongjian.law.errors import NotAllowed


@signed_in
def worklist(request: SignedIn) -> HttpResponse:
    """What my desks owe, by legal risk."""
    if not request.user.holds(SEE):
        raise NotAllowed
    kind = request.GET.get("kind", "")
    found = page(request.user, after=request.GET.get("after", ""), kind=kind)
    rows = list(zip(found.rows, pages_of(row.obligation for row in found.rows), strict=True))
    context = {"rows": rows, "older": found.older, "kind": kind, "kinds": labels()}
    return page_or_fragment(request, "desk/worklist.html", "desk/_worklist.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def search(request: SignedIn) -> HttpResponse:
    """Cases by number, name, initials or identity number; the only hit opens at once. What is asked for stands in no address."""
    if request.method == "POST":
        return redirect(f"{reverse('desk:search')}?s={remember(request)}")
    asked = recalled(request)
    found = queries.search(request.user, asked)
    if len(found) == 1 and request.user.holds(SEE):
        return redirect("desk:case", found[0].number)
    rows = [(case, procedure_of(case.procedure).labels[case.state]) for case in found]
    return render(request, "desk/search.html", {"asked": asked, "rows": rows})
