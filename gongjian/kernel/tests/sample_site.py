"""A tiny site for the tests of the frame: a form that can be accepted, refused or sent back, and a sign-in without any account.

It has no database: sessions live in signed cookies, and who is signed in stands in the cookie `person`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import include, path

from gongjian.kernel import views
from gongjian.kernel.frame import Entry
from gongjian.kernel.widgets import IdNumberInput
from gongjian.law.errors import NotAllowed, NotFound, RuleError


@dataclass
class Person:
    """Stands in for a user of the accounts room."""

    pk: int = 1
    name: str = "林知远"
    kind: str = "applicant"
    permissions: frozenset[str] = frozenset()
    posts: list[str] = field(default_factory=list)
    is_authenticated: bool = True
    is_anonymous: bool = False
    is_active: bool = True

    def holds(self, permission: str, office: object = None) -> bool:
        return permission in self.permissions

    def posts_held(self) -> list[str]:
        return self.posts


NOBODY = Person(pk=0, name="", kind="", is_authenticated=False, is_anonymous=True)
CAST = {
    "lin": Person(),
    "zhou": Person(pk=2, name="周若岚"),
    "chen": Person(
        pk=3, name="陈晓窗", kind="staff", permissions=frozenset({"cases.accept"}), posts=["市鉴定委·窗口受理"]
    ),
    "luo": Person(pk=4, name="骆骨生", kind="expert"),
}
ENTRIES = (
    Entry("portal", "我的案件", "write", order=1),
    Entry("portal", "全部组件", "kernel:look", order=2),
    Entry("desk", "受理", "write", permission="cases.accept"),
    Entry("desk", "签发", "kernel:look", permission="conclusions.issue"),
    Entry("desk", "没有页面的房间", "nowhere:at_all"),
    Entry("desk", "编号、姓名或单位", "kernel:look", slot="search"),
    Entry("public", "公开查询", "kernel:look"),
)


class StandIn:
    """Middleware that reads who is signed in from a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = CAST.get(request.COOKIES.get("person", ""), NOBODY)  # type: ignore[assignment]
        return self.get_response(request)


class WriteForm(forms.Form):
    """Some fields worth keeping and some that must never be kept."""

    state = forms.CharField(label="伤情现状", widget=forms.Textarea(attrs={"rows": 3}))
    answer = forms.ChoiceField(
        label="怎么答复", choices=[("accept", "接收"), ("refuse", "不予办理")], widget=forms.RadioSelect
    )
    id_number = forms.CharField(label="身份证号", required=False, widget=IdNumberInput)
    password = forms.CharField(label="口令", required=False, widget=forms.PasswordInput)
    paper = forms.FileField(label="诊断证明", required=False)


class TooEarly(RuleError):
    code = "sample.too_early"
    message = "要到{day}才可以办理。请到那一天再来。"


received: list[dict[str, Any]] = []
version = ["1"]


def write(request: HttpRequest) -> HttpResponse:
    """A form that is only for who is signed in; says yes by going to another page."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"/account/sign-in/?next={request.path}")
    form = WriteForm(request.POST or None, request.FILES or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["answer"] == "refuse":
            raise TooEarly(day="2026-03-05")
        received.append(dict(form.cleaned_data))
        return HttpResponseRedirect("/done/")
    context = {"form": form, "version": version[0], "by_htmx": request.path == "/write/live/"}
    return views.page_or_fragment(request, "sample/write.html", "sample/_write.html", context, status=status)


def done(request: HttpRequest) -> HttpResponse:
    return views.page_or_fragment(request, "sample/done.html", "sample/_done.html", {})


def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "sample/sign_in.html", {"next": request.GET.get("next", "/done/")})
    response = HttpResponseRedirect(request.POST["next"])
    response.set_cookie("person", request.POST["who"])
    return response


def sign_out(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect("/done/")
    response.delete_cookie("person")
    return response


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise {"rule": TooEarly(day="2026-03-05"), "hidden": NotFound(), "forbidden": NotAllowed()}[kind]


def crash(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


accounts = ([path("sign-in/", sign_in, name="sign_in"), path("sign-out/", sign_out, name="sign_out")], "accounts")
urlpatterns = [
    path("account/", include(accounts)),
    path("page/", include("gongjian.kernel.urls")),
    path("write/", write, name="write"),
    path("write/live/", write, name="write_live"),
    path("done/", done),
    path("refuse/<slug:kind>/", refuse),
    path("crash/", crash),
]
handler400 = "gongjian.kernel.problems.bad_request"
handler403 = "gongjian.kernel.problems.permission_denied"
handler404 = "gongjian.kernel.problems.page_not_found"
handler500 = "gongjian.kernel.problems.server_error"
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gongjian.kernel.tests.sample_site.StandIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongjian.kernel.refusals.RefusalMiddleware",
]
PAGES = {
    "sample/write.html": """{% extends "kernel/face_portal.html" %}{% block title %}写伤情{% endblock %}{% block heading %}写伤情{% endblock %}
        {% block content %}{% include "sample/_write.html" %}{% endblock %}""",
    "sample/_write.html": """<form id="writing" method="post" action="{{ request.path }}" enctype="multipart/form-data" novalidate
        {% if by_htmx %}hx-post="{{ request.path }}" hx-swap="outerHTML" hx-encoding="multipart/form-data"{% endif %}>{% csrf_token %}
        <input type="hidden" name="version" value="{{ version }}">{{ form }}
        {% include "kernel/components/buttons.html" with submit="交上去" %}</form>""",
    "sample/done.html": """{% extends "kernel/face_portal.html" %}{% block heading %}收到了{% endblock %}
        {% block content %}{% include "sample/_done.html" %}{% endblock %}""",
    "sample/_done.html": """<p id="done">已经收到您写的内容。</p>""",
    "sample/sign_in.html": """{% extends "kernel/face_public.html" %}{% block heading %}登录{% endblock %}
        {% block content %}<form method="post" data-keep="no">{% csrf_token %}<input type="hidden" name="next" value="{{ next }}">
        <button class="btn btn-primary" name="who" value="lin">林知远</button>
        <button class="btn btn-primary" name="who" value="zhou">周若岚</button></form>{% endblock %}""",
}


def overrides() -> dict[str, Any]:
    """Settings that turn the platform into this site."""
    return {
        "ROOT_URLCONF": "gongjian.kernel.tests.sample_site",
        "MIDDLEWARE": MIDDLEWARE,
        "TEMPLATES": templates(settings.TEMPLATES),
        "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
        "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
        "DEMO": True,
    }


def templates(settings_templates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The site's own templates beside those of the apps."""
    first = dict(settings_templates[0])
    options = dict(first["OPTIONS"])
    options["loaders"] = [
        ("django.template.loaders.locmem.Loader", PAGES),
        "django.template.loaders.app_directories.Loader",
    ]
    return [{**first, "APP_DIRS": False, "OPTIONS": options}]
