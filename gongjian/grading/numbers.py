"""Clause numbers as people type them: 5.9.2(23), 5.9.2-23, 9(23), 9级23, 九级23."""

import re
import unicodedata
from typing import Final, NamedTuple

_GRADE_WORDS: Final = {word: grade for grade, word in enumerate("一二三四五六七八九十", start=1)}
_GRADE: Final = r"(?P<grade>10|[1-9])"
_WORD: Final = r"(?P<grade>10|[1-9]|[一二三四五六七八九十])"
_OPEN: Final = r"(?:\s*[(\-.第]\s*|\s+)"
_REST: Final = r"(?P<ordinal>\d{1,2})?(?P<close>\s*(?:\)|项|条))?"
_SHAPES: Final = (
    re.compile(rf"5\.{_GRADE}(?:\.(?:1|2(?:{_OPEN}{_REST})?)?)?"),
    re.compile(rf"{_WORD}级{_OPEN}?{_REST}"),
    re.compile(rf"{_GRADE}\s*[(\-]\s*{_REST}"),
)


class TypedNumber(NamedTuple):
    """grade: 1 … 10; ordinal: digits typed so far, "" for none; is_whole: the number was closed, nothing more can follow."""

    grade: int
    ordinal: str
    is_whole: bool


def typed_number(text: str) -> TypedNumber | None:
    """Read `text` as a clause number, whole or begun; None when it is something else."""
    plain = plain_form(text)
    for shape in _SHAPES:
        found = shape.fullmatch(plain)
        if found:
            grade = _GRADE_WORDS.get(found["grade"]) or int(found["grade"])
            return TypedNumber(grade, _without_zeros(found["ordinal"] or ""), found["close"] is not None)
    return None


def plain_form(text: str) -> str:
    """One form for full-width and half-width, upper and lower case: "５．９．２（２３）" is "5.9.2(23)"."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _without_zeros(digits: str) -> str:
    return digits.lstrip("0") or digits
