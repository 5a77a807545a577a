"""Reading what an investigation and a review have kept, for the pages of a case that its reader sees already."""

from collections.abc import Collection

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.recognition.errors import RecordNotFound
from gongjian.recognition.models import EvidenceNotice, Interview, Proposal, Review, SiteRecord, Suspension
from gongjian.recognition.queries.joining import in_file


def last_proposal(case: Case) -> Proposal | None:
    """The last draft of a decision, if there is one."""
    return Proposal.objects.filter(case=case).select_related("by").order_by("-id").first()


def reviews_of(case: Case) -> QuerySet[Review]:
    """Every look at a draft of the case, oldest first."""
    return Review.objects.filter(proposal__case=case).select_related("by").order_by("id")


def suspensions_of(case: Case) -> QuerySet[Suspension]:
    """The suspensions of a case, oldest first."""
    return Suspension.objects.filter(case=case).select_related("paper").order_by("id")


def suspension_now(case: Case) -> Suspension | None:
    """The suspension that lasts."""
    return suspensions_of(case).filter(until_on=None).first()


def evidence_notice_of(case: Case) -> EvidenceNotice | None:
    """The one notice to the employer to prove, if it was sent."""
    return EvidenceNotice.objects.select_related("paper").filter(case=case).first()


def interviews_of(case: Case) -> QuerySet[Interview]:
    """The interviews in the file of a case, oldest first."""
    return (
        Interview.objects.filter(in_file(case, "interview"))
        .select_related("paper", "case")
        .prefetch_related("pages")
        .order_by("id")
    )


def interview_of(number: str, pk: int) -> Interview:
    """One interview of the case with this number. Raises: RecordNotFound."""
    rows = Interview.objects.select_related("paper__evidence", "case__office")
    row = rows.filter(case__number=number, pk=pk).first()
    if row is None:
        raise RecordNotFound
    return row


def sites_of(case: Case) -> QuerySet[SiteRecord]:
    """The site records in the file of a case with their photos, oldest first."""
    return (
        SiteRecord.objects.filter(in_file(case, "site"))
        .select_related("case")
        .prefetch_related("photos__evidence")
        .order_by("id")
    )


def team_of(chosen: Collection[str]) -> list[User]:
    """Those of the staff who were chosen to investigate beside somebody; whether they may is asked by the action."""
    return list(User.objects.filter(pk__in=chosen, kind=User.Kind.STAFF).order_by("pk"))
