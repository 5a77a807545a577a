"""The letter that entrusts: what it may hold, what it must, and who may be written to."""

from dataclasses import replace
from datetime import date

import pytest

from gongjian.exchange.errors import LetterBroken, NotNow
from gongjian.exchange.rules import ABOUT, PERSON, WANTED, Letter, canonical, read
from gongjian.exchange.states import LABELS, OPEN, STEPS, Kind, Name, State, after, allowed
from gongjian.exchange.tests.test_rules import ASK

WHOLE = {
    "person": "林知远",
    "id_type": "resident_id",
    "id_number": "990101198503120010",
    "telephone": "19900000001",
    "ground": "stable",
    "recognition_number": "云溪人社工认〔2026〕12号",
    "recognition_on": "2026-02-02",
    "injured_on": "2025-11-03",
    "parts": "143:left,030:left",
}
ENTRUST = replace(ASK, kind=Kind.ENTRUST, about=WHOLE)


def read_back(letter: Letter) -> Letter:
    return read(canonical(letter))


def test_what_is_whole_is_read_with_and_without_what_is_not_needed():
    assert read_back(ENTRUST) == ENTRUST
    more = replace(
        ENTRUST, about={**WHOLE, "employer": "某厂", "hospital": "某医院", "department": "骨科", "needs": "wheelchair"}
    )
    assert read_back(more) == more
    assert set(WHOLE) == WANTED


@pytest.mark.parametrize("name", sorted(WANTED))
def test_nothing_that_is_needed_may_be_missing(name):
    with pytest.raises(LetterBroken, match="不完整"):
        read_back(replace(ENTRUST, about={key: value for key, value in WHOLE.items() if key != name}))


@pytest.mark.parametrize(
    "change",
    [
        {"id_type": "badge"},
        {"ground": "whatever"},
        {"recognition_on": "2026年2月2日"},
        {"injured_on": "2026-02-03"},
        {"parts": "1x3"},
        {"parts": "143:up"},
        {"parts": ","},
        {"needs": "wheelchair,helicopter"},
    ],
    ids=str,
)
def test_what_nobody_could_take_on_is_refused_at_the_door(change):
    with pytest.raises(LetterBroken, match="不合规定"):
        read_back(replace(ENTRUST, about={**WHOLE, **change}))


@pytest.mark.parametrize("extra", ["address", "diagnosis", "happened_on", "place"])
def test_nothing_beyond_it_may_go_along(extra):
    with pytest.raises(LetterBroken, match="规定以外"):
        read_back(replace(ENTRUST, about={**WHOLE, extra: "某处"}))


@pytest.mark.parametrize("name", sorted(set(PERSON) - set(ABOUT)))
def test_a_question_of_an_investigation_holds_none_of_it(name):
    with pytest.raises(LetterBroken, match="规定以外"):
        read_back(replace(ASK, about={name: "1"}))


def test_it_names_a_day_and_a_withdrawal_names_none():
    with pytest.raises(LetterBroken, match="答复期限"):
        read_back(replace(ENTRUST, due_on=None))
    withdrawal = replace(ASK, kind=Kind.WITHDRAWN, number=2, about={}, due_on=None, text="已回本市")
    assert read_back(withdrawal) == withdrawal
    with pytest.raises(LetterBroken, match="答复期限"):
        read_back(replace(withdrawal, due_on=date(2026, 3, 20)))


@pytest.mark.parametrize("state", list(State))
def test_it_is_taken_back_while_it_is_open_and_never_after(state):
    if state in OPEN:
        assert after(state, Kind.WITHDRAWN) == State.WITHDRAWN
        return
    with pytest.raises(NotNow, match=LABELS[state]):
        after(state, Kind.WITHDRAWN)


def test_an_opinion_goes_from_its_case_and_not_from_the_page_of_the_matter():
    assert allowed(State.ACCEPTED, Name.APPRAISAL) == [Kind.REFUSED]
    assert allowed(State.ACCEPTED, Name.RECOGNITION) == [Kind.REFUSED, Kind.ANSWERED]
    assert allowed(State.RECEIVED, Name.APPRAISAL) == [Kind.ACCEPTED, Kind.REFUSED]
    assert not [step for step in STEPS if step.start == State.WITHDRAWN]
