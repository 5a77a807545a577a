"""What the platform has acknowledged to hold: one row per content, kept under its SHA-256."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.evidence.kinds import KIND_LABELS, Kind
from gongjian.kernel.unedited import unedited


class Evidence(models.Model):
    """One file, known by its content. The row exists only after the stored bytes were read back; it never changes.

    What the file is called and to which case it belongs is said by the room that uses it: the same content may serve twice.
    erased_at: since when its bytes are gone for good, because the days for which they might be kept are over; the row stays.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, label) for k, label in KIND_LABELS.items()])
    page_count = models.IntegerField(default=1)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidence_is_named_by_its_hash"),
            models.CheckConstraint(condition=Q(size__gt=0), name="evidence_is_not_empty"),
            models.CheckConstraint(condition=Q(page_count__gt=0), name="evidence_has_a_page"),
        ]
        triggers = [
            pgtrigger.Protect(name="evidence_stays", operation=pgtrigger.Delete),
            unedited(besides=("erased_at",), name="evidence_unedited"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def media_type(self) -> str:
        """What a browser is told the content is."""
        return Kind(self.kind).media_type
