"""Kits, the examinations in them, the events they bring, and their files. What came back stays as it came."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.unedited import unedited
from gongjian.kits.states import Ending, Kind, Stage, Way
from gongjian.sittings.states import choices

USER = settings.AUTH_USER_MODEL
STAYS = pgtrigger.Protect(name="stays", operation=pgtrigger.Delete)


class Kit(models.Model):
    """What one expert took along for one sitting. key: signs what happens away, its secret half never leaves the device.

    code: opens the device, destroyed when the kit's time has ended; secret: opens what the device sends, and nothing that it keeps.
    """

    number = models.CharField(max_length=12, unique=True)
    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="kits")
    user = models.ForeignKey(USER, models.PROTECT, related_name="kits")
    key = models.OneToOneField("opinions.SigningKey", models.PROTECT, related_name="kit")
    authority = models.CharField(max_length=128)
    """The expert's own signature over the kit's key, made with the password when it was taken out."""
    code = EncryptedTextField(blank=True)
    secret = EncryptedTextField()
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=choices(Ending), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="kit_ends_somehow",
            )
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="kits_of_an_expert"),
            models.Index(fields=["expires_at"], condition=Q(ended_at=None), name="kits_away"),
        ]
        triggers = [STAYS, unedited(besides=("code", "ended_at", "ending"))]

    def __str__(self) -> str:
        return self.number


class KitCase(models.Model):
    """One examination in a kit. draft_version: which version of the draft it began from."""

    kit = models.ForeignKey(Kit, models.PROTECT, related_name="cases")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="kits")
    exam_code = models.CharField(max_length=40)
    draft_version = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "exam_code"], name="once_in_a_kit")]
        triggers = [STAYS, unedited(besides=())]

    def __str__(self) -> str:
        return f"{self.kit_id}:{self.exam_code}"


class KitEvent(models.Model):
    """Something that happened away. told: the very text the device hashed; about: None for an examination that is not in the kit.

    refusal: code of what stands against it; beside: what stood on the platform in its place, when the two differed.
    """

    kit = models.ForeignKey(Kit, models.PROTECT, related_name="events")
    n = models.IntegerField()
    event_id = models.UUIDField(unique=True)
    hash = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128)
    kind = models.CharField(max_length=10, choices=choices(Kind))
    exam_code = models.CharField(max_length=40)
    about = models.ForeignKey(KitCase, models.PROTECT, null=True, related_name="events")
    told = EncryptedTextField()
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=choices(Stage), default=Stage.WAITING)
    refusal = models.CharField(max_length=60, blank=True)
    beside = EncryptedJSONField(default=None, null=True)
    done_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=10, choices=choices(Way), blank=True)
    settled_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kit", "n"], name="event_once"),
            models.CheckConstraint(condition=Q(n__gte=1), name="events_count_from_one"),
        ]
        indexes = [
            models.Index(fields=["kit", "n"], condition=Q(stage="waiting"), name="events_waiting"),
            models.Index(fields=["kit", "n"], condition=Q(stage="conflict"), name="events_in_conflict"),
        ]
        triggers = [STAYS, unedited(besides=("stage", "refusal", "beside", "done_at", "way", "settled_by_id"))]

    def __str__(self) -> str:
        return f"{self.kit_id}#{self.n}"


class KitFile(models.Model):
    """A picture or a signature that a kit has sent; the event that names it follows or has come before."""

    kit = models.ForeignKey(Kit, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "sha256"], name="file_once_a_kit")]
        triggers = [STAYS, unedited(besides=())]

    def __str__(self) -> str:
        return f"{self.kit_id}:{self.sha256[:12]}"
