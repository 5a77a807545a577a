"""What is being written, and the part of an application and of its one notice that all procedures keep alike, each in tables of its own."""

import secrets
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.applications.rules import Capacity
from gongjian.cases.queries.sides import Side
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
CHANNELS = [("online", "网上申请"), ("window", "窗口受理")]


def a_token() -> str:
    """The name of a draft in its address: chance alone, it says nothing about anybody."""
    return secrets.token_urlsafe(12)


class Visit(models.Model):
    """Somebody who stands at the window today: whoever they came for was checked once, by the document in hand.

    What they came for, be it one thing or three, goes on from here: name and number are not typed again, the document is not scanned again.
    """

    token = models.CharField(max_length=24, unique=True, default=a_token)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits")
    name = EncryptedTextField()
    id_type = models.CharField(max_length=20)
    id_number = EncryptedTextField()
    id_index = models.CharField(max_length=64)
    came_on = models.DateField()
    checked_at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"来访{self.pk}"


class VisitScan(models.Model):
    """One side of the document that was shown."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="scans")
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "evidence"], name="scanned_once_a_visit")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.visit_id}:{self.pk}"


class Draft(models.Model):
    """An application that is being written. Its answers are encrypted; each step has a version of its own.

    procedure: what is applied for. The case is set once, by the submission: one draft, one case, however often it is sent.
    filed_as: the hash of whose which injury it is about, where it came in a table; "" for one that was begun by itself.
    declared_at: since when it waits to be handed in with the others of its table, unchanged; refused: why it could not be.
    """

    token = models.CharField(max_length=24, unique=True, default=a_token)
    procedure = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=CHANNELS, default="online")
    founded_on = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="founded_drafts")
    """The decided case whose facts and papers are taken over: they are read there and not kept here again."""
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="drafts")
    """The visit to the window on which it was begun: who it is about was checked then and is not asked."""
    reported = EncryptedTextField(blank=True, default="")
    """What the applicant says is wrong with a fact that was taken over."""
    told = EncryptedJSONField(default=dict)
    versions = models.JSONField(default=dict)
    step = models.CharField(max_length=20, default="applicant")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="draft")
    dropped_at = models.DateTimeField(null=True)
    filed_as = models.CharField(max_length=64, default="", blank=True)
    declared_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "filed_as"],
                condition=Q(dropped_at=None) & ~Q(filed_as=""),
                name="an_injury_is_filed_once_by_one",
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "-updated_at"], condition=Q(case=None, dropped_at=None), name="open_drafts_of_a_user"
            ),
            models.Index(
                fields=["declared_at"],
                condition=Q(case=None, dropped_at=None, declared_at__isnull=False),
                name="drafts_to_hand_in",
            ),
        ]

    def __str__(self) -> str:
        return f"草稿{self.pk}"


class Filing(models.Model):
    """A table of applications as it came: each row became a draft, was one already, or waits with what is wrong. name: of the file."""

    token = models.CharField(max_length=24, unique=True, default=a_token)
    procedure = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="filings")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    name = EncryptedTextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="filings_of_a_user")]

    def __str__(self) -> str:
        return f"批量{self.pk}"


class FilingRow(models.Model):
    """One row. cells: its texts as they came, only while they are no draft; faults: column → sentence; is_new: this row made the draft."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="rows")
    line = models.IntegerField()
    cells = EncryptedJSONField(default=list)
    faults = EncryptedJSONField(default=dict)
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="filed_rows")
    is_new = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "line"], name="a_line_is_filed_once")]

    def __str__(self) -> str:
        return f"{self.filing_id}:{self.line}"


class ApplicationBase(models.Model):
    """Who applied, for whom, and where papers reach them. Each address and telephone is encrypted.

    A table that builds on it adds its case, the applicant's account and the capacities that may apply.
    """

    case: Any
    case_id: Any
    applicant: Any
    applicant_id: Any
    applicant_kind: Any
    get_applicant_kind_display: Any

    applicant_name = models.CharField(max_length=60)
    relation = models.CharField(max_length=20, blank=True)
    unable_reason = EncryptedTextField(blank=True)
    mandate = models.ForeignKey("parties.Mandate", models.PROTECT, null=True, related_name="+")
    telephone = EncryptedTextField()
    address = EncryptedTextField()
    delivery_name = models.CharField(max_length=60)
    delivery_telephone = EncryptedTextField()
    delivery_address = EncryptedTextField()
    employer_contact = models.CharField(max_length=60, blank=True)
    employer_telephone = EncryptedTextField(blank=True)
    employer_address = models.CharField(max_length=200, blank=True)
    electronic_consent = models.BooleanField(default=False)
    consent_at = models.DateTimeField(null=True)
    truthful_at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=CHANNELS)
    entered_at = models.DateTimeField()
    received_reason = models.CharField(max_length=200, blank=True)
    complete_on = models.DateField(null=True)
    identity_reason = EncryptedTextField(blank=True)
    end_reason = EncryptedTextField(blank=True)
    end_evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")
    receipt = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.case_id}:{self.applicant_kind}"

    @property
    def side(self) -> Side:
        """On whose side it was made: an agent's is the side of who gave the mandate."""
        by_employer = self.applicant_kind == Capacity.EMPLOYER or bool(self.mandate and self.mandate.employer_id)
        return Side.EMPLOYER if by_employer else Side.WORKER

    @property
    def may_receive(self) -> bool:
        """Whether what was told of delivery binds that side: an agent's word does only with the written power to receive papers."""
        return self.applicant_kind != Capacity.AGENT or bool(self.mandate and self.mandate.may_receive)


class NoticeBase(models.Model):
    """The one notice of everything missing, as every procedure keeps it (令55 art. 10; 令8 art. 8).

    A table that builds on it adds its case, once a case, and what its own period may bring.
    """

    case: Any
    case_id: Any

    items = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField()
    supplemented_on = models.DateField(null=True)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on}"
