"""Answers to the notice, recordings with their pieces and marks, play-backs, holds and requests. The database keeps pieces and reasons unedited."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.unedited import unedited
from gongjian.recordings.chain import Piece
from gongjian.recordings.rules import Limits
from gongjian.recordings.states import (
    Answer,
    EraseCause,
    HoldGround,
    Purpose,
    RecordingState,
    RefusalGround,
    RequestState,
    Speaker,
    Step,
    Wish,
)
from gongjian.sittings.states import choices

USER = settings.AUTH_USER_MODEL
APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Consent(models.Model):
    """What was said to the notice: by whom, before whom, to which words. The newest holds; by: the member of staff who heard it, or the party whose page took it back."""

    booking = models.ForeignKey("sittings.Booking", models.PROTECT, related_name="recording_consents")
    answer = models.CharField(max_length=10, choices=choices(Answer))
    speaker = models.CharField(max_length=10, choices=choices(Speaker))
    notice = models.CharField(max_length=64)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["booking", "-id"], name="newest_consent")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.booking_id}:{self.answer}"


class Recording(models.Model):
    """One recording of one examination. key: its own, begins its chain; head: the last link. An interrupted examination has several."""

    booking = models.ForeignKey("sittings.Booking", models.PROTECT, related_name="recordings")
    key = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=12, choices=choices(RecordingState), default=RecordingState.RUNNING.value)
    video_kbps = models.IntegerField()
    audio_kbps = models.IntegerField()
    minutes = models.IntegerField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    pieces_count = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    length_ms = models.IntegerField(default=0)
    head = models.CharField(max_length=64)
    keep_until = models.DateField()
    erased_at = models.DateTimeField(null=True)
    erased_why = models.CharField(max_length=10, choices=choices(EraseCause), blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking"], condition=Q(state="running"), name="one_recording_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="running", ended_at=None) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="recording_ended_once",
            ),
        ]
        indexes = [
            models.Index(fields=["keep_until", "id"], condition=Q(erased_at=None), name="recordings_to_erase"),
            models.Index(fields=["last_at"], condition=Q(state="running"), name="recordings_running"),
        ]
        triggers = [
            pgtrigger.Protect(name="recording_stays", operation=pgtrigger.Delete),
            unedited(
                besides=(
                    "state",
                    "last_at",
                    "ended_at",
                    "pieces_count",
                    "size",
                    "length_ms",
                    "head",
                    "erased_at",
                    "erased_why",
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]}"

    @property
    def limits(self) -> Limits:
        """What was agreed before it began."""
        return Limits(video_kbps=self.video_kbps, audio_kbps=self.audio_kbps, minutes=self.minutes)

    @property
    def is_running(self) -> bool:
        return self.state == RecordingState.RUNNING


class Chunk(models.Model):
    """One piece of a recording, and its link in the chain; the bytes lie in the evidence store."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="chunks")
    position = models.IntegerField()
    starts_ms = models.IntegerField()
    ends_ms = models.IntegerField()
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    link = models.CharField(max_length=64)
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "position"], name="piece_once"),
            models.CheckConstraint(condition=Q(ends_ms__gt=F("starts_ms")), name="piece_lasts"),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.recording_id}:{self.position}"

    @property
    def piece(self) -> Piece:
        """The same as the chain knows it."""
        return Piece(self.position, self.starts_ms, self.ends_ms, self.size, self.sha256, self.link)


class Mark(models.Model):
    """That a step of the examination began at a time of the recording."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="marks")
    step = models.CharField(max_length=12, choices=choices(Step))
    at_ms = models.IntegerField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recording", "step", "at_ms"], name="mark_once")]
        ordering = ["at_ms", "id"]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.recording_id}:{self.step}"


class Playback(models.Model):
    """That somebody opened a recording, and what for; it stays open to them for a while."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="playbacks")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=choices(Purpose))
    reason = EncryptedTextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["recording", "-at"], name="playbacks_newest_first")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.recording_id}:{self.purpose}"


class Hold(models.Model):
    """That a recording is kept beyond its day, why, and until somebody lifted it."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="holds")
    ground = models.CharField(max_length=10, choices=choices(HoldGround))
    reason = EncryptedTextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "ground"], condition=Q(lifted_at=None), name="held_once")
        ]
        triggers = [
            pgtrigger.Protect(name="hold_stays", operation=pgtrigger.Delete),
            unedited(besides=("lifted_at", "lifted_by_id")),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id}:{self.ground}"


class Request(models.Model):
    """That the person asks for their recordings of a case, and what was answered."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="recording_requests")
    wish = models.CharField(max_length=4, choices=choices(Wish))
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=choices(RequestState), default=RequestState.ASKED.value)
    ground = models.CharField(max_length=12, choices=choices(RefusalGround), blank=True, default="")
    answer = EncryptedTextField(blank=True, default="")
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="asked"), name="one_open_recording_request"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None) | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="recording_request_answered",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(ground=""), name="refused_on_a_ground"),
        ]
        triggers = [
            pgtrigger.Protect(name="request_stays", operation=pgtrigger.Delete),
            unedited(besides=("state", "ground", "answer", "decided_by_id", "decided_at")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.state}"

    @property
    def article(self) -> str:
        """On which text a refusal stands."""
        return RefusalGround(self.ground).article if self.ground else ""
