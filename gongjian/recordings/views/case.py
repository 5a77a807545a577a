"""The recordings of a case for the staff: which there are, who has seen them, and the answer to who asks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.models import Case
from gongjian.cases.queries import case_for
from gongjian.kernel.views import page_or_fragment
from gongjian.recordings import actions, queries
from gongjian.recordings.access import ANSWER, SEEING
from gongjian.recordings.errors import RecordingNotFound
from gongjian.recordings.forms import RefuseForm


@require_GET
@signed_in
def case(request: SignedIn, number: str) -> HttpResponse:
    """All of it."""
    return render(request, "recordings/case.html", _context(request, _case(request, number), RefuseForm()))


@require_GET
@signed_in
def part(request: SignedIn, number: str) -> HttpResponse:
    """On the case's page: how many there are; nothing for who has no part in them."""
    found = case_for(number, by=request.user)
    seen = any(request.user.holds(permission, found.office_id) for permission in SEEING)
    context = {"case": found, "made": list(queries.of_case(found)) if seen else [], "seen": seen}
    return page_or_fragment(request, "recordings/part.html", "recordings/_part.html", context)


@require_POST
@signed_in
def grant(request: SignedIn, number: str) -> HttpResponse:
    """Yes."""
    actions.grant(_case(request, number), by=request.user)
    messages.success(request, "已同意。申请人可以在办事网页上查看。")
    return redirect("recordings:case", number)


@require_POST
@signed_in
def refuse(request: SignedIn, number: str) -> HttpResponse:
    """No, on a ground of the list."""
    found, form = _case(request, number), RefuseForm(request.POST)
    if not form.is_valid():
        return render(request, "recordings/case.html", _context(request, found, form), status=422)
    actions.refuse(found, by=request.user, **form.cleaned_data)
    messages.success(request, "已答复不同意，理由会告知申请人。")
    return redirect("recordings:case", number)


def _case(request: SignedIn, number: str) -> Case:
    found = case_for(number, by=request.user)
    if not any(request.user.holds(permission, found.office_id) for permission in SEEING):
        raise RecordingNotFound
    return found


def _context(request: SignedIn, found: Case, form: RefuseForm) -> dict[str, object]:
    return {
        "case": found,
        "made": list(queries.of_case(found)),
        "playbacks": queries.playbacks_of(found)[:50],
        "requests": queries.requests_of(found),
        "asked": queries.open_request(found),
        "may_answer": request.user.holds(ANSWER, found.office_id),
        "form": form,
    }
