"""The second factor, and one's own account."""

from base64 import b32encode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.accounts import actions
from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.entrance import PASSWORD_BACKEND, half_signed_in, has_second, let_in, way_on
from gongjian.accounts.errors import SecondFactorWrong
from gongjian.accounts.forms import TokenForm
from gongjian.accounts.models import User
from gongjian.kernel.masks import telephone_masked


@never_cache
@require_http_methods(["GET", "POST"])
def second(request: SignedIn) -> HttpResponse:
    """The number that the authenticator shows, after the right password."""
    user, wanted = half_signed_in(request)
    if not has_second(user):
        return redirect("accounts:enrol")
    form = TokenForm(request.POST or None)
    if form.is_valid():
        try:
            device = actions.check_second_factor(user, form.cleaned_data["token"])
        except SecondFactorWrong as error:
            form.add_error("token", str(error))
        else:
            let_in(request, user, backend=PASSWORD_BACKEND, device=device)
            return way_on(request, user, wanted)
    return render(request, "accounts/second.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: SignedIn) -> HttpResponse:
    """Take the secret over into an authenticator: from one's account, or on the first sign-in where it is required."""
    user, wanted = (request.user, "") if request.user.is_authenticated else half_signed_in(request)
    if user.kind == User.Kind.APPLICANT or has_second(user):
        return redirect("accounts:profile" if request.user.is_authenticated else "accounts:second")
    pending = actions.begin_second_factor(user)
    form = TokenForm(request.POST or None)
    if form.is_valid():
        try:
            device = actions.confirm_second_factor(user, form.cleaned_data["token"])
        except SecondFactorWrong as error:
            form.add_error("token", str(error))
        else:
            let_in(request, user, backend=PASSWORD_BACKEND, device=device)
            return way_on(request, user, wanted)
    context = {"form": form, "address": pending.config_url, "secret": _groups(pending.bin_key)}
    return render(request, "accounts/enrol.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def profile(request: SignedIn) -> HttpResponse:
    """One's own account."""
    user = request.user
    telephone = telephone_masked(user.telephone)
    context = {
        "telephone": telephone,
        "posts": user.posts_held(),
        "is_staff": user.kind != User.Kind.APPLICANT,
        "has_second": has_second(user),
    }
    return render(request, "accounts/profile.html", context)


def _groups(key: bytes) -> str:
    text = b32encode(key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
