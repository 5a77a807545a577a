"""kill -9 in the middle of a batch, and many decisions in parallel; at length in `tests/soak/test_batches.py`."""

import pytest

from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.recognition.actions.batch import begin_batch
from gongjian.recognition.models import Batch
from gongjian.recognition.states import State
from gongjian.recognition.tests.accidents import a_begun_accident, a_reviewed_accident, an_accident, in_common, seen_of
from gongjian.recognition.tests.builders import MONDAY, an_investigator, the_clerk, the_signer
from gongjian.recognition.tests.deciding_at_once import decided_at_once
from gongjian.recognition.tests.killing_batches import (
    assert_all_done_once,
    assert_numbered_without_gaps,
    assert_the_ledger_is_whole,
    through,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
Operation = Batch.Operation


def test_l04_a_batch_of_openings_killed_in_every_second_turn_opens_each_case_once():
    row = an_accident(5)
    with moment.fixed(MONDAY):
        made = begin_batch(row, Operation.OPEN, {}, by=the_clerk())
    assert through(made, every=2) == 4
    assert_all_done_once(row, made, count=5, state=State.ACCEPTED)
    assert sorted(Case.objects.values_list("number", flat=True))[-1].endswith("000005")
    assert_numbered_without_gaps("recognition_acceptance", 5)
    assert_the_ledger_is_whole()


def test_l04_a_batch_of_drafts_killed_in_every_second_turn_leaves_one_draft_each():
    row = a_begun_accident(3)
    with moment.fixed(MONDAY):
        made = begin_batch(row, Operation.PROPOSE, in_common(row), by=an_investigator())
    assert through(made, every=2) == 2
    assert_all_done_once(row, made, count=3, state=State.PROPOSED)
    assert [case.proposals.count() for case in Case.objects.all()] == [1, 1, 1]


def test_l04_a_batch_of_decisions_killed_in_every_second_turn_signs_each_once_without_a_gap():
    row = a_reviewed_accident(4)
    with moment.fixed(MONDAY):
        made = begin_batch(row, Operation.DECIDE, {}, by=the_signer(), seen=seen_of(row, Operation.DECIDE))
    assert through(made, every=2) == 3
    assert_all_done_once(row, made, count=4, state=State.DECIDED)
    assert_numbered_without_gaps("decision_recognised", 4)
    assert_the_ledger_is_whole()


def test_l10_decisions_in_parallel_some_of_which_break_are_numbered_without_gaps(monkeypatch):
    row = a_reviewed_accident(10)
    assert decided_at_once(row, monkeypatch, broken_every=4) == 7
    assert_numbered_without_gaps("decision_recognised", 7)
    assert Case.objects.filter(state=State.REVIEWED).count() == 3
    assert_the_ledger_is_whole()
