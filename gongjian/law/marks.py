"""How sure an answer is: what it rests on, each with its mark, and the sentence that says so where it is not sure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongjian.law import calendar
from gongjian.law.parameters import Confidence, Parameter
from gongjian.law.working import Line

WEAKEST_FIRST: tuple[Confidence, ...] = ("memory", "inference", "local", "seen-2", "seen")
NUMBER = {
    "seen-2": "本期限的长度引自间接资料，尚未与条文原文核对。",
    "memory": "本期限的长度尚未与条文原文核对，请以原文为准。",
    "inference": "条文没有明写本期限的长度，此处按通行理解计算。",
    "local": "国家规定没有明确本期限的长度，此处按当地规定或默认值计算。",
}
PAUSE = {
    "seen-2": "上述日子不计入期限的依据引自间接资料，尚未与条文原文核对。",
    "memory": "上述日子不计入期限的依据尚未与条文原文核对，请以原文为准。",
    "inference": "上述日子不计入期限是按通行理解计算的，条文没有明写。",
}
READING = {
    "memory": "{title}：这一读法尚未与条文原文核对，请以原文为准。",
    "inference": "{title}：这是通行理解，条文没有明写。",
}
YEAR = "{year}年的节假日安排尚未与国务院办公厅的通知原文核对。"


class Mark(NamedTuple):
    """One thing an answer rests on, and the sentence about it; None where nothing needs to be said."""

    confidence: Confidence
    line: Line | None


def weakest(confidences: Iterable[Confidence]) -> Confidence:
    """The least sure of several."""
    return min(confidences, key=WEAKEST_FIRST.index)


def of_number(basis: Parameter) -> Mark:
    """The dated number itself."""
    return _mark(basis.confidence, NUMBER.get(basis.confidence), basis.source)


def of_pause(confidence: Confidence, article: str) -> Mark:
    """The ground on which days did not count."""
    return _mark(confidence, PAUSE.get(confidence), article)


def of_reading(reading: Parameter) -> Mark:
    """How a word of the law is read."""
    text = READING.get(reading.confidence)
    return _mark(reading.confidence, text and text.format(title=reading.title), reading.source)


def of_years(first: int, last: int) -> Iterator[Mark]:
    """The arrangements of the years whose rest days were asked for."""
    for year in range(first, last + 1):
        arrangement = calendar.official().arrangements.get(year)
        if arrangement:
            text = YEAR.format(year=year) if arrangement.confidence in READING else None
            yield _mark(arrangement.confidence, text, arrangement.source)


def _mark(confidence: Confidence, text: str | None, source: str) -> Mark:
    return Mark(confidence, Line(None, text, source) if text else None)
