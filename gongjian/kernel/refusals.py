"""Turns every refusal into an answer a person or a program can use, and keeps what the person had written."""

import re
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url

from gongjian.kernel.answers import problem, way_back
from gongjian.kernel.expired import NOTHING, submitted
from gongjian.law.errors import NotAllowed, NotFound, RuleError

ACCEPTED = "gongjian_accepted"
"""Cookie that names the draft which the server has just accepted; the page's script then forgets that draft."""
DRAFT = re.compile(r"[0-9a-f-]{8,40}")
TITLES = {403: "您不能办理这一步", 404: "没有找到", 422: "这一步没有办成"}
EXPIRED = "这个页面打开的时间太长，或者期间您重新登录过，所以这次提交没有被接收。"


class RefusalMiddleware:
    """Answers a RuleError that a view let through, a fragment request after sign-out, and confirms accepted drafts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and look at what came back."""
        response = self.get_response(request)
        redirected = 300 <= response.status_code < 400
        if redirected and _leads_to_sign_in(response):
            return signed_out(request) if getattr(request, "htmx", False) else back_after_sign_in(request, response)
        if response.status_code == 405:
            return not_by_address(request)
        if redirected and request.method == "POST" and DRAFT.fullmatch(draft := request.POST.get("_draft", "")):
            response.set_cookie(ACCEPTED, draft, max_age=600, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a refusal; anything else is left to crash and be logged."""
        return refusal(request, error) if isinstance(error, RuleError) else None


def status_of(error: RuleError) -> int:
    """404 for what may not be known, 403 for who may not, 422 for every other no."""
    return 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotAllowed) else 422


def refusal(request: HttpRequest, error: RuleError) -> HttpResponse:
    """The answer to one refusal; a page also shows the texts that were just submitted, so that they can be copied."""
    status = status_of(error)
    return problem(
        request,
        status=status,
        code=error.code,
        title=TITLES[status],
        sentence=str(error),
        submitted=submitted(request),
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer to a form whose token no longer holds: the same fields, ready to be sent again by a press of a button.

    Only fields that our own page sent come back, never a file, a password or a token. reason: Django's, not shown.
    """
    response = problem(
        request,
        status=403,
        code="kernel.form_expired",
        title="请再提交一次",
        sentence=EXPIRED,
        template="kernel/expired.html",
        fragment="kernel/_expired.html",
        submitted=submitted(request) if request.user.is_authenticated else NOTHING,
        action=request.get_full_path(),
    )
    if getattr(request, "htmx", False):
        response["Gongjian-Token"] = get_token(request)
    return response


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer to a fragment request after the session ended: the page stays as it is and offers to sign in again."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{page.path}?{page.query}" if page.query else page.path or "/"
    return problem(
        request,
        status=401,
        code="kernel.signed_out",
        title="登录已过期",
        sentence="为了保护您的信息，登录已过期。本页填写的文字已留在这台设备上，重新登录后会自动填回。",
        fragment="kernel/_signed_out.html",
        sign_in=f"{sign_in_page()}?{urlencode({'next': back})}",
    )


def back_after_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A submission that met an ended session comes back to its form, where the draft waits, not to the address it was sent to."""
    back = way_back(request)
    if request.method == "POST" and back != "/":
        response["Location"] = f"{sign_in_page()}?{urlencode({'next': back})}"
    return response


def not_by_address(request: HttpRequest) -> HttpResponse:
    """Answer to opening by address what is done by a button."""
    return problem(
        request,
        status=405,
        code="kernel.not_by_address",
        title="请从页面上的按钮办理",
        sentence="这一步不能直接打开网址办理。请返回相应的页面，按页面上的按钮。",
    )


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return urlsplit(response.headers.get("Location", "")).path == sign_in_page()


def sign_in_page() -> str:
    """Address of the sign-in page."""
    return resolve_url(settings.LOGIN_URL)
