"""What is proposed sentence by sentence, and what was decided. Nothing of it is ever edited."""

from collections.abc import Iterator

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.cases.models import Case
from gongjian.grading.parts import recognised_part
from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.unedited import unedited
from gongjian.recognition.rules import OUTCOMES, SUPPORTS

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
USER = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """The investigators' draft of a decision. A new draft is a new row; the last one counts. digest: what reviewer and signer have seen."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="proposals")
    outcome = models.CharField(max_length=10, choices=[(code, told.label) for code, told in OUTCOMES.items()])
    heads = models.JSONField()
    parts = models.CharField(max_length=200, blank=True)
    part_codes = models.JSONField(default=list)
    """The same parts by their codes ("133:right"), where they were named so: an appraisal takes them over."""
    treatment = EncryptedTextField(blank=True)
    reason = EncryptedTextField(blank=True)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-id"], name="proposals_latest_first")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.outcome}"

    @property
    def parts_named(self) -> str:
        """The parts that bear a code, in words."""
        return "、".join(
            recognised_part(code, side).label for code, _, side in (each.partition(":") for each in self.part_codes)
        )


class Sentence(models.Model):
    """One sentence of the facts found. Without a support it is pending (【待核实】) and cannot be issued."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sentences")
    order = models.IntegerField()
    text = EncryptedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "order"], name="sentence_once_in_its_place")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.order}"


class Support(models.Model):
    """What a sentence rests on: a paper that was handed in, a line of an interview, or a site record."""

    sentence = models.ForeignKey(Sentence, models.PROTECT, related_name="supports")
    kind = models.CharField(max_length=10, choices=list(SUPPORTS.items()))
    material = models.ForeignKey("materials.Material", models.PROTECT, null=True, related_name="+")
    interview = models.ForeignKey("recognition.Interview", models.PROTECT, null=True, related_name="+")
    line = models.IntegerField(null=True)
    site = models.ForeignKey("recognition.SiteRecord", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="material", material__isnull=False)
                | Q(kind="interview", interview__isnull=False, line__isnull=False)
                | Q(kind="site", site__isnull=False),
                name="a_support_names_what_it_is",
            )
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.sentence_id}:{self.kind}"


class Decision(models.Model):
    """What was decided, with its paper. Only the day on which the remedies had run out, or on which it fell, is added later.

    Of the decisions of a case one stands at most; those that fell stay as they were.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="recognition_decisions")
    outcome = models.CharField(max_length=10, choices=[(code, told.label) for code, told in OUTCOMES.items()])
    heads = models.JSONField()
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="decision")
    reason = EncryptedTextField(blank=True)
    reviewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    was_late = models.BooleanField(default=False)
    paper = models.OneToOneField("papers.Paper", models.PROTECT, related_name="recognition_decision")
    effective_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(revoked_on=None), name="one_decision_stands"),
            models.CheckConstraint(
                condition=~Q(reviewed_by=models.F("signed_by")), name="recognition_reviewer_is_not_signer"
            ),
            models.CheckConstraint(
                condition=Q(outcome="rejected", proposal=None)
                | Q(outcome="revoked", proposal=None, reviewed_by__isnull=False)
                | Q(proposal__isnull=False, reviewed_by__isnull=False),
                name="a_decision_was_proposed_and_reviewed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="recognition_decision_stays", operation=pgtrigger.Delete),
            unedited(besides=("effective_on", "revoked_on")),
            pgtrigger.Protect(
                name="fallen_for_good", operation=pgtrigger.Update, condition=pgtrigger.Q(old__revoked_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.decided_on}"

    @property
    def sides(self) -> tuple[str, ...]:
        """On which sides it is served: a rejection on all who applied, every other decision on both. Law: 令8 art. 8, 22."""
        return tuple(dict.fromkeys(_applied(self.case))) if self.outcome == "rejected" else ("worker", "employer")


def _applied(case: Case) -> Iterator[str]:
    """The side of the application, and of each that was joined to it."""
    yield case.recognition_application.side.value
    for row in case.joinings.filter(verdict="joined").select_related("other__recognition_application").order_by("id"):
        yield from _applied(row.other)


class Review(models.Model):
    """A look at a proposal between draft and signature: passed on, given back to the investigators, or returned by the signer."""

    class Kind(models.TextChoices):
        REVIEWED = "reviewed", "复核同意"
        GIVEN_BACK = "given_back", "退回调查"
        RETURNED = "returned", "退回复核"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind)
    note = EncryptedTextField(blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.kind}"
