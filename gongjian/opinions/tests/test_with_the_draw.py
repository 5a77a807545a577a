"""The same walk with the real draw, the real door and the real queue beneath."""

import pytest
from django.db import DatabaseError, transaction

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import PASSWORD, a_draw_officer, a_reviewer, an_exam_staff, an_expert_user
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.draws.actions.leaving import Leaving, member_leaves
from gongjian.draws.actions.recusing import record_recusal
from gongjian.draws.models import Arrival, Group, Recusal, Seat
from gongjian.draws.queries.exact import Bar
from gongjian.draws.states import Ground, Reason
from gongjian.draws.tests.house import a_held, an_open_door, comes, people_of, sent
from gongjian.experts.models import Expert
from gongjian.kernel import moment
from gongjian.opinions.actions.declare import declare_conflict, declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.reopen import reopen
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.errors import ExamNotFound, NotCalledYet
from gongjian.opinions.models import Assignment, Reopening, Vote
from gongjian.opinions.queries import group, result_of
from gongjian.opinions.queries.access import Stage, duty_for
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.opinions.queries.duties import todays_lines
from gongjian.opinions.queries.talk import reopening_of
from gongjian.opinions.states import Defect
from gongjian.opinions.tests.builders import an_opinion_of
from gongjian.sittings.actions.queue import call_next
from gongjian.sittings.models import Booking
from gongjian.sittings.states import BookingState, QueueState
from gongjian.sittings.tests.builders import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with moment.fixed(MORNING):
        yield


@pytest.fixture
def booking():
    """Somebody whom the door has sent to a group whose experts all have accounts."""
    row = an_open_door(a_held(one_per_hospital=False))
    for expert in Expert.objects.all():
        expert.user = an_expert_user(f"user-{expert.number}", expert.name)
        expert.save(update_fields=["user"])
    first = comes(people_of(row)[0])
    sent(first)
    return first


def leaves(found: Group, expert: Expert) -> None:
    """A seat falls to the next reserve, whatever brought it about."""
    bar = Bar(found.code, Reason.RECUSED, {"expert": expert.number})
    member_leaves(found.draw.sitting, Leaving(expert, bar, a_draw_officer()))


def members(booking: Booking) -> list[User]:
    seats = Seat.objects.filter(group__arrivals__booking=booking).select_related("expert__user").order_by("position")
    return [seat.expert.user for seat in seats if seat.expert and seat.expert.user]


def called(booking: Booking) -> Booking:
    return call_next(booking.sitting, booking.queue_entry.group_number, by=an_exam_staff())


def seal(code: str, user: User, grade: int | None = 9) -> None:
    if duty_for(code, by=user).stage == Stage.DECLARE:
        declare_no_conflict(code, by=user)
    draft = save_draft(code, an_opinion_of(grade), version=1, by=user)
    seal_opinion(code, version=draft.version, password=PASSWORD, by=user)


def the_case(booking: Booking) -> Case:
    return Case.objects.get(pk=booking.case_id)


def test_before_the_door_a_case_has_no_group_and_no_list():
    row = an_open_door()
    first = people_of(row)[0]
    assert group.panel_of(first.case) is None


def test_the_panel_is_the_group_the_door_gave(booking):
    panel = group.panel_of(booking.case)
    assert panel is not None
    assert panel.exam_code == booking.exam_code
    assert [each.user_id for each in panel.members] == [user.pk for user in members(booking)]
    assert [each.seat for each in panel.members] == [1, 2, 3]


def test_an_exam_code_leads_to_its_case_and_to_no_other(booking):
    found = group.case_of_code(booking.exam_code)
    assert found is not None
    assert found.pk == booking.case_id
    assert group.case_of_code("NOPE") is None


def test_the_days_list_holds_only_cases_of_the_own_group(booking):
    inside = members(booking)[0]
    outside = [expert.user for expert in Expert.objects.filter(seats=None) if expert.user]
    assert [line.duty.exam_code for line in todays_lines(inside)] == [booking.exam_code]
    assert [todays_lines(user) for user in outside] == [[]] * len(outside)
    assert outside


