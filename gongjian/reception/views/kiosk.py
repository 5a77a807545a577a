"""The self-service machine: a person says who they are in two steps, and gets a number. Nothing of them stays behind."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.delivery.rules import masked
from gongjian.law.errors import RuleError
from gongjian.reception import actions, queries
from gongjian.reception.errors import KioskNotOpen
from gongjian.reception.models import Kiosk
from gongjian.reception.rules import asks_for_telephone
from gongjian.sittings.codes import read, shape_of
from gongjian.sittings.queries import sitting_for

COOKIE = "gongjian_kiosk"
COOKIE_PATH = "/reception/kiosk/"
LONGEST_DAY = timedelta(hours=16)


@require_POST
@signed_in
def open_here(request: SignedIn, number: str) -> HttpResponse:
    """Make this browser a kiosk: who opened it is signed out, so that nobody before the machine reaches a page of staff."""
    _, secret = actions.open_kiosk(sitting_for(number, by=request.user), by=request.user)
    logout(request)
    response = redirect("reception:kiosk")
    response.set_cookie(
        COOKIE, secret, max_age=LONGEST_DAY, path=COOKIE_PATH, httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@require_POST
@signed_in
def close(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """Take a kiosk out of service."""
    sitting = sitting_for(number, by=request.user)
    kiosk = get_object_or_404(Kiosk.objects.select_related("sitting"), pk=pk, sitting=sitting)
    actions.close_kiosk(kiosk, by=request.user)
    return redirect("reception:board", number)


@require_GET
def kiosk(request: HttpRequest) -> HttpResponse:
    """The first step: something that names the person."""
    try:
        return _page(request, "reception/kiosk.html", kiosk=_kiosk(request))
    except KioskNotOpen as refusal:
        return _page(request, "reception/kiosk_closed.html", status=403, refused=str(refusal))


@require_POST
def second(request: HttpRequest) -> HttpResponse:
    """The second step: the end of something that only the person has. Which one follows from the look of the first; nothing is looked up yet."""
    here = _kiosk(request)
    who = read(request.POST.get("who", ""))
    if not who:
        return redirect("reception:kiosk")
    return _second(request, here, who)


@require_POST
def attend(request: HttpRequest) -> HttpResponse:
    """Both are right: the person is on the list, and is shown their number."""
    here = _kiosk(request)
    who = request.POST.get("who", "")
    try:
        attendance = actions.attend(here, who=who, second=request.POST.get("second", ""))
    except RuleError as refusal:
        return _page(request, "reception/kiosk_refused.html", status=422, kiosk=here, refused=str(refusal))
    mine = queries.mine_of(attendance)
    address = request.build_absolute_uri(reverse("reception:mine", args=[attendance.key]))
    name = masked(attendance.booking.case.person.name)
    return _page(request, "reception/kiosk_done.html", kiosk=here, mine=mine, name=name, address=address)


def _second(request: HttpRequest, here: Kiosk, who: str) -> HttpResponse:
    telephone = asks_for_telephone(shape_of(who))
    return _page(request, "reception/kiosk_second.html", kiosk=here, who=who, telephone=telephone)


def _kiosk(request: HttpRequest) -> Kiosk:
    """The kiosk whose secret this browser holds. Raises: KioskNotOpen."""
    return queries.kiosk_of(request.COOKIES.get(COOKIE, ""))


def _page(request: HttpRequest, template: str, status: int = 200, **context: object) -> HttpResponse:
    """A page that no cache and no back button keeps."""
    response = render(request, template, context, status=status)
    patch_cache_control(response, no_store=True, private=True)
    return response
