"""Where a row stands in a list that shows the green channel first, then the earliest day: the order of every such list, and its next page."""

from datetime import date
from typing import Any

from django.db.models import Q

Place = tuple[int, date, int]
"""Priority, due day, id."""
ORDER = ("priority", "due_on", "id")


def place_of(row: Any) -> Place:
    """Where a row with these three columns stands."""
    return row.priority, row.due_on, row.pk


def beyond(place: Place) -> Q:
    """The rows after a place. The plain bound on the priority lets the index begin there."""
    priority, due, pk = place
    later = Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk)
    return Q(Q(priority__gt=priority) | Q(Q(priority=priority) & later), priority__gte=priority)


def in_address(place: Place | None) -> str:
    """A place as an address bears it: 1.2026-03-09.17; "" for none."""
    return ".".join(map(str, place)) if place else ""


def read_place(text: str) -> Place | None:
    """The place that an address bears; anything else begins anew."""
    try:
        priority, day, pk = text.split(".")
        return int(priority), date.fromisoformat(day), int(pk)
    except ValueError:
        return None
