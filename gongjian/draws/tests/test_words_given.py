"""Words of those present: given once, hidden until all are in, and never by the office."""

from datetime import timedelta

import pytest

from gongjian.accounts.tests.builders import a_draw_officer, a_supervisor, an_exam_staff, an_outsider
from gongjian.draws.actions import experts
from gongjian.draws.actions.ceremony import give_word, words_of
from gongjian.draws.actions.tries import try_code
from gongjian.draws.errors import (
    DrawStateWrong,
    EntryCodeWrong,
    OfficeHasNoWord,
    TooManyTries,
    WordGivenAlready,
    WordsNotAllIn,
    WordWrong,
)
from gongjian.draws.lot.words import Word, holds
from gongjian.draws.models import Draw, Witness, WrongCode
from gongjian.draws.queries import visible_to
from gongjian.draws.queries.shown import words_shown
from gongjian.draws.rules import MOST_WRONG_CODES
from gongjian.draws.tests.house import DRAWN, WORDS, a_committed, a_held, a_list, all_words, void
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.sittings.tests.builders import at

pytestmark = pytest.mark.django_db
WORD = "秋水共长天一色"


def first(draw: Draw) -> Witness:
    found = draw.witnesses.order_by("position").first()
    assert found is not None
    return found


def test_a_word_is_sealed_for_its_draw_and_place():
    draw = a_committed()
    given = give_word(first(draw).entry_code, WORD)
    word = Word(given.who, given.word, given.salt, given.seal)
    assert holds(draw.commitment_hash, 1, word)
    assert not holds(draw.commitment_hash, 2, word)


@pytest.mark.parametrize("shape", ["{}", "{} ", " {}", "GJQD:{}"])
def test_a_code_is_read_as_people_type_it(shape):
    code = first(a_committed()).entry_code
    typed = shape.format(f"{code[:4]} {code[4:]}".lower()) if ":" not in shape else shape.format(code)
    assert give_word(typed, WORD).given_at is not None


def test_a_word_is_given_once():
    code = first(a_committed()).entry_code
    give_word(code, WORD)
    with pytest.raises(WordGivenAlready):
        give_word(code, "换一个")
    assert Witness.objects.get(entry_code=code).word == WORD


def test_art_34_the_database_keeps_a_word_as_it_was_given():
    given = give_word(first(a_committed()).entry_code, WORD)
    with pytest.raises(Exception, match="_given_once"):
        Witness.objects.filter(pk=given.pk).update(seal="0" * 64)


def test_no_word_is_seen_before_all_are_in():
    draw = a_committed()
    give_word(first(draw).entry_code, WORD)
    ledger = str(list(LedgerEntry.objects.values_list("facts", flat=True)))
    assert WORD not in ledger
    assert first(draw).seal in ledger
    with pytest.raises(WordsNotAllIn, match="职工代表"):
        words_of(draw)
    seen = [str(row) for row in words_shown(draw)] + [str(visible_to(a_supervisor()).values())]
    assert WORD not in "".join(seen)


def test_a_word_is_encrypted_where_it_is_kept():
    draw = a_committed()
    give_word(first(draw).entry_code, WORD)
    with pytest.raises(Exception, match="encrypted"):
        Witness.objects.filter(word=WORD).exists()


@pytest.mark.parametrize("word", ["", "   ", "字" * 65, "一\n二", "\x00"])
def test_a_word_that_is_none_is_refused(word):
    draw = a_committed()
    with pytest.raises(WordWrong):
        give_word(first(draw).entry_code, word)
    assert first(draw).given_at is None


@pytest.mark.parametrize("code", ["", "AAAA2222", "2222", "' or 1=1"])
def test_a_code_that_is_none_is_refused(code):
    a_committed()
    with pytest.raises(EntryCodeWrong):
        give_word(code, WORD)


def test_the_office_has_no_word():
    draw = a_committed()
    with pytest.raises(OfficeHasNoWord):
        give_word(first(draw).entry_code, WORD, by=a_draw_officer())
    assert give_word(first(draw).entry_code, WORD, by=a_supervisor()).given_at


def test_exam_day_staff_may_watch_the_draw_of_experts_but_not_their_own_door():
    draw = a_committed()
    assert give_word(first(draw).entry_code, WORD, by=an_exam_staff()).given_at
    door = a_list(a_held(a_committed_elsewhere(draw)))
    with pytest.raises(OfficeHasNoWord):
        give_word(first(door).entry_code, WORD, by=an_exam_staff())
    with pytest.raises(OfficeHasNoWord):
        give_word(first(door).entry_code, WORD, by=a_draw_officer())


def a_committed_elsewhere(draw: Draw):
    """The same sitting, its first commitment put aside."""
    void(draw, reason="重来", by=a_draw_officer())
    return draw.sitting


def test_anybody_else_present_may_give_a_word_signed_in_or_not():
    draw = a_committed()
    codes = [witness.entry_code for witness in draw.witnesses.all()]
    assert give_word(codes[0], WORD, by=an_outsider()).given_at
    assert give_word(codes[1], WORD).given_at


def test_after_the_draw_no_word_is_taken():
    draw = a_held()
    with pytest.raises(WordGivenAlready):
        give_word(first(draw).entry_code, WORD)


def test_a_void_draw_takes_no_word():
    draw = a_committed()
    void(draw, reason="名单有误", by=a_draw_officer())
    with pytest.raises(DrawStateWrong, match="已作废"):
        give_word(first(draw).entry_code, WORD)


def test_when_all_are_in_the_draw_opens_them_in_order():
    draw = all_words(a_committed())
    with at(DRAWN):
        held = experts.hold(draw, by=a_draw_officer())
    assert [word.word for word in words_of(held)] == list(WORDS)
    assert all(word in held.receipt for word in WORDS)


def test_wrong_codes_are_counted_for_each_address_and_forgotten_after_a_while():
    code = first(a_committed()).entry_code
    with at(DRAWN):
        for _ in range(MOST_WRONG_CODES):
            with pytest.raises(EntryCodeWrong):
                try_code("AAAA2222", address="203.0.113.7")
        with pytest.raises(TooManyTries):
            try_code(code, address="203.0.113.7")
        assert try_code(code, address="203.0.113.8").entry_code == code
    with at(DRAWN + timedelta(minutes=11)):
        assert try_code(code, address="203.0.113.7").entry_code == code
        with pytest.raises(EntryCodeWrong):
            try_code("AAAA2222", address="203.0.113.9")
    assert WrongCode.objects.count() == 1


def test_l18_thirty_people_behind_one_address_all_find_their_place():
    codes = [witness.entry_code for witness in a_committed(witnesses=[f"代表{n}" for n in range(30)]).witnesses.all()]
    with at(DRAWN):
        assert [try_code(code, address="203.0.113.7").entry_code for code in codes] == codes
