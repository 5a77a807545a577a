"""Reports, the papers that came with them, and early evidence. What was reported is never edited; only what became of it is filled in later."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.cases.models import Case
from gongjian.deaths.rules import PAPERS
from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.unedited import unedited
from gongjian.law.identity import IdType
from gongjian.materials.catalog import KINDS

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
USER = settings.AUTH_USER_MODEL
LATER = ("draft_id", "case_id", "linked_by_id", "linked_at", "closed_why", "closed_by_id", "closed_at")
"""Columns that are filled in after a report has come."""


class Report(models.Model):
    """One report of a sudden death. Of one death there may be several, each kept as it came.

    sent_as: the hash of what was sent by whom, so that the same form sent twice is one report. draft: the application begun upon it;
    case: the recognition it belongs to, by whose word (None: the application was begun upon this report). closed_*: why no case follows.
    """

    class Channel(models.TextChoices):
        ONLINE = "online", "网上"
        WINDOW = "window", "窗口"
        TELEPHONE = "telephone", "电话"

    class Reporter(models.TextChoices):
        EMPLOYER = "employer", "用人单位"
        RELATIVE = "relative", "近亲属"
        ANOTHER = "another", "其他知情人"

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="death_reports")
    window = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    sent_as = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    reporter = models.CharField(max_length=10, choices=Reporter)
    reporter_name = EncryptedTextField()
    reporter_telephone = EncryptedTextField()
    employer = models.ForeignKey("parties.Employer", models.PROTECT, related_name="death_reports")
    name = EncryptedTextField()
    id_type = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in IdType])
    id_number = EncryptedTextField()
    id_index = models.CharField(max_length=64, db_index=True)
    telephone = EncryptedTextField(blank=True)
    occupation = EncryptedTextField()
    place = EncryptedTextField()
    at_work = EncryptedTextField()
    onset_at = models.DateTimeField()
    hospital = EncryptedTextField(blank=True)
    first_seen_at = models.DateTimeField(null=True)
    died_at = models.DateTimeField()
    witnesses = EncryptedTextField(blank=True)
    reported_at = models.DateTimeField()
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    draft = models.OneToOneField("applications.Draft", models.PROTECT, null=True, related_name="death_report")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="death_reports")
    linked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField(null=True)
    closed_why = EncryptedTextField(blank=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(onset_at__lte=F("died_at"), died_at__lte=F("reported_at")),
                name="a_report_follows_the_death",
            ),
            models.CheckConstraint(
                condition=Q(first_seen_at=None) | Q(first_seen_at__gte=F("onset_at"), first_seen_at__lte=F("died_at")),
                name="who_was_seen_was_alive",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "reported_at", "id"], condition=Q(case=None, closed_at=None), name="reports_waiting"
            ),
            models.Index(
                fields=["window", "reported_at", "id"],
                condition=Q(case=None, closed_at=None, window__isnull=False),
                name="reports_waiting_at_a_window",
            ),
            models.Index(fields=["office", "-id"], name="reports_newest_first"),
            models.Index(fields=["employer", "-id"], name="reports_of_an_employer"),
        ]
        triggers = [pgtrigger.Protect(name="report_stays", operation=pgtrigger.Delete), unedited(besides=LATER)]

    def __str__(self) -> str:
        return self.number

    @property
    def chain(self) -> str:
        """Name of the report's chain in the ledger."""
        return f"death:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a case, or for somebody's word that none follows."""
        return self.case_id is None and self.closed_at is None

    @property
    def applied_as(self) -> Case | None:
        """The case it belongs to, or that of the application begun upon it, which the next sweep links."""
        return self.case or (self.draft.case if self.draft else None)


class ReportPaper(models.Model):
    """A picture or document that came with a report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=40, choices=[(code, KINDS[code].title) for code in PAPERS])
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    name = EncryptedTextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind", "evidence"], name="a_paper_comes_once")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.report_id}:{self.kind}"


class EarlyEvidence(models.Model):
    """What the bureau noted at once, before it is lost: recordings to be kept, colleagues who saw it, whom it telephoned."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="notes")
    words = EncryptedTextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.report_id}:{self.pk}"
