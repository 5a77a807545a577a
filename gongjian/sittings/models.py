"""Sittings and bookings. The database keeps: no slot over its capacity, every booking counted in its slot, one live booking per case."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.kernel.fields import EncryptedTextField
from gongjian.law.modes import HELD_HERE, Mode
from gongjian.sittings import collectives
from gongjian.sittings.states import (
    LIVE,
    AbsenceState,
    BookingState,
    CameBy,
    QueueState,
    RequestState,
    SittingState,
    choices,
)
from gongjian.sittings.wishes import ModeWish

APPLICATIONS = (collectives.Collective, collectives.Listed)
"""Tables of this room that stand in a file of their own."""
FOUND_BY = [("code", "签到码"), ("id_number", "证件号码"), ("telephone", "手机号码"), ("ticket", "号票")]
LIVE_LIST = ", ".join(f"'{state.value}'" for state in LIVE)
PLACES_COUNTED = """
IF EXISTS (
    SELECT 1 FROM sittings_slot s
    WHERE s.id IN ({slots})
      AND s.taken <> (SELECT count(*) FROM sittings_booking b WHERE b.slot_id = s.id AND b.state IN ({live}))
) THEN
    RAISE EXCEPTION 'a booking was made or given up without counting its place' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


def places_counted(*slots: str, operation: Any) -> pgtrigger.Trigger:
    """At commit, a slot's `taken` is the number of its live bookings: no path may book without counting, or count without booking."""
    return pgtrigger.Trigger(
        name="places_counted",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=PLACES_COUNTED.format(slots=", ".join(slots), live=LIVE_LIST),
    )


class Venue(models.Model):
    """A place where sittings are held. district: six digits of where it lies, "" for the office's own place.

    employer: whose premises it is; only that employer's workers are called there.
    """

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="venues")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200)
    directions = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=6, blank=True, default="")
    step_free = models.BooleanField(default=True)
    closed_on = models.DateField(null=True, blank=True)
    employer = models.ForeignKey("parties.Employer", models.PROTECT, null=True, blank=True, related_name="venues")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="venue_once")]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room in which a group examines."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venue", "name"], name="room_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Sitting(models.Model):
    """One day (or half) of examinations at one venue. specialties: codes of what its groups will cover.

    mode: how people are examined; on visits the venue is where the team starts. minutes: how long a slot lasts, 0 where it was not kept.
    """

    number = models.CharField(max_length=40, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="sittings")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="sittings")
    rooms: "models.ManyToManyField[Room, Any]" = models.ManyToManyField(Room, related_name="sittings", blank=True)
    mode = models.CharField(max_length=12, choices=choices(HELD_HERE), default=Mode.HALL.value)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.IntegerField(default=0)
    specialties: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=choices(SittingState), default=SittingState.PLANNED.value)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="sitting_in_order"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in SittingState]), name="sitting_state_known"),
            models.CheckConstraint(condition=Q(mode__in=[m.value for m in HELD_HERE]), name="sitting_mode_known"),
        ]
        indexes = [models.Index(fields=["office", "day", "id"], name="sittings_by_day")]

    def __str__(self) -> str:
        return self.number

    @property
    def chain(self) -> str:
        """Name of the sitting's chain in the ledger."""
        return f"sitting:{self.number}"

    @property
    def place(self) -> str:
        """Venue and address as papers and messages say it."""
        return f"{self.venue.name}（{self.venue.address}）"


