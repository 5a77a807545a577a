"""Look-up of clauses and grading principles, by the edition of the standard in force on a day."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from gongjian.grading.errors import ClauseUnknown, StandardNotInForce
from gongjian.grading.outcomes import checked_grade
from gongjian.grading.standard import Clause, Principle, Standard, read_standard

__all__ = [
    "Chapter",
    "Clause",
    "Ground",
    "Principle",
    "all_clauses",
    "body_systems",
    "clause",
    "conflicts_about",
    "edition",
    "ground",
    "principle",
    "principles",
    "standard",
]

Ground = Clause | Principle
"""What a finding may rest on: a listed clause, or the principle of a grade (4.6, "凡符合 5.N.1 …")."""

_EDITIONS: Final = tuple(sorted((Path(__file__).parent / "data").glob("gbt16180_*.toml")))


class Chapter(NamedTuple):
    """One of the five 门类 of the standard with its body systems, both in the standard's order."""

    name: str
    body_systems: tuple[str, ...]


def standard(on: date | None = None) -> Standard:
    """The edition in force on a day; without a day, the newest one held.

    Law: 条例 art. 22 (the national standard decides). Raises: StandardNotInForce.
    """
    editions = [each for each in _editions() if on is None or each.in_force_on <= on]
    if not editions:
        raise StandardNotInForce(on=on)
    return editions[-1]


def all_clauses(on: date | None = None) -> tuple[Clause, ...]:
    """All listed clauses in order of number. Law: GB/T 16180-2014 5.1.2–5.10.2. Raises: StandardNotInForce."""
    return standard(on).clauses


def clause(number: str, *, on: date | None = None) -> Clause:
    """The clause "5.9.2(23)". Raises: ClauseUnknown, StandardNotInForce."""
    found = ground(number, on=on)
    if not isinstance(found, Clause):
        raise ClauseUnknown(number=number)
    return found


def principles(on: date | None = None) -> tuple[Principle, ...]:
    """The ten grading principles, grade 1 first. Raises: StandardNotInForce."""
    return standard(on).principles


def principle(grade: int, *, on: date | None = None) -> Principle:
    """The principle of one grade. Law: GB/T 16180-2014 5.N.1, 4.6. Raises: GradeUnknown, StandardNotInForce."""
    return principles(on)[checked_grade(grade) - 1]


def ground(number: str, *, on: date | None = None) -> Ground:
    """The clause "5.9.2(23)" or the principle "5.9.1". Raises: ClauseUnknown, StandardNotInForce."""
    found = _by_number(standard(on).name).get(number)
    if found is None:
        raise ClauseUnknown(number=number)
    return found


def body_systems(on: date | None = None) -> tuple[Chapter, ...]:
    """The five chapters, each with its body systems. A system that stands in two chapters is listed in both.

    Law: GB/T 16180-2014 4.4, appendix C. Raises: StandardNotInForce.
    """
    held = standard(on)
    return tuple(
        Chapter(name, tuple(dict.fromkeys(each.body_system for each in held.clauses if name in each.chapters)))
        for name in held.chapters
    )


def conflicts_about(number: str, *, on: date | None = None) -> tuple[str, ...]:
    """What experts should know about doubtful wording of this clause or principle. Raises: StandardNotInForce."""
    return tuple(each.text for each in standard(on).conflicts if number in each.numbers)


def edition(name: str) -> Standard:
    """The edition of this name, "GB/T 16180-2014". Raises: StopIteration for a name that no edition bears."""
    return next(each for each in _editions() if each.name == name)


@cache
def _editions() -> tuple[Standard, ...]:
    return tuple(sorted((read_standard(path) for path in _EDITIONS), key=lambda each: each.in_force_on))


@cache
def _by_number(name: str) -> dict[str, Ground]:
    held = edition(name)
    grounds: list[Ground] = [*held.clauses, *held.principles]
    return {each.number: each for each in grounds}
