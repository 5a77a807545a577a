"""A sitting's day from its rows: stages, forecast, lateness; the identity desk, delays, feedback and the person's own page."""

from datetime import timedelta

import pytest

from gongjian.accounts.tests.builders import a_scheduler, an_exam_staff
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.sweeps import run_sweep
from gongjian.reception.actions import (
    announce_delay,
    call_to_desk,
    end_delay,
    give_feedback,
    note_come,
    recall_to_desk,
    tell_late,
)
from gongjian.reception.errors import (
    DayNotFound,
    DelayWrong,
    DeskNameMissing,
    FeedbackTooEarly,
    MarkMissing,
    NobodyAtTheDesk,
)
from gongjian.reception.models import Attendance, Delay, Feedback, LateWord
from gongjian.reception.queries import mine_of, sittings_of_today
from gongjian.reception.queries.mine import attendance_by
from gongjian.reception.queries.today import feedback_of
from gongjian.reception.states import Stage
from gongjian.reception.tests.builders import (
    a_grouped_day,
    a_kiosk,
    an_open_day,
    comes,
    examined,
    people_of,
    the_day,
)
from gongjian.sittings.actions import call_next, check_in, finish
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.errors import SittingNotYours
from gongjian.sittings.models import Booking, Presence, Sitting
from gongjian.sittings.states import BookingState, SittingState
from gongjian.sittings.tests.builders import AFTER, DAY, MORNING, a_sitting, at, put_in_sitting_state

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_morning():
    with at(MORNING):
        yield


def counts(sitting: Sitting) -> dict[Stage, int]:
    return {stage: count for stage, count in the_day(sitting).counts if count}


def test_everybody_is_at_one_stage_and_walks_through_all_of_them():
    sitting = an_open_day(2)
    (first, _), kiosk = people_of(sitting), a_kiosk(sitting)
    assert counts(sitting) == {Stage.EXPECTED: 2}
    comes(first, kiosk)
    assert counts(sitting) == {Stage.EXPECTED: 1, Stage.ARRIVED: 1}
    check_in(first.exam_code, sitting, Presence.Method.ORIGINAL_ID, by=an_exam_staff())
    assert counts(sitting) == {Stage.EXPECTED: 1, Stage.IDENTIFIED: 1}


def test_the_queue_moves_people_on_and_the_last_stage_is_the_end():
    sitting = a_grouped_day((1, 1))
    assert counts(sitting) == {Stage.WAITING: 2}
    call_next(sitting, 1, an_exam_staff())
    assert counts(sitting) == {Stage.WAITING: 1, Stage.CALLED: 1}
    finish(people_of(sitting)[0], an_exam_staff())
    assert counts(sitting) == {Stage.WAITING: 1, Stage.FINISHED: 1}


def test_who_was_moved_to_another_day_is_not_part_of_this_one():
    sitting = an_open_day(2)
    give_back(people_of(sitting)[0], BookingState.MOVED)
    assert counts(sitting) == {Stage.EXPECTED: 1}


def test_the_day_takes_the_same_few_queries_for_two_people_and_for_eight(django_assert_num_queries):
    for people in (2, 8):
        sitting = an_open_day(people)
        with django_assert_num_queries(5):
            assert len(the_day(sitting).places) == people


def test_the_forecast_follows_the_pace_of_the_day():
    sitting = a_grouped_day((1, 1, 1, 1))
    planned = the_day(sitting).pace
    for begun in (0, 25, 50):
        examined(sitting, 1, begun=begun, ended=begun + 25)
    day = the_day(sitting, minutes=80)
    assert (planned, day.pace) == (timedelta(minutes=7.5), timedelta(minutes=25))
    [last] = day.at(Stage.WAITING)
    assert day.expected[last.id] == MORNING + timedelta(minutes=80)
    assert (day.late(last), day.minutes_late) == (50, 50)


