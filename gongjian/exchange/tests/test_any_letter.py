"""Whatever bytes a peer sends: a letter that is read is written again to the byte, everything else is refused in words."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.exchange.errors import (
    LetterBroken,
    LetterExpired,
    NothingAsked,
    NotNow,
    NumberTaken,
    OutOfOrder,
    RangeWrong,
    TooMuch,
)
from gongjian.exchange.keys import spelled
from gongjian.exchange.line import _received
from gongjian.exchange.models import Enclosure
from gongjian.exchange.rules import (
    ABOUT,
    LARGEST,
    LONGEST_FACT,
    LONGEST_TEXT,
    MOST_DAYS,
    SKEW,
    VALID,
    File,
    canonical,
    check_asked,
    check_order,
    check_time,
    digest_of,
    is_fact,
    read,
    request_text,
    span,
)
from gongjian.exchange.states import DIRECTIONS, KINDS, LABELS, OPEN, STEPS, Direction, Kind, State, after, allowed
from gongjian.exchange.tests.test_rules import ASK, NOON

quick = settings(deadline=None, max_examples=120, derandomize=True)
SIGNS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00")
SHOWN = st.text(st.sampled_from("张三 某市人社局0123456789abcXYZ-（）"), min_size=1, max_size=40)
FILES = st.lists(
    st.builds(File, SHOWN, st.integers(0, 16**8).map(lambda number: f"{number:064x}"), st.integers(1, LARGEST)),
    max_size=5, unique_by=lambda file: file.sha256,
)  # fmt: skip
LETTERS = st.builds(
    lambda number, text, about, files, asks, minutes: replace(
        ASK, number=number, text=text, about=about, files=tuple(files), made_at=NOON + timedelta(minutes=minutes),
        kind=Kind.ASK if asks else Kind.ANSWERED, due_on=date(2026, 3, 20) if asks else None,
    ),
    st.integers(1, 99), st.text(SIGNS, max_size=60), st.dictionaries(st.sampled_from(ABOUT), SHOWN), FILES, st.booleans(),
    st.integers(-900, 900),
)  # fmt: skip


@quick
@given(LETTERS)
def test_every_letter_is_read_back_as_it_was_written_whatever_its_words(letter):
    content = canonical(letter)
    assert read(content) == letter
    assert canonical(read(content)) == content
    assert digest_of(content) == digest_of(canonical(replace(letter)))


@quick
@given(LETTERS, LETTERS)
def test_two_letters_have_one_digest_only_if_they_say_the_same(one, other):
    assert (digest_of(canonical(one)) == digest_of(canonical(other))) == (one == other)


@settings(deadline=None, max_examples=300, derandomize=True)
@given(st.data())
def test_a_letter_changed_in_any_place_is_another_letter_or_none(data):
    content = canonical(ASK)
    first = data.draw(st.integers(0, len(content) - 1))
    spoilt = content[:first] + data.draw(st.binary(max_size=3)) + content[first + data.draw(st.integers(0, 3)) :]
    try:
        found = read(spoilt)
    except LetterBroken:
        return
    assert canonical(found) == spoilt
    assert (found == ASK) == (spoilt == content)


ODD = st.sampled_from(
    [None, True, False, 0, -1, 10**30, 1.5, float("inf"), float("nan"), "", "\ud800", "x" * 9000, [], {}, [None], {"a": 1}]
)  # fmt: skip


@settings(deadline=None, max_examples=250, derandomize=True)
@given(st.sampled_from(sorted(json.loads(canonical(ASK)))), ODD)
def test_a_field_of_another_kind_is_refused_in_words_and_never_an_accident(field, odd):
    told = json.loads(canonical(ASK)) | {field: odd}
    content = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(LetterBroken) as refused:
        read(content)
    assert "x" * 100 not in str(refused.value)


@pytest.mark.parametrize(
    "spoilt", [b"1e400", b"Infinity", b"-Infinity", b"NaN", b"1e0", b"01", b"true", b'"1"', b"null"]
)
@pytest.mark.parametrize("field", [b'"number":1', b'"size":10', b'"version":1'])
def test_a_number_that_is_none_is_refused_in_words(field, spoilt):
    name = field.split(b":")[0]
    content = canonical(ASK).replace(field, name + b":" + spoilt)
    assert content != canonical(ASK)
    with pytest.raises(LetterBroken):
        read(content)


@pytest.mark.parametrize(
    ("size", "holds"), [(0, False), (1, True), (LARGEST, True), (LARGEST + 1, False), (2**63, False)]
)
def test_a_file_is_no_larger_than_its_pieces_can_say(size, holds):
    letter = replace(ASK, files=(File("照片.png", "a" * 64, size),))
    if holds:
        assert read(canonical(letter)).files[0].size == size
        assert span(f"bytes 0-0/{size}", size=size, received=0, length=1) == 0
    else:
        with pytest.raises(LetterBroken):
            read(canonical(letter))


def test_a_key_that_comes_twice_or_one_too_many_is_not_the_one_way_of_writing():
    plain = canonical(ASK)
    for spoilt in (
        plain.replace(b'"number":1', b'"number":2,"number":1'),
        plain[:-1] + b',"zzz":1}',
        plain.replace("请核实。".encode(), json.dumps("请核实。")[1:-1].encode()),
        plain.replace(b"+00:00", b"Z"),
        plain.replace(b"2026-03-20", b"20260320"),
        b"\xef\xbb\xbf" + plain,
        plain.decode().encode("utf-16"),
    ):
        assert spoilt != plain
        with pytest.raises(LetterBroken):
            read(spoilt)


@quick
@given(st.integers(-60, 60 * 24 * 31), st.integers(-5, 60 * 24 * 31))
def test_a_letter_holds_exactly_from_ten_minutes_before_its_making_until_it_expires(now, lasts):
    letter = replace(ASK, expires_at=NOON + timedelta(minutes=lasts))
    holds = now >= -SKEW.seconds // 60 and timedelta(minutes=lasts) <= VALID and now <= lasts
    if holds:
        check_time(letter, now=NOON + timedelta(minutes=now))
    else:
        with pytest.raises(LetterExpired):
            check_time(letter, now=NOON + timedelta(minutes=now))


@quick
@given(st.lists(st.integers(1, 6), max_size=25))
def test_letters_that_come_in_any_order_and_again_are_taken_once_each_and_in_turn(arriving):
    known: dict[int, str] = {}
    for number in arriving:
        try:
            new = check_order(number, f"d{number}", known)
        except OutOfOrder:
            assert number > len(known) + 1
            continue
        assert new == (number not in known)
        known[number] = f"d{number}"
        with pytest.raises(NumberTaken):
            check_order(number, "another", known)
    assert sorted(known) == list(range(1, len(known) + 1))


@quick
@given(st.binary(min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12)), max_size=40))
def test_pieces_in_any_order_never_leave_a_gap_and_never_spoil_what_is_here(content, pieces):
    here, size = b"", len(content)
    for start, length in [*pieces, *((place, 1) for place in range(size))]:
        body = content[start : start + length]
        told = f"bytes {start}-{start + len(body) - 1}/{size}"
        try:
            first = span(told, size=size, received=len(here), length=len(body))
        except RangeWrong:
            assert not body or start > len(here)
            continue
        if first == len(here):
            here += body
        assert content.startswith(here)
    assert here == content, "what comes byte by byte in the end becomes whole"


@quick
@given(st.text(max_size=30), st.integers(0, 50))
def test_no_words_in_place_of_a_span_are_taken_for_one(told, received):
    with pytest.raises(RangeWrong):
        span(told, size=100, received=received, length=5)


@pytest.mark.parametrize(
    "told",
    ["bytes 5-4/100", "bytes 96-100/100", "bytes 0-4/99", "bytes 0-4/*", "bytes -5/100", "bytes 0-5/100", "bytes 0-4/0100 ", "Bytes 0-4/100"],
)  # fmt: skip
def test_a_span_that_does_not_fit_its_piece_is_refused(told):
    with pytest.raises(RangeWrong):
        span(told, size=100, received=96, length=5)


@pytest.mark.parametrize(
    ("told", "received"),
    [({"received": {"a" * 64: here}}, much) for here, much in [(7, 7), (True, 0), (False, 0), (1.0, 0), ("7", 0), (-7, 0), (None, 0)]]
    + [({"received": ["a" * 64]}, 0), ({}, 0)],
)  # fmt: skip
def test_only_a_number_of_bytes_says_that_so_many_are_there(told, received):
    assert _received(told, Enclosure(sha256="a" * 64)) == received


@pytest.mark.parametrize(
    ("text", "days", "refusal"),
    [
        ("请核实", 1, None), ("请核实", MOST_DAYS, None), ("请核实", 0, NothingAsked), ("请核实", MOST_DAYS + 1, NothingAsked),
        ("\u3000\n ", 5, NothingAsked), ("长" * LONGEST_TEXT, 5, None), (" " + "长" * LONGEST_TEXT + "\n", 5, None),
        ("长" * (LONGEST_TEXT + 1), 5, TooMuch), ("长" * (LONGEST_TEXT + 1), 0, TooMuch),
    ],
)  # fmt: skip
def test_a_question_says_something_in_time_and_no_more_than_a_letter_holds(text, days, refusal):
    today = date(2026, 3, 2)
    if refusal is None:
        check_asked(text, today + timedelta(days=days), today=today)
        assert read(canonical(replace(ASK, text=text.strip()))).text == text.strip()
    else:
        with pytest.raises(refusal):
            check_asked(text, today + timedelta(days=days), today=today)


@quick
@given(st.text(st.characters(), max_size=20) | st.just("长" * LONGEST_FACT) | st.just("长" * (LONGEST_FACT + 1)))
def test_what_may_be_told_along_with_a_question_is_taken_at_the_other_end(value):
    letter = replace(ASK, about={"place": value})
    if is_fact(value):
        assert read(canonical(letter)).about == {"place": value}
    else:
        with pytest.raises((LetterBroken, UnicodeEncodeError)):
            read(canonical(letter))


@quick
@given(st.lists(st.sampled_from(list(Kind)), max_size=8), st.sampled_from([State.ARRIVING, State.SENT]))
def test_no_order_of_letters_leads_back_or_past_the_end(letters, state):
    ends = [State.REFUSED, State.ANSWERED, State.WITHDRAWN]
    order = [State.ARRIVING, State.SENT, State.RECEIVED, State.ACCEPTED, *ends]
    for kind in letters:
        try:
            end = after(state, kind)
        except NotNow as refused:
            assert LABELS[state] in str(refused)
            assert KINDS[kind] in str(refused)
            continue
        assert order.index(end) > order.index(state)
        state = end
    if state in ends:
        assert allowed(state) == []


def test_every_state_is_reached_has_words_and_those_that_are_open_can_still_be_settled():
    reached = {step.end for step in STEPS} | {State.ARRIVING, State.SENT}
    assert reached == set(State) == set(LABELS)
    assert (set(KINDS), set(DIRECTIONS)) == (set(Kind), set(Direction))
    for state in OPEN:
        found, seen = {state}, set()
        while found:
            here = found.pop()
            seen.add(here)
            found |= {step.end for step in STEPS if step.start == here} - seen
        assert {State.REFUSED, State.ANSWERED} <= seen


TOLD = ("PUT", "/exchange/v1/letters/x/1/files/y", "bytes 0-2/3", b"abc", NOON.isoformat(), "YXRS", "DLRS")


@pytest.mark.parametrize("place", range(len(TOLD)))
def test_what_is_signed_for_a_piece_changes_with_each_thing_it_says(place):
    other = list(TOLD)
    other[place] = b"abd" if place == 3 else f"{TOLD[place]!s}0"
    assert request_text(*TOLD) != request_text(*other)
    assert request_text(*TOLD).count(b"\n") == 6


@quick
@given(st.text(st.sampled_from("0123456789abcdef"), max_size=64))
def test_a_fingerprint_read_out_in_fours_is_the_same_one(digits):
    groups = spelled(digits).split()
    assert "".join(groups) == digits
    assert all(len(group) == 4 for group in groups[:-1])


def test_a_letter_of_another_zone_means_the_same_moment_but_is_another_letter():
    here = replace(ASK, made_at=datetime.fromisoformat("2026-03-02T20:00:00+08:00"))
    assert here.made_at == NOON.astimezone(UTC)
    assert read(canonical(here)).made_at == ASK.made_at
    assert digest_of(canonical(here)) != digest_of(canonical(ASK))
