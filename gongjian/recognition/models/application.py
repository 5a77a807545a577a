"""Applications, the one notice of what is missing, a longer time for the employer, and the way to the right office."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.applications.models import ApplicationBase, NoticeBase
from gongjian.kernel.fields import EncryptedTextField
from gongjian.recognition.rules import HARMS, STARTED_BY

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Application(ApplicationBase):
    """What was applied for: who was hurt, when, where, by what and how badly; or which occupational disease was diagnosed.

    injured_on: the day of the accident, or of the diagnosis of the disease. explained: what was said at entry about the time limits,
    in plain values; giver_name: the relative of a dead worker for whom an agent acts; late_reason: the applicant's word where the limit had passed. accepted_though_late: the office's.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="recognition_application")
    applicant_kind = models.CharField(
        max_length=10, choices=[(kind.value, label) for kind, label in STARTED_BY.items()]
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="recognition_applications"
    )
    kind = models.CharField(max_length=10, choices=list(HARMS.items()))
    giver_name = models.CharField(max_length=60, blank=True)
    occupation = models.CharField(max_length=60)
    injured_on = models.DateField()
    happened_at = models.CharField(max_length=20, blank=True)
    place = EncryptedTextField(blank=True)
    cause = EncryptedTextField(blank=True)
    harm = EncryptedTextField()
    parts = models.JSONField()
    hospital = models.CharField(max_length=100)
    diagnosed_on = models.DateField()
    diagnosis = EncryptedTextField()
    disease = EncryptedTextField(blank=True)
    died_on = models.DateField(null=True)
    employment = models.CharField(max_length=30)
    insured = models.BooleanField(null=True)
    insured_region = models.CharField(max_length=6, blank=True)
    business_region = models.CharField(max_length=6, blank=True)
    not_counted = models.JSONField(default=list)
    explained = models.JSONField(default=list)
    late_reason = EncryptedTextField(blank=True)
    accepted_though_late = EncryptedTextField(blank=True)
    accepted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(electronic_consent=False) | Q(consent_at__isnull=False),
                name="recognition_consent_has_a_time",
            )
        ]
        triggers = [pgtrigger.Protect(name="recognition_application_stays", operation=pgtrigger.Delete)]


class SupplementNotice(NoticeBase):
    """The one notice of everything missing. The database lets a case have one and no more (令8 art. 8). over_on: nothing came in time."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="recognition_notice")
    over_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(supplemented_on=None, over_on=None), name="recognition_notices_waiting"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="recognition_notice_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="recognition_notice_unedited", fields=["items", "sent_at", "due_on", "case"]),
        ]


class EmployerExtension(models.Model):
    """More time for one employer to apply for one injury, by approval (条例 art. 17); found again when the application comes."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    employer = models.ForeignKey("parties.Employer", models.PROTECT, related_name="recognition_extensions")
    worker_name = EncryptedTextField()
    injured_on = models.DateField()
    days = models.IntegerField()
    reason = EncryptedTextField()
    granted_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__gt=0), name="an_extension_has_days")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.injured_on} +{self.days}"


class Transfer(models.Model):
    """An application that went to the office that is competent. to_office, to_case: where that office works on this installation."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="recognition_transfer")
    to_office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    to_name = models.CharField(max_length=100)
    to_case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="transferred_from")
    reason = EncryptedTextField()
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}→{self.to_name}"
