"""What the day of a task rests on, where it is not the last day of a limit alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from gongjian.accounts.models import User
from gongjian.cases.labels import label_of
from gongjian.cases.models import Case, Obligation
from gongjian.cases.procedures import procedure_of
from gongjian.kernel import moment
from gongjian.law.calendar import working_days_between
from gongjian.law.limits import limit as limit_named
from gongjian.law.working import written
from gongjian.portal.errors import LimitNotFound
from gongjian.portal.following import AMONG_STAFF


@dataclass(frozen=True)
class DueShown:
    """One task with its day. steps: how the day came about; done: the task is no longer owed."""

    label: str
    due: date
    article: str
    steps: list[str]
    limit: int | None
    done: bool


def due_shown(case: Case, kind: str, about: str, *, by: User) -> DueShown:
    """The task of this kind and subject that is owed now, or was owed last. Raises: LimitNotFound, also for what is not told to a party."""
    rows = case.obligations.filter(kind=kind, about=about).select_related("limit")
    if by.kind != User.Kind.STAFF:
        rows = rows.exclude(kind__in=AMONG_STAFF).exclude(state__in=procedure_of(case.procedure).quiet.states)
    owed = rows.order_by(F("fulfilled_at").desc(nulls_first=True), "-pk").first()
    if owed is None:
        raise LimitNotFound
    done = owed.fulfilled_at is not None
    return DueShown(label_of(kind), owed.due_on, owed.article, list(_steps(owed)), owed.limit_id, done)


def _steps(owed: Obligation) -> Iterator[str]:
    opened = moment.day_of(owed.opened_at)
    yield f"{written(opened)}，这项事项登记为待办。"
    if owed.appointed_on:
        yield f"约定在{written(owed.appointed_on)}办理，应当在当日办完。"
    if owed.limit:
        yield f"“{limit_named(owed.limit.limit).title}”的期限到{written(owed.limit.due_on)}。"
    if owed.appointed_on and owed.limit:
        yield f"两个日期中较早的是{written(owed.due_on)}，以此为准。"
    if not owed.limit and not owed.appointed_on:
        yield _distance(opened, owed.due_on)


def _distance(opened: date, due: date) -> str:
    if due <= opened:
        return f"应当在{written(due)}当日办理。"
    days = working_days_between(opened, due)
    return f"登记当日不计入，应当在{written(due)}以前办理：其间有{(due - opened).days}日，其中{days}个工作日。"
