"""Messages for the tests."""

from typing import Any

from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel

TELEPHONE = "19900000001"
FACTS = {"number": "YX-2026-0001", "sentence": "申请已受理。", "site": "http://gongjian.example"}


def a_message(key: str = "case:1/accepted/worker", channel: Channel = Channel.SMS, **told: Any) -> Message:
    """A text message about a case, or whatever a test tells."""
    facts = {"to": TELEPHONE, "template": "kernel.notice", "context": FACTS, "chain": "case:1", "by_office": "YXJD"}
    return send(key=key, channel=channel, **{**facts, **told})
