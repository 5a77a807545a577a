"""The working of each limit of a case."""

from dataclasses import replace

from django.db.models import QuerySet

from gongjian.cases.models import Case, CaseLimit, LimitChange
from gongjian.law.clock import Deadline, Extension, Postponement, deadline
from gongjian.law.working import Line


def deadline_of(row: CaseLimit) -> Deadline:
    """The deadline with its working, computed from the start and the changes alone."""
    changes = list(row.changes.all()) if row.pk else []
    restarts = sorted(
        (change for change in _of(changes, "restarted") if change.from_on),
        key=lambda change: change.pk,  # the last word counts, even when it goes back to an earlier day
    )
    computed = deadline(
        row.limit,
        restarts[-1].from_on or row.start_on if restarts else row.start_on,
        region=row.case.office.region,
        postponements=_postponements(changes),
        extensions=[
            Extension(days=change.days or 0, on=change.decided_on, article=change.article, reason=change.reason)
            for change in _of(changes, "extended")
        ],
    )
    return replace(computed, lines=(*_restart_lines(row, restarts), *computed.lines))


def postponements_of(row: CaseLimit) -> list[Postponement]:
    """The spans that do not count for a limit."""
    return _postponements(list(row.changes.all()))


def _postponements(changes: list[LimitChange]) -> list[Postponement]:
    return [
        Postponement.between(change.from_on, change.until_on, change.article, change.reason)
        for change in _of(changes, "postponed")
        if change.from_on and change.until_on
    ]


def _restart_lines(row: CaseLimit, restarts: list[LimitChange]) -> list[Line]:
    told = [Line(row.start_on, "最初自这一天起算。", "")] if restarts else []
    return told + [Line(change.from_on, f"自这一天重新起算：{change.reason}。", change.article) for change in restarts]


def limits_of(case: Case) -> QuerySet[CaseLimit]:
    """The limits of a case in the order they began, with what moved them: two queries."""
    return case.limits.select_related("case__office").prefetch_related("changes").order_by("start_on", "id")


def _of(changes: list[LimitChange], kind: str) -> list[LimitChange]:
    return [change for change in changes if change.kind == kind]