def test_the_list_says_who_waits_and_who_is_called(booking):
    user = members(booking)[0]
    assert [line.queue for line in todays_lines(user)] == [QueueState.WAITING]
    called(booking)
    line = todays_lines(user)[0]
    assert (line.queue, line.is_called, line.ticket, line.duty.stage) == (
        QueueState.CALLED,
        True,
        booking.ticket,
        Stage.DECLARE,
    )


def test_the_list_asks_as_many_questions_for_many_cases_as_for_one(booking, django_assert_max_num_queries):
    user = members(booking)[0]
    for other in people_of(Arrival.objects.get(booking=booking).draw)[1:]:
        sent(comes(other))
    with django_assert_max_num_queries(7):
        todays_lines(user)


def test_yesterdays_finished_cases_leave_the_list(booking):
    user = members(booking)[0]
    called(booking)
    for each in members(booking):
        seal(booking.exam_code, each)
    assert [line.duty.stage for line in todays_lines(user)] == [Stage.OVER]
    with moment.fixed(moment.at(MORNING.date().replace(day=25))):
        assert todays_lines(user) == []


def test_sealing_waits_for_the_call(booking):
    user = members(booking)[0]
    declare_no_conflict(booking.exam_code, by=user)
    draft = save_draft(booking.exam_code, an_opinion_of(9), version=1, by=user)
    with pytest.raises(NotCalledYet):
        seal_opinion(booking.exam_code, version=draft.version, password=PASSWORD, by=user)
    called(booking)
    seal_opinion(booking.exam_code, version=draft.version, password=PASSWORD, by=user)


def test_the_whole_examination_frees_the_room_and_forms_the_opinion(booking):
    called(booking)
    for user, grade in zip(members(booking), [9, 9, 10], strict=True):
        seal(booking.exam_code, user, grade)
    booking.refresh_from_db()
    result = result_of(the_case(booking))
    assert result is not None
    assert (the_case(booking).state, booking.state, result.grade) == (State.OPINED, BookingState.DONE, 9)
    assert booking.queue_entry.state in {QueueState.CALLED, QueueState.FINISHED}


def test_a_group_that_deliberates_has_freed_the_room_too(booking):
    called(booking)
    for user, grade in zip(members(booking), [8, 9, 10], strict=True):
        seal(booking.exam_code, user, grade)
    booking.refresh_from_db()
    assert (the_case(booking).state, booking.state) == (State.DELIBERATING, BookingState.DONE)
    assert {line.duty.stage for user in members(booking) for line in todays_lines(user)} == {Stage.DELIBERATE}


def test_l24_art_28_a_late_conflict_seats_the_next_reserve_and_keeps_what_others_sealed(booking):
    called(booking)
    first, second, third = members(booking)
    seal(booking.exam_code, second)
    declare_conflict(booking.exam_code, Ground.KINSHIP, by=first)
    reserve = members(booking)[0]
    assert reserve != first
    assert Recusal.objects.get(case=booking.case).source == Recusal.Source.EXPERT
    with pytest.raises(ExamNotFound):
        duty_for(booking.exam_code, by=first)
    assert todays_lines(first) == []
    seal(booking.exam_code, third)
    seal(booking.exam_code, reserve)
    result = result_of(the_case(booking))
    assert result is not None
    assert [each.expert_number for each in result.members] == [each.expert.number for each in (reserve, second, third)]


def test_a_conflict_of_another_case_leaves_a_sealed_opinion_with_its_seat(booking):
    called(booking)
    first = members(booking)[0]
    seal(booking.exam_code, first)
    found = Arrival.objects.get(booking=booking).group
    leaves(found, first.expert)
    reserve = members(booking)[0]
    assert reserve != first
    assert todays_lines(reserve) == []
    for user in members(booking)[1:]:
        seal(booking.exam_code, user)
    assert Assignment.objects.get(case=booking.case, user=first).closed_at is None
    assert the_case(booking).state == State.OPINED


