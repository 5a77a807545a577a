"""One way to answer with a problem: a page in the face of who asked, a fragment for htmx, or JSON for a program."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

NOTICE_PLACE = "#refusal"
"""Where every base template keeps the place for a refusal; the form on the page stays as it is."""


def problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: str,
    sentence: str,
    template: str = "kernel/refused.html",
    fragment: str = "kernel/_refused.html",
    **context: Any,
) -> HttpResponse:
    """The answer to a request that cannot be met, in the form that was asked for.

    status: HTTP status. code: stable name for programs. title, sentence: what a person reads. context: further facts for the page.
    """
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _private(JsonResponse({"code": code, "message": sentence}, status=status))
    facts = {"code": code, "status": status, "title": title, "sentence": sentence, "back": way_back(request), **context}
    if not getattr(request, "htmx", False):
        return _private(render(request, template, facts, status=status))
    response = render(request, fragment, facts, status=status)
    response["HX-Retarget"] = NOTICE_PLACE
    response["HX-Reswap"] = "innerHTML"
    response["HX-Push-Url"] = "false"
    response["Gongjian-Refusal"] = code
    return _private(response)


def way_back(request: HttpRequest) -> str:
    """The page of ours that the person came from, without host; the home page when there is none or it is this very page."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    parts = urlsplit(came_from)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/" if request.method == "GET" and parts.path == request.path else path or "/"


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True, private=True)
    patch_vary_headers(response, ["HX-Request", "Accept"])
    return response
