"""The tables of an employer's application: many of its workers examined on its premises on one day. Nothing in it is about anybody's health."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedTextField
from gongjian.sittings.states import CollectiveState, LeftOut, choices


class Collective(models.Model):
    """What an employer asks: where, in how many rooms of their own, whom to call there; the office's answer, and the venue once it is yes.

    Who comes is not decided here: each worker is asked (`ModeWish.collective`), and says no without a reason.
    """

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="collectives")
    employer = models.ForeignKey("parties.Employer", models.PROTECT, related_name="collectives")
    address = models.CharField(max_length=200)
    rooms = models.SmallIntegerField()
    contact = EncryptedTextField()
    reason = EncryptedTextField(blank=True, default="")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=choices(CollectiveState), default=CollectiveState.ASKED.value)
    answer = EncryptedTextField(blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    venue = models.ForeignKey("sittings.Venue", models.PROTECT, null=True, related_name="collectives")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rooms__gt=0), name="collective_has_a_room"),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(venue__isnull=False), name="granted_collective_has_a_venue"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "id"], name="collectives_that_wait")]
        triggers = [pgtrigger.Protect(name="collective_is_never_lost", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.office_id}:{self.pk}"

    @property
    def about(self) -> str:
        """How obligations and messages name it."""
        return f"collective/{self.pk}"


class Listed(models.Model):
    """One case that the employer named. left_out: why its worker is not asked. is_open: the application has not been answered."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="listed")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="listed")
    left_out = models.CharField(max_length=12, blank=True, choices=choices(LeftOut))
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collective", "case"], name="listed_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(is_open=True), name="one_open_collective_application_per_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collective_id}:{self.case_id}"
