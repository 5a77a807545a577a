"""What comes after a decision: its correction or revocation, proposed by one and signed by another; reviews and suits, each with its own clock."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.cases.queries.sides import Side
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.unedited import unedited
from gongjian.recognition.revising import GROUNDS, KINDS, OUTCOMES, REMEDIES

USER = settings.AUTH_USER_MODEL
SIDES = [(Side.WORKER.value, "职工一方"), (Side.EMPLOYER.value, "用人单位")]


class Remedy(models.Model):
    """A reconsideration or a suit against a decision: when its papers came, the reply, and how it ended. Several may run side by side.

    after: the reconsideration that a suit follows. settled_on: what it asks of the office is done: nothing, or a signed revision.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="remedies")
    decision = models.ForeignKey("recognition.Decision", models.PROTECT, related_name="remedies")
    kind = models.CharField(max_length=15, choices=[(code, way.label) for code, way in REMEDIES.items()])
    side = models.CharField(max_length=10, choices=SIDES)
    organ = models.CharField(max_length=100)
    matter = models.CharField(max_length=80)
    received_on = models.DateField()
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replied_on = models.DateField(null=True)
    reply = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")
    replied_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, blank=True, choices=list(OUTCOMES.items()))
    outcome_on = models.DateField(null=True)
    outcome_evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")
    outcome_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "matter"], name="a_remedy_is_registered_once"),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on=None, settled_on=None)
                | (~Q(outcome="") & Q(outcome_on__gte=F("received_on"), outcome_evidence__isnull=False)),
                name="an_outcome_has_its_day_and_paper",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], condition=Q(settled_on=None), name="remedies_that_run"),
        ]
        triggers = [
            pgtrigger.Protect(name="remedy_stays", operation=pgtrigger.Delete),
            unedited(
                besides=(
                    "replied_on", "reply_id", "replied_by_id",
                    "outcome", "outcome_on", "outcome_evidence_id", "outcome_by_id", "settled_on",
                ),
                name="remedy_unedited",
            ),
            pgtrigger.Protect(
                name="settled_for_good", operation=pgtrigger.Update, condition=pgtrigger.Q(old__settled_on__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id}:{self.kind} {self.received_on}"

    @property
    def subject(self) -> str:
        """What its clocks and obligations are about."""
        return f"remedy:{self.pk}"


class Revision(models.Model):
    """A correction or a revocation of a decision: proposed, then signed by somebody else or refused. Nothing of the decision is edited.

    anew: the office decides anew in the same case. order: the document of the organ or court that ordered it. lines: what is corrected.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="revisions")
    decision = models.ForeignKey("recognition.Decision", models.PROTECT, related_name="revisions")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    lines = EncryptedJSONField(default=list)
    ground = models.CharField(max_length=15, blank=True, choices=[(code, one.label) for code, one in GROUNDS.items()])
    reason = EncryptedTextField()
    anew = models.BooleanField(default=False)
    order = models.CharField(max_length=100, blank=True)
    ordered_on = models.DateField(null=True)
    remedy = models.ForeignKey(Remedy, models.PROTECT, null=True, related_name="revisions")
    proposed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    refusal = EncryptedTextField(blank=True)
    paper = models.OneToOneField("papers.Paper", models.PROTECT, null=True, related_name="revision")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_revision_at_a_time"),
            models.CheckConstraint(condition=~Q(proposed_by=F("ended_by")), name="who_proposes_does_not_sign"),
            models.CheckConstraint(condition=Q(kind="correction") | ~Q(ground=""), name="a_revocation_has_a_ground"),
        ]
        triggers = [
            pgtrigger.Protect(name="revision_stays", operation=pgtrigger.Delete),
            unedited(besides=("ended_by_id", "ended_at", "refusal", "paper_id"), name="revision_unedited"),
            pgtrigger.Protect(
                name="ended_for_good", operation=pgtrigger.Update, condition=pgtrigger.Q(old__ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.kind}"
