"""Draws and what came of them.

The database keeps: one live draw of a kind for each sitting, no secret used twice, nobody seated who may not be drawn for that day,
words, arrivals and departures for good.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.draws.states import GROUND_LABELS, LABELS, WHYS, Act, Decision, Kind, Sealed
from gongjian.experts.guards import only_drawable
from gongjian.kernel.fields import EncryptedTextField

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
ONE_GROUP_AT_A_TIME = """
IF EXISTS (
    SELECT 1 FROM draws_arrival a WHERE a.booking_id = NEW.booking_id
      AND NOT EXISTS (SELECT 1 FROM draws_departure d WHERE d.arrival_id = a.id)
) THEN
    RAISE EXCEPTION 'this person has a group' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
ONLY_FROM_A_VACANCY = """
IF NOT EXISTS (
    SELECT 1 FROM draws_seat s JOIN draws_arrival a ON a.group_id = s.group_id
    WHERE a.id = NEW.arrival_id AND s.expert_id IS NULL
) THEN
    RAISE EXCEPTION 'nobody leaves a complete group' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
DAY_OF_THE_SEAT = """(
    SELECT s.day FROM draws_group g JOIN draws_draw d ON d.id = g.draw_id JOIN sittings_sitting s ON s.id = d.sitting_id
    WHERE g.id = NEW.group_id
)"""


class Draw(models.Model):
    """One draw: of experts to groups, or at the door. The commitment is fixed before any word; the secret opens with the receipt."""

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.label) for kind in Kind])
    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="draws")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="draws")
    state = models.CharField(max_length=10, choices=[(state.value, label) for state, label in LABELS.items()])
    commitment = models.JSONField()
    commitment_hash = models.CharField(max_length=64, unique=True)
    secret = EncryptedTextField()
    secret_hash = models.CharField(max_length=64, unique=True)
    view_key = models.CharField(max_length=32, unique=True)
    receipt = models.TextField(blank=True)
    receipt_hash = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField()
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    void_kind = models.CharField(max_length=20, blank=True, choices=[(kind, why.label) for kind, why in WHYS.items()])
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "kind"], condition=~Q(state="void"), name="one_live_draw_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["office", "-committed_at", "-id"], name="draws_newest_first")]
        triggers = [
            pgtrigger.Protect(name="draw_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="commitment_stays",
                operation=pgtrigger.UpdateOf("commitment", "commitment_hash", "secret_hash", "sitting_id", "kind"),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def chain(self) -> str:
        """Name of the draw's chain in the ledger."""
        return f"draw:{self.number}"


class Witness(models.Model):
    """Somebody present who gives a word, or was asked for one. entry_code opens the page on which they give it; the word stays hidden until all are in.

    given_at: when the seal was in; opened_at: when the word was, the same moment for a word typed in the hall.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="witnesses")
    position = models.IntegerField()
    who = models.CharField(max_length=40)
    entry_code = models.CharField(max_length=16, unique=True)
    word = EncryptedTextField(blank=True, default="")
    salt = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    sealed_on = models.CharField(max_length=10, choices=[(one.value, one.label) for one in Sealed], blank=True)
    given_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "position"], name="one_witness_per_place")]
        ordering = ["position"]
        triggers = [
            pgtrigger.Protect(name="witness_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="word_given_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__opened_at__isnull=False)
            ),
            pgtrigger.Protect(
                name="seal_given_once",
                operation=pgtrigger.UpdateOf(
                    "seal", "given_at", "sealed_on", "who", "position", "draw_id", "entry_code"
                ),
                condition=pgtrigger.Q(old__given_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}#{self.position}"


class Group(models.Model):
    """An expert group of a sitting."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="groups")
    number = models.IntegerField()
    code = models.CharField(max_length=10)
    room = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "number"], name="one_group_per_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.draw_id}/{self.code}"


