"""Making a proposal and editing it: what is asked of the planner, what is kept, and what a lock holds."""

from datetime import timedelta

import pytest

from gongjian.accounts.tests.builders import a_clerk, a_scheduler, an_office, an_outsider
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.planner.errors import ProblemWrong
from gongjian.scheduling.actions import lock, propose
from gongjian.scheduling.errors import AlreadySettled, NothingToPlan, NotInThisPlan, ProposalNotFound, ProposalOver
from gongjian.scheduling.models import Placement, Proposal
from gongjian.scheduling.problems import problem_of
from gongjian.scheduling.queries import columns_of, latest, office_for, offices_of, placement_for, visible_to
from gongjian.scheduling.states import ProposalState
from gongjian.scheduling.tests.builders import EARLY, LATER, TOO_LATE, a_day, a_proposal, comes, due, where
from gongjian.sittings.actions import book, release, set_assistance
from gongjian.sittings.errors import SittingNotYours
from gongjian.sittings.models import Booking, Reschedule, Sitting
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import PLANNED, a_sitting, an_accepted_case, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def test_a_proposal_changes_nothing_but_itself():
    case, sitting = an_accepted_case(), a_day()
    proposal = propose(an_office(), by=a_scheduler())
    assert where(proposal) == {case.number: sitting.number}
    assert not Booking.objects.exists()
    assert Case.objects.get(pk=case.pk).state == State.ACCEPTED
    entry = LedgerEntry.objects.get(act="proposal.made")
    assert (entry.chain, entry.facts) == (
        "office:YXJD",
        {"proposal": proposal.pk, "cases": 1, "late": 0},
    )


def test_who_is_due_first_gets_the_earlier_day_though_another_came_first():
    first, urgent = an_accepted_case(1), due(an_accepted_case(2), moment.today() + timedelta(days=24))
    early, later = a_day(EARLY, places=1), a_day(LATER, places=1)
    proposal = propose(an_office(), by=a_scheduler())
    assert where(proposal) == {first.number: later.number, urgent.number: early.number}
    why = Placement.objects.get(case=first).why.splitlines()
    assert why[0].startswith("排在3月31日，最迟检查日是4月")
    assert why[1] == "3月24日：余下的名额已全部排给期限不晚于本案的人。"


def test_the_examination_must_leave_five_working_days_for_the_conclusion():
    case = due(an_accepted_case(), LATER)
    a_day(EARLY)
    (waiting,) = problem_of(an_office()).cases
    assert (waiting.id, waiting.due, waiting.since) == (case.number, EARLY, moment.day_of(case.received_at))
    assert propose(an_office(), by=a_scheduler()).late == 0


def test_late_cases_are_counted_and_the_least_possible_is_told():
    for serial in (1, 2, 3):
        due(an_accepted_case(serial), LATER)
    a_day(EARLY, places=1)
    a_day(LATER, places=1)
    proposal = propose(an_office(), by=a_scheduler())
    assert (proposal.cases, proposal.late, proposal.late_at_least) == (3, 2, 2)
    numbers = list(Sitting.objects.order_by("day").values_list("number", flat=True))
    assert proposal.relaxation == {"places": {numbers[0]: 2}, "specialties": [], "hopeless": 0}
    rows = Placement.objects.order_by("sitting__day").values_list("is_late", "sitting__number")
    assert list(rows) == [(False, numbers[0]), (True, numbers[1]), (True, None)]


def test_only_sittings_that_people_can_still_hear_of_are_planned():
    an_accepted_case()
    soon = a_day(moment.today() + timedelta(days=2))
    closed = a_day(EARLY)
    Sitting.objects.filter(pk=closed.pk).update(state=SittingState.CLOSED)
    assert problem_of(an_office()).sittings == ()
    with pytest.raises(NothingToPlan):
        propose(an_office(), by=a_scheduler())
    a_day(LATER)
    assert [one.day for one in problem_of(an_office()).sittings] == [LATER]
    assert soon.day < EARLY


def test_places_are_those_that_nobody_has():
    sitting = a_day(places=3)
    book(an_accepted_case(1), sitting, by=a_scheduler())
    an_accepted_case(2)
    problem = problem_of(an_office())
    assert ([one.places for one in problem.sittings], len(problem.cases)) == ([2], 1)


