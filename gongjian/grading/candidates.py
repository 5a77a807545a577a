"""Which clauses hold for what was found, which nearly hold and what they lack, and which cannot be decided.

A help to the expert. It gives a grade only where the standard leaves no room; else it says that the group decides, and why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from gongjian.grading.clauses import all_clauses, clause, edition, standard
from gongjian.grading.conditions import LIMBS, Alternative, Line, Reading, State, alternatives, kinds_asked
from gongjian.grading.facts import Facts, facts
from gongjian.grading.findings.base import Finding
from gongjian.grading.standard import Clause

_ABOUT_NOTHING: Final = 99
_FAR: Final = {State.HOLDS: 0, State.UNKNOWN: 1, State.JUDGED: 1, State.FAILS: 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause with its requirements. injuries: what it rests on; missing: the requirements not met, in Chinese.

    measured: at least one requirement was decided by a number, not by a word of the expert.
    """

    clause: Clause
    lines: tuple[Line, ...]
    injuries: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(f"{each.required}（现为：{each.found}）" for each in self.lines if each.state is not State.HOLDS)

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(f"{each.required}（{each.found}）" for each in self.lines if each.state is State.HOLDS)

    @property
    def fails(self) -> bool:
        """Whether what was found speaks against it, beyond what was not measured."""
        return any(each.state is State.FAILS for each in self.lines)

    @property
    def measured(self) -> bool:
        return any(each.measured for each in self.lines if each.state is State.HOLDS)


@dataclass(frozen=True, slots=True)
class Candidates:
    """All worst first. near and undecided only name clauses heavier than what already holds for the same injury."""

    holds: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    undecided: tuple[Candidate, ...]
    injuries: tuple[str, ...]
    standard: str

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Injuries that no clause describes."""
        covered = {injury for each in self.holds for injury in each.injuries}
        return tuple(injury for injury in self.injuries if injury not in covered)


def candidates(findings: Iterable[Finding], *, on: date | None = None) -> Candidates:
    """The clauses for these findings by the edition in force on a day (none: the newest).

    Where a clause names two ways of measuring and one was measured and does not reach it, the other is not asked for.
    Law: GB/T 16180-2014 5.1–5.10, appendices A and B. Raises: StandardNotInForce.
    """
    known = facts(findings)
    held_by = standard(on)
    holds: list[Candidate] = []
    near: list[Candidate] = []
    undecided: list[Candidate] = []
    for asked_by, asked in _asked(known, held_by.name):
        found = [reading for each in asked for reading in each.readings(known)]
        if not found:
            continue
        met = _distinct(each for each in found if each.state is State.HOLDS)
        if met:
            holds += [Candidate(asked_by, each.lines, each.injuries) for each in met]
        else:
            near += [Candidate(asked_by, each.lines, each.injuries) for each in found if each.is_near][:1]
            undecided += [Candidate(asked_by, each.lines, each.injuries) for each in _open(found)]
    return _sorted(holds, near, undecided, known.injuries, held_by.name)


def standing(number: str, findings: Iterable[Finding], *, on: date | None = None) -> Candidate | None:
    """How one clause stands on these findings, whatever its grade: the reading that comes nearest; None when they say nothing about it.

    Raises: ClauseUnknown (a principle has no requirements), StandardNotInForce.
    """
    known, wanted = facts(findings), clause(number, on=on)
    asked = next((each for one, each in _compiled(standard(on).name) if one == wanted), ())
    found = [reading for each in asked for reading in each.readings(known)]
    best = min(found, key=lambda each: _FAR[each.state], default=None)
    return Candidate(wanted, best.lines, best.injuries) if best else None


def kinds_by_clause(on: date | None = None) -> tuple[tuple[Clause, frozenset[str]], ...]:
    """Every clause with the kinds of findings that it asks for. Raises: StandardNotInForce."""
    return tuple((each, kinds_asked(asked)) for each, asked in _compiled(standard(on).name))


def _open(found: Sequence[Reading]) -> list[Reading]:
    if any(each.state is State.FAILS for each in found):
        return []
    return [each for each in found if each.state in {State.UNKNOWN, State.JUDGED} and each.injuries][:1]


def _distinct(found: Iterable[Reading]) -> list[Reading]:
    return list({each.injuries: each for each in found}.values())


def _sorted(
    holds: list[Candidate], near: list[Candidate], undecided: list[Candidate], injuries: tuple[str, ...], name: str
) -> Candidates:
    worst: dict[str, int] = {}
    for each in holds:
        for injury in each.injuries:
            worst[injury] = min(worst.get(injury, _ABOUT_NOTHING), each.clause.grade)

    def is_heavier(each: Candidate) -> bool:
        return all(each.clause.grade < worst.get(injury, _ABOUT_NOTHING) for injury in each.injuries)

    def order(each: Candidate) -> tuple[int, int, int, int]:
        return each.clause.grade, -len(each.injuries), -_detail(each), each.clause.ordinal

    return Candidates(
        holds=tuple(sorted(holds, key=order)),
        near=_next_steps(filter(is_heavier, near)),
        undecided=tuple(sorted(filter(is_heavier, undecided), key=order)),
        injuries=injuries,
        standard=name,
    )


def _next_steps(near: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Of several clauses that fail by the same value only the next heavier grade."""
    found: dict[tuple[frozenset[str], str], list[Candidate]] = {}
    for each in sorted(near, key=lambda each: (-each.clause.grade, each.clause.ordinal)):
        name = next(line.name for line in each.lines if line.state is State.FAILS)
        steps = found.setdefault((each.injuries, name), [])
        if not name or not steps or steps[0].clause.grade == each.clause.grade:
            steps.append(each)
    return tuple(each for steps in found.values() for each in steps)


def _detail(each: Candidate) -> int:
    """How much a clause says: of two equal ones the more detailed comes first. Words of the body repeat each other."""
    return -len(each.lines) if each.clause.parameters.get("kind") == LIMBS else len(each.lines)


def _asked(known: Facts, name: str) -> list[tuple[Clause, tuple[Alternative, ...]]]:
    """The clauses that the kinds found can concern, in the standard's order."""
    index = _index(name)
    numbers = sorted({n for kind in known.by_kind for n in index.get(kind, ())})
    compiled = _compiled(name)
    return [compiled[n] for n in numbers]


@cache
def _compiled(name: str) -> tuple[tuple[Clause, tuple[Alternative, ...]], ...]:
    return tuple((each, alternatives(each.parameters)) for each in all_clauses(edition(name).in_force_on))


@cache
def _index(name: str) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for n, (_, asked) in enumerate(_compiled(name)):
        for kind in kinds_asked(asked):
            found[kind] = (*found.get(kind, ()), n)
    return found
