"""Closed case files and who borrowed them. Both are append-only in the database: no code of this platform destroys a file."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.archives.rules import PURPOSES
from gongjian.kernel.fields import EncryptedTextField

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Archive(models.Model):
    """A case file that was closed: its package, the hash of its manifest, how long it is kept and on what basis.

    entries: how many entries of the case's chain are in the package; files: how many files.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="archive")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="archives")
    index = models.OneToOneField("papers.Paper", models.PROTECT, related_name="archive")
    package = models.OneToOneField("kernel.Evidence", models.PROTECT, related_name="archive")
    manifest_sha256 = models.CharField(max_length=64)
    files = models.IntegerField()
    entries = models.IntegerField()
    archived_at = models.DateTimeField()
    archived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    retention_years = models.IntegerField()
    retention_until = models.DateField()
    retention_basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(manifest_sha256__regex=r"^[0-9a-f]{64}$"), name="manifest_has_a_hash"),
            models.CheckConstraint(condition=Q(retention_years__gt=0), name="kept_for_a_while"),
        ]
        indexes = [
            models.Index(fields=["office", "-archived_at", "-id"], name="archives_newest_first"),
            models.Index(fields=["retention_until"], name="archives_by_end_of_retention"),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}→{self.retention_until}"


class Borrowing(models.Model):
    """That somebody looked into a closed file, what for, and when."""

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="borrowings")
    purpose = models.CharField(max_length=20, choices=[(purpose.value, label) for purpose, label in PURPOSES.items()])
    reason = EncryptedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["archive", "-at"], name="borrowings_newest_first")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.archive_id}:{self.purpose}"
