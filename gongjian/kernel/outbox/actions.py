"""Writing messages, and noting what has become of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from gongjian.kernel import moment
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.errors import MessageNotFound, RecipientMissing
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.queries import message_for
from gongjian.kernel.outbox.states import MAY_BE_DELIVERED, MAY_BE_OPENED, MAY_FAIL, Channel, State
from gongjian.kernel.outbox.words import words_of


@transaction.atomic
def send(
    *,
    key: str,
    channel: Channel,
    template: str,
    context: Mapping[str, Any],
    chain: str,
    by_office: str,
    to: str = "",
    user: AbstractBaseUser | None = None,
    evidence: Evidence | None = None,
) -> Message:
    """Write a message in the caller's transaction; a sweep sends it after the commit. A message in a box has arrived at once.

    key: says which message this is ("case:YX-2026-0001/accepted/worker"); a second call with the same key changes nothing.
    to: telephone, e-mail address or URL; user: the owner of the box. chain: where the ledger notes its fate; "" notes nothing.
    Raises: RecipientMissing.
    """
    if not (user if channel is Channel.INBOX else to.strip()):
        raise RecipientMissing(channel=channel.label)
    now = moment.now()
    words = words_of(template, channel, context)
    arrived = {"state": State.DELIVERED, "sent_at": now, "delivered_at": now} if channel is Channel.INBOX else {}
    message, _ = Message.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "user_id": user.pk if user else None,
            "to": to.strip(),
            "template": template,
            "title": words.title,
            "body": words.body,
            "evidence": evidence,
            "chain": chain,
            "office": by_office,
            "created_at": now,
            "next_attempt_at": now,
            **arrived,
        },
    )
    return message


@transaction.atomic
def note_sent(message: Message, *, provider_id: str) -> bool:
    """The gateway has taken the message. Does nothing when its receipt was here first."""
    told: dict[str, Any] = {"sent_at": moment.now(), "provider_id": provider_id, "last_error": ""}
    return changed(message, {State.PENDING}, State.SENT, "message.sent", **told)


@transaction.atomic
def note_failure(message: Message, *, code: str) -> bool:
    """Give the message up: it becomes somebody's task (`failed_unhandled`)."""
    return changed(message, MAY_FAIL, State.FAILED, "message.failed", failed_at=moment.now(), last_error=code[:60])


@transaction.atomic
def note_receipt(*, key: str, arrived: bool, code: str = "") -> bool:
    """The provider says what has become of a message; whether that changed anything. A repeated receipt does not.

    It may come before we noted that the message was sent, or after it was given up. Raises: MessageNotFound.
    """
    message = Message.objects.filter(key=key).first()
    if message is None:
        raise MessageNotFound
    if not arrived:
        return note_failure(message, code=code or "outbox.not_delivered")
    now = moment.now()
    return changed(
        message,
        MAY_BE_DELIVERED,
        State.DELIVERED,
        "message.delivered",
        sent_at=message.sent_at or now,
        delivered_at=now,
    )


@transaction.atomic
def mark_opened(pk: int, *, by: AbstractBaseUser) -> Message:
    """The owner of the box opens a message; the first time is kept. Raises: MessageNotFound for anybody else."""
    message = message_for(pk, by=by)
    if changed(message, MAY_BE_OPENED, State.OPENED, "message.opened", by=by, opened_at=moment.now()):
        message.refresh_from_db()
    return message


def mark_handled(message: Message) -> bool:
    """Somebody has the failed message as a task; False when somebody had it already."""
    unhandled = Message.objects.filter(pk=message.pk, handled_at__isnull=True)
    return bool(unhandled.update(handled_at=moment.now()))


def changed(
    message: Message, start: Iterable[State], end: State, act: str, *, by: AbstractBaseUser | None = None, **told: Any
) -> bool:
    """The one place where a message's state changes: only from one of `start`, noted in the ledger of its case."""
    if not Message.objects.filter(pk=message.pk, state__in=start).update(state=end, **told):
        return False
    if message.chain:
        record(message.chain, act, by=by, message=message.pk, channel=message.channel, template=message.template)
    return True
