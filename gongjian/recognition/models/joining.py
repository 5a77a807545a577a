"""A clerk's word on two applications that look like one injury. Neither application is ever lost by it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from gongjian.kernel.fields import EncryptedTextField
from gongjian.kernel.unedited import unedited


class Joining(models.Model):
    """Whether two cases are about one injury. case: the one that goes on where they are joined; other: kept whole as the other voice.

    undone_*: that the word "two injuries" was taken back as wrong, when, by whom and why; the word itself stays.
    """

    class Verdict(models.TextChoices):
        JOINED = "joined", "同一次伤害，合并办理"
        APART = "apart", "不是同一次伤害，分别办理"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="joinings")
    other = models.ForeignKey("cases.Case", models.PROTECT, related_name="joined_to")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = EncryptedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_why = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="two_cases_are_compared"),
            models.UniqueConstraint(
                Least("case", "other"),
                Greatest("case", "other"),
                condition=Q(undone_at=None),
                name="one_word_for_two_cases",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(verdict="apart", undone_at__isnull=False, undone_by__isnull=False),
                name="what_was_joined_stays_joined",
            ),
            models.UniqueConstraint(fields=["other"], condition=Q(verdict="joined"), name="joined_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="word_stays", operation=pgtrigger.Delete),
            unedited(besides=("undone_at", "undone_by_id", "undone_why")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}+{self.other_id}:{self.verdict}"
