"""A clerk's word on two applications that look like one injury. Neither application is ever lost by it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from gongjian.kernel.fields import EncryptedTextField


class Joining(models.Model):
    """Whether two cases are about one injury. case: the one that goes on where they are joined; other: kept whole as the other voice."""

    class Verdict(models.TextChoices):
        JOINED = "joined", "同一次伤害，合并办理"
        APART = "apart", "不是同一次伤害，分别办理"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="joinings")
    other = models.ForeignKey("cases.Case", models.PROTECT, related_name="joined_to")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = EncryptedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="two_cases_are_compared"),
            models.UniqueConstraint(Least("case", "other"), Greatest("case", "other"), name="one_word_for_two_cases"),
            models.UniqueConstraint(fields=["other"], condition=Q(verdict="joined"), name="joined_once"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id}+{self.other_id}:{self.verdict}"