class Seat(models.Model):
    """A seat and who sits there now; empty when nobody is left. Past holders stand in the receipt."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="seats")
    position = models.IntegerField()
    wants = models.CharField(max_length=40)
    expert = models.ForeignKey("experts.Expert", models.PROTECT, null=True, related_name="seats")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "position"], name="one_seat_per_place"),
            models.UniqueConstraint(fields=["group", "expert"], name="one_seat_per_expert"),
        ]
        ordering = ["position"]
        triggers = [
            only_drawable(
                expert="NEW.expert_id",
                day=DAY_OF_THE_SEAT,
                when="NEW.expert_id IS NOT NULL",
                columns=("expert_id", "group_id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id}.{self.position}"


class Recusal(models.Model):
    """That an expert must not judge a case: declared by the expert, asked by a party, or found by the office."""

    class Source(models.TextChoices):
        EXPERT = "expert", "专家声明"
        PARTY = "party", "当事人申请"
        OFFICE = "office", "委员会发现"

    class Decision(models.TextChoices):
        ASKED = "asked", "待决定"
        GRANTED = "granted", "予以回避"
        REFUSED = "refused", "不予回避"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="recusals")
    expert = models.ForeignKey("experts.Expert", models.PROTECT, null=True, related_name="recusals")
    ground = models.CharField(max_length=20, choices=[(ground.value, label) for ground, label in GROUND_LABELS.items()])
    source = models.CharField(max_length=10, choices=Source)
    facts = EncryptedTextField(blank=True, default="")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.GRANTED)
    answer = EncryptedTextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "expert", "ground"], condition=~Q(decision="refused"), name="recused_once_per_ground"
            )
        ]
        indexes = [models.Index(fields=["expert", "case"], name="recusals_of_an_expert")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.ground}"


class ChangeRequest(models.Model):
    """That an officer asks for somebody to leave a seat or the reserves, or for a commitment to be voided; a second person confirms, or nothing happens.

    expert, group: who, and from where (none: from everywhere). case, ground, recusal: the conflict, if it is one. answer: to the party who asked.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="changes")
    act = models.CharField(max_length=10, choices=[(act.value, act.label) for act in Act])
    kind = models.CharField(max_length=20, choices=[(kind, why.label) for kind, why in WHYS.items()])
    expert = models.ForeignKey("experts.Expert", models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="changes")
    ground = models.CharField(max_length=20, blank=True)
    recusal = models.ForeignKey(Recusal, models.PROTECT, null=True, related_name="changes")
    facts = EncryptedTextField(blank=True, default="")
    answer = EncryptedTextField(blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=[(one.value, one.label) for one in Decision], default="asked")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="confirmed") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["draw", "expert"], condition=Q(decision="asked"), name="asked_once_for_an_expert"
            ),
            models.UniqueConstraint(
                fields=["draw"], condition=Q(decision="asked", act="void"), name="asked_once_to_void"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="change_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__decided_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}:{self.act}:{self.kind}"


class ReasonRecord(models.Model):
    """What stands behind a neutral reason: the exact one with its evidence, as canonical text. Its salted hash is in the public document.

    change: the request that was confirmed; declared_by: the expert who declared a conflict. Neither: it is of the commitment or the door.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="reasons")
    hash = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=32)
    exact = EncryptedTextField()
    change = models.ForeignKey(ChangeRequest, models.PROTECT, null=True, related_name="records")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return self.hash


class Arrival(models.Model):
    """A person whom the door sent to a group. turn: which of the case's groups it is; another follows only a departure."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="arrivals")
    position = models.IntegerField()
    booking = models.ForeignKey("sittings.Booking", models.PROTECT, related_name="arrivals")
    turn = models.IntegerField(default=1)
    group = models.ForeignKey(Group, models.PROTECT, related_name="arrivals")
    word = models.CharField(max_length=64, blank=True)
    late = models.JSONField(default=list)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "position"], name="one_arrival_per_place"),
            models.UniqueConstraint(fields=["booking", "turn"], name="one_arrival_per_turn"),
        ]
        triggers = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="one_group_at_a_time",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ONE_GROUP_AT_A_TIME,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}>{self.group_id}"


class Departure(models.Model):
    """That a person left a group which could judge them no more. empty: places of the seats for which no reserve was left."""

    arrival = models.OneToOneField(Arrival, models.PROTECT, related_name="departure")
    empty = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = [
            APPEND_ONLY,
            pgtrigger.Trigger(
                name="only_from_a_vacancy",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ONLY_FROM_A_VACANCY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrival_id}<"


class WrongCode(models.Model):
    """That somebody at an address (blind index) typed an entry code that is none; forgotten after a while."""

    address_index = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address_index", "at"], name="wrong_codes_of_an_address")]

    def __str__(self) -> str:
        return f"{self.pk}"
