"""Deliveries, attempts, consents, post batches, notices and copies. A served day is written once; whoever corrects it says why."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.cases.models import ORDINARY
from gongjian.cases.procedures import decision_papers, service_of
from gongjian.delivery.methods import RELATIONS, Method
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
METHODS = [(method.value, method.label) for method in Method]
WORKER, EMPLOYER, OTHER = "worker", "employer", "other"
RECIPIENTS = {WORKER: "被鉴定人", EMPLOYER: "用人单位", OTHER: "其他收件人"}


class Delivery(models.Model):
    """One paper for one recipient. method: the way in use or to be tried next; served_on: written once, by the attempt that succeeded."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="deliveries")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="deliveries")
    recipient = models.CharField(max_length=10, choices=list(RECIPIENTS.items()))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="deliveries")
    name = EncryptedTextField()
    telephone = EncryptedTextField(blank=True)
    address = EncryptedTextField(blank=True)
    method = models.CharField(max_length=20, choices=METHODS)
    due_on = models.DateField()
    made_at = models.DateTimeField()
    served_on = models.DateField(null=True)
    paper_wanted_at = models.DateTimeField(null=True)
    priority = models.SmallIntegerField(default=ORDINARY, db_default=ORDINARY)
    """Its case's, for the order of the list."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "recipient"], condition=~Q(recipient="other"), name="delivered_once_per_side"
            ),
            models.UniqueConstraint(
                fields=["paper", "account"], condition=Q(recipient="other"), name="delivered_once_per_account"
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "priority", "due_on", "id"],
                condition=Q(served_on=None),
                name="deliveries_urgent_first",
            ),
            models.Index(fields=["case", "id"], name="deliveries_of_a_case"),
        ]
        triggers = [
            pgtrigger.Protect(name="delivery_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="served_once",
                operation=pgtrigger.UpdateOf("served_on"),
                condition=pgtrigger.Q(old__served_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}→{self.recipient}"

    @property
    def served_day(self) -> date | None:
        """The day that counts: as corrected last, or as first written."""
        corrections = sorted(self.corrections.all(), key=lambda row: row.pk)
        return corrections[-1].served_on if corrections else self.served_on

    @property
    def last_attempt(self) -> "Attempt | None":
        """The newest attempt, running or ended."""
        return max(self.attempts.all(), key=lambda row: row.pk, default=None)

    @property
    def is_of_decision(self) -> bool:
        """Whether it serves what was decided, from which the time for a remedy runs, and not a notice."""
        return self.paper.kind in decision_papers()

    @property
    def appeal(self) -> str:
        """What the remedy against it is called."""
        return service_of(self.case.procedure).appeal

    @property
    def limit(self) -> str:
        """The limit within which what was decided is to be served."""
        return service_of(self.case.procedure).deliver

    @property
    def is_to_body(self) -> bool:
        """Whether the recipient is an employer, for whom others sign than for a person."""
        return self.recipient == EMPLOYER

    @property
    def clock(self) -> str:
        """What the days of its public notice are about: the side for what was decided, else this one delivery."""
        return self.recipient if self.is_of_decision else self.subject

    @property
    def subject(self) -> str:
        """What the obligations of this one delivery are about."""
        return f"delivery:{self.pk}"

    @property
    def was_late(self) -> bool:
        """Whether it was served after the limit of delivery."""
        day = self.served_day
        return day is not None and day > self.due_on


class PostBatch(models.Model):
    """What is handed to the post together on one day, with its signed list."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    carrier = models.CharField(max_length=60)
    posted_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["office", "-made_at"], name="post_batches_newest_first")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.posted_on}#{self.pk}"


class Attempt(models.Model):
    """One try to serve: begun, then ended once with its outcome. facts: who signed, relation, servers, reason (see `methods.FACTS`)."""

    class Outcome(models.TextChoices):
        RUNNING = "running", "进行中"
        SERVED = "served", "已送达"
        FAILED = "failed", "未送达"

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="attempts")
    method = models.CharField(max_length=20, choices=METHODS)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey(PostBatch, models.PROTECT, null=True, related_name="attempts")
    line = models.IntegerField(null=True)
    tracking = models.CharField(max_length=40, blank=True)
    message_key = models.CharField(max_length=200, blank=True)
    notice = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.RUNNING)
    outcome_on = models.DateField(null=True)
    facts = EncryptedJSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery"], condition=Q(outcome="running"), name="one_attempt_at_a_time"),
            models.UniqueConstraint(fields=["delivery"], condition=Q(outcome="served"), name="served_by_one_attempt"),
            models.UniqueConstraint(fields=["batch", "line"], name="one_envelope_per_line"),
            models.CheckConstraint(
                condition=Q(outcome="running", ended_at=None) | Q(ended_at__isnull=False), name="an_outcome_has_a_time"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="attempt_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_for_good", operation=pgtrigger.Update, condition=pgtrigger.Q(old__ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}:{self.method} {self.outcome}"

    @property
    def signer(self) -> str:
        """Who signed, and what that person is to the recipient; "" where nobody did."""
        return self._told("received_by", "relation")

    @property
    def refuser(self) -> str:
        """Who refused and why, where a paper was left; "" elsewhere."""
        return self._told("refusal", "refused_by")

    def _told(self, fact: str, who: str) -> str:
        told, relation = self.facts.get(fact, ""), RELATIONS.get(self.facts.get(who, ""), "")
        return f"{told}（{relation}）" if told and relation else told


class Proof(models.Model):
    """A kept file of an attempt: the signed record, the return slip, a photo or film."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="proofs")
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.attempt_id}:{self.name}"


class Correction(models.Model):
    """A served day that was written down wrongly, set right with a reason; what was written first stays."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="corrections")
    former_on = models.DateField()
    served_on = models.DateField()
    reason = EncryptedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.delivery_id}:{self.former_on}→{self.served_on}"


class Consent(models.Model):
    """A side's word on electronic delivery after the application: given or taken back. The last one counts."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=10, choices=list(RECIPIENTS.items()))
    given = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "recipient", "-id"], name="consents_latest_first")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.recipient} {self.given}"


class CopySent(models.Model):
    """A copy of a conclusion to the HRSS department or the agency: when, which bytes, by which way."""

    class Way(models.TextChoices):
        WEBHOOK = "webhook", "系统接口"
        INBOX = "inbox", "工作人员消息箱"
        NONE = "none", "待人工抄送"

    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="copies")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="copies")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=Way)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "office"], name="copied_once_per_office")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.paper_id}→{self.office_id}"


class SecondAppraisal(models.Model):
    """A recipient has used the remedy in time: a second appraisal, or a review or suit; what was decided does not take effect by lapse of time."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="second_appraisal")
    applied_on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.applied_on}"
