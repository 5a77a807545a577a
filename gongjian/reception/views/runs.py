"""What is done for everybody of a sitting at once, and the sheets that are printed for it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.cases.queries import open_to
from gongjian.conclusions.actions import start_batch
from gongjian.delivery.actions import post as post_together
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import page_or_fragment
from gongjian.reception import actions
from gongjian.reception.access import RECEIVE
from gongjian.reception.queries.runs import cases_to_sign, deliveries_to_post, offers, progress_of, refusals_of, run_for
from gongjian.sittings.access import require
from gongjian.sittings.codes import qr_text, shown
from gongjian.sittings.models import Sitting
from gongjian.sittings.queries import bookings_of, sitting_for
from gongjian.sittings.shown import lines

AT_ONCE = 20
"""Turns that one look at the page takes itself; the sweep takes the rest."""


@require_GET
@signed_in
def whole(request: SignedIn, number: str) -> HttpResponse:
    """What can be done for the whole sitting, with how many wait for it."""
    sitting = sitting_for(number, by=request.user)
    context = {
        "sitting": sitting,
        "offers": offers(sitting, request.user),
        "to_sign": len(cases_to_sign(sitting, request.user)),
        "to_post": len(deliveries_to_post(sitting, request.user)),
        "runs": sitting.runs.select_related("by").order_by("-at", "-pk"),
        "may_print": request.user.holds(RECEIVE, sitting.office_id),
    }
    return render(request, "reception/whole.html", context)


@require_POST
@signed_in
def begin(request: SignedIn, number: str, act: str) -> HttpResponse:
    """Line everybody up."""
    started = actions.begin_run(sitting_for(number, by=request.user), act, by=request.user)
    return redirect("reception:run", number, started.pk)


@require_GET
@signed_in
def run(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """How far it has come, and what was refused."""
    return _progress(request, number, pk)


@require_POST
@signed_in
def advance(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Take the next turns, for whoever began them."""
    found = run_for(pk, by=request.user)
    if found.by_id == request.user.pk:
        actions.advance(found, most=AT_ONCE)
    return _progress(request, number, pk) if getattr(request, "htmx", False) else redirect("reception:run", number, pk)


@require_POST
@signed_in
def conclude(request: SignedIn, number: str) -> HttpResponse:
    """Sign what the sitting has brought to the signature: the batch of `conclusions`, over these cases alone. Raises: NothingChosen."""
    sitting = sitting_for(number, by=request.user)
    return redirect("conclusions:batch", start_batch(cases_to_sign(sitting, request.user), by=request.user).pk)


@require_POST
@signed_in
def post(request: SignedIn, number: str) -> HttpResponse:
    """Put what goes to the post of this sitting on one list, with its labels: the list of `delivery`. Raises: NotADeliverer, NothingToPost."""
    sitting = sitting_for(number, by=request.user)
    chosen = deliveries_to_post(sitting, request.user)
    return redirect("delivery:batch", post_together(sitting.office, chosen, by=request.user).pk)


@require_GET
@signed_in
def labels(request: SignedIn, number: str) -> HttpResponse:
    """Labels for the papers and pictures of the day: exam code and its QR, time, ticket; nobody's name, so that experts know no more."""
    sitting = _for_the_door(request, number, "现场标签")
    bookings = open_to(bookings_of(sitting), request.user, at="case")
    told = [(one, shown(one.exam_code), qr_text(one.exam_code)) for one in bookings]
    return render(request, "reception/labels.html", {"sitting": sitting, "labels": told})


@require_GET
@signed_in
def door_list(request: SignedIn, number: str) -> HttpResponse:
    """The list for the door, on paper, should the network fail: time, name, end of the number, needs."""
    sitting = _for_the_door(request, number, "现场名单")
    rows = lines(open_to(bookings_of(sitting), request.user, at="case"))
    told = [(row, row.booking.case.person.id_number[-4:]) for row in rows]
    return render(request, "reception/door_list.html", {"sitting": sitting, "rows": told})


def _for_the_door(request: SignedIn, number: str, what: str) -> Sitting:
    sitting = sitting_for(number, by=request.user)
    require(request.user, RECEIVE, sitting.office_id)
    record_reading(sitting.chain, by=request.user, what=what)
    return sitting


def _progress(request: SignedIn, number: str, pk: int) -> HttpResponse:
    found = run_for(pk, by=request.user)
    context = {
        "sitting": found.sitting,
        "run": found,
        "progress": progress_of(found),
        "refusals": refusals_of(found, by=request.user),
        "is_mine": found.by_id == request.user.pk,
    }
    return page_or_fragment(request, "reception/run.html", "reception/_run.html", context)
