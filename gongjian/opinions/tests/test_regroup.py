"""A case that leaves a group which lacks a member for good: nothing of the former group counts, and the next one begins anew."""

from collections.abc import Callable

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import (
    PASSWORD,
    a_clerk,
    a_draw_officer,
    a_reviewer,
    a_scheduler,
    a_supervisor,
    a_worker_user,
    an_exam_staff,
    an_expert_user,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases.errors import MoveNotAllowed, NotYours
from gongjian.cases.models import Case, Obligation
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.config.checks import run_checks
from gongjian.draws.actions import door
from gongjian.draws.errors import GroupComplete
from gongjian.draws.models import Arrival, Departure, Draw, Seat
from gongjian.draws.queries.groups import group_of
from gongjian.draws.states import Ground
from gongjian.draws.tests.house import a_held, a_vacancy, an_open_door, comes, people_of, sent
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.kernel.tests.kept import kept
from gongjian.opinions.actions import regroup as regrouping
from gongjian.opinions.actions.declare import declare_conflict, declare_no_conflict
from gongjian.opinions.actions.deliberate import close_deliberation, say_view
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.regroup import regroup
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.errors import ExamNotFound, GroupIncomplete, StillSealed
from gongjian.opinions.models import Assignment, Deliberation, Opinion, OpinionDraft, Round, RoundKey, Vote
from gongjian.opinions.queries import result_of
from gongjian.opinions.queries.access import Stage, duty_for
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.opinions.queries.duties import todays_lines
from gongjian.opinions.sealing import opened_statements
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Booking
from gongjian.sittings.states import BookingState
from gongjian.sittings.tests.builders import MORNING

pytestmark = pytest.mark.django_db
CHECKS = (
    "ledger",
    "limbo",
    "due_days",
    "seals",
    "votes",
    "draw_receipts",
    "draw_seats",
    "departures",
    "capacity",
)


@pytest.fixture(autouse=True)
def morning():
    with moment.fixed(MORNING):
        yield


@pytest.fixture
def booking() -> Booking:
    return somebody_sent()


@kept
def somebody_sent() -> Booking:
    """Somebody whom the door has sent to one of two groups; no reserves, every expert has an account."""
    row = an_open_door(a_held(reserves=(), one_per_hospital=False))
    for expert in Expert.objects.all():
        expert.user = an_expert_user(f"user-{expert.number}", expert.name)
        expert.save(update_fields=["user"])
    first = comes(people_of(row)[0])
    sent(first)
    return first


def members(booking: Booking) -> list[User]:
    """The accounts of who sits in the case's group now, by seat."""
    group = group_of(the_case(booking))
    seats = Seat.objects.filter(group=group).select_related("expert__user").order_by("position")
    return [seat.expert.user for seat in seats if seat.expert and seat.expert.user]


def the_case(booking: Booking) -> Case:
    return Case.objects.get(pk=booking.case_id)


def called(booking: Booking) -> None:
    group = group_of(the_case(booking))
    assert group is not None
    call_next(booking.sitting, group.number, by=an_exam_staff())


def seal(code: str, user: User, grade: int | None = 9) -> Opinion:
    if duty_for(code, by=user).stage == Stage.DECLARE:
        declare_no_conflict(code, by=user)
    duty = duty_for(code, by=user)
    draft = save_draft(code, an_opinion_of(grade), version=draft_of(duty).version, by=user)
    return seal_opinion(code, version=draft.version, password=PASSWORD, by=user)


def grouped(booking: Booking) -> None:
    """All have declared; nobody was called."""
    for user in members(booking):
        declare_no_conflict(booking.exam_code, by=user)


def examining(booking: Booking) -> None:
    """One has sealed, one has begun to write."""
    called(booking)
    first, second, _ = members(booking)
    seal(booking.exam_code, first, 1)
    declare_no_conflict(booking.exam_code, by=second)
    save_draft(booking.exam_code, an_opinion_of(2), version=1, by=second)


def deliberating(booking: Booking) -> None:
    """All have sealed, no majority; one has said a view."""
    called(booking)
    for user, grade in zip(members(booking), [8, 9, 10], strict=True):
        seal(booking.exam_code, user, grade)
    say_view(booking.exam_code, "维持八级。", password=PASSWORD, by=members(booking)[0])


STATES: dict[State, Callable[[Booking], None]] = {
    State.GROUPED: grouped,
    State.EXAMINING: examining,
    State.DELIBERATING: deliberating,
}


def stuck(booking: Booking, state: State) -> list[User]:
    """The case stands in this state and its group has lost a member for good; who sat in it before."""
    STATES[state](booking)
    former = members(booking)
    assert the_case(booking).state == state
    group = group_of(the_case(booking))
    assert group is not None
    a_vacancy(group)
    return former


def problems() -> list[str]:
    return [problem.sentence for _, found in run_checks(CHECKS) for problem in found]


# Each state.


@pytest.mark.parametrize("by", [a_draw_officer, an_exam_staff])
@pytest.mark.parametrize("state", STATES)
def test_art_11_the_case_stands_at_the_door_again_and_nothing_of_the_group_goes_on(booking, state, by):
    stuck(booking, state)
    case = regroup(the_case(booking), by=by())
    assert case.state == State.PRESENT
    assert not Assignment.objects.filter(closed_at=None).exists()
    assert not OpinionDraft.objects.exists()
    assert not Deliberation.objects.filter(closed_at=None).exists()
    assert [owed.kind for owed in Obligation.objects.filter(case=case, fulfilled_at=None)] == ["group"]
    booking.refresh_from_db()
    assert booking.state == BookingState.PRESENT
    assert problems() == []


@pytest.mark.parametrize("state", STATES)
def test_the_members_who_leave_find_the_case_no_more(booking, state):
    former = stuck(booking, state)
    regroup(the_case(booking), by=a_draw_officer())
    for user in former:
        assert todays_lines(user) == []
        with pytest.raises(ExamNotFound):
            duty_for(booking.exam_code, by=user)
    sent(booking)
    for user in former:
        with pytest.raises(ExamNotFound):
            declare_no_conflict(booking.exam_code, by=user)


@pytest.mark.parametrize("state", STATES)
def test_the_limit_is_not_postponed_by_it(booking, state):
    due = the_case(booking).due_on
    stuck(booking, state)
    case = regroup(the_case(booking), by=a_draw_officer())
    case.refresh_from_db()
    assert case.due_on == due
    assert not case.limits.filter(changes__isnull=False).exists()


@pytest.mark.parametrize("state", STATES)
def test_only_the_new_group_counts(booking, state):
    former = stuck(booking, state)
    regroup(the_case(booking), by=a_draw_officer())
    sent(booking)
    called(booking)
    now = members(booking)
    assert not set(now) & set(former)
    for user, grade in zip(now, [10, 10, 9], strict=True):
        seal(booking.exam_code, user, grade)
    result = result_of(the_case(booking))
    assert result is not None
    assert (the_case(booking).state, result.grade) == (State.OPINED, 10)
    assert [each.expert_number for each in result.members] == [user.expert.number for user in now]
    assert Vote.objects.get(outcome=Vote.Outcome.MAJORITY).tally["grades"] == [[10, 2], [9, 1]]
    assert problems() == []


@pytest.mark.parametrize("state", STATES)
def test_the_new_group_has_a_round_and_a_key_of_its_own(booking, state):
    stuck(booking, state)
    regroup(the_case(booking), by=a_draw_officer())
    sent(booking)
    declare_no_conflict(booking.exam_code, by=members(booking)[0])
    assert list(Round.objects.order_by("number").values_list("number", "turn")) == [(1, 1), (2, 2)]
    assert len({key.secret for key in RoundKey.objects.all()}) == 2
    live = Assignment.objects.filter(closed_at=None).order_by("seat")
    assert list(live.values_list("turn", "seat")) == [(2, 1), (2, 2), (2, 3)]


def test_what_the_former_group_had_sealed_is_kept_and_opened_to_nobody(booking):
    stuck(booking, State.EXAMINING)
    kept = Opinion.objects.get()
    regroup(the_case(booking), by=a_draw_officer())
    sent(booking)
    called(booking)
    for user in members(booking):
        seal(booking.exam_code, user)
    with pytest.raises(StillSealed):
        opened_statements(kept.round)
    kept.refresh_from_db()
    assert (kept.round.turn, hasattr(kept.round, "vote")) == (1, False)
    assert kept.pk not in Vote.objects.get().tally["opinions"]


def test_a_deliberation_that_the_case_left_has_no_record_and_is_opened_to_nobody_new(booking):
    stuck(booking, State.DELIBERATING)
    regroup(the_case(booking), by=a_draw_officer())
    talk = Deliberation.objects.get()
    assert (talk.record, talk.signature, talk.chair) == ("", "", None)
    sent(booking)
    called(booking)
    user = members(booking)[0]
    declare_no_conflict(booking.exam_code, by=user)
    assert duty_for(booking.exam_code, by=user).stage == Stage.EXAMINE
    assert [line.duty.stage for line in todays_lines(user)] == [Stage.EXAMINE]


@pytest.mark.parametrize("state", STATES)
def test_the_new_group_begins_with_the_recognised_parts_and_not_with_what_others_wrote(booking, state):
    stuck(booking, state)
    regroup(the_case(booking), by=a_draw_officer())
    sent(booking)
    user = members(booking)[0]
    declare_no_conflict(booking.exam_code, by=user)
    begun = content_of(draft_of(duty_for(booking.exam_code, by=user)))
    assert ([each.part for each in begun.findings], begun.is_decided, begun.reason) == (["143"], False, "")


def test_the_new_group_may_deliberate_in_its_turn(booking):
    stuck(booking, State.DELIBERATING)
    regroup(the_case(booking), by=a_draw_officer())
    sent(booking)
    called(booking)
    now = members(booking)
    for user, grade in zip(now, [8, 9, 10], strict=True):
        seal(booking.exam_code, user, grade)
    assert the_case(booking).state == State.DELIBERATING
    booking.refresh_from_db()
    assert booking.state == BookingState.DONE
    for user in now:
        say_view(booking.exam_code, "合议意见。", password=PASSWORD, by=user)
    close_deliberation(booking.exam_code, "合议记录。", password=PASSWORD, by=now[0])
    for user in now:
        seal(booking.exam_code, user, 9)
    result = result_of(the_case(booking))
    assert result is not None
    assert (result.round, result.grade, len(result.members)) == (3, 9, 3)
    assert problems() == []


def test_an_expert_met_again_at_another_sitting_is_assigned_anew(seated, exam_day):
    case = put_in_state(a_case(), State.EXAMINING)
    panel = seated.seat(case)
    user = User.objects.get(pk=panel.members[0].user_id)
    declare_no_conflict(panel.exam_code, by=user)
    Assignment.objects.filter(case=case).update(closed_at=moment.now(), closed_reason="转组")
    seated.panels[case.pk] = type(panel)(panel.exam_code, 2, "二号检查室", panel.members, 0, 2)
    assert duty_for(panel.exam_code, by=user).stage == Stage.DECLARE
    declare_no_conflict(panel.exam_code, by=user)
    assert list(Assignment.objects.filter(user=user).order_by("turn").values_list("turn", flat=True)) == [1, 2]


# What leads to it.


@pytest.mark.parametrize("state", STATES)
def test_art_28_after_a_declared_conflict_without_reserve_the_group_goes_no_further(booking, state):
    STATES[state](booking)
    first, second, _ = members(booking)
    declare_conflict(booking.exam_code, Ground.KINSHIP, by=first)
    owed = Obligation.objects.get(kind="fill_seat", fulfilled_at=None)
    assert (owed.case_id, owed.role, owed.due_on) == (booking.case_id, "draw_officer", MORNING.date())
    with pytest.raises(GroupIncomplete):
        declare_conflict(booking.exam_code, Ground.KINSHIP, by=second)
    regroup(the_case(booking), by=a_draw_officer())
    assert sent(booking).number
    assert problems() == []


# What is refused.


@pytest.mark.parametrize("state", STATES)
def test_art_34_a_complete_group_is_left_by_nobody(booking, state):
    STATES[state](booking)
    before = the_case(booking).version
    with pytest.raises(GroupComplete):
        regroup(the_case(booking), by=a_draw_officer())
    assert (the_case(booking).version, Departure.objects.count()) == (before, 0)


@pytest.mark.parametrize("state", STATES)
def test_a_second_time_it_is_refused(booking, state):
    stuck(booking, state)
    case = regroup(the_case(booking), by=a_draw_officer())
    with pytest.raises(MoveNotAllowed):
        regroup(case, by=a_draw_officer())
    sent(booking)
    with pytest.raises(GroupComplete):
        regroup(the_case(booking), by=a_draw_officer())
    assert Departure.objects.count() == 1


NOT_THEY = [a_clerk, a_reviewer, a_scheduler, a_supervisor, a_worker_user, an_outsider, an_expert_user]


@pytest.mark.parametrize("who", NOT_THEY)
@pytest.mark.parametrize("state", STATES)
def test_only_who_draws_or_works_at_the_door_does_it(booking, state, who):
    stuck(booking, state)
    with pytest.raises(NotYours):
        regroup(the_case(booking), by=who())
    assert (the_case(booking).state, Departure.objects.count()) == (state, 0)


@pytest.mark.parametrize("state", [state for state in State if state not in {*STATES, State.ARCHIVED}])
def test_from_every_other_state_it_is_refused(state):
    with pytest.raises(MoveNotAllowed):
        regroup(a_case(state=state), by=a_draw_officer())


@pytest.mark.parametrize("state", STATES)
def test_dying_before_the_end_changes_nothing(booking, state, monkeypatch):
    stuck(booking, state)
    before = (OpinionDraft.objects.count(), Assignment.objects.filter(closed_at=None).count())
    monkeypatch.setattr(regrouping, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        regroup(the_case(booking), by=a_draw_officer())
    assert (the_case(booking).state, Departure.objects.count()) == (state, 0)
    assert (OpinionDraft.objects.count(), Assignment.objects.filter(closed_at=None).count()) == before
    assert Obligation.objects.filter(kind="fill_seat", fulfilled_at=None).count() == 1
    assert problems() == []
    monkeypatch.undo()
    assert regroup(the_case(booking), by=a_draw_officer()).state == State.PRESENT


def test_at_the_end_of_the_day_everything_verifies(booking):
    stuck(booking, State.DELIBERATING)
    regroup(the_case(booking), by=an_exam_staff())
    sent(booking)
    row = Draw.objects.get(kind="door")
    for other in people_of(row)[1:]:
        sent(comes(other))
    door.close(row, by=an_exam_staff())
    assert Arrival.objects.filter(booking=booking).count() == 2
    assert problems() == []
