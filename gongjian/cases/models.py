"""Cases and what hangs on them. The database itself keeps: one open obligation per kind, never none on an open case, past states unedited."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongjian.cases.states import GROUNDS
from gongjian.kernel.fields import EncryptedTextField

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)

NO_LIMBO = """
IF EXISTS (
    SELECT 1 FROM cases_case c
    WHERE c.id = {case} AND c.closed_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM cases_obligation o WHERE o.case_id = c.id AND o.fulfilled_at IS NULL)
) THEN
    RAISE EXCEPTION 'open case % would be left without an obligation', {case} USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


URGENT, ORDINARY = 0, 1
"""The priority of a case in every list: the green channel comes before the rest. Law: 人社厅发〔2018〕104号 二（四）."""


class NumberSeries(models.Model):
    """The last number given in a series of an office and year; its row is the lock that keeps the series without gaps."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    series = models.CharField(max_length=30)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "series", "year"], name="one_row_per_series")]

    def __str__(self) -> str:
        return f"{self.series}{self.year}:{self.last}"


class Case(models.Model):
    """One procedure for one person at one office, from receipt to archive."""

    number = models.CharField(max_length=40, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="cases")
    procedure = models.CharField(max_length=40)
    state = models.CharField(max_length=30)
    person = models.ForeignKey("parties.Person", models.PROTECT, related_name="cases")
    employer = models.ForeignKey("parties.Employer", models.PROTECT, null=True, related_name="cases")
    window = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="received_cases")
    """The county's window that received it; None: the office itself."""
    received_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    priority = models.SmallIntegerField(default=ORDINARY, db_default=ORDINARY)

    class Meta:
        indexes = [
            models.Index(fields=["office", "priority", "-received_at", "-id"], name="case_urgent_then_newest"),
            models.Index(fields=["office", "state", "due_on", "id"], name="case_by_state_and_due"),
            models.Index(
                fields=["window", "priority", "-received_at", "-id"],
                condition=Q(window__isnull=False),
                name="window_case_urgent_then_newest",
            ),
            models.Index(fields=["number"], name="case_by_number_start", opclasses=["varchar_pattern_ops"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_limbo",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "closed_at"),
                timing=pgtrigger.Deferred,
                func=NO_LIMBO.format(case="NEW.id"),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def chain(self) -> str:
        """Name of the case's chain in the ledger."""
        return f"case:{self.number}"

    @property
    def is_urgent(self) -> bool:
        """Whether the case is in the green channel."""
        return self.priority == URGENT


class CaseParty(models.Model):
    """A user who takes part in a case: the worker, a near relative, the employer, an agent."""

    class Capacity(models.TextChoices):
        WORKER = "worker", "被鉴定人"
        RELATIVE = "relative", "近亲属"
        EMPLOYER = "employer", "用人单位"
        UNION = "union", "工会组织"
        AGENT = "agent", "委托代理人"

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="case_parties")
    capacity = models.CharField(max_length=10, choices=Capacity)
    is_applicant = models.BooleanField(default=False)
    mandate = models.ForeignKey("parties.Mandate", models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user", "capacity"], name="party_once_per_capacity")]
        indexes = [models.Index(fields=["user", "-case"], name="cases_of_a_party")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.capacity}"


class Passage(models.Model):
    """One change of state that has happened."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="passages")
    act = models.CharField(max_length=40)
    start = models.CharField(max_length=30, blank=True)
    end = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="passages_of_a_case")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id} {self.start}→{self.end}"


class CaseLimit(models.Model):
    """One running limit of a case (law.limits id), and about which recipient where it runs per recipient.

    paused_on: the first day that does not count, while nobody knows until when; ended_on: the day it fell away without being met.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="limits")
    limit = models.CharField(max_length=30)
    about = models.CharField(max_length=60, blank=True)
    start_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    paused_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "limit", "about"], name="one_clock_per_limit")]

    def __str__(self) -> str:
        return f"{self.limit} {self.due_on}"