def test_a_delay_takes_the_place_of_the_one_before_and_ends():
    sitting = a_grouped_day((1,))
    announce_delay(sitting, minutes=30, cause="device", by=an_exam_staff())
    announce_delay(sitting, minutes=60, cause="expert", by=an_exam_staff())
    day = the_day(sitting)
    assert (day.cause, day.minutes_late) == ("专家未能按时到场", 30)
    assert Delay.objects.count() == 2
    end_delay(sitting, by=an_exam_staff())
    end_delay(sitting, by=an_exam_staff())
    assert (the_day(sitting).cause, the_day(sitting).minutes_late) == ("", 0)
    acts = LedgerEntry.objects.filter(act__startswith="delay.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["delay.announced"] * 2 + ["delay.ended"]


@pytest.mark.parametrize(("minutes", "cause"), [(4, "expert"), (481, "expert"), (30, "rain"), (30, "")])
def test_a_delay_is_told_in_bounds_and_with_a_cause(minutes, cause):
    with pytest.raises(DelayWrong):
        announce_delay(an_open_day(1), minutes=minutes, cause=cause, by=an_exam_staff())
    with pytest.raises(SittingNotYours):
        announce_delay(an_open_day(1), minutes=30, cause="expert", by=a_scheduler())


def texts() -> list[str]:
    return list(
        Message.objects.filter(template="reception.late", channel="sms").order_by("pk").values_list("body", flat=True)
    )


def test_running_late_those_who_wait_and_those_who_come_soon_are_told_once_for_each_twenty_minutes():
    sitting = a_grouped_day((1, 1))
    assert tell_late() == 0
    announce_delay(sitting, minutes=60, cause="expert", by=an_exam_staff())
    assert (tell_late(), tell_late()) == (2, 0)
    assert [word.step for word in LateWord.objects.order_by("booking_id")] == [1, 1]
    assert len(texts()) == 2
    assert ("10时00分" in texts()[0], "10时07分" in texts()[1]) == (True, True)
    announce_delay(sitting, minutes=90, cause="expert", by=an_exam_staff())
    assert run_sweep("reception.tell_late") == 2
    assert LateWord.objects.filter(step=3).count() == 2
    assert LedgerEntry.objects.filter(act="late.told").count() == 4


def test_a_word_about_being_late_names_nobody_and_no_injury():
    sitting = a_grouped_day((1,))
    announce_delay(sitting, minutes=60, cause="expert", by=an_exam_staff())
    tell_late()
    [text] = texts()
    person = people_of(sitting)[0].case.person
    assert [secret for secret in (person.name, person.id_number, "伤", "膝") if secret in text] == []


def test_who_has_not_come_is_told_only_when_their_time_is_near_and_has_not_passed():
    sitting = an_open_day(1)
    with at(MORNING - timedelta(minutes=150)):
        announce_delay(sitting, minutes=300, cause="device", by=an_exam_staff())
        assert tell_late() == 0
    with at(MORNING - timedelta(minutes=100)):
        assert tell_late() == 1
    with at(MORNING + timedelta(minutes=60)):
        assert tell_late() == 0  # they are the absent ones, not the waiting


def test_a_sitting_that_is_over_or_of_another_day_tells_nobody():
    sitting = a_grouped_day((1,))
    announce_delay(sitting, minutes=60, cause="expert", by=an_exam_staff())
    with at(MORNING + timedelta(days=1)):
        assert tell_late() == 0
    put_in_sitting_state(sitting, SittingState.CLOSED)
    assert tell_late() == 0


def test_a_desk_calls_whoever_came_first_and_everybody_once():
    sitting = an_open_day(3)
    (first, second, third), kiosk = people_of(sitting), a_kiosk(sitting)
    comes(second, kiosk)
    comes(first, kiosk, minutes=1)
    staff = an_exam_staff()
    called = [call_to_desk(sitting, desk=" 1号台 ", by=staff) for _ in range(2)]
    assert [(one.booking_id, one.desk, one.calls) for one in called] == [
        (second.pk, "1号台", 1),
        (first.pk, "1号台", 1),
    ]
    with pytest.raises(NobodyAtTheDesk):
        call_to_desk(sitting, desk="1号台", by=staff)
    assert recall_to_desk(first, desk="2号台", by=staff).calls == 2
    check_in(first.exam_code, sitting, Presence.Method.ORIGINAL_ID, by=staff)
    with pytest.raises(NobodyAtTheDesk):
        recall_to_desk(first, desk="2号台", by=staff)
    with pytest.raises(NobodyAtTheDesk):
        recall_to_desk(third, desk="2号台", by=staff)
    note_come(third, by=staff)
    with pytest.raises(DeskNameMissing):
        call_to_desk(sitting, desk=" ", by=staff)
    with pytest.raises(SittingNotYours):
        call_to_desk(sitting, desk="1号台", by=a_scheduler())


def mine(booking: Booking, *, minutes: int = 0):
    with at(MORNING + timedelta(minutes=minutes)):
        return mine_of(Attendance.objects.select_related("sitting", "booking").get(booking=booking))


def test_ones_own_page_says_how_many_are_before_and_when_about():
    sitting = an_open_day(3)
    people, kiosk = people_of(sitting), a_kiosk(sitting)
    for minute, booking in enumerate(people):
        comes(booking, kiosk, minutes=minute)
    seen = [mine(booking, minutes=5) for booking in people]
    assert [(one.stage, one.ahead) for one in seen] == [(Stage.ARRIVED, 0), (Stage.ARRIVED, 1), (Stage.ARRIVED, 2)]
    assert seen[0].expected == MORNING + timedelta(minutes=5)
    assert [state for _, state, _ in seen[0].steps] == ["done", "now", *["later"] * 4]
    call_to_desk(sitting, desk="1号台", by=an_exam_staff())
    assert (mine(people[0]).desk, mine(people[1]).desk) == ("1号台", "")


def test_in_the_queue_only_ones_own_group_counts():
    sitting = a_grouped_day((1, 1, 2))
    people = people_of(sitting)
    for booking in people:
        note_come(booking, by=an_exam_staff())
    assert [mine(booking).ahead for booking in people] == [0, 1, 0]
    examined(sitting, 1, begun=1, ended=9)
    over = mine(people[0], minutes=10)
    assert (over.is_over, over.is_waiting, over.expected) == (True, False, None)
    assert [state for _, state, _ in over.steps] == ["done"] * 6


def test_ones_own_page_opens_by_its_key_on_its_day_and_not_for_who_was_moved():
    sitting = an_open_day(1)
    (booking,) = people_of(sitting)
    came = comes(booking, a_kiosk(sitting))
    assert attendance_by(came.key) == came
    for key in ("", came.key[:-1], "0" * 32):
        with pytest.raises(DayNotFound):
            attendance_by(key)
    with at(MORNING + timedelta(days=1)), pytest.raises(DayNotFound):
        attendance_by(came.key)
    give_back(booking, BookingState.MOVED)
    with pytest.raises(DayNotFound):
        mine_of(came)


def test_how_it_was_is_said_once_after_the_end_and_stays():
    sitting = a_grouped_day((1, 1))
    first, _ = people_of(sitting)
    came = note_come(first, by=an_exam_staff())
    with pytest.raises(FeedbackTooEarly):
        give_feedback(came, mark="5")
    examined(sitting, 1, begun=0, ended=9)
    with pytest.raises(MarkMissing):
        give_feedback(came, mark="6")
    given = give_feedback(came, mark="4", words="  等候有点久 ")
    assert (given.get_mark_display(), given.words) == ("满意", "等候有点久")
    assert give_feedback(came, mark="1") == given
    assert (Feedback.objects.get().mark, LedgerEntry.objects.filter(act="feedback.given").count()) == ("4", 1)
    assert list(feedback_of(sitting)) == [given]
    assert LedgerEntry.objects.get(act="feedback.given").facts == {}


def test_the_days_list_is_that_of_todays_published_sittings(django_assert_max_num_queries):
    sitting = a_grouped_day((1, 1, 1))
    examined(sitting, 1, begun=0, ended=9)
    a_sitting()
    staff = an_exam_staff()
    with django_assert_max_num_queries(4):
        [row] = sittings_of_today(staff)
    assert [vars(row)[name] for name in ("id", "people", "here", "done")] == [sitting.pk, 3, 2, 1]
    with at(AFTER + timedelta(days=1)):
        assert list(sittings_of_today(an_exam_staff())) == []
    assert row.day == DAY
