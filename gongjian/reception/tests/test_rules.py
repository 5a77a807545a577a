"""The rules of the day, by tables: what proves a person, where they are, when they will be called, how late that is."""

from datetime import datetime, timedelta

import pytest

from gongjian.kernel import moment
from gongjian.reception.rules import (
    EFFECTS,
    Standing,
    asks_for_telephone,
    forecast,
    late_step,
    minutes_late,
    pace,
    planned_pace,
    stage_of,
    tail_matches,
)
from gongjian.reception.states import PERMISSIONS, POSSIBLE_IN, WALK, Cause, Mark, Operation, Stage
from gongjian.sittings.codes import Shape, read, shape_of
from gongjian.sittings.rules import HEADS
from gongjian.sittings.states import BookingState, QueueState

NINE = datetime(2026, 3, 24, 9, 0, tzinfo=moment.ZONE)
TEN_MINUTES = timedelta(minutes=10)


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("101", Shape.TICKET),
        ("1234", Shape.TICKET),
        ("１０１", Shape.TICKET),
        ("199 0000 0001", Shape.TELEPHONE),
        ("99010119850312001x", Shape.ID_NUMBER),
        ("990101850312001", Shape.ID_NUMBER),
        ("E12345678", Shape.ID_NUMBER),
        ("k7m4 q2xp", Shape.CODE),
        ("GJQD:K7M4Q2XP", Shape.CODE),
        ("", Shape.CODE),
        ("林知远", Shape.CODE),
        ("٣٤٥", Shape.CODE),
        ("12", Shape.CODE),
    ],
)
def test_what_was_typed_is_known_by_its_look(text, shape):
    assert shape_of(read(text)) is shape


def test_after_an_identity_number_the_telephone_is_asked_for_and_else_the_identity_number():
    assert [shape for shape in Shape if asks_for_telephone(shape)] == [Shape.ID_NUMBER]


@pytest.mark.parametrize(
    ("told", "numbers", "holds"),
    [
        ("001X", ["99010119850312001X"], True),
        ("001x", ["99010119850312001X"], True),
        ("001X", ["", "99010119850312001X"], True),
        ("0012", ["99010119850312001X"], False),
        ("01X", ["99010119850312001X"], False),
        ("1001X", ["99010119850312001X"], False),
        ("", [""], False),
        ("", [], False),
        ("1234", ["1234"], False),
        ("１", ["99010119850312001X"], False),
    ],
)
def test_the_end_of_a_number_proves_who_holds_it(told, numbers, holds):
    assert tail_matches(told, numbers) is holds


@pytest.mark.parametrize(
    ("state", "come", "queue", "stage"),
    [
        ("booked", False, None, Stage.EXPECTED),
        ("booked", True, None, Stage.ARRIVED),
        ("present", True, None, Stage.IDENTIFIED),
        ("present", False, None, Stage.IDENTIFIED),
        ("present", True, "left", Stage.IDENTIFIED),
        ("present", True, "waiting", Stage.WAITING),
        ("present", True, "called", Stage.CALLED),
        ("present", True, "finished", Stage.FINISHED),
        ("done", True, "finished", Stage.FINISHED),
        ("absent", False, None, Stage.ABSENT),
        ("moved", True, None, Stage.MOVED),
        ("ended", True, "left", Stage.ENDED),
    ],
)
def test_art_12_the_stage_follows_from_booking_coming_and_queue(state, come, queue, stage):
    assert stage_of(state, has_come=come, queue=queue) is stage


def test_every_state_of_a_booking_and_of_a_queue_has_a_stage_with_a_label():
    found = {
        stage_of(state, has_come=come, queue=queue)
        for state in BookingState
        for come in (False, True)
        for queue in (None, *QueueState)
    }
    assert found == set(Stage)
    assert all(stage.label for stage in Stage)
    assert len({stage.label for stage in Stage}) == len(Stage)


@pytest.mark.parametrize(
    ("minutes", "people", "groups", "expected"),
    [(30, 4, 2, 15), (30, 4, 1, 7.5), (30, 1, 1, 30), (60, 6, 3, 30), (0, 4, 2, 15), (30, 0, 2, 15), (10, 100, 1, 1)],
)
def test_the_plan_gives_each_group_its_share_of_a_slot(minutes, people, groups, expected):
    assert planned_pace(slot_minutes=minutes, slot_people=people, groups=groups) == timedelta(minutes=expected)


