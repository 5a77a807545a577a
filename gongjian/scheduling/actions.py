"""Making a proposal, editing it, and accepting it into bookings."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.errors import RuleError
from gongjian.planner.aims import LATE_ONE
from gongjian.planner.explaining import Explainer
from gongjian.planner.planning import Plan, plan
from gongjian.planner.problem import Problem
from gongjian.planner.relaxing import Relaxation, relaxation_of
from gongjian.scheduling.errors import AlreadySettled, NothingToPlan, NotInThisPlan, ProposalOver
from gongjian.scheduling.models import Placement, Proposal
from gongjian.scheduling.problems import coming_sittings, problem_of
from gongjian.scheduling.states import Outcome, ProposalState
from gongjian.scheduling.words import said
from gongjian.sittings.access import require
from gongjian.sittings.actions import add_specialties, book
from gongjian.sittings.models import Sitting

ROWS = 500


def propose(office: Office, *, by: User) -> Proposal:
    """Plan everybody who waits, around what a person has locked in the proposal that stands; the new one takes its place.

    The planning itself holds no lock on anything: what has changed meanwhile is found when the proposal is accepted.
    Law: 令55 art. 10, 12. Raises: SittingNotYours, NothingToPlan, ProblemWrong, NoSolution.
    """
    require(by, "sittings.plan", office)
    problem = problem_of(office, _locks(office))
    if not problem.cases or not problem.sittings:
        raise NothingToPlan
    made = plan(problem)
    return _keep(office, problem, made, relaxation_of(problem), by)


def _locks(office: Office) -> dict[str, str]:
    """Case number → sitting number, of the proposal that stands."""
    standing = Placement.objects.filter(proposal__office=office, proposal__state=ProposalState.OPEN, locked=True)
    return dict(standing.values_list("case__number", "sitting__number"))


@transaction.atomic
def _keep(office: Office, problem: Problem, made: Plan, relaxation: Relaxation, by: User) -> Proposal:
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)  # two who plan at once follow one another
    Proposal.objects.filter(office=office, state=ProposalState.OPEN).update(state=ProposalState.REPLACED)
    Placement.objects.filter(
        proposal__office=office, proposal__state=ProposalState.REPLACED, outcome=Outcome.PENDING
    ).delete()  # nothing has come of them, and every planning writes thousands
    late = len(made.late)
    sittings = {one.id: one for one in problem.sittings}
    adding = {id: sorted(made.covered[id] - one.specialties) for id, one in sittings.items()}
    proposal = Proposal.objects.create(
        office=office,
        made_at=moment.now(),
        made_by=by,
        cases=len(problem.cases),
        late=late,
        late_at_least=min(-(-made.at_least // LATE_ONE), late),
        adding={id: codes for id, codes in adding.items() if codes},
        relaxation={
            "places": dict(relaxation.places),
            "specialties": [list(pair) for pair in relaxation.specialties],
            "hopeless": len(relaxation.hopeless),
        },
    )
    Placement.objects.bulk_create(_placements(proposal, made), batch_size=ROWS)
    record(proposal.chain, "proposal.made", by=by, proposal=proposal.pk, cases=proposal.cases, late=late)
    return proposal


def _placements(proposal: Proposal, made: Plan) -> list[Placement]:
    cases = dict(Case.objects.filter(number__in=[one.id for one in made.problem.cases]).values_list("number", "pk"))
    sittings = dict(Sitting.objects.filter(number__in=made.covered).values_list("number", "pk"))
    explainer, late = Explainer(made), set(made.late)
    return [
        Placement(
            proposal=proposal,
            case_id=cases[one.id],
            sitting_id=sittings.get(made.where.get(one.id, "")),
            due=one.due,
            is_late=one.id in late,
            locked=one.lock is not None,
            why="\n".join(said(explainer.why(one.id))),
        )
        for one in made.problem.cases
    ]


@transaction.atomic
def lock(placement: Placement, sitting: Sitting | None, *, by: User) -> Placement:
    """Put a case where a person wants it, for good; None lets the planner choose again. The next planning completes around it.

    Whether it fits is asked when it is booked: a person may know more than the planner. Raises: SittingNotYours, ProposalOver, AlreadySettled,
    NotInThisPlan.
    """
    proposal = placement.proposal
    require(by, "sittings.plan", proposal.office_id)
    _standing(proposal)
    found = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if found.outcome == Outcome.BOOKED:
        raise AlreadySettled
    if sitting is not None and sitting.pk not in {one.pk for one in coming_sittings(proposal.office)}:
        raise NotInThisPlan(number=sitting.number)
    found.locked = sitting is not None
    if sitting is not None:
        found.sitting, found.is_late = sitting, sitting.day > found.due
        found.why = "由工作人员指定；重新排期后，其他人会围绕它安排。"
        found.outcome, found.refusal, found.refused_because = Outcome.PENDING.value, "", ""
    found.save()
    number = sitting.number if sitting else None
    record(proposal.chain, "proposal.edited", by=by, proposal=proposal.pk, case=found.case_id, sitting=number)
    return found


def _standing(proposal: Proposal) -> None:
    """Keep the proposal still, and refuse one that is over. Raises: ProposalOver."""
    state = ProposalState(Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk).state)
    if state != ProposalState.OPEN:
        raise ProposalOver(state=state.label.removeprefix("已"))


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
        _standing(proposal)
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
