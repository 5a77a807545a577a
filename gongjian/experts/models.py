"""The pool and what experts answer. The database keeps: a senior title, an ordered term, and no promise to come from who may not be drawn."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.experts.guards import only_drawable
from gongjian.experts.rules import Standing
from gongjian.experts.specialties import labels
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.unedited import unedited


class Expert(models.Model):
    """One expert of a committee's pool, with the conditions of 令55 art. 24 as they stand.

    home_committee: the committee to whose pool a guest belongs; a guest is drawn only at sittings to which an invitation is on record.
    """

    class TitleLevel(models.TextChoices):
        SENIOR = "senior", "正高级"
        ASSOCIATE = "associate", "副高级"

    number = models.CharField(max_length=30, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="experts")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="expert")
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=40)
    title_level = models.CharField(max_length=10, choices=TitleLevel)
    hospital = models.CharField(max_length=100)
    department = models.CharField(max_length=60)
    specialties: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    telephone = EncryptedTextField(blank=True, default="")
    recommended_by = models.CharField(max_length=100, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    term_from = models.DateField()
    term_until = models.DateField()
    in_good_health = models.BooleanField(default=True)
    suspended_from = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    suspension_reason = models.CharField(max_length=200, blank=True)
    dismissed_on = models.DateField(null=True, blank=True)
    dismissal_reason = models.CharField(max_length=200, blank=True)
    is_shared = models.BooleanField(default=False)
    home_committee = models.CharField(max_length=100, blank=True, default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(title_level__in=["senior", "associate"]), name="expert_title_is_senior"),
            models.CheckConstraint(
                condition=Q(home_committee="") | Q(is_shared=False), name="a_guest_is_not_shared_on"
            ),
            models.CheckConstraint(condition=Q(term_until__gt=F("term_from")), name="expert_term_in_order"),
            models.CheckConstraint(
                condition=Q(suspended_from=None) | ~Q(suspension_reason=""), name="expert_suspension_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(dismissed_on=None) | ~Q(dismissal_reason=""), name="expert_dismissal_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["office", "number"], name="pool_of_an_office")]

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> Standing:
        """What decides whether the expert may be drawn, as plain values."""
        return Standing(
            term_from=self.term_from,
            term_until=self.term_until,
            trained_on=self.trained_on,
            in_good_health=self.in_good_health,
            suspended_from=self.suspended_from,
            suspended_until=self.suspended_until,
            dismissed_on=self.dismissed_on,
        )

    @property
    def specialty_labels(self) -> str:
        return labels(self.specialties)


class Availability(models.Model):
    """Whether an expert can come to a sitting. The last answer counts; who gave it and when is kept in the ledger."""

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="answers")
    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="answers")
    can_come = models.BooleanField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["expert", "sitting"], name="one_answer_per_sitting")]
        triggers = [
            only_drawable(
                expert="NEW.expert_id",
                day="(SELECT day FROM sittings_sitting WHERE id = NEW.sitting_id)",
                when="NEW.can_come",
                columns=("expert_id", "can_come"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert_id}@{self.sitting_id}"


class Invitation(models.Model):
    """That a guest was invited to one sitting: on which letter, by whom, and whether it was taken back."""

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="invitations")
    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="invitations")
    document = models.CharField(max_length=100)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "sitting"], condition=Q(withdrawn_at=None), name="invited_once_to_a_sitting"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="withdrawn_invitation_has_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="invitation_stays", operation=pgtrigger.Delete),
            unedited(besides=("withdrawn_by_id", "withdrawn_at", "withdrawn_why")),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id}@{self.sitting_id}"


class PoolImport(models.Model):
    """A spreadsheet that was read and is waiting for the word to take it in; its rows are encrypted and forgotten when it is done."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rows = EncryptedJSONField(default=list)
    count = models.IntegerField()
    read_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.office_id}:{self.pk}"
