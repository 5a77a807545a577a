"""Assignments, rounds, sealed opinions, votes and deliberations. What is sealed, counted or signed is append-only in the database."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.draws.states import GROUND_LABELS
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.unedited import unedited
from gongjian.opinions.states import Defect

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class SigningKey(models.Model):
    """An expert's Ed25519 key. The secret half is wrapped under the expert's password, then encrypted: without the password nobody signs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signing_keys")
    public_key = models.CharField(max_length=64, unique=True)
    wrapped_secret = EncryptedTextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user"], condition=Q(retired_at=None), name="one_live_key_each")]
        triggers = [
            pgtrigger.Protect(name="key_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="key_unedited", operation=pgtrigger.UpdateOf("user_id", "public_key", "made_at")),
        ]

    def __str__(self) -> str:
        return self.public_key[:12]


class Assignment(models.Model):
    """One expert's seat in the group that examines a case. The expert knows the case by its exam code only.

    turn: which of the case's groups it is; a case that was sent to another group has a second.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    turn = models.IntegerField(default=1)
    expert_number = models.CharField(max_length=40)
    seat = models.IntegerField()
    exam_code = models.CharField(max_length=40)
    assigned_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)
    conflict = models.CharField(
        max_length=20, choices=[(ground.value, label) for ground, label in GROUND_LABELS.items()], blank=True
    )
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user", "turn"], name="assigned_once"),
            models.UniqueConstraint(fields=["case", "seat"], condition=Q(closed_at=None), name="one_member_per_seat"),
            models.CheckConstraint(condition=Q(conflict="") | Q(closed_at__isnull=False), name="conflict_closes"),
        ]
        indexes = [models.Index(fields=["user", "-assigned_at"], name="assignments_newest_first")]
        triggers = [pgtrigger.Protect(name="assignment_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.exam_code}/{self.seat}"


class Round(models.Model):
    """One round in which every member of the group gives an opinion. size: how many seats must seal; turn: of which of the case's groups."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="rounds")
    number = models.IntegerField()
    size = models.IntegerField()
    turn = models.IntegerField(default=1)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_round_per_number")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.number}"


class RoundKey(models.Model):
    """The key under which a round's opinions are sealed. Only `opinions.sealing` reads it, and only when the round is complete."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="key")
    secret = EncryptedTextField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"key of {self.round_id}"


class OpinionDraft(models.Model):
    """What an expert has written so far; nobody else reads it. It is wiped in the moment of sealing."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="draft")
    content = EncryptedJSONField(default=dict)
    version = models.IntegerField(default=1)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.assignment_id} v{self.version}"


class Opinion(models.Model):
    """A signed and sealed opinion. content_hash: SHA-256 over the sealed statement, also in the ledger; signature: Ed25519 over that hash."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="opinions")
    round = models.ForeignKey(Round, models.PROTECT, related_name="opinions")
    sealed = models.TextField()
    content_hash = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "round"], name="sealed_once_per_round")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.assignment_id}#{self.round_id}"


class Vote(models.Model):
    """The count of one complete round. grade: the one that carried; empty beside a majority means 未达等级."""

    class Outcome(models.TextChoices):
        MAJORITY = "majority", "形成多数意见"
        NONE = "none", "未形成多数意见"

    round = models.OneToOneField(Round, models.PROTECT, related_name="vote")
    outcome = models.CharField(max_length=10, choices=Outcome)
    grade = models.IntegerField(null=True)
    selfcare = models.CharField(
        max_length=10, choices=[(level.value, level.label) for level in SelfCareLevel], blank=True
    )
    tally = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.outcome}"


class Reopening(models.Model):
    """That a counted round was formally defective and its group was asked to seal anew: which defect, in words, by which reviewer."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="reopening")
    defect = models.CharField(max_length=12, choices=[(each.value, each.label) for each in Defect])
    reason = EncryptedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.defect}"


class Deliberation(models.Model):
    """The group's talk after a round without majority. The chair's record ends it and opens the next round; without a record it ended
    because the case was sent to another group."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="deliberations")
    round = models.OneToOneField(Round, models.PROTECT, related_name="deliberation")
    opened_at = models.DateTimeField()
    record = EncryptedTextField(blank=True)
    record_hash = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)
    key = models.ForeignKey(SigningKey, models.PROTECT, null=True, related_name="+")
    chair = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="deliberation_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_for_good", operation=pgtrigger.Update, condition=pgtrigger.Q(old__closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} after {self.round_id}"


class View(models.Model):
    """What one member says in a deliberation, signed."""

    deliberation = models.ForeignKey(Deliberation, models.PROTECT, related_name="views")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="views")
    text = EncryptedTextField()
    text_hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deliberation", "assignment"], name="one_view_each")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.deliberation_id}/{self.assignment_id}"


class Entrusted(models.Model):
    """The opinion of another committee's group, to whom the case was entrusted: each member's signed statement, and the receipts of their draws.

    statements: [{"statement", "name", "signature", "public_key"}] by seat, each the very text that was signed; receipts: {"experts", "door"}, as they were given out.
    set_aside_at: since when a reviewer does not use it; the case is examined anew then.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="entrusted_opinions")
    matter = models.CharField(max_length=36, unique=True)
    committee = models.CharField(max_length=100)
    statements = EncryptedJSONField(default=list)
    receipts = EncryptedJSONField(default=dict)
    exam_code = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(set_aside_at=None), name="one_entrusted_opinion_in_use_per_case"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="entrusted_opinion_stays", operation=pgtrigger.Delete),
            unedited(besides=("set_aside_at",)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}←{self.matter}"
