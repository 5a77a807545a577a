"""The form in which every check of the house says what it found; `config.checks` lists the checks."""

from typing import NamedTuple


class Problem(NamedTuple):
    """Something that ought not to be: which check found it, about what (a number, never personal data), in a sentence.

    is_harmless: a trace that is told and asks for nothing, so that nobody grows used to an alarm.
    """

    check: str
    about: str
    sentence: str
    is_harmless: bool = False
