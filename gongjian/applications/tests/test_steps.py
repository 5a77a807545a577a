"""The steps of every procedure's application: in order, each once, each with its ground."""

import pytest

from gongjian.applications.asking import ASKINGS, Asking, ask_so
from gongjian.applications.errors import StepUnknown
from gongjian.appraisal.states import INITIAL
from gongjian.recognition.states import RECOGNITION

EVERY = pytest.mark.parametrize("asking", ASKINGS.values(), ids=lambda asking: asking.title)


def test_both_procedures_ask_for_applications():
    assert set(ASKINGS) == {INITIAL, RECOGNITION}


@EVERY
def test_each_step_has_one_before_and_one_after_but_the_first_and_the_last(asking: Asking):
    steps = asking.steps
    assert steps.before(steps[0].code) is None
    assert [steps.before(step.code) for step in steps[1:]] == list(steps[:-1])
    assert [steps.after(step.code) for step in steps] == [*steps[1:], steps[-1]]


@EVERY
def test_a_step_that_is_not_there_is_refused(asking: Asking):
    for ask in (asking.steps.of, asking.steps.after, asking.steps.before):
        with pytest.raises(StepUnknown):
            ask("grade")


@EVERY
def test_what_is_asked_stands_on_an_article_once_and_has_an_input(asking: Asking):
    asked = [field for step in asking.steps for field in step.kept]
    assert len(asked) == len(set(asked))
    assert all(set(step.basis) == set(step.kept) for step in asking.steps)
    assert all(set(asking.forms[step.code]().fields) == set(step.fields) for step in asking.steps.filled_in)


@EVERY
def test_what_only_the_window_asks_may_stay_empty_and_has_an_input_there(asking: Asking):
    forms = {**asking.forms, **asking.window_forms}
    assert all(set(forms[step.code]().fields) == set(step.kept) for step in asking.steps.filled_in)
    assert not any(forms[step.code]().fields[name].required for step in asking.steps for name in step.at_window)


@EVERY
def test_whom_when_and_where_are_asked_by_the_same_names_in_every_procedure(asking: Asking):
    asked = {field for step in asking.steps for field in step.fields}
    assert asked >= {"capacity", "applicant_name", "name", "id_number", "telephone", "address", "employer_name"}
    assert asked >= {"injured_on", "delivery_name", "delivery_telephone", "delivery_address", "electronic_consent"}


def test_a_procedure_asks_in_one_way_only():
    ask_so(INITIAL, ASKINGS[INITIAL])
    with pytest.raises(ValueError, match=INITIAL):
        ask_so(INITIAL, ASKINGS[RECOGNITION])
