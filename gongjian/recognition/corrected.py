"""What a decision's corrections make of what was told: the corrected text goes before the application's. Pure of the database."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gongjian.recognition.sheet import codes_of

Line = Mapping[str, str]
"""One place of a signed correction: place (`revising.PLACES`), wrong, right."""
DAY = re.compile(r"(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})")
SIGNS = re.compile(r"[、，,；;\n]")


def of_place(lines: Iterable[Line], place: str) -> list[Line]:
    """The lines about one place, in the order they were signed. Law: 令8 art. 19."""
    return [line for line in lines if line["place"] == place]


def text_corrected(value: str, lines: Sequence[Line]) -> str:
    """A name in which the wrong words, where they stand, are the right ones; what was told rightly from the beginning stays. Law: 令8 art. 19."""
    for line in lines:
        wrong, right = line["wrong"], line["right"]
        is_right_already = wrong in right and right in value
        value = value if is_right_already else value.replace(wrong, right)
    return value


def whole_corrected(value: str, lines: Sequence[Line]) -> str:
    """The same where only the whole text is compared: a number, and a person's name, in which a sign of the sex may stand. Law: 令8 art. 19."""
    for line in lines:
        value = line["right"] if _plain(line["wrong"]) == _plain(value) else value
    return value


def day_corrected(value: date, lines: Sequence[Line]) -> date | None:
    """The day, where a correction names it as wrong the one that is right; None where that cannot be read as a day: it is asked then. Law: 令8 art. 19."""
    for line in lines:
        if _day(line["wrong"], value) != value:
            continue
        right = _day(line["right"], value)
        if right is None:
            return None
        value = right
    return value


def parts_corrected(parts: Sequence[str], lines: Sequence[Line]) -> list[str]:
    """The codes of the injured parts; none where a correction names them in words that are in no list: they are asked then. Law: 令8 art. 19; 令55 art. 13."""
    found = list(parts)
    for line in lines:
        wrong, right = _codes(line["wrong"]), _codes(line["right"])
        if not wrong or not right:
            return []
        kept = [part for part in found if part not in wrong]
        found = found if len(kept) == len(found) else [*kept, *(part for part in right if part not in kept)]
    return found


def _plain(text: str) -> str:
    return "".join(text.split()).upper()


def _day(text: str, near: date) -> date | None:
    """The first day that a text names; without a year the one of `near`."""
    found = DAY.search(text)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        return date(int(year or near.year), int(month), int(day))
    except ValueError:
        return None


def _codes(text: str) -> tuple[str, ...]:
    """The parts that a text names, if it names nothing else."""
    names = [name for name in SIGNS.split(text) if name.strip()]
    codes = codes_of(text)
    return codes if len(codes) == len(names) else ()
