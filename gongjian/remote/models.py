"""Remote rooms, who sits in them, and what their browsers say to each other for some seconds before they are connected."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.unedited import unedited
from gongjian.remote.rules import Measure, Present
from gongjian.remote.states import OPEN, FallBack, Role, RoomState
from gongjian.sittings.states import choices

USER = settings.AUTH_USER_MODEL


class RemoteRoom(models.Model):
    """One examination at a distance. identified_by: who compared face and document on camera."""

    booking = models.ForeignKey("sittings.Booking", models.PROTECT, related_name="remote_rooms")
    state = models.CharField(max_length=10, choices=choices(RoomState), default=RoomState.WAITING.value)
    opened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    identified_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    identified_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=10, choices=choices(FallBack), blank=True, default="")
    reason = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state__in=[state.value for state in OPEN]), name="one_open_remote_room"
            ),
            models.CheckConstraint(
                condition=~Q(state="sitting") | Q(identified_at__isnull=False), name="nobody_examined_unidentified"
            ),
            models.CheckConstraint(condition=~Q(state="fell_back") | ~Q(ground=""), name="fell_back_on_a_ground"),
        ]
        triggers = [
            pgtrigger.Protect(name="remote_room_stays", operation=pgtrigger.Delete),
            unedited(
                besides=("state", "identified_by_id", "identified_at", "started_at", "ended_at", "ground", "reason")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}:{self.state}"


class RemoteSeat(models.Model):
    """Somebody's place in a remote room. session: changes with each entering, so that others connect anew."""

    room = models.ForeignKey(RemoteRoom, models.PROTECT, related_name="seats")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=choices(Role))
    session = models.CharField(max_length=16)
    entered_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    kbps = models.IntegerField(null=True)
    loss = models.IntegerField(null=True)
    delay_ms = models.IntegerField(null=True)
    lines = models.IntegerField(null=True)
    measured_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="one_seat_each")]

    def __str__(self) -> str:
        return f"{self.room_id}:{self.role}"

    @property
    def measure(self) -> Measure | None:
        """What its browser told last."""
        if self.kbps is None or self.loss is None or self.delay_ms is None or self.lines is None:
            return None
        return Measure(self.kbps, self.loss, self.delay_ms, self.lines)

    @property
    def present(self) -> Present:
        """The same as the gate sees it."""
        is_admitted = self.admitted_at is not None
        return Present(Role(self.role), is_admitted, self.seen_at, self.measure, self.measured_at)


class Signal(models.Model):
    """One word from a browser to another. It names the addresses of their devices, so it lies encrypted and goes after two minutes."""

    sender = models.ForeignKey(RemoteSeat, models.CASCADE, related_name="+")
    recipient = models.ForeignKey(RemoteSeat, models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=6)
    session = models.CharField(max_length=16)
    body = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["recipient", "id"], name="signals_in_turn")]

    def __str__(self) -> str:
        return f"{self.sender_id}→{self.recipient_id}"
