"""Applications, what became of them, and the one notice of what is missing."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.applications.models import ApplicationBase, NoticeBase
from gongjian.appraisal.grounds import Ground
from gongjian.appraisal.rules import CAPACITIES, last_day
from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.unedited import unedited

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Application(ApplicationBase):
    """What was applied for, as it was submitted. Each text about health, each address and telephone is encrypted."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="application")
    applicant_kind = models.CharField(
        max_length=10, choices=[(kind.value, label) for kind, label in CAPACITIES.items()]
    )
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="applications")
    ground = models.CharField(max_length=20)
    recognised_case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="appraisal_applications")
    """The recognition of this installation that it stands on; None: the decision was made elsewhere and its number was typed."""
    reported_wrong = EncryptedTextField(blank=True)
    """What the applicant says is wrong with what was taken over from there."""
    recognition_number = models.CharField(max_length=60)
    recognition_on = models.DateField()
    injured_on = models.DateField()
    recognised_parts = models.JSONField()
    hospital = models.CharField(max_length=100)
    department = models.CharField(max_length=60, blank=True)
    injury_state = EncryptedTextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(electronic_consent=False) | Q(consent_at__isnull=False), name="consent_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(recognition_on__gte=F("injured_on")), name="recognised_after_the_injury"
            ),
        ]
        triggers = [pgtrigger.Protect(name="application_stays", operation=pgtrigger.Delete)]


class Refusal(models.Model):
    """That an application is not accepted: on which ground, on which facts, and where it belongs if not here."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="refusal")
    ground = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Ground])
    facts = EncryptedTextField()
    former_on = models.DateField(null=True)
    competent = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    competent_told = models.CharField(max_length=200, blank=True)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground="not_competent") | Q(competent__isnull=False) | ~Q(competent_told=""),
                name="says_who_is_competent",
            )
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.ground}"


class Death(models.Model):
    """That the appraisee has died: when, by which proof, and who of the near relatives receives now. paper: of the end, where it ended the case."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="death")
    died_on = models.DateField()
    proof = models.CharField(max_length=60)
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    relative_name = models.CharField(max_length=60, blank=True)
    relation = models.CharField(max_length=20, blank=True)
    telephone = EncryptedTextField(blank=True)
    address = EncryptedTextField(blank=True)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="death_stays", operation=pgtrigger.Delete),
            unedited(besides=("paper_id",)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.died_on}"


class EmployerLink(models.Model):
    """That the window has let an account follow a case on the employer's side: on what it has seen."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="employer_links")
    employer = models.ForeignKey("parties.Employer", models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    mandate = models.ForeignKey("parties.Mandate", models.PROTECT, null=True, related_name="+")
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.account_id}"


class SupplementNotice(NoticeBase):
    """The one notice of everything missing. The database lets a case have one and no more (令55 art. 10)."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="supplement_notice")
    granted_until = models.DateField(null=True)
    granted_reason = EncryptedTextField(blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_until=None) | Q(granted_until__gt=F("due_on")), name="a_later_day_is_later"
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(supplemented_on=None), name="notices_waiting"),
        ]
        triggers = [
            pgtrigger.Protect(name="notice_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="notice_unedited", fields=["items", "sent_at", "due_on", "case"]),
        ]

    @property
    def last_day(self) -> date:
        """The last day on which a supplement is in time."""
        return last_day(self.due_on, self.granted_until)
