"""Making a proposal, and editing it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from gongjian.accounts.models import Office, User
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.planner.aims import LATE_ONE
from gongjian.planner.explaining import Explainer
from gongjian.planner.planning import Plan, plan
from gongjian.planner.problem import Problem
from gongjian.planner.relaxing import Relaxation, relaxation_of
from gongjian.scheduling.errors import AlreadySettled, NothingToPlan, NotInThisPlan, ProposalOver
from gongjian.scheduling.models import Placement, Proposal
from gongjian.scheduling.problems import coming_sittings, problem_of
from gongjian.scheduling.states import Outcome, ProposalState, Step
from gongjian.scheduling.words import said
from gongjian.sittings.access import require
from gongjian.sittings.models import Sitting

ROWS = 500


@dataclass(frozen=True)
class Planned:
    """What the planner has found: the problem as it was asked, the plan, and what would have to give."""

    problem: Problem
    made: Plan
    relaxation: Relaxation


def unwatched(step: Step) -> None:
    """Nobody watches how far the planning is."""


def propose(office: Office, *, by: User) -> Proposal:
    """Plan everybody who waits and keep the proposal, at once. What a page asks for is planned in the background (`actions.planning`).

    Law: 令55 art. 10, 12. Raises: SittingNotYours, NothingToPlan, ProblemWrong, NoSolution.
    """
    return keep(office, planned(office, by=by), by=by)


def planned(office: Office, *, by: User, watch: Callable[[Step], None] = unwatched) -> Planned:
    """Plan everybody who waits, around what a person has locked in the proposal that stands. watch: is told of each step.

    The planning itself holds no lock on anything: what has changed meanwhile is found when the proposal is accepted.
    Law: 令55 art. 10, 12. Raises: SittingNotYours, NothingToPlan, ProblemWrong, NoSolution.
    """
    require(by, "sittings.plan", office)
    watch(Step.READING)
    problem = problem_of(office, _locks(office))
    if not problem.cases or not problem.sittings:
        raise NothingToPlan
    watch(Step.PLANNING)
    made = plan(problem)
    watch(Step.RELAXING)
    relaxation = relaxation_of(problem)
    watch(Step.EXPLAINING)
    return Planned(problem, made, relaxation)


def _locks(office: Office) -> dict[str, str]:
    """Case number → sitting number, of the proposal that stands."""
    standing = Placement.objects.filter(proposal__office=office, proposal__state=ProposalState.OPEN, locked=True)
    return dict(standing.values_list("case__number", "sitting__number"))


@transaction.atomic
def keep(office: Office, found: Planned, *, by: User) -> Proposal:
    """Keep what was planned as the proposal that stands, in place of the one before."""
    problem, made, relaxation = found.problem, found.made, found.relaxation
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
    must_stand(proposal)
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


def must_stand(proposal: Proposal) -> None:
    """Keep the proposal still, and refuse one that is over. Raises: ProposalOver."""
    state = ProposalState(Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk).state)
    if state != ProposalState.OPEN:
        raise ProposalOver(state=state.label.removeprefix("已"))
