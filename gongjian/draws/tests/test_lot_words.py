"""Words: sealed after the commitment, opened when all are in, bound to their draw and place."""

from dataclasses import replace

import pytest

from gongjian.draws.errors import SecretWrong, WordsMissing, WordWrong
from gongjian.draws.lot.canonical import digest
from gongjian.draws.lot.words import Word, check_words, holds, seal_word, secret_hash, seed
from gongjian.draws.tests.builders import SALT, SECRET, words_for

HASH = "ab" * 32
OTHER = "cd" * 32


def a_word(word: str = "秋水", *, position: int = 1, who: str = "监督员", salt: bytes = SALT, hash: str = HASH) -> Word:
    return seal_word(hash, position=position, who=who, word=word, salt=salt)


def test_a_seal_is_a_digest_over_commitment_place_part_word_and_salt() -> None:
    expected = digest("word", bytes.fromhex(HASH), (1).to_bytes(8), "监督员".encode(), "秋水".encode(), SALT)
    assert a_word().seal == expected


@pytest.mark.parametrize(
    "other",
    [
        a_word("春水"),
        a_word(position=2),
        a_word(who="职工代表"),
        a_word(salt=bytes(16)),
        a_word(hash=OTHER),
    ],
)
def test_a_seal_fits_no_other_word_place_part_salt_or_draw(other: Word) -> None:
    assert other.seal != a_word().seal


def test_the_seal_does_not_show_the_word() -> None:
    assert a_word("秋").seal != a_word("秋", salt=b"another salt 0000").seal
    assert len(a_word("秋").seal) == len(a_word("秋" * 64).seal) == 64


@pytest.mark.parametrize(("given", "kept"), [(" 秋水 ", "秋水"), ("e\u0301", "é"), ("a b", "a b"), ("7", "7")])
def test_a_word_is_kept_without_blanks_around_it_and_in_normal_form(given: str, kept: str) -> None:
    assert a_word(given).word == kept


@pytest.mark.parametrize("word", ["", "   ", "字" * 65, "a\nb", "a\x00b", "a\u200bb"])
def test_a_word_that_cannot_be_read_aloud_is_refused(word: str) -> None:
    with pytest.raises(WordWrong, match="第1位在场人员的抽取词不能使用"):
        a_word(word)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(WordWrong, match="随机盐过短"):
        a_word(salt=bytes(15))


def test_words_as_sealed_hold() -> None:
    check_words(HASH, words_for(HASH, "秋水", "长天", "一色"))


@pytest.mark.parametrize(
    "changed",
    [
        {"word": "春水"},
        {"word": "秋水 "},
        {"who": "抽取人员"},
        {"salt": "00" * 16},
        {"salt": "zz"},
        {"salt": ""},
        {"seal": "00" * 32},
        {"seal": ""},
    ],
)
def test_a_word_other_than_the_sealed_one_is_refused(changed: dict[str, str]) -> None:
    words = words_for(HASH)
    words[1] = replace(words[1], **changed)
    assert not holds(HASH, 2, words[1])
    with pytest.raises(WordWrong, match="第2位"):
        check_words(HASH, words)


def test_words_cannot_change_places() -> None:
    first, second = words_for(HASH)
    with pytest.raises(WordWrong):
        check_words(HASH, [second, first])


def test_words_of_another_draw_are_refused() -> None:
    with pytest.raises(WordWrong):
        check_words(OTHER, words_for(HASH))


def test_without_a_word_there_is_no_draw() -> None:
    with pytest.raises(WordsMissing):
        check_words(HASH, [])


def test_the_seed_is_a_digest_over_secret_commitment_and_words_in_order() -> None:
    words = words_for(HASH, "秋水", "长天")
    expected = digest("seed", SECRET, bytes.fromhex(HASH), "秋水".encode(), "长天".encode())
    assert seed(HASH, SECRET, words).hex() == expected


@pytest.mark.parametrize(
    ("hash", "secret", "words"),
    [
        pytest.param(OTHER, SECRET, ("秋水", "长天"), id="another commitment"),
        pytest.param(HASH, bytes(32), ("秋水", "长天"), id="another secret"),
        pytest.param(HASH, SECRET, ("秋水", "长空"), id="another word"),
        pytest.param(HASH, SECRET, ("长天", "秋水"), id="another order"),
        pytest.param(HASH, SECRET, ("秋水长天",), id="words run together"),
        pytest.param(HASH, SECRET, ("秋水", "长天", "一色"), id="one word more"),
    ],
)
def test_any_other_input_gives_another_seed(hash: str, secret: bytes, words: tuple[str, ...]) -> None:
    assert seed(hash, secret, words_for(hash, *words)) != seed(HASH, SECRET, words_for(HASH, "秋水", "长天"))


def test_salts_and_parts_have_no_say_in_the_seed() -> None:
    one = [a_word("秋水", salt=bytes(16))]
    other = [a_word("秋水", salt=bytes(17), who="旁听人员")]
    assert seed(HASH, SECRET, one) == seed(HASH, SECRET, other)


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33)])
def test_a_secret_of_another_length_is_refused(secret: bytes) -> None:
    with pytest.raises(SecretWrong):
        secret_hash(secret)


def test_the_hash_of_the_secret_is_not_a_plain_sha256() -> None:
    assert secret_hash(SECRET) == digest("secret", SECRET)
