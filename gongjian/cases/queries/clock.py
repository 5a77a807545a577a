"""The working of each limit of a case."""

from django.db.models import QuerySet

from gongjian.cases.models import Case, CaseLimit, LimitChange
from gongjian.law.clock import Deadline, Extension, Postponement, deadline


def deadline_of(row: CaseLimit) -> Deadline:
    """The deadline with its working, computed from the start and the changes alone."""
    changes = list(row.changes.all()) if row.pk else []
    return deadline(
        row.limit,
        max([row.start_on, *(change.from_on for change in _of(changes, "restarted") if change.from_on)]),
        region=row.case.office.region,
        postponements=[
            Postponement.between(change.from_on, change.until_on, change.article, change.reason)
            for change in _of(changes, "postponed")
            if change.from_on and change.until_on
        ],
        extensions=[
            Extension(days=change.days or 0, on=change.decided_on, article=change.article, reason=change.reason)
            for change in _of(changes, "extended")
        ],
    )


def limits_of(case: Case) -> QuerySet[CaseLimit]:
    """The limits of a case in the order they began, with what moved them: two queries."""
    return case.limits.select_related("case__office").prefetch_related("changes").order_by("start_on", "id")


def _of(changes: list[LimitChange], kind: str) -> list[LimitChange]:
    return [change for change in changes if change.kind == kind]
