"""Two at once: regrouping twice, against a seal, a call, a termination, and members who leave together."""

import pytest

from gongjian.accounts.tests.builders import PASSWORD, a_draw_officer, an_exam_staff, an_expert_user
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import move
from gongjian.cases.models import Case, Obligation, Passage
from gongjian.cases.queries import open_obligations
from gongjian.draws.models import Departure
from gongjian.draws.queries.groups import group_of
from gongjian.draws.states import Ground
from gongjian.draws.tests.house import a_held, a_vacancy, an_open_door, cannot_come, comes, people_of, sent
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.ledger.queries import verify
from gongjian.opinions.actions.declare import declare_conflict, declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.regroup import regroup
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.models import Assignment, Opinion, Vote
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.opinions.tests.test_concurrency import at_once
from gongjian.opinions.tests.test_regroup import called, members, seal
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Booking, QueueEntry
from gongjian.sittings.states import QueueState
from gongjian.sittings.tests.builders import MORNING

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def morning():
    with moment.fixed(MORNING):
        yield


def a_grouped_one() -> Booking:
    row = an_open_door(a_held(reserves=(), one_per_hospital=False))
    for expert in Expert.objects.all():
        expert.user = an_expert_user(f"user-{expert.number}", expert.name)
        expert.save(update_fields=["user"])
    first = comes(people_of(row)[0])
    sent(first)
    return first


def the_case(booking: Booking) -> Case:
    return Case.objects.get(pk=booking.case_id)


def a_stuck_one() -> Booking:
    booking = a_grouped_one()
    group = group_of(booking.case)
    assert group is not None
    a_vacancy(group)
    return booking


def test_two_who_press_at_once_regroup_once():
    booking, officer, staff = a_stuck_one(), a_draw_officer(), an_exam_staff()
    answers = at_once(
        lambda: regroup(the_case(booking), by=officer),
        lambda: regroup(the_case(booking), by=staff),
        lambda: regroup(the_case(booking), by=officer),
    )
    assert sorted(map(str, answers)) == ["cases.move_not_allowed", "cases.move_not_allowed", "done"]
    assert (Departure.objects.count(), Passage.objects.filter(act="regroup").count()) == (1, 1)
    assert (the_case(booking).state, verify()[1]) == (State.PRESENT, [])


@pytest.mark.parametrize("_", range(4))
def test_a_call_and_a_regrouping_at_once_do_not_wait_for_each_other_for_ever(_):
    booking, officer, staff = a_stuck_one(), a_draw_officer(), an_exam_staff()
    group = group_of(booking.case)
    answers = at_once(
        lambda: regroup(the_case(booking), by=officer),
        lambda: call_next(booking.sitting, group.number, by=staff),
    )
    assert set(map(str, answers)) <= {
        "done",
        "sittings.called_just_now",
        "sittings.queue_empty",
        "cases.move_not_allowed",
    }
    if the_case(booking).state != State.PRESENT:
        regroup(the_case(booking), by=officer)
    assert (the_case(booking).state, QueueEntry.objects.get().state) == (State.PRESENT, QueueState.LEFT)


def test_the_last_seal_and_a_leaving_member_at_once_leave_the_case_opined_or_owed_another_group():
    booking, officer = a_grouped_one(), a_draw_officer()
    called(booking)
    first, second, third = members(booking)
    seal(booking.exam_code, first)
    seal(booking.exam_code, second)
    declare_no_conflict(booking.exam_code, by=third)
    draft = save_draft(booking.exam_code, an_opinion_of(9), version=1, by=third)
    at_once(
        lambda: seal_opinion(booking.exam_code, version=draft.version, password=PASSWORD, by=third),
        lambda: cannot_come(booking.sitting, first.expert, by=officer),
    )
    case = the_case(booking)
    owed = {each.kind for each in open_obligations(case)}
    if case.state == State.OPINED:
        assert owed == {"review"}
    else:
        assert owed == {"opine", "fill_seat"}
        assert regroup(case, by=officer).state == State.PRESENT
    assert Vote.objects.count() == (case.state == State.OPINED)


def test_two_members_who_declare_conflicts_at_once_leave_one_thing_owed():
    booking = a_grouped_one()
    first, second, _ = members(booking)
    answers = at_once(
        lambda: declare_conflict(booking.exam_code, Ground.KINSHIP, by=first),
        lambda: declare_conflict(booking.exam_code, Ground.KINSHIP, by=second),
    )
    assert sorted(map(str, answers)) == ["done", "opinions.group_incomplete"]
    assert Obligation.objects.filter(kind="fill_seat", fulfilled_at=None).count() == 1


def test_a_termination_and_a_regrouping_at_once_leave_the_case_in_one_state():
    booking, officer, staff = a_stuck_one(), a_draw_officer(), an_exam_staff()
    case = the_case(booking)
    answers = at_once(lambda: regroup(the_case(booking), by=officer), lambda: move(case, "terminate", by=staff))
    assert "done" in answers
    assert the_case(booking).state in {State.PRESENT, State.TERMINATED}
    assert Departure.objects.count() == (answers[0] == "done")


def test_a_seal_and_a_regrouping_at_once_count_nothing_of_the_former_group():
    booking, officer = a_grouped_one(), a_draw_officer()
    called(booking)
    user = members(booking)[1]
    declare_no_conflict(booking.exam_code, by=user)
    draft = save_draft(booking.exam_code, an_opinion_of(9), version=1, by=user)
    group = group_of(booking.case)
    a_vacancy(group)
    answers = at_once(
        lambda: regroup(the_case(booking), by=officer),
        lambda: seal_opinion(booking.exam_code, version=draft.version, password=PASSWORD, by=user),
    )
    assert answers[0] == "done"
    assert answers[1] in {"opinions.group_incomplete", "opinions.exam_not_found", "opinions.not_open_now"}
    assert (Opinion.objects.count(), Assignment.objects.filter(closed_at=None).count()) == (0, 0)