def test_specialties_and_a_wheelchair_are_needs_and_an_agreed_day_is_the_earliest():
    case = an_accepted_case(1, parts=["143:left"])
    set_assistance(case, ["wheelchair"], by=a_scheduler())
    sitting = a_day(EARLY)
    booking = book(case, sitting, by=a_scheduler())
    release(booking, reason="场地停电", by=a_scheduler())
    Reschedule.objects.create(
        case=case,
        booking=booking,
        reason="住院",
        available_from=LATER,
        consent_at=moment.now(),
        asked_by=a_scheduler(),
        asked_at=moment.now(),
        state="approved",
        decided_at=moment.now(),
    )
    (waiting,) = problem_of(an_office()).cases
    assert (waiting.specialties, waiting.needs, waiting.earliest) == (
        frozenset({"orthopaedics"}),
        frozenset({"step_free"}),
        LATER,
    )


def test_what_is_asked_takes_the_same_number_of_queries_for_more_cases(django_assert_num_queries):
    office = an_office()
    a_day()
    for serial in range(1, 6):
        an_accepted_case(serial)
    with django_assert_num_queries(8):
        problem_of(office)
    for serial in range(6, 12):
        an_accepted_case(serial)
    a_day(LATER)
    with django_assert_num_queries(8):
        problem_of(office)


def test_a_sitting_that_is_not_published_is_given_the_specialty_of_an_expert_who_can_come():
    an_accepted_case(1, parts=["143:left"])
    sitting = a_day(EARLY, specialties=["ophthalmology"])
    assert propose(an_office(), by=a_scheduler()).late == 1
    comes(sitting, "orthopaedics")
    proposal = propose(an_office(), by=a_scheduler())
    assert (proposal.late, proposal.adding) == (0, {sitting.number: ["orthopaedics"]})
    Sitting.objects.filter(pk=sitting.pk).update(state=SittingState.PUBLISHED)
    assert propose(an_office(), by=a_scheduler()).adding == {}


def test_an_expert_whom_an_announced_specialty_takes_up_adds_nothing_and_one_person_counts_once_a_day():
    an_accepted_case(1, parts=["143:left"])
    first = a_day(EARLY, specialties=["ophthalmology"])
    second = a_sitting(day=EARLY, specialties=["ent"])
    answer = comes(first, "orthopaedics")
    type(answer).objects.create(
        expert=answer.expert, sitting=second, can_come=True, answered_at=moment.now(), answered_by=a_scheduler()
    )
    comes(first, "ophthalmology", number="E02")
    problem = problem_of(an_office())
    assert [sorted(one.may_add) for one in problem.sittings] == [["orthopaedics"], ["orthopaedics"]]
    assert [(one.specialties, one.count) for one in problem.experts or ()] == [(frozenset({"orthopaedics"}), 1)]


def test_a_new_proposal_takes_the_place_of_the_one_that_stands():
    first = a_proposal()
    second = propose(an_office(), by=a_scheduler())
    first.refresh_from_db()
    assert (first.state, second.state, first.placements.count()) == (ProposalState.REPLACED, ProposalState.OPEN, 0)
    assert latest(an_office()) == second


def test_what_a_person_locks_stays_and_the_rest_is_planned_around_it():
    cases = [an_accepted_case(serial) for serial in (1, 2)]
    early, later = a_day(EARLY, places=1), a_day(LATER, places=1)
    proposal = propose(an_office(), by=a_scheduler())
    assert where(proposal) == {cases[0].number: early.number, cases[1].number: later.number}
    locked = lock(Placement.objects.get(proposal=proposal, case=cases[0]), later, by=a_scheduler())
    assert (locked.locked, locked.sitting, locked.is_late) == (True, later, False)
    again = propose(an_office(), by=a_scheduler())
    assert where(again) == {cases[0].number: later.number, cases[1].number: early.number}
    assert Placement.objects.get(proposal=again, case=cases[0]).why == "由工作人员指定在3月31日；最迟应在4月24日检查。"
    assert LedgerEntry.objects.filter(act="proposal.edited").count() == 1


