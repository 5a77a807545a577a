"""Two at once: nobody is booked twice, no slot over its places, one proposal stands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from gongjian.accounts.tests.builders import a_scheduler, an_office
from gongjian.cases.models import Case
from gongjian.law.errors import RuleError
from gongjian.scheduling.actions import Accepted, accept, ask_planning, insert_urgent, plan_asked, propose
from gongjian.scheduling.errors import InsertionChanged, PlanningUnderWay, ProposalOver
from gongjian.scheduling.insertions import insertion_of
from gongjian.scheduling.models import Placement, Planning, Proposal
from gongjian.scheduling.states import Outcome, ProposalState
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, a_proposal, due
from gongjian.sittings import checks
from gongjian.sittings.actions import book, book_oldest_first
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gave: its value, or the refusal it met."""

    def one(work: Callable[[], object]) -> object:
        try:
            return work()
        except RuleError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def two_urgent() -> tuple[list[Case], Sitting]:
    """Two cases for which only the early sitting is in time, and one place there, taken by somebody who could come later."""
    early = a_day(EARLY, places=1)
    a_day(LATER, places=5)
    with at(PLANNED):
        book(an_accepted_case(1), early, by=a_scheduler())
    return [due(an_accepted_case(serial), LATER) for serial in (2, 3)], early


def test_two_who_accept_at_once_book_everybody_once():
    sittings = [a_day(EARLY, places=4), a_day(LATER, places=4)]
    proposal, scheduler = a_proposal(people=8, sittings=sittings), a_scheduler()
    with at(PLANNED):
        answers = at_once(*[lambda: accept(proposal, by=scheduler)] * 3)
    done = [answer for answer in answers if isinstance(answer, Accepted)]
    assert all(isinstance(answer, Accepted | ProposalOver) for answer in answers)
    assert (sum(each.booked for each in done), sum(each.refused for each in done)) == (8, 0)
    assert Booking.objects.count() == 8
    assert set(Placement.objects.values_list("outcome", flat=True)) == {Outcome.BOOKED}
    assert Proposal.objects.get().state == ProposalState.ACCEPTED
    assert list(checks.capacity()) == []


def test_who_accepts_while_another_fills_the_sitting_by_hand_books_no_place_twice():
    sitting = a_day(places=4)
    proposal, scheduler = a_proposal(people=8, sittings=[sitting]), a_scheduler()
    with at(PLANNED):
        at_once(
            lambda: accept(proposal, by=scheduler),
            lambda: book_oldest_first(Sitting.objects.get(pk=sitting.pk), by=scheduler),
        )
    assert Booking.objects.count() == 4
    assert Booking.objects.values("case").distinct().count() == 4
    assert list(checks.capacity()) == []


def test_two_who_plan_at_once_leave_one_proposal_that_stands():
    a_proposal(people=2)
    office, scheduler = an_office(), a_scheduler()
    with at(PLANNED):
        answers = at_once(*[lambda: propose(office, by=scheduler)] * 3)
    assert all(isinstance(answer, Proposal) for answer in answers)
    standing = Proposal.objects.get(state=ProposalState.OPEN)
    assert standing.placements.count() == Placement.objects.count() == 2


def test_who_accepts_while_another_plans_anew_books_each_person_once():
    proposal, scheduler, office = a_proposal(people=2), a_scheduler(), an_office()
    with at(PLANNED):
        at_once(lambda: accept(proposal, by=scheduler), lambda: propose(office, by=scheduler))
    assert Booking.objects.values("case").distinct().count() == Booking.objects.count()
    assert Booking.objects.count() <= 2
    assert list(checks.capacity()) == []


def test_two_who_ask_at_once_ask_once_and_two_workers_plan_once():
    an_accepted_case()
    a_day()
    office, scheduler = an_office(), a_scheduler()
    with at(PLANNED):
        answers = at_once(*[lambda: ask_planning(office, by=scheduler)] * 3)
        assert sorted(type(answer).__name__ for answer in answers) == ["Planning", *[PlanningUnderWay.__name__] * 2]
        assert sum(answer for answer in at_once(*[plan_asked] * 3) if isinstance(answer, int)) == 1
    assert (Planning.objects.get().attempts, Proposal.objects.count()) == (1, 1)


def test_two_who_insert_at_once_put_one_in_the_place_and_tell_the_other_that_it_changed():
    (one, other), early = two_urgent()
    scheduler = a_scheduler()
    with at(PLANNED):
        seen = {case.pk: insertion_of(case).digest for case in (one, other)}
        answers = at_once(
            *[lambda case=case: insert_urgent(case, seen=seen[case.pk], by=scheduler) for case in (one, other)]
        )
    assert sorted(type(answer).__name__ for answer in answers) == ["Booking", InsertionChanged.__name__]
    live = Booking.objects.filter(state=BookingState.BOOKED)
    assert live.filter(sitting=early).get().case in (one, other)
    assert live.count() == 2
    assert list(checks.capacity()) == []


def test_the_same_case_inserted_twice_at_once_is_booked_once():
    (case, _), _ = two_urgent()
    scheduler = a_scheduler()
    with at(PLANNED):
        seen = insertion_of(case).digest
        at_once(*[lambda: insert_urgent(case, seen=seen, by=scheduler)] * 3)
    assert Booking.objects.filter(case=case).count() == 1
    assert list(checks.capacity()) == []


def test_who_accepts_while_another_inserts_books_everybody_once():
    early = a_day(EARLY, places=2)
    a_day(LATER, places=6)
    proposal, scheduler = a_proposal(people=4, sittings=[early]), a_scheduler()
    case = due(an_accepted_case(9), LATER)
    with at(PLANNED):
        seen = insertion_of(case).digest
        answers = at_once(lambda: accept(proposal, by=scheduler), lambda: insert_urgent(case, seen=seen, by=scheduler))
        assert all(isinstance(answer, Accepted | Booking | RuleError) for answer in answers)
        if proposal.placements.filter(outcome=Outcome.PENDING).exists():
            accept(proposal, by=scheduler)
    assert Booking.objects.values("case").distinct().count() == Booking.objects.count()
    assert list(checks.capacity()) == []
