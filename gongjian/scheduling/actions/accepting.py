"""Accepting a proposal into bookings: each case for itself, whatever has changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel.ledger.actions import record
from gongjian.law.errors import RuleError
from gongjian.scheduling.actions.proposing import must_stand
from gongjian.scheduling.models import Placement, Proposal
from gongjian.scheduling.states import Outcome, ProposalState
from gongjian.sittings.access import require
from gongjian.sittings.actions import add_specialties, book
from gongjian.sittings.models import Sitting


@dataclass(frozen=True)
class Accepted:
    """How many were booked now, how many could not be, how many had been settled by somebody else."""

    booked: int
    refused: int
    settled: int


def accept(proposal: Proposal, *, by: User) -> Accepted:
    """Turn a proposal into bookings, each a transaction of its own with its notice and its ledger entry, through the one door of `sittings`.

    What no longer holds (the place is taken, the case withdrawn, the specialty gone) is refused for that case alone and told beside it. A second
    run, or another person's at the same time, goes on with whom nobody has settled. Law: 令55 art. 12. Raises: SittingNotYours, ProposalOver.
    """
    require(by, "sittings.plan", proposal.office_id)
    require(by, "sittings.book", proposal.office_id)
    with transaction.atomic():
        must_stand(proposal)
    lacking = _add_specialties(proposal, by)
    pending = Placement.objects.filter(proposal=proposal, outcome=Outcome.PENDING, sitting__isnull=False)
    found = [_settle(pk, lacking, by) for pk in pending.order_by("due", "id").values_list("pk", flat=True)]
    _close(proposal, by)
    return Accepted(found.count(Outcome.BOOKED), found.count(Outcome.REFUSED), found.count(None))


def _add_specialties(proposal: Proposal, by: User) -> Mapping[str, str]:
    """Let sittings cover what the plan adds; sitting → why not, where that is no longer possible."""
    lacking: dict[str, str] = {}
    for sitting in Sitting.objects.filter(number__in=proposal.adding):
        try:
            add_specialties(sitting, proposal.adding[sitting.number], by=by)
        except RuleError as refusal:
            lacking[sitting.number] = str(refusal)
    return lacking


@transaction.atomic
def _settle(pk: int, lacking: Mapping[str, str], by: User) -> Outcome | None:
    """Book one case, or note why not; None when somebody else has settled it or is doing so."""
    rows = Placement.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, outcome=Outcome.PENDING)
    placement = rows.select_related("sitting__venue", "sitting__office", "case__office", "case__person").first()
    if placement is None or placement.sitting is None:
        return None
    try:
        placement.booking = book(placement.case, placement.sitting, by=by)
        placement.outcome = Outcome.BOOKED.value
    except RuleError as refusal:
        placement.outcome, placement.refusal = Outcome.REFUSED.value, refusal.code
        placement.refused_because = f"{lacking.get(placement.sitting.number, '')}{refusal}"[:400]
    placement.save(update_fields=["booking", "outcome", "refusal", "refused_because"])
    return Outcome(placement.outcome)


@transaction.atomic
def _close(proposal: Proposal, by: User) -> None:
    """A proposal with nobody left to settle is over; another run, or another person, finishes it otherwise."""
    left = Placement.objects.filter(proposal=proposal, outcome=Outcome.PENDING, sitting__isnull=False)
    if left.exists():
        return
    if Proposal.objects.filter(pk=proposal.pk, state=ProposalState.OPEN).update(state=ProposalState.ACCEPTED):
        booked = Placement.objects.filter(proposal=proposal, outcome=Outcome.BOOKED).count()
        record(proposal.chain, "proposal.accepted", by=by, proposal=proposal.pk, booked=booked)
