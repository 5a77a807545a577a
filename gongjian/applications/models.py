"""The part of an application that all procedures keep alike; each keeps it in a table of its own, with what it asks besides."""

from typing import Any

from django.db import models

from gongjian.applications.rules import Capacity
from gongjian.cases.queries.sides import Side
from gongjian.kernel.fields import EncryptedTextField

CHANNELS = [("online", "网上申请"), ("window", "窗口受理")]


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
