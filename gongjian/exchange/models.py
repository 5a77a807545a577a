"""Peers, matters, and the letters about them with their enclosures. A letter is never edited: only how far it has come is noted."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.exchange.states import DIRECTIONS, KINDS, LABELS, Direction, Name, State
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.unedited import unedited

USER = settings.AUTH_USER_MODEL


class Peer(models.Model):
    """Another installation's office, with its key: believed only after an administrator has compared the fingerprint by another way."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="peers")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200)
    key = models.TextField()
    fingerprint = models.CharField(max_length=64)
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    trusted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    trusted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], condition=Q(ended_at=None), name="one_live_key_per_peer")
        ]
        triggers = [
            pgtrigger.Protect(name="peer_stays", operation=pgtrigger.Delete),
            unedited(besides=("trusted_by_id", "trusted_at", "ended_at")),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"

    @property
    def is_trusted(self) -> bool:
        """Whether its letters are taken, and ours go to it."""
        return self.trusted_at is not None and self.ended_at is None


class Matter(models.Model):
    """One request to investigate, or to examine. case: ours, where we ask; done_as: the case in which we examine, where we are entrusted. reply: the answer, or why it was refused. taken_on: the answer is on the case's file.

    dealt_with: what the investigators did where none came or it was refused; each further word is a line of its own.
    """

    direction = models.CharField(max_length=3, choices=[(each.value, label) for each, label in DIRECTIONS.items()])
    business = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in Name], default=Name.RECOGNITION
    )
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="matters")
    peer = models.ForeignKey(Peer, models.PROTECT, related_name="matters")
    key = models.CharField(max_length=36)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="matters")
    done_as = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="entrusted_by")
    state = models.CharField(max_length=10, choices=[(each.value, label) for each, label in LABELS.items()])
    scope = EncryptedTextField()
    about = EncryptedJSONField(default=dict)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reply = EncryptedTextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    late_on = models.DateField(null=True)
    taken_on = models.DateField(null=True)
    dealt_with = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "direction", "peer", "key"], name="a_matter_is_opened_once"),
            models.CheckConstraint(
                condition=Q(direction=Direction.IN.value) | Q(case__isnull=False, by__isnull=False),
                name="who_asks_has_a_case",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(business="appraisal", direction="out", state__in=["sent", "received", "accepted"]),
                name="entrusted_to_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(state__in=[each.value for each in State]), name="matter_state_known"),
        ]
        indexes = [
            models.Index(fields=["office", "direction", "-id"], name="matters_newest_first"),
            models.Index(
                fields=["due_on"],
                condition=Q(direction="out", late_on=None, state__in=["sent", "received", "accepted"]),
                name="matters_awaited",
            ),
        ]
        triggers = [pgtrigger.Protect(name="matter_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.key

    @property
    def chain(self) -> str:
        """Where the ledger notes it: with the case, or with what the office was asked."""
        return self.case.chain if self.case else f"exchange:{self.office.code}"


class Posted(models.Model):
    """One letter as it was signed. For ours, how far its sending has come; for theirs, when it was complete with its files."""

    class Sending(models.TextChoices):
        PENDING = "pending", "待发送"
        SENT = "sent", "已送达"
        FAILED = "failed", "未能送达"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="letters")
    is_ours = models.BooleanField()
    number = models.IntegerField()
    kind = models.CharField(max_length=10, choices=[(each.value, label) for each, label in KINDS.items()])
    content = EncryptedTextField()
    digest = models.CharField(max_length=64)
    signature = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sending = models.CharField(max_length=10, choices=Sending, blank=True)
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, blank=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "is_ours", "number"], name="a_letter_goes_once"),
            models.CheckConstraint(
                condition=Q(is_ours=False, sending="") | Q(is_ours=True) & ~Q(sending=""), name="only_ours_are_sent"
            ),
        ]
        indexes = [models.Index(fields=["next_attempt_at"], condition=Q(sending="pending"), name="letters_to_send")]
        triggers = [
            pgtrigger.Protect(name="letter_stays", operation=pgtrigger.Delete),
            unedited(besides=("sending", "attempts", "next_attempt_at", "last_error", "completed_at")),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}:{self.number}"


class Enclosure(models.Model):
    """One file that a letter announces; evidence: once it is here whole."""

    letter = models.ForeignKey(Posted, models.PROTECT, related_name="enclosures")
    order = models.IntegerField()
    name = EncryptedTextField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "sha256"], name="a_file_is_enclosed_once")]
        triggers = [
            pgtrigger.Protect(name="enclosure_stays", operation=pgtrigger.Delete),
            unedited(besides=("evidence_id",)),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}:{self.order}"


class Piece(models.Model):
    """A part of a file that has come while the rest has not, in Base64; it goes when the file is whole or its letter has expired."""

    enclosure = models.ForeignKey(Enclosure, models.CASCADE, related_name="pieces")
    start = models.BigIntegerField()
    length = models.IntegerField()
    content = EncryptedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enclosure", "start"], name="a_piece_has_its_place")]

    def __str__(self) -> str:
        return f"{self.enclosure_id}+{self.start}"
