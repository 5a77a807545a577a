"""What every page answers with: the whole page, or only the fragment that htmx asked for; and the frame's own pages."""

from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from gongjian.kernel.frame import LARGE_TYPE
from gongjian.kernel.look import FACES, SampleForm, samples
from gongjian.law.errors import RuleError


def page_or_fragment(
    request: HttpRequest, page_template: str, fragment_template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The fragment for htmx, the page for everyone else. One URL serves both, so caches are told to tell them apart."""
    asked: Any = getattr(request, "htmx", False)
    fragment = bool(asked) and not asked.boosted and not asked.history_restore_request
    response = render(request, fragment_template if fragment else page_template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def form_page(
    request: HttpRequest, template: str, form: BaseForm, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page around a form: 200 to fill it in, 422 when what was sent cannot be taken and the page says why."""
    facts = {"form": form, **(context or {})}
    return page_or_fragment(request, template, template, facts, status=422 if form.is_bound else 200)


@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Switch large type on (`on=1`) or off for this session, and go back to the page."""
    request.session[LARGE_TYPE] = request.POST.get("on") == "1"
    back = request.POST.get("next", "/")
    return HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")


@require_GET
def look(request: HttpRequest, face: str = "portal") -> HttpResponse:
    """The living style page: every component in one face, on invented data; only where a demo or a developer runs."""
    if not (settings.DEMO or settings.DEBUG) or face not in FACES:
        raise Http404
    if request.GET.get("refuse"):
        raise RuleError
    return render(request, "kernel/look.html", {**samples(), "base": f"kernel/face_{face}.html", "face": face})


@require_POST
def look_form(request: HttpRequest) -> HttpResponse:
    """The sample form of the style page, checked like any form and then forgotten."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    form = SampleForm(request.POST, request.FILES)
    if form.is_valid():
        return HttpResponseRedirect(request.headers.get("Referer", "/"))
    context = {**samples(), "form": form, "base": "kernel/face_portal.html", "face": "portal"}
    return render(request, "kernel/look.html", context, status=422)
