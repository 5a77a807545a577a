"""Inquiries about papers, and what the machine has noticed about their files. What was asked or seen is never edited, and an answer that was taken stays."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.authenticity.rules import FINDINGS, SOURCES, SUBJECTS, WORDS
from gongjian.kernel.fields import EncryptedJSONField, EncryptedTextField
from gongjian.kernel.unedited import unedited

USER = settings.AUTH_USER_MODEL


class Inquiry(models.Model):
    """One question to one body about one paper. asked: what was sent, and nothing else was; finding: "" until it has answered."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="inquiries")
    material = models.ForeignKey("materials.Material", models.PROTECT, related_name="inquiries")
    source = models.CharField(max_length=10, choices=list(SOURCES.items()))
    subject = models.CharField(max_length=10, choices=list(SUBJECTS.items()))
    key = models.CharField(max_length=36, unique=True)
    purpose = EncryptedTextField()
    asked = EncryptedJSONField()
    due_on = models.DateField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=60, blank=True)
    finding = models.CharField(max_length=10, blank=True, choices=list(FINDINGS.items()))
    facts = EncryptedJSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    late_on = models.DateField(null=True)
    seen_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding="", answered_at=None) | (~Q(finding="") & Q(answered_at__isnull=False)),
                name="a_finding_has_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(finding="", late_on=None), name="inquiries_to_make"),
            models.Index(fields=["due_on"], condition=Q(finding="", late_on=None), name="inquiries_awaited"),
            models.Index(fields=["case", "-id"], name="inquiries_of_a_case"),
        ]
        triggers = [
            pgtrigger.Protect(name="inquiry_stays", operation=pgtrigger.Delete),
            unedited(besides=(
                "attempts", "next_attempt_at", "last_error", "finding", "facts", "answered_at", "late_on", "seen_on",
            )),
            pgtrigger.Protect(
                name="answered_for_good",
                operation=pgtrigger.UpdateOf("finding", "facts", "answered_at"),
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key


class Examination(models.Model):
    """That a file was looked at, once, and what is noticeable about how it was made. oddities: [code, about] each (`oddities.TOLD`)."""

    evidence = models.OneToOneField("kernel.Evidence", models.PROTECT, related_name="+", primary_key=True)
    at = models.DateTimeField()
    oddities = models.JSONField()

    class Meta:
        triggers = [pgtrigger.Protect(name="examination_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.evidence_id}"


class PicturePrint(models.Model):
    """What one page of a file looks like (`rules.Print`): the rough marks in four indexed bands, the fine ones to confirm by.

    part: the whole picture, or its inside. Nothing can be read off it but whether another picture looks the same.
    """

    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    within = models.IntegerField()
    part = models.SmallIntegerField()
    band_1 = models.SmallIntegerField()
    band_2 = models.SmallIntegerField()
    band_3 = models.SmallIntegerField()
    band_4 = models.SmallIntegerField()
    fine = models.BinaryField()
    is_sheet = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "within", "part"], name="a_part_has_one_print")]
        indexes = [models.Index(fields=[f"band_{band}", "-id"], name=f"prints_by_band_{band}") for band in (1, 2, 3, 4)]

    def __str__(self) -> str:
        return f"{self.evidence_id}:{self.within}:{self.part}"


class Likeness(models.Model):
    """Two pages of different files that look the same. one is the file with the smaller number. differs: thousandths of their marks.

    turned: one of them lies turned or mirrored.
    """

    one = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    one_within = models.IntegerField()
    other = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    other_within = models.IntegerField()
    differs = models.IntegerField()
    turned = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "one_within", "other", "other_within"], name="two_pages_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="the_smaller_number_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}~{self.other_id}"


class Comparison(models.Model):
    """A page of a case beside one of another case that is the same picture. word: "" until somebody has compared; it is told to nobody and moves nothing."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="comparisons")
    page = models.ForeignKey("materials.MaterialPage", models.PROTECT, related_name="+")
    elsewhere = models.ForeignKey("materials.MaterialPage", models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    owed_at = models.DateTimeField(null=True)
    word = models.CharField(max_length=10, blank=True, choices=list(WORDS.items()))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "page", "elsewhere"], name="a_pair_is_compared_in_its_case")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(word="", owed_at=None), name="comparisons_nobody_owes"),
        ]
        triggers = [
            pgtrigger.Protect(name="comparison_stays", operation=pgtrigger.Delete),
            unedited(besides=("owed_at", "word")),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}~{self.elsewhere_id}"


class Remark(models.Model):
    """What somebody says of a comparison; a later one stands beside it."""

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="remarks")
    word = models.CharField(max_length=10, choices=list(WORDS.items()))
    text = EncryptedTextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="remark_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.comparison_id}:{self.word}"
