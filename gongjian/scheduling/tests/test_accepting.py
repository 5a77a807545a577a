"""Accepting a proposal: bookings through the one door, each for itself, whatever has changed since the plan was made."""

import pytest

from gongjian.accounts.tests.builders import a_clerk, a_scheduler, an_office
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.cases.tests.builders import put_in_state
from gongjian.kernel import moment
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.scheduling.actions import Accepted, accept, accepting, lock, propose
from gongjian.scheduling.errors import ProposalOver
from gongjian.scheduling.models import Placement, Proposal
from gongjian.scheduling.queries import columns_of, outcomes_of
from gongjian.scheduling.states import Outcome, ProposalState
from gongjian.scheduling.tests.builders import EARLY, LATER, a_day, a_proposal, comes, where
from gongjian.sittings import checks
from gongjian.sittings.actions import book, publish
from gongjian.sittings.errors import SittingNotYours
from gongjian.sittings.models import Booking, Sitting, Slot
from gongjian.sittings.states import SittingState
from gongjian.sittings.tests.builders import PLANNED, an_accepted_case, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_planning():
    with at(PLANNED):
        yield


def outcome_of(case: Case) -> tuple[str, str]:
    """What became of a case in its proposal, and the code of what stood against it."""
    placement = Placement.objects.get(case=case)
    return placement.outcome, placement.refusal


def test_an_accepted_proposal_is_bookings_on_the_days_it_said():
    early, later = a_day(EARLY, places=1), a_day(LATER, places=1)
    proposal = a_proposal(people=2, sittings=[early, later])
    said = where(proposal)
    assert accept(proposal, by=a_scheduler()) == Accepted(booked=2, refused=0, settled=0)
    made = dict(Booking.objects.values_list("case__number", "sitting__number"))
    assert made == said
    assert set(Case.objects.values_list("state", flat=True)) == {State.SCHEDULED}
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED
    assert all(placement.booking.case_id == placement.case_id for placement in Placement.objects.all())
    assert LedgerEntry.objects.get(act="proposal.accepted").facts == {"proposal": proposal.pk, "booked": 2}
    assert list(checks.capacity()) == []


def test_in_a_published_sitting_the_notices_go_out_with_the_bookings():
    sitting = a_day()
    publish(sitting, by=a_scheduler())
    accept(a_proposal(people=1, sittings=[sitting]), by=a_scheduler())
    assert Booking.objects.get().notice is not None


def test_who_is_placed_nowhere_goes_on_waiting():
    a_day(places=1)
    proposal = a_proposal(people=2, sittings=[Sitting.objects.get()])
    assert accept(proposal, by=a_scheduler()).booked == 1
    assert Case.objects.filter(state=State.ACCEPTED).count() == 1
    assert outcomes_of(proposal) == {"booked": 1, "nowhere": 1}


def test_a_plan_older_than_the_world_books_whom_it_still_can_and_says_why_not_the_others():
    cases = [an_accepted_case(serial) for serial in range(1, 5)]
    early, later = a_day(EARLY, places=2), a_day(LATER, places=2)
    proposal = propose(an_office(), by=a_scheduler())
    goes_early = [case for case in cases if where(proposal)[case.number] == early.number]
    goes_later = [case for case in cases if where(proposal)[case.number] == later.number]
    put_in_state(goes_early[0], State.WITHDRAWN)
    book(goes_later[0], early, by=a_scheduler())
    Slot.objects.filter(sitting=later).update(capacity=1)
    book(an_accepted_case(9), later, by=a_scheduler())
    assert accept(proposal, by=a_scheduler()) == Accepted(booked=1, refused=3, settled=0)
    assert outcome_of(goes_early[0]) == (Outcome.REFUSED, "cases.move_not_allowed")
    assert outcome_of(goes_early[1]) == (Outcome.BOOKED, "")
    assert outcome_of(goes_later[0]) == (Outcome.REFUSED, "sittings.booked_already")
    assert outcome_of(goes_later[1]) == (Outcome.REFUSED, "sittings.slot_full")
    assert Case.objects.get(pk=goes_later[1].pk).state == State.ACCEPTED
    assert all(placement.refused_because for placement in Placement.objects.filter(outcome=Outcome.REFUSED))
    assert list(checks.capacity()) == []


