"""A sitting whose list nobody has committed is the draw officer's task, one for each sitting, until the list is public."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import a_draw_officer, a_scheduler
from gongjian.cases.actions.reminders import remind_due
from gongjian.cases.models import Case, Obligation
from gongjian.cases.queries import worklist
from gongjian.draws.actions.preparing import settle_task, settle_tasks
from gongjian.draws.owes import PREPARE_DRAW
from gongjian.draws.queries.waiting import out_of_step
from gongjian.draws.rules import list_due
from gongjian.draws.tests.house import DRAWN, a_committed, a_prepared, void
from gongjian.kernel.outbox.models import Message
from gongjian.sittings.actions.places import give_back
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.states import BookingState, SittingState
from gongjian.sittings.tests.builders import DAY, PLANNED, a_booking, a_sitting, at, put_in_sitting_state

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _some_days_before():
    with at(PLANNED):
        yield


def a_waiting() -> Sitting:
    """A published sitting with three people, seen by the sweep."""
    sitting = a_prepared()
    settle_tasks()
    return sitting


def tasks() -> list[Obligation]:
    return list(Obligation.objects.filter(kind=PREPARE_DRAW, fulfilled_at=None))


def leaves(case: Case) -> None:
    give_back(Booking.objects.select_related("slot").get(case=case), BookingState.MOVED)


def a_browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-03-24", "2026-03-23"), ("2026-03-23", "2026-03-20"), ("2026-10-09", "2026-10-08")],
)
def test_a_list_is_due_on_the_working_day_before_its_sitting(day, due):
    assert list_due(date.fromisoformat(day)) == date.fromisoformat(due)


def test_art_11_a_published_sitting_with_people_is_one_task_of_its_draw_officer():
    sitting = a_waiting()
    (task,) = tasks()
    assert (task.role, task.office, task.about) == ("draw_officer", sitting.office, sitting.number)
    assert (task.due_on, task.article) == (date(2026, 3, 23), "令55 第十一条")


def test_a_second_sweep_finds_nothing_to_do():
    a_waiting()
    assert settle_tasks() == 0
    assert len(tasks()) == 1


def test_a_task_made_on_the_day_itself_is_not_late_from_the_start():
    sitting = a_prepared()
    with at(DRAWN.replace(day=24)):
        settle_task(sitting.pk)
    assert tasks()[0].due_on == DAY


@pytest.mark.parametrize("state", [SittingState.PLANNED, SittingState.CLOSED])
def test_a_sitting_that_nobody_was_called_to_or_that_is_over_is_no_task(state):
    put_in_sitting_state(a_prepared(), state)
    assert (settle_tasks(), tasks()) == (0, [])


def test_a_sitting_with_nobody_booked_is_no_task():
    a_sitting(state=SittingState.PUBLISHED)
    assert (settle_tasks(), tasks()) == (0, [])


def test_the_task_ends_with_the_list_in_the_same_act():
    a_committed(a_waiting())
    assert tasks() == []
    assert settle_tasks() == 0


def test_a_list_that_was_put_aside_is_owed_again_at_once():
    draw = a_committed(a_waiting())
    with at(DRAWN):
        void(draw)
    assert [task.about for task in tasks()] == [draw.sitting.number]


def test_whoever_bore_the_task_may_leave_and_another_case_of_the_sitting_bears_it():
    sitting = a_waiting()
    first = tasks()[0].case
    leaves(first)
    assert settle_tasks() == 1
    (task,) = tasks()
    assert task.case != first
    assert (task.about, task.due_on) == (sitting.number, date(2026, 3, 23))


def test_when_the_last_has_left_nothing_is_owed_any_more():
    sitting = a_waiting()
    for booking in Booking.objects.select_related("slot").filter(sitting=sitting):
        give_back(booking, BookingState.MOVED)
    assert (settle_tasks(), tasks()) == (1, [])


def test_a_sitting_that_has_ended_owes_no_list():
    put_in_sitting_state(a_waiting(), SittingState.CLOSED)
    assert (settle_tasks(), tasks()) == (1, [])


def test_two_sittings_are_two_tasks():
    a_waiting()
    a_booking(sitting=a_sitting(state=SittingState.PUBLISHED, day=date(2026, 3, 26)))
    settle_tasks()
    assert [task.due_on for task in tasks()] == [date(2026, 3, 23), date(2026, 3, 25)]


def test_the_sweep_asks_two_questions_however_many_sittings_there_are(django_assert_num_queries):
    a_waiting()
    with django_assert_num_queries(2):
        assert out_of_step() == []


def test_it_stands_in_the_draw_officers_worklist_and_in_nobody_elses():
    sitting = a_waiting()
    rows = worklist(a_draw_officer()).rows
    assert [(row.kind, row.about) for row in rows] == [(PREPARE_DRAW, sitting.number)]
    assert PREPARE_DRAW not in {row.kind for row in worklist(a_scheduler()).rows}


def test_the_worklist_names_the_sitting_and_nobody_of_it_and_leads_to_its_draw():
    sitting = a_waiting()
    body = a_browser(a_draw_officer()).get(reverse("desk:worklist")).content.decode()
    assert f"场次{sitting.number}的全部被鉴定人" in body
    assert reverse("draws:prepare", args=[sitting.number]) in body
    assert tasks()[0].case.person.name not in body


def test_the_list_of_draws_says_until_when_the_list_is_due():
    a_waiting()
    body = a_browser(a_draw_officer()).get(reverse("draws:list")).content.decode()
    assert '最迟<time datetime="2026-03-23">3月23日</time>' in body


def test_the_draw_officer_is_reminded_before_the_day():
    a_waiting()
    officer = a_draw_officer()
    with at(DRAWN):
        remind_due()
    told = Message.objects.get(user=officer, template="cases.reminder_soon")
    assert "准备本场次的专家抽取" in told.body