class LimitChange(models.Model):
    """Something that moved a limit, kept for good; the working is computed from these.

    Postponed: the days from `from_on` up to, but without, `until_on` do not count. Extended: `days` more, once. Restarted: counted anew from `from_on`.
    """

    class Kind(models.TextChoices):
        POSTPONED = "postponed", "顺延"
        EXTENDED = "extended", "延长"
        RESTARTED = "restarted", "重新起算"

    limit = models.ForeignKey(CaseLimit, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    days = models.IntegerField(null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    decided_on = models.DateField()
    article = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["limit"], condition=Q(kind="extended"), name="extended_once_at_most"),
            models.CheckConstraint(
                condition=(Q(kind="extended") & Q(days__isnull=False) & Q(days__gt=0))
                | (
                    Q(kind="postponed")
                    & Q(from_on__isnull=False)
                    & Q(until_on__isnull=False)
                    & Q(until_on__gt=F("from_on"))
                )
                | (Q(kind="restarted") & Q(from_on__isnull=False)),
                name="a_change_says_how_far",
            ),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.kind} {self.days or ''}"


class Obligation(models.Model):
    """Something owed in a case: what, by whom, by when, on which article. priority: its case's, for the order of lists.

    appointed_on: the day on which it has been arranged to be done; it is due then at the latest, wherever its limit moves.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="obligations")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60, blank=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="obligations")
    window = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    party = models.CharField(max_length=20, blank=True)
    due_on = models.DateField()
    appointed_on = models.DateField(null=True)
    article = models.CharField(max_length=80)
    limit = models.ForeignKey(CaseLimit, models.PROTECT, null=True, related_name="obligations")
    state = models.CharField(max_length=30, blank=True)
    opened_at = models.DateTimeField()
    fulfilled_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    priority = models.SmallIntegerField(default=ORDINARY, db_default=ORDINARY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "about"], condition=Q(fulfilled_at=None), name="owed_once"),
            models.CheckConstraint(
                condition=(~Q(role="") & Q(party="")) | (Q(role="") & ~Q(party="")), name="owed_by_a_role_or_a_party"
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "role", "priority", "due_on", "id"],
                condition=Q(fulfilled_at=None),
                name="worklist_urgent_first",
            ),
            models.Index(
                fields=["window", "office", "role", "priority", "due_on", "id"],
                condition=Q(fulfilled_at=None, window__isnull=False),
                name="window_list_urgent_first",
            ),
            models.Index(fields=["case"], condition=Q(fulfilled_at=None), name="open_obligations_of_a_case"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_limbo",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("fulfilled_at") | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=NO_LIMBO.format(case="OLD.case_id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.kind}"


class StaffRecusal(models.Model):
    """That a member of staff keeps away from a case: declared by them, or asked by a party. user: None until the office has found who is meant."""

    class Source(models.TextChoices):
        STAFF = "staff", "本人声明"
        PARTY = "party", "当事人申请"

    class Decision(models.TextChoices):
        ASKED = "asked", "待决定"
        GRANTED = "granted", "予以回避"
        REFUSED = "refused", "不予回避"

    case = models.ForeignKey(Case, models.PROTECT, related_name="staff_recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=20, choices=[(ground.value, label) for ground, label in GROUNDS.items()])
    source = models.CharField(max_length=10, choices=Source)
    facts = EncryptedTextField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision)
    answer = EncryptedTextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="granted") | Q(user__isnull=False), name="who_keeps_away_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("user")) | Q(source="staff"),
                name="nobody_decides_about_oneself",
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], name="recusals_of_staff")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.user_id}:{self.decision}"


class Consultation(models.Model):
    """That somebody whose step does not need them opened a case's medical papers, and what for; they are open to them until the day ends."""

    class Purpose(models.TextChoices):
        COMPLAINT = "complaint", "核查投诉、举报"
        INSPECTION = "inspection", "监督检查、质量评查"
        REMEDY = "remedy", "答复再次鉴定、复议、诉讼"
        PERSON = "person", "本人要求查阅、更正"

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    reason = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "by", "-at"], name="consultations_newest_first")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.purpose}"


class CaseDuty(models.Model):
    """A duty taken on a case. Duties that check each other are never in one hand: the database refuses it.

    Investigators are two at least (令8 art. 9); each other duty has one holder.
    """

    class Duty(models.TextChoices):
        ACCEPTOR = "acceptor", "受理"
        INVESTIGATOR = "investigator", "调查"
        REVIEWER = "reviewer", "复核"
        DRAW_OFFICER = "draw_officer", "抽取"
        SIGNER = "signer", "签发"

    case = models.ForeignKey(Case, models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=20, choices=Duty)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "duty"], condition=~Q(duty="investigator"), name="one_holder_per_duty"
            ),
            models.UniqueConstraint(fields=["case", "user"], name="one_duty_per_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.duty}"
