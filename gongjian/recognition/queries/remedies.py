"""Reading what comes after a decision: what runs against it, what is proposed, and who may take part."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet

from gongjian.accounts.models import User
from gongjian.cases.errors import NotYours
from gongjian.cases.models import Case
from gongjian.cases.queries.recusals import require_no_bar
from gongjian.recognition.errors import NoDecisionStands, RemedyNotFound, RevisionNotFound
from gongjian.recognition.models import Decision, Remedy, Revision
from gongjian.recognition.queries.proposal import decision_of
from gongjian.recognition.revising import CORRECTION
from gongjian.recognition.states import State

SUIT_AFTER = "WI-SUIT-AFTER"
STANDING = (State.DELIVERED, State.EFFECTIVE)
"""When a decision can fall, or be taken to a review or a court."""


def must_hold(case: Case, permission: str, act: str, *, by: User) -> None:
    """Refuse who has not this post at the case's office, or keeps away from the case. Raises: NotYours, KeepsAway, RecusalWaits."""
    if not by.holds(permission, case.office_id):
        raise NotYours(act=act)
    require_no_bar(case, by=by)


def running_remedies(case: str) -> QuerySet[Remedy]:
    """Reviews and suits of the outer query's case that run or still ask something of the office. case: the outer field."""
    return Remedy.objects.filter(case=OuterRef(case), settled_on=None)


def runs(case: Case) -> bool:
    """Whether a review or a suit against the case's decision runs, or still asks something of the office. Law: 条例 art. 55."""
    return Remedy.objects.filter(case=case, settled_on=None).exists()


def remedies_of(case: Case) -> QuerySet[Remedy]:
    """Reviews and suits of a case, oldest first."""
    return Remedy.objects.filter(case=case).select_related("evidence", "decision__paper", "after").order_by("pk")


def remedy_of(case: Case, pk: int) -> Remedy:
    """One of them. Raises: RemedyNotFound."""
    row = remedies_of(case).filter(pk=pk).first()
    if row is None:
        raise RemedyNotFound
    return row


def revisions_of(case: Case) -> QuerySet[Revision]:
    """Corrections and revocations of a case, oldest first."""
    rows = Revision.objects.filter(case=case).select_related(
        "paper", "decision__paper", "proposed_by", "ended_by", "remedy"
    )
    return rows.order_by("pk")


def corrections_of(decision: Decision) -> list[Revision]:
    """The corrections of a decision that were signed, in their order: what they say goes before the decision's and the application's words. Law: 令8 art. 19."""
    rows = Revision.objects.filter(decision=decision, kind=CORRECTION, paper__isnull=False)
    return list(rows.select_related("paper").order_by("ended_at", "pk"))


def lines_of(corrections: Iterable[Revision]) -> list[dict[str, str]]:
    """What they set right, place by place."""
    return [line for row in corrections for line in row.lines]


def open_revision(case: Case, pk: int) -> Revision:
    """One that waits for its signature. Raises: RevisionNotFound."""
    row = revisions_of(case).filter(pk=pk, ended_at=None).first()
    if row is None:
        raise RevisionNotFound
    return row


def decisions_of(case: Case) -> QuerySet[Decision]:
    """All decisions of a case, those that fell too, oldest first."""
    return Decision.objects.filter(case=case).select_related("paper__superseded_by", "signed_by").order_by("pk")


def standing_decision(case: Case) -> Decision:
    """The decision that stands and was served. Raises: NoDecisionStands."""
    row = decision_of(case)
    if row is None or case.state not in STANDING:
        raise NoDecisionStands
    return row


def takes_remedies(case: Case) -> bool:
    """Whether anybody may turn against what was decided now. Law: 条例 art. 55."""
    row = decision_of(case)
    return row is not None and (case.state in STANDING or row.paper.releases.exists())


def decision_known_to(case: Case, side: str) -> Decision:
    """The decision against which a side may turn: served on all, or on this side while the other is not yet reached. Law: 条例 art. 55.

    Raises: NoDecisionStands.
    """
    row = decision_of(case)
    if row is None or not (case.state in STANDING or row.paper.releases.filter(side=side).exists()):
        raise NoDecisionStands
    return row
