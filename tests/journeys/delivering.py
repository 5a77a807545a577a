"""The delivery clerk's pages."""

from gongjian.delivery.models import PostBatch
from tests.journeys.people import Visitor


def posts(at: Visitor) -> PostBatch:
    """Everything that waits goes to the post today."""
    at.opens("delivery:post", picture="delivery-post").presses("生成邮寄清单").sees("已生成邮寄清单")
    at.looks("delivery-batch")
    return PostBatch.objects.latest("pk")


def takes_results(at: Visitor, batch: PostBatch, line: str, shown: str) -> Visitor:
    """Paste what the post says about the envelopes."""
    at.opens("delivery:batch", batch.pk).fills("粘贴", line).presses("登记", within="main form").sees(
        "已记入1行", shown
    )
    return at.looks("delivery-batch-results")
