"""What a letter is, as a table."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gongjian.exchange.errors import LetterBroken, NotNow, NumberTaken, OutOfOrder
from gongjian.exchange.rules import File, Letter, canonical, check_order, read
from gongjian.exchange.states import STEPS, Kind, State, after, allowed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ASK = Letter(
    "YXRS", "DLRS", "0f8fad5b-d9cb-469f-a165-70867728950e", 1, Kind.ASK, NOON, NOON + timedelta(days=30),
    text="请核实。", due_on=date(2026, 3, 20), about={"person": "林知远"}, files=(File("1 照片.png", "a" * 64, 10),),
)  # fmt: skip


def test_a_letter_is_written_in_one_way_and_read_back():
    assert read(canonical(ASK)) == ASK
    assert canonical(ASK).startswith(b'{"about":{"person":')
    assert b" " not in canonical(replace(ASK, files=()))


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "A"}, {"audience": "../x"}, {"matter": "1"}, {"number": 0}, {"number": 100}, {"due_on": None},
        {"kind": Kind.ACCEPTED}, {"text": "长" * 8001}, {"text": "a\x00"}, {"about": {"diagnosis": "骨折"}},
        {"about": {"place": "路" * 501}}, {"about": {"place": ""}}, {"about": {"place": "a\n"}},
        {"made_at": NOON.replace(tzinfo=None)}, {"files": (File("a", "A" * 64, 1),)}, {"files": (File("a", "a" * 64, 0),)},
        {"files": (File("", "a" * 64, 1),)}, {"files": (File("a\n", "a" * 64, 1),)}, {"files": (File("a", "a" * 64, 1),) * 2},
    ],
    ids=lambda changes: "-".join(changes),
)  # fmt: skip
def test_what_a_letter_may_not_say_is_refused(changes):
    with pytest.raises(LetterBroken):
        read(canonical(replace(ASK, **changes)))


@pytest.mark.parametrize("spoilt", [b" ", b"\n"])
def test_only_the_one_way_of_writing_is_read(spoilt):
    with pytest.raises(LetterBroken):
        read(canonical(ASK) + spoilt)
    with pytest.raises(LetterBroken):
        read(canonical(ASK).replace(b'"version":1', b'"version":2'))
    with pytest.raises(LetterBroken):
        read(canonical(ASK).replace(b'"number":1', b'"number":1.0'))


def test_the_next_letter_is_new_the_same_is_not_and_others_are_refused():
    known = {1: "a", 2: "b"}
    assert check_order(3, "c", known) is True
    assert check_order(2, "b", known) is False
    with pytest.raises(NumberTaken):
        check_order(2, "x", known)
    with pytest.raises(OutOfOrder):
        check_order(4, "d", known)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.start}-{step.kind}")
def test_each_step_leads_on_and_no_other_letter_does_from_there(step):
    assert after(step.start, step.kind) is step.end
    others = set(Kind) - {each.kind for each in STEPS if each.start == step.start}
    for kind in others:
        with pytest.raises(NotNow):
            after(step.start, kind)


def test_what_the_asked_office_may_say():
    assert allowed(State.RECEIVED) == [Kind.ACCEPTED, Kind.REFUSED]
    assert allowed(State.ACCEPTED) == [Kind.REFUSED, Kind.ANSWERED]
    assert allowed(State.ANSWERED) == []
