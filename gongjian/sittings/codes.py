"""Exam codes and tickets: made by chance alone, so that nothing can be read from them or guessed from a case."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from secrets import choice

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, I, O
LENGTH = 8
QR_PREFIX = "GJQD:"
"""First letters of what a code's QR holds, so that a scanner's text is known for what it is."""
TICKETS = range(101, 1000)
MORE_TICKETS = range(1000, 10_000)


class Shape(StrEnum):
    """What something typed looks like; nothing is looked up."""

    TICKET = "ticket"
    TELEPHONE = "telephone"
    CODE = "code"
    ID_NUMBER = "id_number"


SHAPES = (
    (Shape.TICKET, re.compile(r"\d{3,4}", re.ASCII)),
    (Shape.TELEPHONE, re.compile(r"1\d{10}", re.ASCII)),
    (Shape.ID_NUMBER, re.compile(r"[A-Z0-9]{9,20}", re.ASCII)),
)


def shape_of(plain: str) -> Shape:
    """The shape of what `read` gives; whatever is none of the others can only be an exam code."""
    return next((shape for shape, pattern in SHAPES if pattern.fullmatch(plain)), Shape.CODE)


def new_exam_code() -> str:
    """Eight signs, about 40 bits."""
    return "".join(choice(ALPHABET) for _ in range(LENGTH))


def new_ticket(used: Collection[int]) -> int:
    """A number of three digits that nobody at the sitting has; of four when those are nearly used up."""
    taken = set(used)
    numbers = TICKETS if len(taken) < 600 else MORE_TICKETS
    return choice([number for number in numbers if number not in taken])


def shown(code: str) -> str:
    """ "K7M4 Q2XP"."""
    return f"{code[:4]} {code[4:]}"


def qr_text(code: str) -> str:
    """What the QR of an exam code holds."""
    return f"{QR_PREFIX}{code}"


def read(text: str) -> str:
    """What was typed or scanned, as a code or an identity number: upper case, without blanks, hyphens and the QR's prefix."""
    plain = re.sub(r"[\s\-–—]", "", unicodedata.normalize("NFKC", text)).upper()
    return plain.removeprefix(QR_PREFIX)
