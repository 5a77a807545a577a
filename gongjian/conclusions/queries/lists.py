"""What waits for a reviewer and for a signer, most urgent first, and the batches of a signer."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongjian.accounts.models import User
from gongjian.accounts.queries import offices_where
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.queries import open_to
from gongjian.conclusions.errors import BatchNotFound
from gongjian.conclusions.models import Review, SigningBatch
from gongjian.grading.outcomes import Outcome, SelfCareLevel

REVIEW, SIGN, SUPERVISE = "conclusions.review", "conclusions.sign", "oversight.read"
LONGEST = 1000
"""Cases that one list shows; more than a day of any office brings."""


def to_review(user: User) -> QuerySet[Case]:
    """Cases whose group has opined, at the offices where `user` reviews."""
    return _waiting(user, REVIEW, State.OPINED)


@dataclass(frozen=True)
class Waiting:
    """A case that waits for the signature, with its review."""

    case: Case
    review: Review

    @property
    def outcome(self) -> Outcome:
        """What the group has found, with labels."""
        return Outcome(self.review.grade, SelfCareLevel(self.review.selfcare))


def to_sign(user: User) -> list[Waiting]:
    """Reviewed cases at the offices where `user` signs, most urgent first: two queries."""
    cases = list(_waiting(user, SIGN, State.REVIEWED))
    latest = Review.objects.select_related("by").filter(case__in=cases).order_by("case_id", "-id").distinct("case_id")
    reviews = {row.case_id: row for row in latest}
    return [Waiting(case, reviews[case.pk]) for case in cases if case.pk in reviews]


def _waiting(user: User, permission: str, state: State) -> QuerySet[Case]:
    cases = open_to(Case.objects.filter(office_id__in=offices_where(user, permission), state=state), user)
    return cases.select_related("person", "employer", "office").order_by("due_on", "id")[:LONGEST]


def reopened(user: User) -> list[tuple[Review, int]]:
    """What went back to its group at the offices that `user` supervises, newest first, and how often its case did."""
    rows = Review.objects.filter(kind=Review.Kind.REOPENED, case__office_id__in=offices_where(user, SUPERVISE))
    times = Count("case__reviews", filter=Q(case__reviews__kind=Review.Kind.REOPENED))
    counted = rows.annotate(times=times).select_related("case", "by").order_by("-at", "-id")[:LONGEST]
    return [(row, row.times) for row in counted]


def batch_for(pk: int, *, by: User) -> SigningBatch:
    """One batch of one's own. Raises: BatchNotFound, also for anybody else's."""
    batch = SigningBatch.objects.filter(pk=pk, by=by).first()
    if batch is None:
        raise BatchNotFound
    return batch
