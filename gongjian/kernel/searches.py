"""What somebody searched for: kept in their session under a word of chance, so that no address bears a name or a number.

A search is sent by POST and answered with a redirect to `?s=word`: going back, paging and reloading work, and browser history, proxies and logs
know nothing. The text itself is encrypted in the session.
"""

import secrets
from typing import Any

from django.http import HttpRequest

from gongjian.kernel.fields import decrypt, encrypt

KEPT = 20
"""Searches of one session that can still be gone back to."""
LONGEST = 60
_KEY, _PLACE = "searches", "session.search"


def remember(request: HttpRequest) -> str:
    """Keep what was asked for (`q` of a form) and give the word that stands for it in addresses; "" for nothing."""
    text = request.POST.get("q", "").strip()[:LONGEST]
    if not text:
        return ""
    word = secrets.token_urlsafe(9)
    kept: list[list[str]] = request.session.get(_KEY, [])
    request.session[_KEY] = [*kept[-KEPT + 1 :], [word, encrypt(text, _PLACE)]]
    return word


def recalled(request: Any) -> str:
    """What the address's word stands for in this very session; "" for any other word, and for none."""
    asked = request.GET.get("s", "")
    session = getattr(request, "session", None)
    kept = dict(session.get(_KEY, [])) if asked and session is not None else {}
    return decrypt(kept[asked], _PLACE) if asked in kept else ""
