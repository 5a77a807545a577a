"""What came of a year: read from the database as anybody could, not from what was planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count

from gongjian.cases.models import Case
from gongjian.conclusions.models import Conclusion
from gongjian.delivery.models import Attempt, Delivery
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.law.modes import Mode
from gongjian.opinions.models import Assignment
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import SittingState


@dataclass(frozen=True)
class Figures:
    """The figures of a year. days: from application to conclusion, each case; load: examinations of each expert; late: case numbers."""

    applied: int
    concluded: int
    late: tuple[str, ...]
    days: tuple[int, ...]
    ended_otherwise: int
    load: tuple[int, ...]
    sittings: dict[str, int]
    homes: int
    envelopes: int
    served: int

    def lines(self, wall: float) -> Iterator[str]:
        """The report, a sentence for each thing. wall: seconds that the year took."""
        open_still = self.applied - self.concluded - self.ended_otherwise
        yield f"申请{self.applied}件，作出结论{self.concluded}件，因缺席等原因终止{self.ended_otherwise}件，未办结{open_still}件。"
        yield f"场次：{'、'.join(f'{title}{count}场' for title, count in self.sittings.items())}；上门{self.homes}户。"
        yield f"超过法定期限：{len(self.late)}件{'：' + '、'.join(self.late[:10]) if self.late else '。'}"
        if self.days:
            yield f"从申请到结论：中位数{median(self.days):g}天，最短{min(self.days)}天，最长{max(self.days)}天。"
        if self.load:
            yield f"每位专家参加鉴定：中位数{median(self.load):g}件，最少{min(self.load)}件，最多{max(self.load)}件。"
        yield f"邮寄{self.envelopes}件；送达{self.served}份。"
        if self.applied:
            yield f"用时{wall:.0f}秒，平均每件{wall / self.applied:.2f}秒。"


def read() -> Figures:
    """The figures of everything in the database: a fixed number of queries."""
    done = list(Conclusion.objects.values_list("case__number", "case__received_at", "concluded_on", "was_late"))
    ended = Case.objects.filter(state="terminated").count()
    held = Sitting.objects.filter(state=SittingState.CLOSED).values_list("mode").annotate(count=Count("id"))
    return Figures(
        applied=Case.objects.count(),
        concluded=len(done),
        late=tuple(sorted({number for number, *_, was_late in done if was_late} | set(_overdue(moment.today())))),
        days=tuple((on - moment.day_of(received)).days for _, received, on, _ in done),
        ended_otherwise=ended,
        load=tuple(_load()),
        sittings={Mode(mode).label: count for mode, count in held.order_by("mode")},
        homes=Booking.objects.filter(sitting__mode="home", sitting__state=SittingState.CLOSED).count(),
        envelopes=Attempt.objects.filter(method="post").count(),
        served=Delivery.objects.exclude(served_on=None).count(),
    )


def _overdue(today: date) -> Iterator[str]:
    """Cases without a conclusion whose day has passed."""
    waiting = Case.objects.filter(conclusion=None, due_on__lt=today).exclude(state="terminated")
    yield from waiting.values_list("number", flat=True)


def _load() -> Iterator[int]:
    """Examinations of each expert of the pool, those who were never drawn too."""
    counted = dict(Assignment.objects.values_list("expert_number").annotate(count=Count("id")))
    yield from (counted.get(number, 0) for number in Expert.objects.values_list("number", flat=True))
