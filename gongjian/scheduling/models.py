"""Plannings, proposals and placements.

The database keeps: one running planning and one open proposal per office, one placement per case in a proposal, booked means a booking.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedTextField
from gongjian.scheduling.states import RUNNING, Outcome, PlanningState, ProposalState, Step


class Proposal(models.Model):
    """A plan as it was made. late, late_at_least: cases late in it, and in any plan; adding: sitting number → specialties to be added.

    relaxation: what would have to give so that nobody is late ("places": sitting → how many; "specialties": pairs; "hopeless": how many cases).
    """

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="proposals")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.label) for s in ProposalState], default=ProposalState.OPEN.value
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cases = models.IntegerField()
    late = models.IntegerField()
    late_at_least = models.IntegerField()
    adding: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    relaxation: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office"], condition=Q(state="open"), name="one_open_proposal_per_office"),
            models.CheckConstraint(
                condition=Q(late__gte=0) & Q(late_at_least__lte=models.F("late")), name="late_bound"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}:{self.pk}"

    @property
    def chain(self) -> str:
        """Name of the office's chain in the ledger."""
        return f"office:{self.office.code}"


class Placement(models.Model):
    """One case in a proposal: where it is put, None for nowhere; by when it should be examined; why there; and what became of it.

    locked: a person put it there. refusal: the code of what stood against it when the proposal was accepted, and the sentence.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="placements")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="placements")
    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, null=True, related_name="placements")
    due = models.DateField()
    is_late = models.BooleanField()
    locked = models.BooleanField(default=False)
    why = EncryptedTextField(blank=True, default="")
    outcome = models.CharField(
        max_length=10, choices=[(o.value, o.label) for o in Outcome], default=Outcome.PENDING.value
    )
    booking = models.ForeignKey("sittings.Booking", models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=60, blank=True)
    refused_because = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "case"], name="case_once_in_a_proposal"),
            models.CheckConstraint(
                condition=Q(outcome="booked", booking__isnull=False) | (~Q(outcome="booked") & Q(booking=None)),
                name="booked_with_a_booking",
            ),
            models.CheckConstraint(condition=Q(locked=False) | Q(sitting__isnull=False), name="locked_somewhere"),
        ]
        indexes = [models.Index(fields=["proposal", "sitting", "due", "id"], name="placements_of_a_sitting")]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.case_id}"


class Planning(models.Model):
    """One run of the planner in the background: asked for, begun by a worker, ended with a proposal or with the sentence that says why not.

    step: how far it is; attempts: how many workers have begun it (one that died is followed by another).
    """

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="plannings")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.label) for s in PlanningState], default=PlanningState.WAITING.value
    )
    step = models.SmallIntegerField(choices=[(s.value, s.label) for s in Step], default=Step.ASKED.value)
    attempts = models.SmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+")
    refused_because = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(state__in=[s.value for s in RUNNING]),
                name="one_running_planning_per_office",
            ),
            models.CheckConstraint(
                condition=Q(state="done", proposal__isnull=False, refused_because="")
                | Q(state="failed", proposal=None) & ~Q(refused_because="")
                | Q(state__in=[s.value for s in RUNNING], proposal=None, refused_because="", ended_at=None),
                name="planning_ends_with_a_proposal_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}:{self.state}"

    @property
    def is_running(self) -> bool:
        """Whether it is not over."""
        return self.state in RUNNING

    @property
    def chain(self) -> str:
        """Name of the office's chain in the ledger."""
        return f"office:{self.office.code}"
