"""By which way a message goes, and what has become of it."""

from enum import StrEnum


class Channel(StrEnum):
    """The way to the recipient."""

    INBOX = "inbox"
    SMS = "sms"
    EMAIL = "email"
    WEBHOOK = "webhook"

    @property
    def label(self) -> str:
        return CHANNEL_LABELS[self]


class State(StrEnum):
    """What has become of a message."""

    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


CHANNEL_LABELS = {
    Channel.INBOX: "站内消息",
    Channel.SMS: "短信",
    Channel.EMAIL: "电子邮件",
    Channel.WEBHOOK: "系统接口",
}
STATE_LABELS = {
    State.PENDING: "待发送",
    State.SENT: "已发出",
    State.DELIVERED: "已到达",
    State.OPENED: "已打开",
    State.FAILED: "发送失败",
}
MAY_BE_DELIVERED = frozenset({State.PENDING, State.SENT, State.FAILED})
"""A provider's receipt may come late, even before we have noted that the message was sent or after we gave up."""
MAY_FAIL = frozenset({State.PENDING, State.SENT})
MAY_BE_OPENED = frozenset({State.DELIVERED})
