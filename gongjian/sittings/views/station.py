"""The check-in station: one input for the scanner, one look at the document, one press."""

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.models import User
from gongjian.kernel.ledger.actions import record_reading
from gongjian.kernel.views import page_or_fragment
from gongjian.law.errors import RuleError
from gongjian.sittings import actions, queries
from gongjian.sittings.access import require
from gongjian.sittings.actions.arriving import expected
from gongjian.sittings.models import Booking, Presence, Sitting
from gongjian.sittings.shown import line, state_counts

CHECK_IN = "sittings.check_in"


@require_GET
@signed_in
def station(request: SignedIn, number: str) -> HttpResponse:
    """The empty station."""
    return _answer(request, _sitting(request, number))


@require_POST
@signed_in
def find(request: SignedIn, number: str) -> HttpResponse:
    """Who belongs to a code or number (posted: an identity number has no place in an address), to be compared with their document."""
    sitting = _sitting(request, number)
    try:
        booking = expected(request.POST.get("code", ""), sitting, by=request.user)
    except RuleError as refusal:
        return _answer(request, sitting, refused=str(refusal), status=422)
    record_reading(booking.case.chain, by=request.user, what="现场身份核验")
    return _answer(request, sitting, found=booking)


@require_POST
@signed_in
def receive(request: SignedIn, number: str) -> HttpResponse:
    """The document was seen: the person is in."""
    sitting = _sitting(request, number)
    told = request.POST
    method = told.get("method", "")
    try:
        booking = actions.check_in(
            told.get("code", ""),
            sitting,
            method if method in Presence.Method.values else Presence.Method.ORIGINAL_ID,
            by=request.user,
            document=told.get("document", ""),
        )
    except RuleError as refusal:
        return _answer(request, sitting, refused=str(refusal), status=422)
    return _answer(request, sitting, received=booking)


@require_POST
@signed_in
def mismatch(request: SignedIn, number: str) -> HttpResponse:
    """The document shows somebody else: noted, nobody is in."""
    sitting = _sitting(request, number)
    try:
        actions.refuse_identity(request.POST.get("code", ""), sitting, by=request.user)
    except RuleError as refusal:
        return _answer(request, sitting, refused=str(refusal), status=422)
    return _answer(request, sitting, refused="人证不符已经记录，没有报到。请向被鉴定人说明，并报告现场负责人。")


def door_of(sitting: Sitting) -> str:
    """Where the second draw, at the door, is held; "" while the room of the draw has no such page."""
    try:
        return reverse("draws:door", args=[sitting.number])
    except NoReverseMatch:
        return ""


def vacancies_of(sitting: Sitting, user: User) -> str:
    """Where groups that lack a member are shown to those who help the people they leave; "" for others."""
    if not any(user.holds(permission, sitting.office_id) for permission in ("draws.regroup", "sittings.reschedule")):
        return ""
    try:
        return reverse("draws:vacancies", args=[sitting.number])
    except NoReverseMatch:
        return ""


def _sitting(request: SignedIn, number: str) -> Sitting:
    sitting = queries.sitting_for(number, by=request.user)
    require(request.user, CHECK_IN, sitting.office_id)
    return sitting


def _answer(
    request: SignedIn,
    sitting: Sitting,
    *,
    found: Booking | None = None,
    received: Booking | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "sitting": sitting,
        "found": line(found) if found else None,
        "received": line(received) if received else None,
        "refused": refused,
        "methods": Presence.Method.choices,
        "counts": state_counts(queries.ticket_counts(sitting)),
        "door": door_of(sitting),
    }
    return page_or_fragment(request, "sittings/station.html", "sittings/_station.html", context, status)