class Slot(models.Model):
    """A time of a sitting to which `capacity` people may be called."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    capacity = models.IntegerField()
    taken = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "starts_at"], name="one_slot_per_time"),
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("capacity")), name="slot_never_over_capacity"
            ),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="slot_has_room"),
        ]
        triggers = [places_counted("NEW.id", operation=pgtrigger.Insert | pgtrigger.UpdateOf("taken"))]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.taken}/{self.capacity}"

    @property
    def free(self) -> int:
        return self.capacity - self.taken


class SpecialNeeds(models.Model):
    """What a person needs in order to come and be examined; it travels with the person from booking to booking."""

    person = models.OneToOneField("parties.Person", models.PROTECT, related_name="special_needs")
    codes: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    note = EncryptedTextField(blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.person_id}"


class Booking(models.Model):
    """A case's place in a slot. exam_code: opaque, the only name under which experts know the case; ticket: what the hall calls.

    needs: specialty codes as they were when the place was checked last; assistance: special needs likewise; flags: what no longer fits.
    wish: what the mode rests on, where it is not the hall.
    noticed_at: since when the side of whoever must appear knows; told_at: since when that is on record apart from any message, and how.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="bookings")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="bookings")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    wish = models.ForeignKey(ModeWish, models.PROTECT, null=True, related_name="bookings")
    state = models.CharField(max_length=10, choices=choices(BookingState), default=BookingState.BOOKED.value)
    exam_code = models.CharField(max_length=12, unique=True)
    ticket = models.IntegerField(null=True)
    needs: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    assistance: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    flags: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    notice = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")
    noticed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_how = EncryptedTextField(blank=True, default="")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    short_notice_consent = EncryptedTextField(blank=True, default="")
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=[s.value for s in LIVE]), name="one_live_booking_per_case"
            ),
            models.UniqueConstraint(fields=["sitting", "ticket"], name="one_ticket_each"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in BookingState]), name="booking_state_known"),
        ]
        indexes = [
            models.Index(fields=["slot"], condition=Q(state__in=[s.value for s in LIVE]), name="places_of_a_slot"),
            models.Index(fields=["sitting", "state"], name="bookings_of_a_sitting"),
        ]
        triggers = [
            places_counted(
                "NEW.slot_id",
                "OLD.slot_id",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("slot_id", "state") | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}@{self.sitting_id}"

    @property
    def place(self) -> str:
        """Where the examination is, for whoever is examined: on a visit their own address, else the venue."""
        return self.wish.address if self.wish and self.wish.address else self.sitting.place

    @property
    def public_place(self) -> str:
        """The same for everybody else, and for text messages: nobody's address."""
        return "被鉴定人登记的地址" if self.wish and self.wish.address else self.sitting.place


class Presence(models.Model):
    """That a person came and was identified: how, by whom, when."""

    class Method(models.TextChoices):
        ORIGINAL_ID = "original_id", "核对身份证原件"
        READER = "reader", "身份证读卡器"
        SOCIAL_CARD = "social_card", "核对社会保障卡"
        OTHER = "other", "核对其他有效身份证件"

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="presence")
    method = models.CharField(max_length=12, choices=Method)
    document = models.CharField(max_length=40, blank=True)
    found_by = models.CharField(max_length=10, choices=FOUND_BY)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="presence_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.method}"


class Reschedule(models.Model):
    """A request for another day: why, from when one can come, how the wish came, and the office's answer."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="reschedules")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="requests")
    reason = EncryptedTextField()
    available_from = models.DateField()
    consent_at = models.DateTimeField(null=True)
    postpones = models.BooleanField(default=True)
    came_by = models.CharField(max_length=10, choices=choices(CameBy), default=CameBy.ONLINE.value)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=choices(RequestState), default=RequestState.ASKED.value)
    answer = EncryptedTextField(blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    settled_by = models.OneToOneField(Booking, models.PROTECT, null=True, related_name="settles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="asked"), name="one_open_request_per_case"),
            models.CheckConstraint(
                condition=Q(postpones=False) | Q(consent_at__isnull=False), name="postponed_by_consent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class Absence(models.Model):
    """That a person did not come: what they say about it, and what was decided."""

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="absence")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    explain_by = models.DateField()
    explanation = EncryptedTextField(blank=True, default="")
    explained_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=choices(AbsenceState), default=AbsenceState.OPEN.value)
    decision = EncryptedTextField(blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.booking_id} {self.state}"


class Termination(models.Model):
    """The end of this appraisal under one of the four heads of 令55 art. 14, on which facts and evidence."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="termination")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="+")
    head = models.IntegerField()
    facts = EncryptedTextField()
    proof = EncryptedTextField()
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(head__in=[1, 2, 3, 4]), name="termination_head_of_article_14")
        ]
        triggers = [pgtrigger.Protect(name="termination_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.head}"


class QueueEntry(models.Model):
    """A person's place in the queue of the group the door gave them."""

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="queue_entry")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="queue")
    group_number = models.IntegerField()
    room = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=choices(QueueState), default=QueueState.WAITING.value)
    stands_since = models.DateTimeField()
    calls = models.IntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["sitting", "group_number", "stands_since", "id"],
                condition=Q(state="waiting"),
                name="next_in_the_queue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}/{self.group_number}:{self.state}"


class Skip(models.Model):
    """That somebody was called and did not come, and why they were put back; kept for good."""

    entry = models.ForeignKey(QueueEntry, models.PROTECT, related_name="skips")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="skip_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.entry_id}"
