"""L17: running cases meet a new version. A case that stands in any state of the table is a sound case, and one in a lost state is found."""

from dataclasses import replace

import pytest

from gongjian.accounts.models import User
from gongjian.accounts.tests.builders import an_archivist
from gongjian.appraisal.states import INITIAL, PROCEDURE, State
from gongjian.cases import procedures
from gongjian.cases.actions.move import allowed_move
from gongjian.cases.errors import MoveNotAllowed
from gongjian.cases.models import Case
from gongjian.cases.queries import open_obligations
from gongjian.cases.tests.builders import a_case
from gongjian.config.checks import run_checks

pytestmark = pytest.mark.django_db
OPEN = [state for state in State if state != State.ARCHIVED]
QUESTIONS = ("ledger", "limbo", "case_numbers", "due_days", "archives")


def found(*names: str) -> list[str]:
    return [problem.sentence for _, problems in run_checks(names) for problem in problems]


@pytest.mark.parametrize("state", OPEN)
def test_l17_a_case_in_every_state_owes_its_next_step_and_is_sound(state):
    case = a_case(state=state)
    assert [owed.kind for owed in open_obligations(case)] == [owed.kind for owed in PROCEDURE.owed[state]]
    assert found(*QUESTIONS) == []


@pytest.mark.parametrize("state", OPEN)
def test_l17_no_state_is_a_dead_end(state):
    assert PROCEDURE.moves_from(state)


def test_l17_a_state_that_a_new_version_has_lost_is_found_before_anybody_works(monkeypatch: pytest.MonkeyPatch):
    a_case(state=State.REVIEWED)
    labels = {state: label for state, label in PROCEDURE.labels.items() if state != State.REVIEWED}
    monkeypatch.setitem(procedures.PROCEDURES, INITIAL, replace(PROCEDURE, labels=labels))
    assert found("limbo") == ["案件处于流程表中没有的状态。"]


def test_l17_a_move_that_a_new_version_has_lost_is_refused_and_not_guessed(monkeypatch: pytest.MonkeyPatch):
    case: Case = a_case(state=State.WITHDRAWN)
    archivist: User = an_archivist()
    assert allowed_move(case, "archive", by=archivist).end == State.ARCHIVED
    without = tuple(move for move in PROCEDURE.moves if move.act != "archive")
    monkeypatch.setitem(procedures.PROCEDURES, INITIAL, replace(PROCEDURE, moves=without))
    with pytest.raises(MoveNotAllowed):
        allowed_move(case, "archive", by=archivist)


def test_l14_cases_received_are_those_open_and_those_closed():
    for state in OPEN:
        a_case(state=state)
    numbers = Case.objects.count()
    assert Case.objects.filter(closed_at=None).count() + Case.objects.exclude(closed_at=None).count() == numbers
    assert found("case_numbers") == []
