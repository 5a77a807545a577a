"""What `gongjian check` asks of the outbox."""

from collections.abc import Iterator
from datetime import timedelta

from gongjian.kernel import moment
from gongjian.kernel.checks import Problem
from gongjian.kernel.outbox.queries import failed_unhandled, overdue

PATIENCE = timedelta(minutes=15)
TASK_WITHIN = timedelta(minutes=5)


def outbox() -> Iterator[Problem]:
    """Messages that nobody tries, and failures that are nobody's task."""
    for message in overdue(since=moment.now() - PATIENCE)[:10]:
        yield Problem(
            "outbox", str(message.pk), "消息到时未发送：后台任务（gongjian work）可能没有运行，或者通道长时间不通。"
        )
    for message in failed_unhandled().filter(failed_at__lt=moment.now() - TASK_WITHIN)[:10]:
        yield Problem("outbox", str(message.pk), "消息发送失败超过五分钟，还没有成为任何人的待办。")
