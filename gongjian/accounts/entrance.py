"""What the sign-in pages share: where somebody goes afterwards, and who has shown a password but not yet the second factor."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import devices_for_user
from django_otp import login as otp_login
from django_otp.models import Device

from gongjian.accounts.errors import SignInStale
from gongjian.accounts.models import User
from gongjian.accounts.roles import SEE
from gongjian.kernel import moment

HOMES = {
    User.Kind.APPLICANT: "portal:home",
    User.Kind.STAFF: "desk:worklist",
    User.Kind.EXPERT: "workbench:home",
}
HALF = "half_signed_in"
TIME_FOR_THE_SECOND = timedelta(minutes=5)
PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105
CODE_BACKEND = "gongjian.accounts.backends.TelephoneCodeBackend"


def home_of(user: User) -> str:
    """The first page of a kind of person; staff without cases, as administrators, find their account."""
    if user.kind == User.Kind.STAFF and not user.holds(SEE):
        return reverse("accounts:profile")
    try:
        return reverse(HOMES[User.Kind(user.kind)])
    except NoReverseMatch:  # a face without pages must not keep anybody from signing in
        return "/"


def way_on(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    """To the page that was wanted, if it is ours; else home."""
    ours = bool(wanted) and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return HttpResponseRedirect(wanted if ours else home_of(user))


def let_in(request: HttpRequest, user: User, *, backend: str, device: Device | None = None) -> None:
    """Sign in, with a new session key and nothing of the session before."""
    large = request.session.get("large_type")
    request.session.flush()
    login(request, user, backend=backend)
    if large:
        request.session["large_type"] = large
    if device:
        otp_login(request, device)


def needs_second(user: User) -> bool:
    """Whether a password alone does not let this person in."""
    return bool(settings.SECOND_FACTOR_REQUIRED) or any(devices_for_user(user))


def has_second(user: User) -> bool:
    """Whether the second factor is switched on."""
    return any(devices_for_user(user))


def remember_half(request: HttpRequest, user: User, wanted: str) -> None:
    """Note that the password was right; good for five minutes, in this session alone."""
    until = (moment.now() + TIME_FOR_THE_SECOND).timestamp()
    request.session[HALF] = {"user": user.pk, "until": until, "next": wanted}


def half_signed_in(request: HttpRequest) -> tuple[User, str]:
    """(who has shown the password, page wanted). Raises: SignInStale."""
    held: dict[str, Any] = request.session.get(HALF) or {}
    user = User.objects.filter(pk=held.get("user", 0), is_active=True).first()
    if user is None or held["until"] < moment.now().timestamp():
        raise SignInStale
    return user, str(held["next"])
