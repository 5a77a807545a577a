"""Signing in and out: parties by a telephone code, staff and experts by password; in the demo city with one click."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongjian.accounts import actions
from gongjian.accounts.backends import opaque_name
from gongjian.accounts.cast import players
from gongjian.accounts.entrance import (
    CODE_BACKEND,
    PASSWORD_BACKEND,
    let_in,
    needs_second,
    remember_half,
    way_on,
)
from gongjian.accounts.errors import NotTheDemo, SignInLocked, SignInStale
from gongjian.accounts.forms import CodeForm, PasswordForm, TelephoneForm
from gongjian.accounts.models import User
from gongjian.accounts.queries import cast_of_the_demo, is_demo_city
from gongjian.kernel.outbox.sending import deliver_now
from gongjian.kernel.refusals import refusal
from gongjian.law.errors import RuleError

ASKED = "code_asked"
WRONG_CODE = "验证码不对。请核对最近收到的短信，还可以试{left}次。"
SPENT_CODE = "验证码已过期、已用过或者试错太多次，不再有效。请重新获取。"
WRONG_PASSWORD = "账号或口令不对。请核对后再试；忘记口令的，请联系本单位管理员。"  # noqa: S105


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a mobile number and send a code to it."""
    wanted = _wanted(request)
    if request.user.is_authenticated and request.method == "GET":
        return way_on(request, request.user, wanted)
    form = TelephoneForm(request.POST or None)
    if form.is_valid():
        telephone = form.cleaned_data["telephone"]
        try:
            sent = actions.send_code(telephone, address=request.META.get("REMOTE_ADDR", ""))
        except RuleError as error:
            form.add_error("telephone", str(error))
        else:
            deliver_now(sent.key)
            request.session[ASKED] = {"telephone": telephone, "next": wanted} | _shown_in_the_demo(sent.text)
            return redirect("accounts:code")
    return _page(request, "accounts/sign_in.html", form, wanted, cast=players())


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code and let its owner in."""
    asked = request.session.get(ASKED)
    if not asked:
        raise SignInStale
    form = CodeForm(request.POST or None)
    if form.is_valid():
        telephone = asked["telephone"]
        told = {"username": opaque_name(telephone), "telephone": telephone, "code": form.cleaned_data["code"]}
        user = authenticate(request, **told)
        if isinstance(user, User):
            let_in(request, user, backend=CODE_BACKEND)
            return way_on(request, user, asked["next"])
        left = actions.tries_left(telephone)
        form.add_error("code", WRONG_CODE.format(left=left) if left else SPENT_CODE)
    shown = {"ending": asked["telephone"][-4:], "demo_code": asked.get("demo")}
    return _page(request, "accounts/code.html", form, asked["next"], **shown)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """Account and password; the second factor follows where it is switched on."""
    wanted = _wanted(request)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            if needs_second(user):
                remember_half(request, user, wanted)
                return redirect("accounts:second")
            let_in(request, user, backend=PASSWORD_BACKEND)
            return way_on(request, user, wanted)
        form.add_error(None, WRONG_PASSWORD)
    return _page(request, "accounts/staff.html", form, wanted, cast=players())


@require_POST
def cast(request: HttpRequest) -> HttpResponse:
    """In the demo city, and only there: be one of the cast with one click."""
    user = next((each for each in cast_of_the_demo() if str(each.pk) == request.POST.get("who")), None)
    if user is None:
        raise NotTheDemo
    let_in(request, user, backend=PASSWORD_BACKEND)
    return way_on(request, user, _wanted(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the session is forgotten."""
    logout(request)
    return HttpResponseRedirect("/")


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """What somebody sees after too many attempts at one account from one address."""
    return refusal(request, SignInLocked(minutes=round(settings.AXES_COOLOFF_TIME * 60)))


def _page(request: HttpRequest, template: str, form: Any, wanted: str, **facts: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, "next": wanted, **facts}, status=status)


def _wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next", "")


def _shown_in_the_demo(text: str) -> dict[str, str]:
    return {"demo": text} if is_demo_city() else {}
