"""A thousand victims of one accident, every worker killed again and again; two hundred decisions in parallel. Run with GONGJIAN_SOAK=1."""

import os

import pytest

from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.recognition.actions.batch import begin_batch
from gongjian.recognition.models import Batch
from gongjian.recognition.states import State
from gongjian.recognition.tests.accidents import (
    a_begun_accident,
    a_reviewed_accident,
    an_accident,
    in_common,
    seen_of,
)
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_colleague,
    an_investigator,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.deciding_at_once import decided_at_once
from gongjian.recognition.tests.killing_batches import (
    assert_all_done_once,
    assert_numbered_without_gaps,
    assert_the_ledger_is_whole,
    through,
)

VICTIMS = int(os.environ.get("GONGJIAN_SOAK_VICTIMS", "1000"))
DECISIONS = int(os.environ.get("GONGJIAN_SOAK_DECISIONS", "200"))
EVERY = max(2, VICTIMS // 40)
Operation = Batch.Operation
pytestmark = [
    pytest.mark.skipif(not os.environ.get("GONGJIAN_SOAK"), reason="takes minutes; set GONGJIAN_SOAK=1"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("home"),
]


def test_l04_a_thousand_victims_are_opened_and_begun_once_however_often_the_worker_is_killed():
    row = an_accident(VICTIMS)
    with moment.fixed(MONDAY):
        made = begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    assert through(made, every=EVERY) > 0
    assert_all_done_once(row, made, count=VICTIMS, state=State.ACCEPTED)
    assert_numbered_without_gaps("recognition_acceptance", VICTIMS)
    with moment.fixed(MONDAY):
        made = begin_batch(row, Operation.BEGIN, {"team": [a_colleague().pk]}, by=an_investigator())
    assert through(made, every=EVERY) > 0
    assert_all_done_once(row, made, count=VICTIMS, state=State.INVESTIGATING)
    assert_the_ledger_is_whole()


def test_l04_a_thousand_decisions_are_signed_once_and_without_a_gap_however_often_the_worker_is_killed():
    row = a_begun_accident(VICTIMS)
    steps = (
        (Operation.PROPOSE, in_common(row), an_investigator(), State.PROPOSED),
        (Operation.REVIEW, {}, the_reviewer(), State.REVIEWED),
        (Operation.DECIDE, {}, the_signer(), State.DECIDED),
    )
    for operation, told, by, state in steps:
        seen = "" if operation == Operation.PROPOSE else seen_of(row, operation)
        with moment.fixed(MONDAY):
            made = begin_batch(row, operation, told, by=by, seen=seen)
        assert through(made, every=EVERY) > 0
        assert_all_done_once(row, made, count=VICTIMS, state=state)
    assert_numbered_without_gaps("decision_recognised", VICTIMS)
    assert_the_ledger_is_whole()


def test_l10_two_hundred_decisions_in_parallel_some_of_which_break_leave_no_gap(monkeypatch):
    row = a_reviewed_accident(DECISIONS)
    signed = decided_at_once(row, monkeypatch, broken_every=10)
    assert signed == DECISIONS - -(-DECISIONS // 10)
    assert_numbered_without_gaps("decision_recognised", signed)
    assert Case.objects.filter(state=State.REVIEWED).count() == DECISIONS - signed
    assert_the_ledger_is_whole()
