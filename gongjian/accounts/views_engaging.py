"""Accounts of colleagues for the administrator, and one's own password."""

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.administering import administered, colleague
from gongjian.accounts.engaging import change_password, engage, give_new_password, part
from gongjian.accounts.entrance import PASSWORD_BACKEND, let_in
from gongjian.accounts.errors import PasswordWrong
from gongjian.accounts.forms_engaging import EngageForm, NewPasswordForm
from gongjian.accounts.models import Office, User
from gongjian.kernel.views import form_page
from gongjian.law.errors import RuleError


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def engage_colleague(request: SignedIn) -> HttpResponse:
    """Open the account of a new colleague; the first password is shown once."""
    office = Office.objects.filter(pk__in=administered(request.user)).order_by("pk")[0]
    form = EngageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user, password = engage(**form.cleaned_data, office=office, by=request.user)
        return _shown_once(request, user, password)
    return form_page(request, "accounts/engage.html", form, {"office": office})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def colleague_page(request: SignedIn, pk: int) -> HttpResponse:
    """One colleague: what may be done for their account."""
    person = colleague(pk, by=request.user)
    if request.method == "POST":
        return _shown_once(request, person, give_new_password(person, by=request.user))
    return render(request, "accounts/colleague.html", {"person": person})


@require_POST
@signed_in
def part_with(request: SignedIn, pk: int) -> HttpResponse:
    """A colleague leaves: posts and sessions end."""
    person = colleague(pk, by=request.user)
    part(person, by=request.user)
    messages.success(request, f"{person.name}的职责已结束，所有登录已退出。")
    return redirect("accounts:colleagues")


@never_cache
@sensitive_post_parameters("former", "new", "again")
@require_http_methods(["GET", "POST"])
@signed_in
def password(request: SignedIn) -> HttpResponse:
    """Change one's own password. Wrong ones count as at the sign-in; this browser stays signed in, all others do not."""
    user = request.user
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if user.kind == User.Kind.APPLICANT:
        return redirect("accounts:profile")
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, form)
        except RuleError as error:
            form.add_error("former" if isinstance(error, PasswordWrong) else "new", str(error))
        else:
            messages.success(request, "口令已修改，其他设备上的登录已退出。")
            return redirect("accounts:profile")
    return form_page(request, "accounts/password.html", form)


def _change(request: SignedIn, form: NewPasswordForm) -> None:
    user, told = request.user, form.cleaned_data
    if authenticate(request, username=user.username, password=told["former"]) != user:
        raise PasswordWrong
    device = getattr(user, "otp_device", None)
    change_password(user, former=told["former"], new=told["new"])
    let_in(request, User.objects.get(pk=user.pk), backend=PASSWORD_BACKEND, device=device)


def _shown_once(request: SignedIn, user: User, password: str) -> HttpResponse:
    context = {"person": user, "password": password, "back": reverse("accounts:colleagues")}
    return render(request, "accounts/shown_once.html", context)