def test_a_lock_that_is_taken_back_holds_no_longer():
    case, early, later = an_accepted_case(), a_day(EARLY), a_day(LATER)
    proposal = propose(an_office(), by=a_scheduler())
    lock(proposal.placements.get(), later, by=a_scheduler())
    lock(proposal.placements.get(), None, by=a_scheduler())
    assert where(propose(an_office(), by=a_scheduler())) == {case.number: early.number}


def test_a_lock_on_a_case_that_waits_no_more_or_a_sitting_that_is_over_holds_nothing():
    cases = [an_accepted_case(serial) for serial in (1, 2)]
    early, later = a_day(EARLY), a_day(LATER)
    proposal = propose(an_office(), by=a_scheduler())
    lock(proposal.placements.get(case=cases[0]), later, by=a_scheduler())
    lock(proposal.placements.get(case=cases[1]), later, by=a_scheduler())
    book(Case.objects.get(pk=cases[0].pk), early, by=a_scheduler())
    Sitting.objects.filter(pk=later.pk).update(state=SittingState.CLOSED)
    assert where(propose(an_office(), by=a_scheduler())) == {cases[1].number: early.number}


def test_more_locks_than_a_sitting_has_places_are_told_with_its_number():
    for serial in (1, 2):
        an_accepted_case(serial)
    sitting = a_day(places=1)
    proposal = propose(an_office(), by=a_scheduler())
    for placement in proposal.placements.all():
        lock(placement, sitting, by=a_scheduler())
    with pytest.raises(ProblemWrong, match=sitting.number):
        propose(an_office(), by=a_scheduler())


def test_a_proposal_that_is_over_is_not_edited():
    proposal = a_proposal()
    placement = proposal.placements.first()
    Proposal.objects.update(state=ProposalState.ACCEPTED)
    with pytest.raises(ProposalOver, match="采用"):
        lock(placement, None, by=a_scheduler())


def test_a_case_that_is_booked_by_the_proposal_is_not_edited():
    proposal = a_proposal(people=1)
    placement = proposal.placements.get()
    booking = book(placement.case, placement.sitting, by=a_scheduler())
    Placement.objects.filter(pk=placement.pk).update(outcome="booked", booking=booking)
    with pytest.raises(AlreadySettled):
        lock(placement, None, by=a_scheduler())


def test_a_case_is_locked_to_a_sitting_of_the_plan_only():
    proposal = a_proposal()
    elsewhere = a_day(EARLY, office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    with pytest.raises(NotInThisPlan, match=elsewhere.number):
        lock(proposal.placements.first(), elsewhere, by=a_scheduler())


@pytest.mark.parametrize("person", [a_clerk, an_outsider])
def test_l08_nobody_but_the_scheduler_plans_locks_or_sees_a_proposal(person):
    proposal = a_proposal()
    placement = proposal.placements.first()
    stranger = person()
    for attempt in (
        lambda: propose(an_office(), by=stranger),
        lambda: lock(placement, None, by=stranger),
    ):
        with pytest.raises(SittingNotYours):
            attempt()
    assert not visible_to(stranger).exists()
    assert not offices_of(stranger).exists()
    for reading in (lambda: placement_for(placement.pk, by=stranger), lambda: office_for("YXJD", by=stranger)):
        with pytest.raises(ProposalNotFound):
            reading()


def test_the_columns_of_the_picture_take_one_query(django_assert_num_queries):
    a_day(LATER)
    proposal = a_proposal(people=3, sittings=[a_day(EARLY)])
    sittings = list(Sitting.objects.order_by("day"))
    for sitting in sittings:
        sitting.places, sitting.booked = 2, 0  # type: ignore[attr-defined]
    with django_assert_num_queries(1):
        columns = columns_of(proposal, sittings)
    assert [(one.in_time, one.late, one.booked) for one in columns] == [(2, 0, 0), (1, 0, 0)]


def test_a_case_past_its_day_is_hopeless_and_still_has_the_earliest_place():
    case = due(an_accepted_case(), moment.today())
    early, _ = a_day(EARLY), a_day(TOO_LATE)
    proposal = propose(an_office(), by=a_scheduler())
    assert (proposal.late, proposal.relaxation["hopeless"]) == (1, 1)
    assert where(proposal) == {case.number: early.number}
    assert "晚" in Placement.objects.get().why.splitlines()[0]
