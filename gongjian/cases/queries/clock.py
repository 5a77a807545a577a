"""The working of each limit of a case."""

from datetime import date

from django.db.models import QuerySet

from gongjian.cases.models import Case, CaseLimit, LimitChange
from gongjian.law.clock import Deadline, Extension, Postponement, Restart, deadline
from gongjian.law.counting import period_end
from gongjian.law.parameters import parameter


def deadline_of(row: CaseLimit) -> Deadline:
    """The deadline with its working, computed from the start and the changes alone."""
    changes = list(row.changes.all()) if row.pk else []
    return deadline(
        row.limit,
        row.start_on,
        region=row.case.office.region,
        postponements=_postponements(changes),
        extensions=[
            Extension(length=change.days or 0, on=change.decided_on, article=change.article, reason=change.reason)
            for change in _of(changes, "extended")
        ],
        restarts=[
            Restart(change.from_on, change.article, change.reason, number=change.pk)  # the last word counts
            for change in _of(changes, "restarted")
            if change.from_on
        ],
    )


def last_day_of(row: CaseLimit, found: Deadline | None = None) -> date:
    """The last day of a limit as it counts: the computed one, and for a party never one earlier than the day it was told.

    found: the working, where it is at hand.
    """
    found = found or deadline_of(row)
    return max(found.due, row.due_on) if found.rule.roll == "forward" else found.due


def waits_until(row: CaseLimit) -> date:
    """The last day on which nothing that cannot be undone may be done to a party because this limit has passed.

    It is the last day itself; where that rests on a year whose holidays are not known yet, some days more.
    Law: 民法典 art. 203 (the last day moves past days off that are arranged later); the number is a local default.
    """
    found = deadline_of(row)
    last = last_day_of(row, found)
    more = parameter("unarranged_wait_days", on=last, region=row.case.office.region)
    return period_end(last, more.number, more.unit) if found.provisional else last


def postponements_of(row: CaseLimit) -> list[Postponement]:
    """The spans that do not count for a limit."""
    return _postponements(list(row.changes.all()))


def _postponements(changes: list[LimitChange]) -> list[Postponement]:
    return [
        Postponement.between(change.from_on, change.until_on, change.article, change.reason)
        for change in _of(changes, "postponed")
        if change.from_on and change.until_on
    ]


def limits_of(case: Case) -> QuerySet[CaseLimit]:
    """The limits of a case in the order they began, with what moved them: two queries."""
    return case.limits.select_related("case__office").prefetch_related("changes").order_by("start_on", "id")


def _of(changes: list[LimitChange], kind: str) -> list[LimitChange]:
    return [change for change in changes if change.kind == kind]
