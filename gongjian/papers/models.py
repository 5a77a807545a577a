"""Papers that have gone out. The rendered bytes are evidence: a re-print is the same bytes."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.papers.kinds import KINDS, REVOCATIONS


class Paper(models.Model):
    """One issued paper: its number without gaps per office, kind and year, its bytes, and the code of its public check page.

    recipient: "worker", "employer" or "applicant" where the paper is for one of them; "" leaves it to the kind's audience.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="papers")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=30, choices=[(kind.code, kind.title) for kind in KINDS.values()])
    series = models.CharField(max_length=30)
    year = models.IntegerField()
    sequence = models.IntegerField()
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=60)
    recipient = models.CharField(max_length=20, blank=True)
    evidence = models.ForeignKey("kernel.Evidence", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    check_code = models.CharField(max_length=12, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    """The paper that this one corrects; both are read together, and the first stays in force."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "series", "year", "sequence"], name="paper_number_once"),
            models.CheckConstraint(condition=Q(sequence__gt=0), name="papers_count_from_one"),
        ]
        indexes = [models.Index(fields=["case", "issued_at"], name="papers_of_a_case")]
        triggers = [
            pgtrigger.Protect(name="paper_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="paper_unedited", exclude=["superseded_by"]),
            pgtrigger.Protect(
                name="superseded_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__superseded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_revoked(self) -> bool:
        """Whether another paper says that this one fell, and not only that it took its place."""
        return self.superseded_by is not None and self.superseded_by.kind in REVOCATIONS


class Release(models.Model):
    """From when one side of a case may read a paper that is read only after it was served (see `kinds.Audience.SERVED`)."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="releases")
    side = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "side"], name="released_once_per_side")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.paper_id}:{self.side}"
