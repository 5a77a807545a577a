"""A party's request for recusal against the seals: whoever asked in time is answered in time, and a late one has its remedy."""

import pytest

from gongjian.accounts.tests.builders import a_draw_officer, a_worker_user, an_exam_staff, an_expert_user
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import join_case
from gongjian.cases.models import Obligation
from gongjian.cases.tests.builders import put_in_state
from gongjian.draws.actions.changes import confirm
from gongjian.draws.actions.recusal import ask_recusal, decide_recusal
from gongjian.draws.errors import GrantTooLate, RecusalTooLate
from gongjian.draws.models import Recusal
from gongjian.draws.states import Ground
from gongjian.draws.tests.house import BONE, a_held, a_prepared, an_open_door, comes, people_of, sent
from gongjian.experts.models import Expert
from gongjian.experts.tests.builders import an_expert
from gongjian.opinions.actions.regroup import regroup
from gongjian.opinions.errors import GroupIncomplete, RecusalWaiting
from gongjian.opinions.models import Opinion, Vote
from gongjian.opinions.queries import result_of
from gongjian.opinions.tests.test_regroup import booking, called, members, morning, problems, seal, the_case
from gongjian.sittings.models import Booking

__all__ = ["booking", "morning"]
pytestmark = pytest.mark.django_db


def asked(booking: Booking) -> Recusal:
    """The worker asks that somebody be kept away."""
    case = the_case(booking)
    join_case(case, a_worker_user(), capacity="worker", is_applicant=True)
    return ask_recusal(case, ground=Ground.KINSHIP, facts="组里有我爱人的表兄", by=a_worker_user())


def granted(row: Recusal, expert: Expert | None, answer: str = "已核实。") -> Recusal:
    """The officer's answer, and a second person's confirmation where the expert has been drawn."""
    answered = decide_recusal(row, expert=expert, answer=answer, by=a_draw_officer())
    for change in row.changes.filter(decision="asked"):
        confirm(change, by=an_exam_staff())
    answered.refresh_from_db()
    return answered


@pytest.fixture
def with_reserves() -> Booking:
    """The same with four reserves of 骨科."""
    row = an_open_door(a_held(a_prepared(each=10), reserves=[BONE] * 4, one_per_hospital=False))
    for expert in Expert.objects.all():
        expert.user = an_expert_user(f"user-{expert.number}", expert.name)
        expert.save(update_fields=["user"])
    first = comes(people_of(row)[0])
    sent(first)
    return first


def test_art_28_while_a_request_waits_nobody_seals(booking):
    called(booking)
    first, second, _ = members(booking)
    seal(booking.exam_code, first)
    row = asked(booking)
    with pytest.raises(RecusalWaiting, match="还没有答复"):
        seal(booking.exam_code, second)
    assert Opinion.objects.count() == 1
    granted(row, None, "经核实没有利害关系。")
    seal(booking.exam_code, second)
    assert Opinion.objects.count() == 2


def test_a_request_that_waits_in_another_case_holds_up_nobody(booking):
    called(booking)
    other = next(each for each in people_of(booking.arrivals.get().draw) if each.pk != booking.pk)
    asked(other)
    assert seal(booking.exam_code, members(booking)[0])


def test_art_28_granted_after_some_have_sealed_the_reserve_judges_and_the_barred_opinion_counts_no_more(with_reserves):
    code = with_reserves.exam_code
    called(with_reserves)
    barred, second, third = members(with_reserves)
    seal(code, barred, 1)
    seal(code, second, 9)
    granted(asked(with_reserves), barred.expert)
    reserve = next(user for user in members(with_reserves) if user not in (barred, second, third))
    seal(code, third, 9)
    assert not Vote.objects.exists()
    seal(code, reserve, 9)
    result = result_of(the_case(with_reserves))
    assert result is not None
    assert barred.expert.number not in [each.expert_number for each in result.members]
    assert problems() == []


def test_art_28_granted_without_a_reserve_left_it_leads_to_another_group(booking):
    called(booking)
    barred, second, _ = members(booking)
    seal(booking.exam_code, barred, 1)
    granted(asked(booking), barred.expert)
    with pytest.raises(GroupIncomplete):
        seal(booking.exam_code, second)
    assert Obligation.objects.filter(case=booking.case, kind="fill_seat", fulfilled_at=None).count() == 1
    regroup(the_case(booking), by=a_draw_officer())
    sent(booking)
    called(booking)
    for user in members(booking):
        seal(booking.exam_code, user, 9)
    result = result_of(the_case(booking))
    assert result is not None
    assert barred.expert.number not in [each.expert_number for each in result.members]
    assert problems() == []


def test_art_28_granted_during_the_deliberation_without_a_reserve_it_leads_to_another_group(booking):
    called(booking)
    for user, grade in zip(members(booking), [8, 9, 10], strict=True):
        seal(booking.exam_code, user, grade)
    granted(asked(booking), members(booking)[0].expert)
    assert regroup(the_case(booking), by=a_draw_officer()).state == State.PRESENT


LATE = [State.OPINED, State.REVIEWED, State.CONCLUDED, State.DELIVERED, State.EFFECTIVE, State.TERMINATED]


@pytest.mark.parametrize("state", LATE)
def test_art_19_once_the_opinion_is_formed_nothing_is_granted_and_the_remedy_is_named(booking, state):
    row = asked(booking)
    put_in_state(the_case(booking), state)
    with pytest.raises(GrantTooLate, match="申请再次鉴定"):
        granted(row, members(booking)[0].expert)
    row.refresh_from_db()
    assert (row.decision, row.expert) == ("asked", None)
    assert granted(row, None, "意见已经形成，可申请再次鉴定。").decision == "refused"
    assert not Obligation.objects.filter(kind="decide_recusal", fulfilled_at=None).exists()


@pytest.mark.parametrize("state", LATE)
def test_art_19_nor_may_it_be_asked_any_more(booking, state):
    case = put_in_state(the_case(booking), state)
    join_case(case, a_worker_user(), capacity="worker", is_applicant=True)
    with pytest.raises(RecusalTooLate, match="申请再次鉴定"):
        ask_recusal(case, ground=Ground.KINSHIP, facts="表亲", by=a_worker_user())


def test_who_is_barred_without_sitting_in_the_group_changes_nobody(booking):
    before = members(booking)
    granted(asked(booking), an_expert())
    assert members(booking) == before
