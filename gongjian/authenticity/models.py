"""Inquiries about papers. What was asked is never edited, and an answer that was taken stays."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.authenticity.rules import FINDINGS, SOURCES, SUBJECTS
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.unedited import unedited

USER = settings.AUTH_USER_MODEL


class Inquiry(models.Model):
    """One question to one body about one paper. asked: what was sent, and nothing else was; finding: "" until it has answered."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="inquiries")
    material = models.ForeignKey("materials.Material", models.PROTECT, related_name="inquiries")
    source = models.CharField(max_length=10, choices=list(SOURCES.items()))
    subject = models.CharField(max_length=10, choices=list(SUBJECTS.items()))
    key = models.CharField(max_length=36, unique=True)
    purpose = EncryptedTextField()
    asked = EncryptedJSONField()
    due_on = models.DateField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=60, blank=True)
    finding = models.CharField(max_length=10, blank=True, choices=list(FINDINGS.items()))
    facts = EncryptedJSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    late_on = models.DateField(null=True)
    seen_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding="", answered_at=None) | (~Q(finding="") & Q(answered_at__isnull=False)),
                name="a_finding_has_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(finding="", late_on=None), name="inquiries_to_make"),
            models.Index(fields=["due_on"], condition=Q(finding="", late_on=None), name="inquiries_awaited"),
            models.Index(fields=["case", "-id"], name="inquiries_of_a_case"),
        ]
        triggers = [
            pgtrigger.Protect(name="inquiry_stays", operation=pgtrigger.Delete),
            unedited(besides=(
                "attempts", "next_attempt_at", "last_error", "finding", "facts", "answered_at", "late_on", "seen_on",
            )),
            pgtrigger.Protect(
                name="answered_for_good",
                operation=pgtrigger.UpdateOf("finding", "facts", "answered_at"),
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key
