"""The frame around every page: which face a person sees, what stands in its navigation, and how forms are drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from django.utils.module_loading import module_has_submodule

Face = Literal["portal", "desk", "workbench", "public"]
FACE_OF_KIND: dict[str, Face] = {"applicant": "portal", "staff": "desk", "expert": "workbench"}
LARGE_TYPE = "large_type"
"""Session key of the large-type switch."""
MOST_COUNTED = 99
"""What waits is counted as far as this in a navigation; of more it says "99+"."""


@dataclass(frozen=True)
class Entry:
    """One entry of a face's navigation. A room lists its own as `ENTRIES` in its `navigation.py`.

    address: name of a URL without arguments ("desk:worklist"). permission: shown only to who holds it; "" shows it to everyone.
    slot: "search" makes it the search box of the face: a POST form with the field `q`, see `kernel.searches`.
    count: how much waits there for a person, one query that counts no further than MOST_COUNTED and one.
    """

    face: Face
    label: str
    address: str
    permission: str = ""
    order: int = 50
    slot: Literal["menu", "search"] = "menu"
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it: `here` says that the page stands under it; waiting: how much waits there, "" for nothing."""

    label: str
    url: str
    here: bool
    waiting: str = ""


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry that the installed rooms declare, in the order they are shown."""
    found: list[Entry] = []
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "navigation"):
            found.extend(import_module(f"{config.name}.navigation").ENTRIES)
    return tuple(sorted(found, key=lambda entry: entry.order))


def links(face: Face, request: HttpRequest, *, slot: str = "menu") -> list[Link]:
    """The entries of a face that the person of this request may use; the one the page stands under is marked."""
    shown = [(entry, url) for entry in entries() if _shown(entry, face, slot, request) and (url := _url(entry))]
    stood = [url for _, url in shown if request.path == url or (url != "/" and request.path.startswith(url))]
    under = max(stood, key=len, default="")
    return [Link(entry.label, url, url == under, _waiting(entry, request)) for entry, url in shown]


def _waiting(entry: Entry, request: HttpRequest) -> str:
    count = entry.count(request.user) if entry.count else 0
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


def _shown(entry: Entry, face: Face, slot: str, request: HttpRequest) -> bool:
    if entry.face != face or entry.slot != slot:
        return False
    holds = getattr(getattr(request, "user", None), "holds", None)
    return not entry.permission or bool(holds and holds(entry.permission))


def _url(entry: Entry) -> str:
    try:
        return reverse(entry.address)
    except NoReverseMatch:  # a room without its pages must not take every other page down; a test names the entry
        return ""


def face_of(request: HttpRequest) -> Face:
    """The face of who asks; strangers see the public one."""
    user = getattr(request, "user", None)
    return FACE_OF_KIND.get(str(getattr(user, "kind", "")), "public")


class Frame:
    """What the base templates know about a request; each property is worked out only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def demo(self) -> bool:
        """Whether this is the demo city, whose data are invented."""
        return bool(settings.DEMO)

    @cached_property
    def large_type(self) -> bool:
        """Whether this person has switched large type on."""
        session = getattr(self._request, "session", None)
        return bool(session is not None and session.get(LARGE_TYPE))

    @cached_property
    def template(self) -> str:
        """Base template of the face of who asks."""
        return f"kernel/face_{face_of(self._request)}.html"

    @cached_property
    def posts(self) -> list[str]:
        """Office and role of each post the person holds."""
        held = getattr(getattr(self._request, "user", None), "posts_held", None)
        return [str(post) for post in held()] if held else []

    @cached_property
    def person(self) -> str:
        """An opaque mark of who is signed in, so that a browser never offers one person's draft to another; "" if nobody."""
        user = getattr(self._request, "user", None)
        return salted_hmac("gongjian.draft", str(user.pk)).hexdigest()[:16] if user and user.is_authenticated else ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}


class FormRenderer(DjangoTemplates):
    """Draws forms and fields with our own accessible templates; widgets stay Django's."""

    form_template_name = "kernel/forms/form.html"
    field_template_name = "kernel/forms/field.html"
