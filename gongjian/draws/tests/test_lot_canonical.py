"""One way to write a document, one way to hash it."""

from hashlib import sha256

import pytest

from gongjian.draws.errors import ReceiptUnreadable
from gongjian.draws.lot.canonical import DOMAIN, LARGEST_NUMBER, canonical, digest, rank, read


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, "{}"),
        ([], "[]"),
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ({"a": [1, [2, {"c": "d"}]]}, '{"a":[1,[2,{"c":"d"}]]}'),
        ("眼科", '"眼科"'),
        ('"\\/', '"\\"\\\\/"'),
        ("\n\t\r\b\f\x01\x7f", '"\\n\\t\\r\\b\\f\\u0001\x7f"'),
        ("\u2028", '"\u2028"'),
        ("𠮷", '"𠮷"'),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-7, "-7"),
        (LARGEST_NUMBER, "9007199254740991"),
    ],
)
def test_a_document_has_one_byte_string(value: object, expected: str) -> None:
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.0,
        0.5,
        b"x",
        (1, 2),
        {"a": None},
        [1.5],
        {1: "a"},
        {"键": 1},
        LARGEST_NUMBER + 1,
        "\ud800",
        {"a": {"b": [None]}},
    ],
)
def test_what_canonical_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(ReceiptUnreadable):
        canonical(value)


def test_the_order_of_keys_does_not_matter_but_the_order_of_a_list_does() -> None:
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})
    assert canonical([1, 2]) != canonical([2, 1])


@pytest.mark.parametrize("text", [b'{"a":1}', b'{"a":1}\n', b'  {"a":1}\r\n'])
def test_a_file_is_read_whatever_blanks_are_around_it(text: bytes) -> None:
    assert read(text) == {"a": 1}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b'"a"',
        b"7",
        b'{"a": 1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":null}',
        b'{"a":NaN}',
        b'{"a":"\\u773c"}',
        b'{"a":"\\ud800"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\xff"}',
        b"[" * 100_000,
        b'{"a":' + b"[" * 900 + b"]" * 900 + b"} x",
    ],
)
def test_a_file_that_was_not_written_by_the_platform_is_refused(text: bytes) -> None:
    with pytest.raises(ReceiptUnreadable):
        read(text)


def test_a_digest_is_sha256_over_lengths_and_parts() -> None:
    purpose = f"{DOMAIN}/word".encode()
    expected = sha256(len(purpose).to_bytes(8) + purpose + (2).to_bytes(8) + b"ab" + (0).to_bytes(8)).hexdigest()
    assert digest("word", b"ab", b"") == expected


@pytest.mark.parametrize(
    "other",
    [("word", b"a", b"bc"), ("word", b"abc"), ("word", b"ab", b"c", b""), ("seed", b"ab", b"c"), ("wordab", b"c")],
)
def test_no_other_meaning_has_the_same_digest(other: tuple[str, bytes]) -> None:
    assert digest("word", b"ab", b"c") != digest(other[0], *other[1:])


def test_texts_stand_in_the_order_in_which_a_browser_sorts_them() -> None:
    astral, late_plane, plain = "𠮷", "\uff21", "眼"
    assert sorted([late_plane, astral, plain], key=rank) == [plain, astral, late_plane]
