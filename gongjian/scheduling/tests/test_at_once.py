"""Two at once: nobody is booked twice, no slot over its places, one proposal stands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from gongjian.accounts.tests.builders import a_scheduler, an_office
from gongjian.law.errors import RuleError
from gongjian.scheduling.actions import Accepted, accept, propose
from gongjian.scheduling.errors import ProposalOver
from gongjian.scheduling.models import Placement, Proposal
from gongjian.scheduling.states import Outcome, ProposalState
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, a_proposal
from gongjian.sittings import checks
from gongjian.sittings.actions import book_oldest_first
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.tests.builders import PLANNED, at

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
