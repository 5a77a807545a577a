"""The clauses that measurements lead to, finding by finding: what holds, what nearly does, what cannot be decided yet. Never a grade."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongjian.grading.appraisal import Answer
from gongjian.grading.candidates import Candidate
from gongjian.grading.outcomes import grade_label
from gongjian.grading.parts import RecognisedPart, outside_recognised
from gongjian.grading.room import Room
from gongjian.opinions.content import Content
from gongjian.opinions.measuring import answer_to, injury_of

MOST: Final = 20
"""Clauses of one list that are shown."""


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A clause with why it stands where it stands. beside: other injuries it rests on; outside: why it may belong elsewhere."""

    number: str
    grade: str
    text: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    beside: tuple[str, ...]
    outside: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CandidatesShown:
    """What the measurements of one finding lead to. more: those that hold, too, and are lighter than the heaviest."""

    holds: tuple[CandidateShown, ...]
    more: tuple[CandidateShown, ...]
    near: tuple[CandidateShown, ...]
    undecided: tuple[CandidateShown, ...]
    is_uncovered: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """The whole answer as the form prints it: by place, and what is left to the group."""

    by_place: dict[int, CandidatesShown]
    rooms: tuple[Room, ...]


def measured(content: Content, parts: Collection[RecognisedPart], *, on: date | None = None) -> Measured:
    """What the standard says to everything measured."""
    answer = answer_to(content, on=on)
    if answer is None:
        return Measured({}, ())
    places = [place for place, finding in enumerate(content.findings) if finding.sheets]
    shown = {place: _of_finding(content, place, answer, parts, on) for place in places}
    return Measured(shown, answer.rooms)


def _of_finding(
    content: Content, place: int, answer: Answer, parts: Collection[RecognisedPart], on: date | None
) -> CandidatesShown:
    finding, found = content.findings[place], answer.candidates
    injury = injury_of(place, finding)

    def mine(listed: Iterable[Candidate]) -> tuple[CandidateShown, ...]:
        own = [each for each in listed if injury in each.injuries]
        return tuple(_shown(each, injury, finding.clause, parts, on) for each in _each_once(own)[:MOST])

    holds = mine(found.holds)
    return CandidatesShown(
        holds=tuple(each for each in holds if each.grade == holds[0].grade),
        more=tuple(each for each in holds if each.grade != holds[0].grade),
        near=mine(found.near),
        undecided=mine(found.undecided),
        is_uncovered=injury in found.uncovered,
    )


def _each_once(listed: Iterable[Candidate]) -> list[Candidate]:
    """Of one clause that holds in several ways the first."""
    found: dict[str, Candidate] = {}
    for each in listed:
        found.setdefault(each.clause.number, each)
    return list(found.values())


def _shown(
    each: Candidate, injury: str, chosen: str, parts: Collection[RecognisedPart], on: date | None
) -> CandidateShown:
    clause = each.clause
    return CandidateShown(
        number=clause.number,
        grade=grade_label(clause.grade),
        text=clause.text,
        reasons=each.reasons,
        missing=each.missing,
        beside=tuple(sorted(each.injuries - {injury})),
        outside=outside_recognised(clause, parts, on=on) or "",
        is_chosen=clause.number == chosen,
    )
