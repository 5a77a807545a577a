"""Sending what is due: claim a message, hand it over, note what came of it. Each step is a transaction of its own.

A message is claimed by putting its next attempt off. Whoever dies while sending leaves it to be tried again, with the same key, after
the pause; no lock is held while a provider takes its time.
"""

import logging
from time import monotonic

from django.db import transaction

from gongjian.kernel import moment
from gongjian.kernel.outbox.actions import note_failure, note_receipt, note_sent
from gongjian.kernel.outbox.errors import GatewayDown, GatewayRefused
from gongjian.kernel.outbox.gateways import gateway_for
from gongjian.kernel.outbox.models import Breaker, Message
from gongjian.kernel.outbox.pacing import GIVE_UP_AFTER, PROBE, credit_after, is_last, pause_after, rest_after
from gongjian.kernel.outbox.queries import due
from gongjian.kernel.outbox.states import Channel, State

log = logging.getLogger(__name__)
OUTWARD = (Channel.SMS, Channel.EMAIL, Channel.WEBHOOK)
LONGEST_RUN = 45.0
"""Seconds after which a run leaves the rest to the next one, so that a slow provider does not keep the worker from its other sweeps."""


def deliver_due(limit: int = 100) -> int:
    """Try what is due on every channel, at most `limit` messages each; how many were tried or given up.

    May run at any time, twice, or twice at once: a message is claimed by one.
    """
    end = monotonic() + LONGEST_RUN
    done = give_up_late(limit)
    for channel in OUTWARD:
        tried = send_waiting(channel, limit=limit, end=end)
        if not tried and allow_a_repetition(channel):
            tried = send_waiting(channel, limit=1, end=end)
        done += tried
    return done


def send_waiting(channel: Channel, *, limit: int, end: float) -> int:
    """Claim and try one message after the other until the limit, or the `end` on the monotonic clock; how many."""
    tried = 0
    while tried < limit and monotonic() < end and (message := claim(channel)):
        attempt(message)
        tried += 1
    return tried


def deliver_now(key: str) -> Message | None:
    """Try one message that cannot wait for the sweep, such as a sign-in code, after its commit; None when it is not due or rests."""
    message = Message.objects.filter(key=key).first()
    claimed = claim(Channel(message.channel), key=key) if message else None
    if claimed:
        attempt(claimed)
        claimed.refresh_from_db()
    return claimed


@transaction.atomic
def claim(channel: Channel, *, key: str | None = None) -> Message | None:
    """The next due message of a channel, put off so that nobody else takes it; None when none is due or the channel rests."""
    now = moment.now()
    breaker = locked_breaker(channel)
    if breaker.closed_until and breaker.closed_until > now:
        return None
    waiting = due(channel, at=now)
    waiting = waiting.filter(key=key) if key else waiting
    waiting = waiting if breaker.credit else waiting.filter(attempts=0)
    message = waiting.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.attempts += 1
    message.next_attempt_at = now + pause_after(message.attempts)
    message.save(update_fields=["attempts", "next_attempt_at"])
    breaker.credit = credit_after(breaker.credit, attempts=message.attempts)
    if breaker.closed_until:  # its rest is over: this one message shows whether the dependency is back
        breaker.closed_until = now + PROBE
    breaker.save()
    return message


def attempt(message: Message) -> None:
    """Hand a claimed message over and note the answer."""
    channel = Channel(message.channel)
    try:
        number = gateway_for(channel).send(to=message.to, title=message.title, text=message.body, key=message.key)
    except GatewayRefused as refused:
        note_answer(channel, well=True)
        note_failure(message, code=refused.code)
    except GatewayDown as down:
        postpone(message, down.code)
    except Exception:  # an operator's own gateway may fail in its own way; the message must not
        log.exception("outbox.gateway_error", extra={"message_id": message.pk})
        postpone(message, "outbox.gateway_error")
    else:
        note_answer(channel, well=True)
        note_sent(message, provider_id=number)
        if channel is Channel.WEBHOOK:  # the other system itself has answered
            note_receipt(key=message.key, arrived=True)


def postpone(message: Message, code: str) -> None:
    """The try failed: spare the channel, keep the reason, and give up after the last try."""
    note_answer(Channel(message.channel), well=False)
    Message.objects.filter(pk=message.pk, state=State.PENDING).update(last_error=code[:60])
    if is_last(message.attempts):
        note_failure(message, code=code)


@transaction.atomic
def note_answer(channel: Channel, *, well: bool) -> None:
    """Count failures in a row; from the fifth on the channel rests."""
    breaker = locked_breaker(channel)
    breaker.failures = 0 if well else breaker.failures + 1
    rest = rest_after(breaker.failures)
    breaker.closed_until = moment.now() + rest if rest else None
    breaker.save()


@transaction.atomic
def allow_a_repetition(channel: Channel) -> bool:
    """Allow one repetition to a channel that has no credit: what failed is not forgotten because nothing new is to be sent."""
    breaker = locked_breaker(channel)
    if breaker.credit:
        return False
    breaker.credit = 1
    breaker.save()
    return True


def give_up_late(limit: int) -> int:
    """Give up what could not be sent for a day, because its channel rested or nobody worked; how many."""
    late = Message.objects.filter(state=State.PENDING, created_at__lt=moment.now() - GIVE_UP_AFTER).order_by(
        "created_at"
    )
    return sum(note_failure(message, code=message.last_error or "outbox.too_late") for message in late[:limit])


def locked_breaker(channel: Channel) -> Breaker:
    breakers = Breaker.objects.select_for_update()
    if breaker := breakers.filter(pk=channel).first():
        return breaker
    Breaker.objects.bulk_create([Breaker(channel=channel)], ignore_conflicts=True)
    return breakers.get(pk=channel)
