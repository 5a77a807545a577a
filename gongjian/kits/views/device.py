"""The page that runs on the device. It is the same for everybody and says nothing of anybody: what it shows, it opens on the device."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

SCRIPTS = ("shell", "sheet", "sealing", "picture", "vault", "chain", "line", "secrets", "dom", "canonical", "checks")
FILES = (
    "kernel/icon.svg",
    "kernel/vendor/bootstrap.min.css",
    "kernel/gongjian.css",
    "kernel/faces.css",
    "kernel/forms.css",
    "kernel/components.css",
    "workbench/workbench.css",
    "kits/kits.css",
    *(f"kits/{name}.js" for name in SCRIPTS),
)
"""All that the page needs while there is no network."""


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page itself; the worker keeps it."""
    return render(request, "kits/device.html")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with what it keeps and a version that follows from the content of it."""
    told = {"version": version(), "page": reverse("kits:device"), "files": [static(name) for name in FILES]}
    body = f"const KEEPS = {json.dumps(told)};\n{_found('kits/worker.js').read_text(encoding='utf-8')}"
    answer = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("kits:device")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes the page installable."""
    icons = [{"src": static("kernel/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    told = {
        "name": "公鉴 离线工作包",
        "short_name": "离线工作包",
        "lang": "zh-Hans",
        "start_url": reverse("kits:device"),
        "scope": reverse("kits:device"),
        "display": "standalone",
        "background_color": "#f5f6f4",
        "theme_color": "#12343b",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@cache
def version() -> str:
    """Changes whenever anything the device keeps has changed."""
    page = Path(__file__).parent.parent / "templates" / "kits" / "device.html"
    kept = [page, *map(_found, FILES), _found("kits/worker.js")]
    return sha256(b"".join(path.read_bytes() for path in kept)).hexdigest()[:16]


def _found(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)
