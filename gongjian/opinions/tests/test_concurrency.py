"""Two at once: the last two seals, the same seal twice, a seal against a termination."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import PASSWORD, an_exam_staff
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import move
from gongjian.cases.models import Passage
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.law.errors import RuleError
from gongjian.opinions.actions.declare import declare_no_conflict
from gongjian.opinions.actions.draft import save_draft
from gongjian.opinions.actions.seal import seal_opinion
from gongjian.opinions.models import Assignment, Opinion, Round, Vote
from gongjian.opinions.tests.builders import an_examining_case, an_opinion_of, the_experts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("exam_day")]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, or the code of its refusal; all begin together."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait()
            act()
            return "done"
        except RuleError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def ready_to_seal(seated: Any, grades: list[int]) -> tuple[str, list[User]]:
    case = an_examining_case()
    users = the_experts(len(grades))
    code: str = seated.seat(case, users).exam_code
    for user, grade in zip(users, grades, strict=True):
        declare_no_conflict(code, by=user)
        save_draft(code, an_opinion_of(grade), version=1, by=user)
    return code, users


def sealing(code: str, user: User) -> Callable[[], object]:
    return lambda: seal_opinion(code, version=2, password=PASSWORD, by=user)


@pytest.mark.parametrize("grades", [[9, 9, 10], [8, 9, 10], [9, 9, 9, 10, 10]])
def test_the_last_two_seals_at_once_make_one_vote(seated, grades):
    code, users = ready_to_seal(seated, grades)
    for user in users[:-2]:
        sealing(code, user)()
    assert at_once(*(sealing(code, user) for user in users[-2:])) == ["done", "done"]
    assert (Opinion.objects.count(), Vote.objects.count()) == (len(grades), 1)
    assert LedgerEntry.objects.filter(act="opinion.counted").count() == 1
    assert Passage.objects.filter(act__in=["opine", "deliberate"]).count() == 1


def test_all_members_sealing_at_once_make_one_vote(seated):
    code, users = ready_to_seal(seated, [9, 9, 9, 10, 10])
    assert at_once(*(sealing(code, user) for user in users)) == ["done"] * 5
    assert Vote.objects.get().tally["grades"] == [[9, 3], [10, 2]]


def test_the_same_seal_twice_is_one_seal(seated):
    code, users = ready_to_seal(seated, [9, 9, 9])
    answers = at_once(sealing(code, users[0]), sealing(code, users[0]))
    assert sorted(map(str, answers)) == ["done", "opinions.sealed_already"]
    assert Opinion.objects.count() == 1


def test_all_declaring_at_once_open_one_round(seated):
    users = the_experts(3)
    code = seated.seat(an_examining_case(), users).exam_code
    answers = at_once(*(lambda user=user: declare_no_conflict(code, by=user) for user in users))
    assert answers == ["done"] * 3
    assert (Assignment.objects.count(), Round.objects.count()) == (3, 1)


def test_two_devices_saving_at_once_keep_one_and_tell_the_other(seated):
    code, users = ready_to_seal(seated, [9, 9, 9])
    answers = at_once(
        lambda: save_draft(code, an_opinion_of(8), version=2, by=users[0]),
        lambda: save_draft(code, an_opinion_of(7), version=2, by=users[0]),
    )
    assert sorted(map(str, answers)) == ["done", "opinions.draft_changed_meanwhile"]


def test_a_termination_and_the_last_seal_at_once_leave_the_case_in_one_state(seated):
    code, users = ready_to_seal(seated, [9, 9, 9])
    sealing(code, users[0])()
    sealing(code, users[1])()
    case, staff = Assignment.objects.all()[0].case, an_exam_staff()
    at_once(sealing(code, users[2]), lambda: move(case, "terminate", by=staff))
    case.refresh_from_db()
    assert case.state in {State.OPINED, State.TERMINATED}
    assert Vote.objects.count() == (case.state == State.OPINED)


def test_dying_before_the_end_leaves_neither_half_an_opinion_nor_half_a_vote(seated, monkeypatch):
    code, users = ready_to_seal(seated, [9, 9, 9])
    sealing(code, users[0])()
    sealing(code, users[1])()
    monkeypatch.setattr("gongjian.opinions.actions.vote.move", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sealing(code, users[2])()
    assert (Opinion.objects.count(), Vote.objects.count()) == (2, 0)
    monkeypatch.undo()
