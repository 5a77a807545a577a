"""Ledger tables: entries, the head of every chain, and the daily anchors. Entries and anchors are append-only in the database."""

import pgtrigger
from django.conf import settings
from django.db import models

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class LedgerEntry(models.Model):
    """One act: who, when, what, on which facts, bound to the entry before it."""

    chain = models.CharField(max_length=80)
    sequence = models.IntegerField()
    act = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_entry_per_place")]
        indexes = [models.Index(fields=["at"], name="ledger_by_time")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.chain}#{self.sequence} {self.act}"


class LedgerHead(models.Model):
    """The end of a chain. Its row is the lock that keeps a chain from forking; a cut tail shows against it."""

    chain = models.CharField(max_length=80, primary_key=True)
    sequence = models.IntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.chain}#{self.sequence}"


class Anchor(models.Model):
    """One day of the ledger in one number: the Merkle root over the last hash of every chain touched that day."""

    day = models.DateField(unique=True)
    chains = models.IntegerField()
    entries = models.IntegerField()
    root = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.day} {self.root[:12]}"
