"""A major accident in the green channel: its victims, the evidence they share, and what is done for many of them at once."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.turns import STILL_TO_TAKE, Line, Turn
from gongjian.kernel.unedited import unedited
from gongjian.recognition.rules import GREEN, SUPPORTS

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
USER = settings.AUTH_USER_MODEL


class Accident(models.Model):
    """One accident for which the bureau starts by itself, without an application. Law: 人社厅发〔2018〕104号 二（四）."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="accidents")
    employer = models.ForeignKey("parties.Employer", models.PROTECT, related_name="accidents")
    title = models.CharField(max_length=100)
    ground = models.CharField(max_length=10, choices=list(GREEN.items()))
    why = EncryptedTextField()
    happened_on = models.DateField()
    happened_at = models.CharField(max_length=20, blank=True)
    place = EncryptedTextField()
    cause = EncryptedTextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["office", "-id"], name="accidents_newest_first")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return self.title

    @property
    def chain(self) -> str:
        """Name of the accident's chain in the ledger."""
        return f"accident:{self.pk}"


class Victim(models.Model):
    """One person hurt in an accident, as the list told it; with the case once there is one. adopted: the case had been applied for before.

    set_aside_*: why, by whom and when a person was taken off the list before there was a case.
    """

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="victims")
    row = models.IntegerField()
    id_index = models.CharField(max_length=64)
    told = EncryptedJSONField()
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="victim")
    adopted = models.BooleanField(default=False)
    set_aside_why = EncryptedTextField(blank=True)
    set_aside_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["accident", "id_index"], condition=Q(set_aside_at=None), name="victim_once_an_accident"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None) | Q(set_aside_by__isnull=False, case=None),
                name="set_aside_without_a_case",
            ),
            models.UniqueConstraint(fields=["accident", "row"], name="victims_in_order"),
        ]
        triggers = [
            pgtrigger.Protect(name="victim_stays", operation=pgtrigger.Delete),
            unedited(besides=("case_id", "adopted", "set_aside_why", "set_aside_by_id", "set_aside_at")),
        ]

    def __str__(self) -> str:
        return f"{self.accident_id}:{self.row}"


class SharedEvidence(models.Model):
    """A paper, an interview or a site record of the accident: kept once, and part of each victim's file."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="shared")
    kind = models.CharField(max_length=10, choices=list(SUPPORTS.items()))
    material = models.OneToOneField("materials.Material", models.PROTECT, null=True, related_name="+")
    interview = models.OneToOneField("recognition.Interview", models.PROTECT, null=True, related_name="+")
    site = models.OneToOneField("recognition.SiteRecord", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="material", material__isnull=False, interview=None, site=None)
                | Q(kind="interview", interview__isnull=False, material=None, site=None)
                | Q(kind="site", site__isnull=False, material=None, interview=None),
                name="shared_evidence_is_one_thing",
            )
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.accident_id}:{self.kind}"


class Batch(Line):
    """One act for many victims. told: what all have in common, as the act takes it. Each turn is done or refused by itself."""

    class Operation(models.TextChoices):
        OPEN = "open", "立案受理并通知"
        BEGIN = "begin", "开始调查核实"
        PROPOSE = "propose", "拟定认定意见"
        REVIEW = "review", "复核"
        DECIDE = "decide", "签发决定书"

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="batches")
    operation = models.CharField(max_length=10, choices=Operation)
    told = EncryptedJSONField(default=dict)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["accident", "operation"], condition=Q(finished_at=None), name="one_batch_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=Q(finished_at=None), name="batches_under_way")]
        triggers = [
            pgtrigger.Protect(name="batch_stays", operation=pgtrigger.Delete),
            unedited(besides=("finished_at",)),
        ]

    def __str__(self) -> str:
        return f"{self.accident_id}:{self.operation}"


class BatchItem(Turn):
    """One victim's turn in a batch. seen: the digest of the draft that was on the page; refusal: why it was not done, in words."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    victim = models.ForeignKey(Victim, models.PROTECT, related_name="+")
    seen = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "victim"], name="one_turn_a_batch")]
        indexes = [models.Index(fields=["batch", "id"], condition=STILL_TO_TAKE, name="turns_that_wait")]
        triggers = [
            pgtrigger.Protect(name="turn_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="done_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__done_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.victim_id}"
