"""Kiosks, who has come, what people were told about being late, what they thought of the day, and what was done for all at once."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.turns import STILL_TO_TAKE, Line, Turn
from gongjian.kernel.unedited import unedited
from gongjian.reception.states import Cause, Mark, Operation
from gongjian.sittings.states import choices

USER = settings.AUTH_USER_MODEL


class Kiosk(models.Model):
    """A machine that was opened for self-service at one sitting. key: hash of the secret that only its browser holds."""

    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="kiosks")
    name = models.CharField(max_length=20)
    key = models.CharField(max_length=64, unique=True)
    opened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [unedited(besides=("closed_at",))]

    def __str__(self) -> str:
        return f"{self.sitting_id}:{self.name}"


class Attendance(models.Model):
    """That a person has come to the place, before anybody has seen who they are; once for each booking.

    key: opens the person's own page of the day; desk, called_at, calls: to which desk they were called for the identity check.
    """

    booking = models.OneToOneField("sittings.Booking", models.PROTECT, related_name="attendance")
    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="attendances")
    kiosk = models.ForeignKey(Kiosk, models.PROTECT, null=True, related_name="attendances")
    noted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=32, unique=True)
    desk = models.CharField(max_length=20, blank=True)
    called_at = models.DateTimeField(null=True)
    calls = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kiosk__isnull=False) | Q(noted_by__isnull=False), name="attendance_noted_somehow"
            )
        ]
        indexes = [models.Index(fields=["sitting", "at", "id"], name="attendances_in_turn")]
        triggers = [
            pgtrigger.Protect(name="attendance_stays", operation=pgtrigger.Delete),
            unedited(besides=("desk", "called_at", "calls")),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}"


class Delay(models.Model):
    """That staff said a sitting begins, or goes on, so many minutes later, and why; the newest holds until it is ended."""

    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="delays")
    minutes = models.IntegerField()
    cause = models.CharField(max_length=10, choices=choices(Cause))
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting"], condition=Q(ended_at=None), name="one_delay_at_a_time"),
            models.CheckConstraint(condition=Q(minutes__gte=5) & Q(minutes__lte=480), name="delay_within_a_day"),
        ]
        triggers = [unedited(besides=("ended_at",))]

    def __str__(self) -> str:
        return f"{self.sitting_id}:{self.minutes}"


class LateWord(models.Model):
    """That a person was told how late it will be. step: how many times twenty minutes; each is told once."""

    booking = models.ForeignKey("sittings.Booking", models.PROTECT, related_name="late_words")
    step = models.IntegerField()
    expected_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["booking", "step"], name="late_word_once")]
        triggers = [pgtrigger.Protect(name="late_word_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.booking_id}:{self.step}"


class Feedback(models.Model):
    """What a person thought of the day, in one of five words and, if they like, their own; what was said first stays."""

    attendance = models.OneToOneField(Attendance, models.PROTECT, related_name="feedback")
    mark = models.CharField(max_length=1, choices=choices(Mark))
    words = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="feedback_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.attendance_id}"


class Run(Line):
    """One thing done for everybody of a sitting. What is still to be done is in its rows: a run that was cut off is gone on with."""

    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="runs")
    operation = models.CharField(max_length=10, choices=choices(Operation))
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "operation"], condition=Q(finished_at=None), name="one_run_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=Q(finished_at=None), name="runs_under_way")]
        triggers = [
            pgtrigger.Protect(name="run_stays", operation=pgtrigger.Delete),
            unedited(besides=("finished_at",)),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}:{self.operation}"


class RunTurn(Turn):
    """One person's turn in a run: done, or refused with the reason in words."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="turns")
    booking = models.ForeignKey("sittings.Booking", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "booking"], name="one_turn_each")]
        indexes = [models.Index(fields=["run", "id"], condition=STILL_TO_TAKE, name="turns_to_take")]
        triggers = [
            pgtrigger.Protect(name="turn_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="turn_done_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__done_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.booking_id}"
