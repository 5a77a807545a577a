"""Whoever owes something is told once when it is due soon and once when it is overdue."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connections
from procrastinate.contrib.django import app

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.accounts.tests.builders import (
    a_clerk,
    a_member,
    a_reviewer,
    a_worker_user,
    an_employer_user,
    an_exam_staff,
    an_office,
    an_outsider,
)
from gongjian.appraisal.states import State
from gongjian.cases import jobs
from gongjian.cases.actions.clock import extend
from gongjian.cases.actions.move import join_case, move
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.actions.reminders import remind, remind_due
from gongjian.cases.labels import label_of, labels
from gongjian.cases.models import Case, CaseParty, Obligation
from gongjian.cases.queries.reminders import to_remind
from gongjian.cases.rules import Stage, first_day_to_remind, is_reminded, last_day_soon, stage_of
from gongjian.cases.tests.builders import a_case, put_in_state
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel

DUE = date(2026, 3, 9)
"""A Monday: the papers of a case received on Monday, 2 March must be checked by then."""


def on(day: date) -> AbstractContextManager[None]:
    return moment.fixed(moment.at(day))


@pytest.mark.parametrize(
    ("due", "first"),
    [
        (date(2026, 3, 9), date(2026, 3, 4)),
        (date(2026, 3, 13), date(2026, 3, 10)),
        (date(2026, 3, 8), date(2026, 3, 4)),
        (date(2026, 10, 8), date(2026, 9, 28)),
    ],
    ids=["over a weekend", "within a week", "a Sunday", "over the national holiday"],
)
def test_due_soon_begins_three_working_days_before(due, first):
    assert first_day_to_remind(due) == first
    assert last_day_soon(first) >= due


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 3, 3), None),
        (date(2026, 3, 4), Stage.SOON),
        (date(2026, 3, 9), Stage.SOON),
        (date(2026, 3, 10), Stage.OVERDUE),
        (date(2026, 6, 1), Stage.OVERDUE),
    ],
)
def test_the_stage_of_an_obligation_on_both_sides_of_its_days(today, stage):
    assert stage_of(DUE, today=today) is stage


@pytest.mark.parametrize(
    ("stage", "reminded", "told"),
    [
        (Stage.SOON, None, False),
        (Stage.SOON, date(2026, 3, 3), False),
        (Stage.SOON, date(2026, 3, 4), True),
        (Stage.OVERDUE, date(2026, 3, 9), False),
        (Stage.OVERDUE, date(2026, 3, 10), True),
        (Stage.OVERDUE, None, False),
    ],
)
def test_a_reminder_for_an_earlier_stage_or_an_earlier_day_does_not_count(stage, reminded, told):
    assert is_reminded(stage, due=DUE, reminded_on=reminded) is told


@pytest.mark.parametrize("today", [date(2026, 3, day) for day in range(1, 32)] + [date(2026, 9, 25), date(2026, 9, 30)])
def test_the_last_day_that_is_soon_is_the_last_one_whose_reminder_has_begun(today):
    last = last_day_soon(today)
    assert stage_of(last, today=today) is Stage.SOON
    assert stage_of(last.fromordinal(last.toordinal() + 1), today=today) is None


def test_every_kind_of_obligation_has_a_name():
    assert (label_of("check_papers"), label_of("rebook"), label_of("unheard_of")) == (
        "审查材料",
        "安排已不适合，重新安排",
        "unheard_of",
    )
    assert all(labels().values())


def boxes() -> list[tuple[str, int | None]]:
    return list(Message.objects.filter(channel=Channel.INBOX).order_by("pk").values_list("template", "user_id"))


@pytest.mark.django_db
def test_the_desk_is_told_once_when_it_is_due_soon_and_once_when_it_is_overdue():
    a_case()
    clerk = a_clerk()
    told = []
    for day in (3, 4, 4, 5, 9, 10, 10, 11, 20):
        with on(date(2026, 3, day)):
            told.append(remind_due())
    assert told == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert boxes() == [("cases.reminder_soon", clerk.pk), ("cases.reminder_overdue", clerk.pk)]


@pytest.mark.django_db
def test_l16_running_twice_writes_one_message_even_when_the_first_run_was_forgotten():
    a_case()
    a_clerk()
    with on(date(2026, 3, 4)):
        assert remind_due() == 1
        Obligation.objects.update(reminded_at=None)
        assert remind_due() == 1
    assert len(boxes()) == 1


@pytest.mark.django_db
def test_everybody_who_holds_the_role_at_the_office_is_told_and_nobody_else():
    a_case()
    first, second = a_clerk(), a_member(Role.WINDOW_CLERK, "陈又窗")
    a_reviewer(), a_worker_user(), an_outsider()
    a_member(Role.WINDOW_CLERK, office=an_office("OTHER", "别市劳动能力鉴定委员会"))
    with on(date(2026, 3, 4)):
        remind_due()
    assert {user for _, user in boxes()} == {first.pk, second.pk}


@pytest.mark.django_db
def test_somebody_who_left_the_post_is_not_told():
    a_case()
    clerk = a_clerk()
    clerk.posts.update(ended_on=date(2026, 3, 1))
    with on(date(2026, 3, 4)):
        assert remind_due() == 1
    assert boxes() == []


def a_case_to_supplement() -> Case:
    with on(date(2026, 3, 2)):
        return put_in_state(a_case(), State.SUPPLEMENT)


def due_of(case: Case) -> date:
    return case.obligations.get(fulfilled_at=None).due_on


@pytest.mark.django_db
def test_the_party_who_owes_is_told_in_its_box_and_on_its_telephone():
    case = a_case_to_supplement()
    with on(due_of(case)):
        remind_due()
    worker = a_worker_user()
    assert boxes() == [("cases.reminder_soon", worker.pk)]
    text = Message.objects.get(channel=Channel.SMS)
    assert text.to == worker.telephone
    assert case.number in text.body
    assert "林知远" not in text.body


@pytest.mark.django_db
def test_a_party_without_an_account_is_told_on_the_persons_telephone():
    case = a_case_to_supplement()
    CaseParty.objects.all().delete()
    case.person.telephone = "19900000017"
    case.person.save()
    with on(due_of(case)):
        remind_due()
    assert boxes() == []
    assert Message.objects.get().to == "19900000017"


@pytest.mark.django_db
@pytest.mark.parametrize(("party", "person"), [("worker", a_worker_user), ("employer", an_employer_user)])
def test_each_side_is_told_of_its_own(party, person):
    case = a_case()
    join_case(case, an_employer_user(), capacity="employer")
    fulfil(case, "check_papers")
    owe(case, "explain_absence", due=DUE, article="令55 第十四条", party=party)
    with on(DUE):
        remind_due()
    assert [user for _, user in boxes()] == [person().pk]


@pytest.mark.django_db
def test_what_the_experts_owe_is_told_to_those_who_run_the_exam_day():
    put_in_state(a_case(), State.EXAMINING)
    staff = an_exam_staff()
    with on(date(2026, 5, 1)):
        remind_due()
    assert boxes() == [("cases.reminder_soon", staff.pk)]


@pytest.mark.django_db
def test_a_day_that_was_moved_is_told_anew_when_it_comes_near():
    case = put_in_state(a_case(), State.OPINED)
    reviewer = a_reviewer()
    with on(date(2026, 4, 29)):
        assert remind_due() == 1
        extend(case, reason="伤情复杂", by=reviewer)
        assert remind_due() == 0
    with on(date(2026, 5, 29)):
        assert remind_due() == 1
    assert [template for template, _ in boxes()] == ["cases.reminder_soon"] * 2


@pytest.mark.django_db
def test_what_was_done_in_time_reminds_nobody():
    case = a_case()
    clerk = a_clerk()
    with on(date(2026, 3, 3)):
        move(case, "accept", by=clerk)
    with on(date(2026, 3, 10)):
        assert remind_due() == 0


@pytest.mark.django_db
def test_what_was_done_between_the_look_and_the_reminder_reminds_nobody():
    case, clerk = a_case(), a_clerk()
    with on(date(2026, 3, 4)):
        [pk] = to_remind(moment.today())
        move(case, "accept", by=clerk)
        assert not remind(pk)
    assert boxes() == []


@pytest.mark.django_db
def test_a_message_names_the_case_and_the_article_and_nothing_about_the_person():
    case = a_case()
    a_clerk()
    with on(date(2026, 3, 10)):
        remind_due()
    message = Message.objects.get()
    assert message.title == f"已经逾期：审查材料（案件{case.number}）"
    assert "2026年3月9日" in message.body
    assert "令55 第十条" in message.body
    assert case.person.name not in message.title + message.body


@pytest.mark.django_db
def test_the_most_overdue_come_first_and_a_run_has_its_limit():
    for day in (2, 3, 4):
        a_case(received_at=moment.at(date(2026, 3, day)))
    a_clerk()
    rows = list(Obligation.objects.order_by("due_on").values_list("pk", flat=True))
    assert to_remind(date(2026, 3, 20), limit=2) == rows[:2]


@pytest.mark.django_db
def test_looking_takes_few_queries_however_many_obligations_there_are(django_assert_max_num_queries):
    for _ in range(10):
        a_case()
    with django_assert_max_num_queries(8):
        to_remind(date(2026, 3, 4))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once():
    a_case()
    clerk: User = a_clerk()

    def work(_: int) -> int:
        try:
            return remind_due()
        finally:
            connections.close_all()

    with on(date(2026, 3, 4)), ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))
    assert sum(done) == 1
    assert boxes() == [("cases.reminder_soon", clerk.pk)]


def test_nobodys_telephone_rings_at_night():
    planned = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert planned["cases.remind_due"] == "*/20 0-12 * * *"
    assert jobs.remind_due.__doc__
