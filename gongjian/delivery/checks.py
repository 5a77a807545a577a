"""What `gongjian check` asks of deliveries: every conclusion is on its way to both sides, and served days agree with the clocks."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from gongjian.cases.models import CaseLimit
from gongjian.cases.queries import deadline_of
from gongjian.conclusions.models import Conclusion
from gongjian.delivery.models import CopySent, Delivery
from gongjian.kernel.checks import Problem


def deliveries() -> Iterator[Problem]:
    """Conclusions without deliveries or copies, and remedies that do not run from the served day."""
    delivered = Delivery.objects.filter(paper=OuterRef("paper"))
    for number in Conclusion.objects.filter(~Exists(delivered)).values_list("case__number", flat=True):
        yield Problem("deliveries", number, "结论已作出，却没有送达任务。")
    copied = CopySent.objects.filter(paper=OuterRef("paper"))
    for number in Conclusion.objects.filter(~Exists(copied)).values_list("case__number", flat=True):
        yield Problem("deliveries", number, "结论已作出，却没有抄送记录。")
    yield from _remedies()


def _remedies() -> Iterator[Problem]:
    served = Delivery.objects.filter(paper__kind="conclusion", served_on__isnull=False).select_related("case")
    for row in served.prefetch_related("corrections").iterator(chunk_size=500):
        limit = CaseLimit.objects.filter(case=row.case, limit="LA-REAPPEAL", about=row.recipient).first()
        if limit is None:
            yield Problem("deliveries", row.case.number, "文书已送达，再次鉴定的期限却没有起算。")
        elif deadline_of(limit).start != row.served_day:
            yield Problem("deliveries", row.case.number, "再次鉴定的期限不是从送达之日起算的。")
