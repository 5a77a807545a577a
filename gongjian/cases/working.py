"""Where a due day is worked out for whoever asks: a limit day by day, or what else a task's day rests on."""

from urllib.parse import urlencode

from django.urls import reverse

from gongjian.cases.models import Obligation

DECISION = "decision"
"""Stands for the limit that sets the day of the case, whichever its procedure has."""


def limit_address(number: str, limit: str) -> str:
    """The page of a case's limit, by its id in the law, or DECISION."""
    return reverse("portal:clock", args=[number, limit])


def owed_address(owed: Obligation | None = None, *, number: str = "", kind: str = "", about: str = "") -> str:
    """The page for an obligation: its limit day by day where that alone sets the day, else what the day rests on.

    Without the row: by the case's number, kind and subject.
    """
    if owed is None:
        return reverse("portal:due", args=[number, kind]) + (f"?{urlencode({'about': about})}" if about else "")
    if owed.limit_id and not owed.appointed_on:
        return reverse("portal:days", args=[owed.case.number, owed.limit_id])
    return owed_address(number=owed.case.number, kind=owed.kind, about=owed.about)
