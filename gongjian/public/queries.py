"""What the public pages read: offices, and the daily anchors of the ledger. Nothing about anybody."""

from dataclasses import dataclass
from datetime import date

from gongjian.accounts.models import Office
from gongjian.kernel.ledger.models import Anchor

A_PAGE = 30


@dataclass(frozen=True)
class Anchors:
    """A page of anchors, newest first. older: the day before which the next page begins; newest: whether this is the first page."""

    rows: list[Anchor]
    older: date | None
    is_newest: bool


def anchors(*, before: date | None = None) -> Anchors:
    """The anchors of the days before `before`, or the newest ones."""
    found = Anchor.objects.order_by("-day")
    rows = list((found.filter(day__lt=before) if before else found)[: A_PAGE + 1])
    older = rows[A_PAGE - 1].day if len(rows) > A_PAGE else None
    return Anchors(rows[:A_PAGE], older, before is None)


def committees() -> list[Office]:
    """The appraisal committees, the city's before the province's."""
    kinds = (Office.Kind.COMMITTEE, Office.Kind.PROVINCE)
    return sorted(
        Office.objects.filter(kind__in=kinds), key=lambda office: (kinds.index(Office.Kind(office.kind)), office.code)
    )


def windows() -> list[Office]:
    """Where an application may be handed in on paper: committees of cities and the windows that serve them."""
    return list(Office.objects.filter(kind__in=[Office.Kind.COMMITTEE, Office.Kind.COUNTY]).order_by("region", "code"))
