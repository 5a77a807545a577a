"""Find a clause by Chinese words, pinyin or number. Help for the eye only: the order says how well the words fit, not what applies."""

from datetime import date
from functools import cache
from typing import Final

from gongjian.grading.clauses import Clause, edition, standard
from gongjian.grading.fitting import Words, ranked, words
from gongjian.grading.numbers import TypedNumber, typed_number
from gongjian.grading.outcomes import checked_grade

LONGEST_QUERY: Final = 80
_GRADE_TERM: Final = 80
"""How well a grade fits ("九级"): better than a chapter, worse than an everyday word."""
_EXACT_NUMBER, _BEGUN_NUMBER = 300, 200


def search(
    query: str,
    *,
    body_system: str | None = None,
    chapter: str | None = None,
    grade: int | None = None,
    limit: int = 50,
    on: date | None = None,
) -> list[Clause]:
    """Clauses that fit the query, best first, then worst grade first, then by number; the same query always answers the same.

    query: words in any order, all must fit: Chinese ("拇指 缺失"), pinyin initials ("gzgz"), pinyin ("guzhe"), a grade
    ("九级"), or a clause number in any usual shape. Empty: everything under the filters. Characters after the 80th are ignored.
    What stands nowhere as typed is matched loosely: Chinese by pairs of characters, initials with gaps.
    Raises: GradeUnknown, StandardNotInForce.
    """
    if grade is not None:
        checked_grade(grade)
    entries = [
        (clause, held)
        for clause, held in _index(standard(on).name)
        if (body_system is None or clause.body_system == body_system)
        and (chapter is None or chapter in clause.chapters)
        and (grade is None or clause.grade == grade)
    ]
    found = sorted(_found(query[:LONGEST_QUERY], entries), key=lambda each: (-each[0], each[1].grade, each[1].ordinal))
    return [clause for _, clause in found[: max(limit, 0)]]


def _found(query: str, entries: list[tuple[Clause, Words]]) -> list[tuple[float, Clause]]:
    number = typed_number(query)
    if number is None:
        return ranked(query, entries, also=_grade_fit)
    fits = ((_number_fit(clause, number), clause) for clause, _ in entries)
    return [(fit, clause) for fit, clause in fits if fit]


def _number_fit(clause: Clause, number: TypedNumber) -> float:
    if clause.grade != number.grade:
        return 0
    if not number.ordinal:
        return _BEGUN_NUMBER
    if str(clause.ordinal) == number.ordinal:
        return _EXACT_NUMBER
    return _BEGUN_NUMBER if not number.is_whole and str(clause.ordinal).startswith(number.ordinal) else 0


def _grade_fit(clause: Clause, term: str) -> float:
    number = typed_number(term)
    return _GRADE_TERM if number and _number_fit(clause, number) else 0


@cache
def _index(name: str) -> tuple[tuple[Clause, Words], ...]:
    return tuple(
        (each, words(each.text, system=each.body_system, chapter=each.chapter)) for each in edition(name).clauses
    )
