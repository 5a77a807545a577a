"""What `gongjian check` asks of deliveries: every conclusion is on its way to both sides, and served days agree with the clocks."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from gongjian.cases.models import CaseLimit
from gongjian.cases.procedures import PROCEDURES, decision_papers, service_of
from gongjian.cases.queries import deadline_of
from gongjian.delivery.models import CopySent, Delivery
from gongjian.kernel.checks import Problem
from gongjian.papers.decided import TABLES


def deliveries() -> Iterator[Problem]:
    """Decisions without deliveries or copies, and remedies that do not run from the served day."""
    delivered = Delivery.objects.filter(paper=OuterRef("paper"))
    copied = CopySent.objects.filter(paper=OuterRef("paper"))
    for procedure, table in TABLES.items():
        rows = table._default_manager.all()
        for number in rows.filter(~Exists(delivered)).values_list("case__number", flat=True):
            yield Problem("deliveries", number, "结论或者决定已作出，却没有送达任务。")
        to_copy = rows.exclude(paper__kind__in=PROCEDURES[procedure].service.uncopied)
        for number in to_copy.filter(~Exists(copied)).values_list("case__number", flat=True):
            yield Problem("deliveries", number, "结论或者决定已作出，却没有抄送记录。")
    yield from _remedies()


def _remedies() -> Iterator[Problem]:
    served = Delivery.objects.filter(paper__kind__in=decision_papers(), served_on__isnull=False).select_related("case")
    for row in served.prefetch_related("corrections").iterator(chunk_size=500):
        service = service_of(row.case.procedure)
        for remedy in service.remedies:
            limit = CaseLimit.objects.filter(case=row.case, limit=remedy, about=row.recipient).first()
            if limit is None:
                yield Problem("deliveries", row.case.number, f"文书已送达，{service.appeal}的期限却没有起算。")
            elif deadline_of(limit).start != row.served_day:
                yield Problem("deliveries", row.case.number, f"{service.appeal}的期限不是从送达之日起算的。")
