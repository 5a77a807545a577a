"""Rows of competence, the changes that were entered, and what was handed over. A row is never edited: only its last day is written in."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.jurisdiction.rules import BUSINESSES
from gongjian.kernel.unedited import unedited

USER = settings.AUTH_USER_MODEL


class Scoped(models.Model):
    """What a row is about: `rules.Scope`."""

    business = models.CharField(max_length=20, choices=list(BUSINESSES.items()))
    area = models.CharField(max_length=6, blank=True)
    employer = models.ForeignKey("parties.Employer", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Competence(Scoped):
    """That an office decides within a scope, while. entered_by: None for what held before the first change was entered."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="competences")
    since = models.DateField()
    until = models.DateField(null=True)
    ground = models.CharField(max_length=120)
    entered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "area", "employer", "since"],
                condition=Q(until=None) | Q(until__gte=F("since")),
                nulls_distinct=False,
                name="one_office_from_a_day_on",
            ),
            models.UniqueConstraint(
                fields=["business", "area", "employer"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="one_office_goes_on",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since") - 1), name="it_ends_after_it_began"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="competence_stays", operation=pgtrigger.Delete),
            unedited(besides=("until",)),
        ]

    def __str__(self) -> str:
        return f"{self.business} {self.area or self.employer_id} {self.since}"


class Change(Scoped):
    """A change entered in advance, and how far the handover of running cases has come. upto: the last case that was looked at.

    from_office: None where a named employer's cases come from whichever office each was at.
    """

    from_office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="changes_away")
    to_office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="changes_to")
    since = models.DateField()
    ground = models.CharField(max_length=120)
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    upto = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["since"], condition=Q(taken_back_at=None, done_at=None), name="changes_to_carry_out")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(from_office=F("to_office")), name="a_change_changes_something")
        ]
        triggers = [
            pgtrigger.Protect(name="change_stays", operation=pgtrigger.Delete),
            unedited(besides=("taken_back_at", "upto", "done_at")),
        ]

    def __str__(self) -> str:
        return f"{self.business} {self.since}"


class SetAside(models.Model):
    """A running case at which a handover has failed, so that the others went on; tried again until it goes. fault: the kind of the failure, never its words."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="set_aside")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    fault = models.CharField(max_length=80)
    since = models.DateTimeField()
    tried_at = models.DateTimeField()
    tries = models.IntegerField(default=1)
    solved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "case"], name="set_aside_once")]
        indexes = [models.Index(fields=["tried_at"], condition=Q(solved_at=None), name="handovers_to_try_again")]
        triggers = [
            pgtrigger.Protect(name="set_aside_stays", operation=pgtrigger.Delete),
            unedited(besides=("fault", "tried_at", "tries", "solved_at")),
        ]

    def __str__(self) -> str:
        return f"{self.change_id}:{self.case_id}"


class HandedOver(models.Model):
    """What became of one running case: handed over with its state then, or finished where it was (stays)."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="cases")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="handovers")
    from_office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    state = models.CharField(max_length=30)
    stays = models.BooleanField()
    duties = models.JSONField(default=list)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "case"], name="handed_over_once"),
            models.CheckConstraint(
                condition=Q(stays=True, paper=None) | Q(stays=False, paper__isnull=False), name="who_is_moved_is_told"
            ),
        ]
        triggers = [pgtrigger.Protect(name="handover_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id}→{self.change_id}"
