"""An expert's account, for who manages the pool."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.forms_engaging import AccountForm
from gongjian.accounts.models import User
from gongjian.experts import queries
from gongjian.experts.access import MANAGE, require
from gongjian.experts.actions.account import new_password_of, open_account_of
from gongjian.experts.models import Expert
from gongjian.kernel.views import form_page


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def account(request: SignedIn, number: str) -> HttpResponse:
    """Open the account of an expert; the first password is shown once."""
    found = queries.expert_for(number, by=request.user)
    require(request.user, MANAGE, found.office)
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _shown_once(request, found, *open_account_of(found, form.cleaned_data["username"], by=request.user))
    return form_page(request, "experts/account.html", form, {"expert": found})


@never_cache
@require_POST
@signed_in
def password(request: SignedIn, number: str) -> HttpResponse:
    """A new password, shown once."""
    found = queries.expert_for(number, by=request.user)
    return _shown_once(request, found, *new_password_of(found, by=request.user))


def _shown_once(request: SignedIn, expert: Expert, user: User, password: str) -> HttpResponse:
    context = {"person": user, "password": password, "back": reverse("experts:expert", args=[expert.number])}
    return render(request, "accounts/shown_once.html", context)