def test_who_is_barred_by_the_office_after_sealing_is_replaced(booking):
    called(booking)
    first, second, third = members(booking)
    seal(booking.exam_code, first)
    found = Arrival.objects.get(booking=booking).group
    record_recusal(booking.case, first.expert, Ground.INVOLVED, source=Recusal.Source.OFFICE, by=a_draw_officer())
    leaves(found, first.expert)
    for user in (second, third, members(booking)[0]):
        seal(booking.exam_code, user)
    result = result_of(the_case(booking))
    assert result is not None
    assert first.expert.number not in [each.expert_number for each in result.members]


def test_an_expert_of_another_group_sees_nothing(booking):
    others = Seat.objects.exclude(group__arrivals__booking=booking).filter(expert__isnull=False)
    for seat in others.select_related("expert__user"):
        assert seat.expert is not None
        assert seat.expert.user is not None
        with pytest.raises(ExamNotFound):
            duty_for(booking.exam_code, by=seat.expert.user)


def test_reading_a_duty_asks_few_questions(booking, django_assert_max_num_queries):
    user = members(booking)[0]
    declare_no_conflict(booking.exam_code, by=user)
    with django_assert_max_num_queries(7):
        duty_for(booking.exam_code, by=user)


def opined(booking: Booking) -> Case:
    called(booking)
    for user in members(booking):
        seal(booking.exam_code, user)
    return the_case(booking)


def test_article_34_a_defective_opinion_goes_back_to_the_same_group_under_a_new_seal(booking):
    case = opined(booking)
    group_before = [user.pk for user in members(booking)]
    opened = reopen(case, Defect.CLAUSE, reason="第1项没有写明条款", by=a_reviewer())
    case = the_case(booking)
    assert (case.state, opened.number, opened.turn, opened.size) == (State.DELIBERATING, 2, 1, 3)
    assert [user.pk for user in members(booking)] == group_before
    assert result_of(case) is None
    for user in members(booking):
        duty = duty_for(booking.exam_code, by=user)
        assert (duty.stage, duty.may_seal, duty.may_read) == (Stage.EXAMINE, True, True)
        assert content_of(draft_of(duty)) == an_opinion_of(9)
        told = reopening_of(duty)
        assert told is not None
        assert (told.defect, told.reason, told.by) == (Defect.CLAUSE, "第1项没有写明条款", a_reviewer())


def test_article_15_the_new_round_is_counted_and_alone_is_followed(booking):
    case = opined(booking)
    reopen(case, Defect.CONDITION, reason="功能情况没有写全", by=a_reviewer())
    for user, grade in zip(members(booking), [9, 10, 10], strict=True):
        seal(booking.exam_code, user, grade)
    result = result_of(the_case(booking))
    assert result is not None
    assert (the_case(booking).state, result.round, result.grade) == (State.OPINED, 2, 10)
    assert Vote.objects.filter(round__case=case).count() == 2


def test_without_a_majority_in_the_new_round_the_group_deliberates_and_nothing_is_followed(booking):
    case = opined(booking)
    reopen(case, Defect.SCOPE, reason="没有说明理由", by=a_reviewer())
    for user, grade in zip(members(booking), [8, 9, 10], strict=True):
        seal(booking.exam_code, user, grade)
    assert result_of(the_case(booking)) is None
    assert the_case(booking).state == State.DELIBERATING
    assert {duty_for(booking.exam_code, by=user).stage for user in members(booking)} == {Stage.DELIBERATE}


def test_the_time_limit_runs_on_and_the_experts_owe_the_opinion_again(booking):
    case = opined(booking)
    before = the_case(booking).due_on
    reopen(case, Defect.CLAUSE, reason="条款不全", by=a_reviewer())
    (owed,) = the_case(booking).obligations.filter(fulfilled_at=None)
    assert (owed.kind, owed.party, the_case(booking).due_on) == ("deliberate", "experts", before)


def test_a_reopening_is_never_edited(booking):
    reopen(opined(booking), Defect.CLAUSE, reason="条款不全", by=a_reviewer())
    for change in (lambda: Reopening.objects.update(reason="x"), lambda: Reopening.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
