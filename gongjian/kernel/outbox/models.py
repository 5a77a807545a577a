"""The outbox's tables: messages, and per channel the breaker that spares a dependency which is down."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.outbox.states import CHANNEL_LABELS, STATE_LABELS, Channel, State


class Message(models.Model):
    """One message to one recipient by one way. Its key makes it exist once; recipient and words are encrypted."""

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=10, choices=[(c.value, label) for c, label in CHANNEL_LABELS.items()])
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages")
    to = EncryptedTextField(default="")
    template = models.CharField(max_length=60)
    title = EncryptedTextField(default="")
    body = EncryptedTextField(default="")
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")
    chain = models.CharField(max_length=80, default="")
    office = models.CharField(max_length=40, default="")
    state = models.CharField(
        max_length=10, choices=[(s.value, label) for s, label in STATE_LABELS.items()], default=State.PENDING.value
    )
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=60, default="")
    provider_id = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="message_state_known"),
            models.CheckConstraint(condition=Q(channel__in=[c.value for c in Channel]), name="message_channel_known"),
            models.CheckConstraint(
                condition=~Q(channel=Channel.INBOX.value) | Q(user__isnull=False), name="message_inbox_has_a_user"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED.value) | Q(failed_at__isnull=False), name="message_failure_has_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "next_attempt_at"], condition=Q(state="pending"), name="message_due"),
            models.Index(
                fields=["failed_at"],
                condition=Q(state="failed", handled_at__isnull=True),
                name="message_failed_unhandled",
            ),
            models.Index(fields=["user", "-created_at"], condition=Q(channel="inbox"), name="message_inbox"),
            models.Index(fields=["chain", "created_at"], name="message_of_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.template}"


class Breaker(models.Model):
    """Whether a channel is worth trying: after several failures in a row it rests until `closed_until`, then tries one message.

    credit: how many repetitions it may still make; see `pacing.credit_after`.
    """

    channel = models.CharField(max_length=10, primary_key=True)
    failures = models.IntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
    credit = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.channel}: {self.failures}"
