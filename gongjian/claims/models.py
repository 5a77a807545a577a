"""Claims, what was handed in with them, and what the agency answered. The database keeps: one open claim a decision, a day for what is owed while it is open, answers unedited."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.applications.models import CHANNELS
from gongjian.benefits.rules import STAGES
from gongjian.cases.models import ORDINARY
from gongjian.cases.queries.sides import Side
from gongjian.claims.states import ENDED, LABELS, OPEN
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
USER = settings.AUTH_USER_MODEL


class Claim(models.Model):
    """One claim upon one decided case. facts: as `law.benefits` reads them; what the case holds is in the case and is not kept here again.

    package: what went to the agency last, with the hash of its manifest, which stands in the ledger too.
    """

    founded_on = models.ForeignKey("cases.Case", models.PROTECT, related_name="claims")
    stage = models.CharField(max_length=12, choices=[(stage.value, label) for stage, label in STAGES.items()])
    side = models.CharField(max_length=10, choices=[(Side.WORKER.value, "职工一方"), (Side.EMPLOYER.value, "用人单位")])
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="claims")
    claimant = models.ForeignKey(USER, models.PROTECT, null=True, related_name="claims")
    """Whose box is told; None: handed in at the window for somebody without an account."""
    channel = models.CharField(max_length=10, choices=CHANNELS)
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=[(state.value, label) for state, label in LABELS.items()])
    facts = EncryptedJSONField()
    package = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    manifest_sha256 = models.CharField(max_length=64)
    claimed_at = models.DateTimeField()
    came_at = models.DateTimeField()
    """When it came, or came again completed: from then the agency's days count."""
    changed_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    """Until when the one thing is done that its state owes (`states.OWED`)."""
    priority = models.SmallIntegerField(default=ORDINARY, db_default=ORDINARY)
    """Its case's, for the order of the list."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["founded_on"], condition=Q(state__in=sorted(OPEN)), name="one_open_claim_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN), due_on__isnull=False) | Q(state__in=sorted(ENDED), due_on=None),
                name="an_open_claim_owes_by_a_day",
            ),
            models.CheckConstraint(condition=Q(manifest_sha256__regex=r"^[0-9a-f]{64}$"), name="claim_file_has_a_hash"),
        ]
        indexes = [
            models.Index(
                fields=["office", "priority", "due_on", "id"],
                condition=Q(due_on__isnull=False),
                name="claims_urgent_first",
            ),
            models.Index(fields=["office", "-changed_at", "-id"], name="claims_ended_last_first"),
        ]
        triggers = [pgtrigger.Protect(name="claim_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.founded_on_id}:{self.stage}:{self.state}"


class ClaimPaper(models.Model):
    """A paper that no earlier case holds: bills, what the agency asked for."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=60)
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.claim_id}:{self.pk}"


class Answer(models.Model):
    """What the agency said. items: (title, amount as text) of an approval; words: what is missing, or why not; remedies: as they were told.

    complete_by: until when what is missing is handed in; paid_on: the day the money went out.
    """

    class Kind(models.TextChoices):
        APPROVED = "approve", "核定"
        PAID = "pay", "已支付"
        RETURNED = "return", "退回补正"
        REFUSED = "refuse", "不予支付"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind)
    items = EncryptedJSONField(default=list)
    words = EncryptedTextField(blank=True)
    remedies = models.CharField(max_length=300, blank=True)
    complete_by = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.claim_id}:{self.kind}"


class Correction(models.Model):
    """That the agency took an answer back as wrong, and why. The answer stays as it was."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="correction")
    reason = EncryptedTextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.answer_id}"
