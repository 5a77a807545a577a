"""One case between opinion and conclusion."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongjian.accounts.models import User
from gongjian.appraisal.queries import recognised_parts
from gongjian.cases.models import Case
from gongjian.conclusions.errors import NoOpinion
from gongjian.conclusions.models import Conclusion, Review
from gongjian.conclusions.paper import result_told
from gongjian.conclusions.rules import defects, doubts
from gongjian.kernel.ledger.actions import record_reading
from gongjian.opinions.queries.result import GroupOpinion, result_of

READ = "专家组意见和各位专家的意见"


@dataclass(frozen=True)
class Seen:
    """What a reviewer or a signer looks at."""

    case: Case
    opinion: GroupOpinion
    defects: list[str]
    doubts: list[str]
    review: Review | None
    parts: str


def seen_by(case: Case, *, by: User) -> Seen:
    """The opinion of a case with all its members' opinions; that `by` has read them is on record. Raises: NoOpinion."""
    opinion = opinion_of(case)
    record_reading(case.chain, by=by, what=READ)
    parts = "、".join(each.label for each in recognised_parts(case))
    return Seen(case, opinion, defects_of(opinion), doubts_of(case, opinion), latest_review(case), parts)


def opinion_of(case: Case) -> GroupOpinion:
    """What the conclusion must follow. Law: 令55 art. 15. Raises: NoOpinion."""
    opinion = result_of(case)
    if opinion is None:
        raise NoOpinion
    return opinion


def defects_of(opinion: GroupOpinion) -> list[str]:
    """What keeps an opinion from being passed on. Law: 令55 art. 15, 16."""
    sealed = sum(1 for member in opinion.members if member.content_hash)
    return defects(result_told(opinion), members=len(opinion.members), sealed=sealed)


def doubts_of(case: Case, opinion: GroupOpinion) -> list[str]:
    """What a reviewer must look at. Law: 令55 art. 13, 15, 16."""
    reasons = [finding.outside_reason for finding in opinion.findings if finding.outside_reason.strip()]
    return doubts(result_told(opinion), recognised=recognised_parts(case), reasons=reasons, alone=opinion.alone)


def reviews_of(case: Case) -> QuerySet[Review]:
    """Reviews and returns of a case, oldest first."""
    return Review.objects.select_related("by").filter(case=case).order_by("id")


def times_reopened(case: Case) -> int:
    """How often the opinion of a case went back to its group."""
    return Review.objects.filter(case=case, kind=Review.Kind.REOPENED).count()


def latest_review(case: Case) -> Review | None:
    """The last word between opinion and signature: a review, or a return."""
    return reviews_of(case).last()


def conclusion_of(case: Case) -> Conclusion | None:
    """The conclusion of a case, once there is one."""
    rows = Conclusion.objects.select_related("paper", "reviewed_by", "signed_by")
    return rows.filter(case=case).first()
