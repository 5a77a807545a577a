"""Addresses: one line per room that has pages."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from gongjian.config.health import Health

ROOMS = {
    "": "public",
    "account/": "accounts",
    "evidence/": "kernel.evidence",
    "page/": "kernel",
    "portal/": "portal",
    "desk/": "desk",
    "expert/": "workbench",
    "kits/": "kits",
    "papers/": "papers",
    "materials/": "materials",
    "sittings/": "sittings",
    "reception/": "reception",
    "scheduling/": "scheduling",
    "recordings/": "recordings",
    "remote/": "remote",
    "draws/": "draws",
    "experts/": "experts",
    "recognition/": "recognition",
    "deaths/": "deaths",
    "conclusions/": "conclusions",
    "delivery/": "delivery",
    "benefits/": "benefits",
    "archives/": "archives",
    "exchange/": "exchange",
    "authenticity/": "authenticity",
    "claims/": "claims",
    "jurisdiction/": "jurisdiction",
}
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", Health.as_view(), name="health"),
    *(
        path(prefix, include(f"gongjian.{room}.urls"))
        for prefix, room in ROOMS.items()
        if find_spec(f"gongjian.{room}.urls")
    ),
]
handler400 = "gongjian.kernel.problems.bad_request"
handler403 = "gongjian.kernel.problems.permission_denied"
handler404 = "gongjian.kernel.problems.page_not_found"
handler500 = "gongjian.kernel.problems.server_error"