def test_a_sitting_that_comes_too_near_is_refused_for_everybody_in_it():
    proposal = a_proposal(people=2)
    with at(moment.at(EARLY, 9).replace(day=23)):
        done = accept(proposal, by=a_scheduler())
    assert done == Accepted(booked=0, refused=2, settled=0)
    assert set(Placement.objects.values_list("refusal", flat=True)) == {"sittings.notice_too_late"}


def test_accepting_twice_is_refused_and_does_nothing():
    proposal = a_proposal()
    accept(proposal, by=a_scheduler())
    with pytest.raises(ProposalOver, match="采用"):
        accept(proposal, by=a_scheduler())
    assert Booking.objects.count() == 2


def test_a_proposal_that_was_replaced_meanwhile_is_not_accepted():
    old = a_proposal()
    propose(an_office(), by=a_scheduler())
    with pytest.raises(ProposalOver, match="新的方案"):
        accept(old, by=a_scheduler())
    assert not Booking.objects.exists()


def test_a_run_that_died_in_the_middle_is_gone_on_with(monkeypatch):
    proposal = a_proposal(people=2)
    done = []

    def dies_at_the_second(case, sitting, *, by):
        done.append(case)
        if len(done) == 2:
            raise KeyboardInterrupt
        return book(case, sitting, by=by)

    monkeypatch.setattr(accepting, "book", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        accept(proposal, by=a_scheduler())
    assert (Booking.objects.count(), Placement.objects.filter(outcome=Outcome.PENDING).count()) == (1, 1)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN
    monkeypatch.setattr(accepting, "book", book)
    assert accept(proposal, by=a_scheduler()) == Accepted(booked=1, refused=0, settled=0)
    assert Booking.objects.count() == 2


def test_specialties_that_the_plan_adds_are_announced_when_it_is_accepted():
    case = an_accepted_case(1, parts=["143:left"])
    sitting = a_day(EARLY, specialties=["ophthalmology"])
    comes(sitting, "orthopaedics")
    accept(propose(an_office(), by=a_scheduler()), by=a_scheduler())
    assert Sitting.objects.get().specialties == ["orthopaedics", "ophthalmology"]
    assert Booking.objects.get().case == case
    assert LedgerEntry.objects.filter(act="sitting.specialties").count() == 1


def test_a_specialty_that_can_no_longer_be_added_is_told_to_whom_it_was_for():
    case = an_accepted_case(1, parts=["143:left"])
    sitting = a_day(EARLY, specialties=["ophthalmology"])
    comes(sitting, "orthopaedics")
    proposal = propose(an_office(), by=a_scheduler())
    Sitting.objects.filter(pk=sitting.pk).update(state=SittingState.PUBLISHED)
    assert accept(proposal, by=a_scheduler()).refused == 1
    assert outcome_of(case) == (Outcome.REFUSED, "sittings.specialty_not_offered")
    assert "增加专业" in Placement.objects.get().refused_because


def test_a_lock_that_does_not_fit_is_refused_when_it_is_booked_and_harms_nobody_else():
    fits, other = an_accepted_case(1), an_accepted_case(2, parts=["143:left"])
    sitting = a_day(EARLY, specialties=["ophthalmology"])
    proposal = propose(an_office(), by=a_scheduler())
    lock(Placement.objects.get(case=other), sitting, by=a_scheduler())
    assert accept(proposal, by=a_scheduler()) == Accepted(booked=1, refused=1, settled=0)
    assert (outcome_of(fits)[0], outcome_of(other)[1]) == (Outcome.BOOKED, "sittings.specialty_not_offered")


def test_nobody_but_the_scheduler_accepts():
    proposal = a_proposal()
    with pytest.raises(SittingNotYours):
        accept(proposal, by=a_clerk())
    assert Proposal.objects.get().state == ProposalState.OPEN


def test_what_was_booked_stands_apart_in_the_picture():
    proposal = a_proposal(people=2)
    accept(proposal, by=a_scheduler())
    sitting = Sitting.objects.get()
    sitting.places, sitting.booked = 2, 2  # type: ignore[attr-defined]
    (column,) = columns_of(proposal, [sitting])
    assert (column.booked, column.in_time, column.taken) == (2, 0, 2)