def test_the_pace_of_the_day_is_believed_once_three_have_finished_and_one_long_examination_does_not_turn_it():
    planned = timedelta(minutes=15)
    took = [timedelta(minutes=each) for each in (8, 9, 70)]
    assert (pace(took[:2], planned), pace(took, planned)) == (planned, timedelta(minutes=9))
    assert pace([timedelta(seconds=5)] * 3, planned) == timedelta(minutes=1)


def expected_of(*people: Standing, groups: tuple[int, ...] = (1,), now: int = 0, not_before: int = 0) -> dict[int, int]:
    """Id → minutes after nine."""
    found = forecast(people, now=after(now), pace=TEN_MINUTES, groups=groups, not_before=after(not_before))
    return {key: int((at - NINE).total_seconds() // 60) for key, at in found.items()}


def standing(id: int, stage: Stage, *, due: int = 0, since: int = 0, group: int = 0) -> Standing:
    return Standing(id, stage, after(due), after(since), group)


def test_a_group_sees_one_after_the_other_the_one_called_before_those_who_wait():
    called = standing(1, Stage.CALLED, since=-4, group=1)
    waiting = [standing(n, Stage.WAITING, since=n, group=1) for n in (3, 2)]
    assert expected_of(called, *waiting) == {2: 6, 3: 16}


def test_somebody_called_long_ago_may_come_out_at_any_moment():
    assert expected_of(standing(1, Stage.CALLED, since=-60, group=1), standing(2, Stage.WAITING, group=1)) == {2: 0}


def test_who_has_no_group_goes_to_the_one_that_is_free_first():
    people = [standing(n, Stage.WAITING, group=1) for n in (1, 2)]
    assert expected_of(*people, standing(3, Stage.ARRIVED), groups=(1, 2)) == {1: 0, 2: 10, 3: 0}


def test_who_is_here_comes_before_who_is_still_to_come_and_nobody_before_their_time():
    here, soon, later = (
        standing(1, Stage.IDENTIFIED, since=-1),
        standing(2, Stage.EXPECTED, due=0),
        standing(3, Stage.EXPECTED, due=60),
    )
    assert expected_of(later, soon, here) == {1: 0, 2: 10, 3: 60}


def test_nobody_is_called_before_the_delay_that_was_announced_is_over():
    assert expected_of(standing(1, Stage.WAITING, group=1), now=5, not_before=45) == {1: 45}


def test_who_is_done_gone_or_absent_is_not_waited_for():
    over = [standing(n, stage) for n, stage in enumerate((Stage.FINISHED, Stage.ABSENT, Stage.MOVED, Stage.ENDED))]
    assert expected_of(*over) == {}


def test_a_forecast_without_groups_still_answers_and_a_group_that_is_gone_is_replaced():
    assert expected_of(standing(1, Stage.WAITING, group=7), groups=()) == {1: 0}


def test_a_forecast_calls_everybody_once_and_no_group_two_at_a_time():
    people = [standing(n, Stage.EXPECTED, due=30 * (n // 8)) for n in range(64)]
    found = expected_of(*people, groups=(1, 2))
    assert set(found) == set(range(64))
    assert max(sum(at == other for other in found.values()) for at in found.values()) == 2


@pytest.mark.parametrize(
    ("expected", "due_by", "since", "late"),
    [(29, 30, 0, 0), (30, 30, 0, 0), (31, 30, 0, 1), (95, 30, 0, 65), (95, 30, 90, 5), (80, 30, 90, 0)],
)
def test_late_is_after_the_end_of_ones_slot_or_after_one_came(expected, due_by, since, late):
    assert minutes_late(after(expected), due_by=after(due_by), since=after(since)) == late


@pytest.mark.parametrize(("minutes", "step"), [(0, 0), (19, 0), (20, 1), (39, 1), (40, 2), (125, 6)])
def test_a_word_is_due_for_every_twenty_minutes(minutes, step):
    assert late_step(minutes) == step


def test_art_14_the_page_names_every_head_on_which_an_appraisal_may_end_and_what_goes_another_way():
    articles = [effect.article for effect in EFFECTS.values()]
    assert [f"令55 第十四条第{number}项" in articles for number in "一二三四"] == [True] * len(HEADS)
    assert sum("第十二条" in article for article in articles) == 2
    assert all(effect.title and effect.follows.endswith("。") for effect in EFFECTS.values())


def test_everything_that_is_chosen_from_has_words():
    assert all(one.label for kind in (Cause, Mark, Operation) for one in kind)
    assert set(PERMISSIONS) == set(POSSIBLE_IN) == set(Operation)
    assert WALK[0] is Stage.EXPECTED and WALK[-1] is Stage.FINISHED
