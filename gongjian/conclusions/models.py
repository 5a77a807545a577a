"""Reviews, conclusions, and batches of signing. What was reviewed or concluded is never edited: the database refuses it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.conclusions.rules import Result
from gongjian.grading.outcomes import Outcome, SelfCareLevel
from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.unedited import unedited

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
SELFCARE = [(level.value, level.label) for level in SelfCareLevel]


class Review(models.Model):
    """One look at the group's opinion between vote and signature: by the reviewer, who passes it on or sends it back to the group for a formal
    defect, or the signer's return with a reason.

    It keeps what was seen: the signer may only sign the same.
    """

    class Kind(models.TextChoices):
        REVIEWED = "reviewed", "复核"
        RETURNED = "returned", "退回复核"
        REOPENED = "reopened", "退回专家组"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind)
    grade = models.IntegerField(null=True)
    selfcare = models.CharField(max_length=10, choices=SELFCARE)
    clauses = models.JSONField()
    opinion_hash = models.CharField(max_length=64)
    note = EncryptedTextField(blank=True)
    doubts = models.IntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="reviews_of_a_case"),
            models.Index(fields=["-at", "-id"], condition=Q(kind="reopened"), name="reopened_newest_first"),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.kind}"

    @property
    def result(self) -> Result:
        """What was seen."""
        return Result(self.grade, self.selfcare, tuple(self.clauses), self.opinion_hash)


class Conclusion(models.Model):
    """The conclusion of a case. Only the day it takes effect is added later; it is never changed to another, only taken back as a whole."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="conclusion")
    grade = models.IntegerField(null=True)
    selfcare = models.CharField(max_length=10, choices=SELFCARE)
    clauses = models.JSONField()
    standard = models.CharField(max_length=40)
    condition = EncryptedTextField()
    opinion_hash = models.CharField(max_length=64)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    concluded_on = models.DateField()
    was_late = models.BooleanField(default=False)
    paper = models.OneToOneField("papers.Paper", models.PROTECT, related_name="conclusion")
    effective_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grade=None) | Q(grade__range=(1, 10)), name="grade_is_one_of_ten"),
            models.CheckConstraint(
                condition=~Q(reviewed_by=models.F("signed_by")), name="reviewer_and_signer_are_two_people"
            ),
        ]
        indexes = [
            models.Index(fields=["concluded_on"], condition=Q(effective_on=None), name="conclusions_not_in_effect")
        ]
        triggers = [
            pgtrigger.Protect(name="conclusion_stays", operation=pgtrigger.Delete),
            unedited(besides=("effective_on",)),
            pgtrigger.Protect(
                name="in_effect_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__effective_on__isnull=False, new__effective_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.concluded_on}"

    @property
    def sides(self) -> tuple[str, ...]:
        """On which sides it is served. Law: 令55 art. 17."""
        return ("worker", "employer") if self.case.employer_id else ("worker",)

    @property
    def outcome(self) -> Outcome:
        """As `grading.outcomes` says it, with labels and exchange codes."""
        return Outcome(self.grade, SelfCareLevel(self.selfcare))

    @property
    def result(self) -> Result:
        """What was concluded."""
        return Result(self.grade, self.selfcare, tuple(self.clauses), self.opinion_hash)


class SigningBatch(models.Model):
    """Cases that a signer has chosen to sign one after the other. Each is a signature of its own; what is left can be gone on with."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signing_batches")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by_id} {self.made_at:%Y-%m-%d}"


class SigningItem(models.Model):
    """One case of a batch: waiting, signed, or refused with the sentence of the refusal. seen: hash of the opinion on the list that was ticked."""

    class State(models.TextChoices):
        WAITING = "waiting", "待签发"
        SIGNED = "signed", "已签发"
        REFUSED = "refused", "未能签发"

    batch = models.ForeignKey(SigningBatch, models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    seen = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sentence = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "case"], name="case_once_per_batch")]
        indexes = [models.Index(fields=["batch", "state", "id"], name="what_is_left_of_a_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.case_id} {self.state}"
