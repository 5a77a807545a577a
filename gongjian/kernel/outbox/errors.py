"""What the outbox refuses, and how a gateway says that it could not do its work."""

from gongjian.law.errors import NotFound, RuleError


class RecipientMissing(RuleError):
    code = "outbox.recipient_missing"
    message = "没有{channel}的接收方，消息没有写入。请补充联系方式或换一种方式。"


class MessageNotFound(NotFound):
    code = "outbox.message_not_found"


class GatewayFailed(Exception):
    """A message could not be handed over. code: what is kept with the message; never the recipient or the words."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class GatewayDown(GatewayFailed):
    """The dependency does not answer as it should: worth another try later."""


class GatewayRefused(GatewayFailed):
    """The dependency is well and does not want this message: another try would give the same answer."""
