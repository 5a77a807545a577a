"""What `gongjian check` asks of cases: nobody in limbo, no gap in a number series, due days that agree with their working."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.db.models.functions import Least

from gongjian.cases.models import Case, CaseLimit, NumberSeries, Obligation
from gongjian.cases.procedures import PROCEDURES
from gongjian.cases.queries.clock import last_day_of
from gongjian.kernel.checks import Problem


def limbo() -> Iterator[Problem]:
    """Open cases that owe nothing to anybody, and cases in a state their procedure does not know."""
    owed = Obligation.objects.filter(case=OuterRef("pk"), fulfilled_at=None)
    for number in Case.objects.filter(~Exists(owed), closed_at=None).values_list("number", flat=True).iterator():
        yield Problem("limbo", number, "案件尚未办结，却没有任何人负有下一步义务。")
    for name, table in PROCEDURES.items():
        strays = Case.objects.filter(procedure=name).exclude(state__in=table.labels)
        for number in strays.values_list("number", flat=True).iterator():
            yield Problem("limbo", number, "案件处于流程表中没有的状态。")


def case_numbers() -> Iterator[Problem]:
    """Case series whose last number differs from the number of cases."""
    for series in NumberSeries.objects.filter(series__in=[table.series for table in PROCEDURES.values()]):
        names = [name for name, table in PROCEDURES.items() if table.series == series.series]
        prefix = f"{series.office.code}-{series.year}-"
        count = Case.objects.filter(office=series.office, procedure__in=names, number__startswith=prefix).count()
        if count != series.last:
            yield Problem("case_numbers", prefix, f"编号已发到{series.last}，实有{count}件：编号有缺。")


def due_days() -> Iterator[Problem]:
    """Stored due days that differ from what the clock computes anew: `recount_limits` sets them right, at night and when the work starts."""
    rows = CaseLimit.objects.filter(met_on=None, ended_on=None, case__closed_at=None).select_related("case__office")
    for row in rows.prefetch_related("changes").iterator(chunk_size=1000):
        computed = last_day_of(row)
        if computed != row.due_on:
            yield Problem("due_days", row.case.number, f"期限{row.limit}存为{row.due_on}，重算为{computed}。")
    behind = Obligation.objects.filter(fulfilled_at=None, limit__isnull=False).exclude(
        due_on=Least("limit__due_on", "appointed_on")
    )
    for number in behind.values_list("case__number", flat=True).iterator():
        yield Problem("due_days", number, "待办的到期日与其期限不一致。")
