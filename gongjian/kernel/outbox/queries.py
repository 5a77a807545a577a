"""Reading the outbox. Whose messages somebody may see beside their own is said by the room of the chain."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from gongjian.kernel.outbox.errors import MessageNotFound
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel, State


def inbox_of(user: AbstractBaseUser) -> QuerySet[Message]:
    """What lies in this person's own box, newest first."""
    return Message.objects.filter(user_id=user.pk, channel=Channel.INBOX).order_by("-created_at", "-pk")


def unopened_count(user: AbstractBaseUser) -> int:
    """How many messages in the box were never opened."""
    return inbox_of(user).filter(opened_at__isnull=True).count()


def message_for(pk: int, *, by: AbstractBaseUser) -> Message:
    """One message of one's own box. Raises: MessageNotFound, also for anybody else's."""
    if message := inbox_of(by).filter(pk=pk).first():
        return message
    raise MessageNotFound


def messages_of(chain: str) -> QuerySet[Message]:
    """All messages about one case, oldest first."""
    return Message.objects.filter(chain=chain).order_by("created_at", "pk")


def due(channel: Channel, *, at: datetime) -> QuerySet[Message]:
    """What may be tried now on a channel, longest waiting first."""
    return Message.objects.filter(channel=channel, state=State.PENDING, next_attempt_at__lte=at).order_by(
        "next_attempt_at", "pk"
    )


def overdue(*, since: datetime) -> QuerySet[Message]:
    """What should have been tried at `since` or before and still waits."""
    return Message.objects.filter(state=State.PENDING, next_attempt_at__lte=since).order_by("next_attempt_at", "pk")


def failed_unhandled() -> QuerySet[Message]:
    """Messages that were given up and are nobody's task yet, oldest first (L13: they become one within five minutes)."""
    return Message.objects.filter(state=State.FAILED, handled_at__isnull=True).order_by("failed_at", "pk")


def texts_sent() -> QuerySet[Message]:
    """Text messages, newest first: what the demo city shows in place of telephones."""
    return Message.objects.filter(channel=Channel.SMS).order_by("-created_at", "-pk")
