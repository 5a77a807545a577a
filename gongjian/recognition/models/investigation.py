"""What an investigation keeps: plan, answers, the employer's evidence, interviews, site records, suspensions, the track."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.unedited import unedited
from gongjian.recognition.rules import GROUNDS, ROLES, TRACKS

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
USER = settings.AUTH_USER_MODEL


class Plan(models.Model):
    """Which heads of articles 14 to 16 the investigation looks at. The last row counts."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="recognition_plans")
    heads = models.JSONField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{'、'.join(self.heads)}"


class Answer(models.Model):
    """One question of the plan, answered, with what the answer rests on. The last row of a question counts."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="recognition_answers")
    question = models.CharField(max_length=40)
    said = models.BooleanField()
    basis = EncryptedTextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "question", "-id"], name="answers_latest_first")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.question}"


class EvidenceNotice(models.Model):
    """The one notice to the employer to prove (条例 art. 19). denies: the employer's word; silent_on: nothing came in time."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="evidence_notice")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    served_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    denies = models.BooleanField(null=True)
    statement = EncryptedTextField(blank=True)
    silent_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(answered_on=None, silent_on=None), name="evidence_notices_waiting"
            )
        ]
        triggers = [pgtrigger.Protect(name="evidence_notice_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on}"


class Interview(models.Model):
    """A record of an interview (笔录): word for word, by two investigators at least; signed once, page by page, and never edited."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="interviews")
    asked = EncryptedTextField()
    role = models.CharField(max_length=10, choices=list(ROLES.items()))
    place = EncryptedTextField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    lines = EncryptedJSONField(default=list)
    investigators = models.JSONField()
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    recording = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")
    refused = EncryptedTextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ended_at__gt=models.F("started_at")), name="interview_lasts")]
        triggers = [
            pgtrigger.Protect(name="interview_stays", operation=pgtrigger.Delete),
            unedited(besides=("recording_id", "refused", "signed_at")),
            pgtrigger.Protect(
                name="signed_for_good", operation=pgtrigger.Update, condition=pgtrigger.Q(old__signed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.role}"


class InterviewPage(models.Model):
    """One page of a record as it was signed, scanned."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="pages")
    number = models.IntegerField()
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "number"], name="interview_page_once")]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.interview_id}:{self.number}"


class SiteRecord(models.Model):
    """What was seen at the scene, by two investigators at least. Law: 令8 art. 9, 10."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="site_records")
    visited_at = models.DateTimeField()
    place = EncryptedTextField()
    seen = EncryptedTextField()
    investigators = models.JSONField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id} {self.visited_at:%Y-%m-%d}"


class SitePhoto(models.Model):
    """A photo of the scene with what a court asks of it: when, where, by whom, of what. Law: 令8 art. 10, 11."""

    record = models.ForeignKey(SiteRecord, models.PROTECT, related_name="photos")
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    maker = models.CharField(max_length=60)
    subject = EncryptedTextField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.record_id}:{self.pk}"


class Suspension(models.Model):
    """The clock stands still while another body's conclusion is awaited. until_on: the day the document came. Law: 条例 art. 20; 令8 art. 20."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="suspensions")
    ground = models.CharField(max_length=30, choices=list(GROUNDS.items()))
    awaited = EncryptedTextField()
    from_on = models.DateField()
    days_used = models.IntegerField()
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    looked_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    document = EncryptedTextField(blank=True)
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until_on=None), name="one_suspension_at_a_time"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")), name="a_suspension_ends_later"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="suspension_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="resumed_for_good", operation=pgtrigger.Update, condition=pgtrigger.Q(old__until_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_on}"


class TrackChoice(models.Model):
    """Which track a case takes, and why: simple when facts and rights are clear, ordinary when doubt appears. The last row counts."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="track_choices")
    track = models.CharField(max_length=10, choices=list(TRACKS.items()))
    ground = EncryptedTextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.track}"
