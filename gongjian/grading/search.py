"""Find a clause by Chinese words, pinyin or number. Help for the eye only: the order says how well the words fit, not what applies."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gongjian.grading.clauses import Clause, edition, standard
from gongjian.grading.numbers import TypedNumber, plain_form, typed_number
from gongjian.grading.outcomes import checked_grade
from gongjian.grading.reading import search_words, syllables

LONGEST_QUERY: Final = 80

# How well a term fits; higher is better. Words beat sounds, the clause's own text beats its headings.
_TEXT_WHOLE, _TEXT_START, _TEXT_PHRASE, _TEXT = 120, 110, 105, 100
_SYSTEM, _SYSTEM_PART, _ALSO, _GRADE_TERM, _CHAPTER = 95, 90, 85, 80, 70
_SOUND_START, _SOUND, _LOOSE = 60, 50, 40
_EXACT_NUMBER, _BEGUN_NUMBER = 300, 200

_LEAST_SHARE: Final = 0.5
_BREAK: Final = re.compile(r"[^\w≤≥<>%.~]+")
_LATIN: Final = re.compile(r"[a-z]+")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


class _Entry(NamedTuple):
    """A clause made ready for searching, from its text and its body system.

    initials, joined: the phrases in pinyin initials and in full pinyin, a space between phrases; sounds: the full pinyin of each
    phrase from each character on; pairs: neighbouring characters.
    """

    clause: Clause
    text: str
    system: str
    chapter: str
    phrases: frozenset[str]
    initials: str
    joined: str
    sounds: tuple[str, ...]
    pairs: frozenset[str]


_Fit = Callable[[_Entry, str], float]


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
        entry
        for entry in _index(standard(on).name)
        if (body_system is None or entry.clause.body_system == body_system)
        and (chapter is None or chapter in entry.clause.chapters)
        and (grade is None or entry.clause.grade == grade)
    ]
    ranked = sorted(
        _ranked(query[:LONGEST_QUERY], entries), key=lambda each: (-each[0], each[1].grade, each[1].ordinal)
    )
    return [clause for _, clause in ranked[: max(limit, 0)]]


def _ranked(query: str, entries: list[_Entry]) -> list[tuple[float, Clause]]:
    number = typed_number(query)
    if number is not None:
        return _scored(entries, lambda entry: _number_fit(entry.clause, number))
    terms = list(dict.fromkeys(plain_form(query).split()))
    return _by_terms(terms, entries, _close_fit) or _by_terms(terms, entries, _close_or_loose_fit)


def _by_terms(terms: list[str], entries: list[_Entry], fit: _Fit) -> list[tuple[float, Clause]]:
    def together(entry: _Entry) -> float | None:
        total = 0.0
        for term in terms:
            found = fit(entry, term)
            if not found:
                return None
            total += found
        return total

    return _scored(entries, together)


def _scored(entries: Iterable[_Entry], score: Callable[[_Entry], float | None]) -> list[tuple[float, Clause]]:
    pairs = ((score(entry), entry.clause) for entry in entries)
    return [(found, clause) for found, clause in pairs if found is not None]


def _number_fit(clause: Clause, number: TypedNumber) -> float | None:
    if clause.grade != number.grade:
        return None
    if not number.ordinal:
        return _BEGUN_NUMBER
    if str(clause.ordinal) == number.ordinal:
        return _EXACT_NUMBER
    return _BEGUN_NUMBER if not number.is_whole and str(clause.ordinal).startswith(number.ordinal) else None


def _close_fit(entry: _Entry, term: str) -> float:
    """How well a term fits as typed; 0 when it does not."""
    return max(_word_fit(entry, term), _also_fit(entry, term), _grade_fit(entry, term), _sound_fit(entry, term))


def _word_fit(entry: _Entry, term: str) -> float:
    if term in entry.text:
        if term == entry.text:
            return _TEXT_WHOLE
        if entry.text.startswith(term):
            return _TEXT_START
        return _TEXT_PHRASE if term in entry.phrases else _TEXT
    if term in entry.system:
        return _SYSTEM if term == entry.system else _SYSTEM_PART
    return _CHAPTER if term in entry.chapter else 0


def _also_fit(entry: _Entry, term: str) -> float:
    return _ALSO if any(other in entry.text for other in _also(term)) else 0


def _grade_fit(entry: _Entry, term: str) -> float:
    number = typed_number(term)
    return 0 if number is None or _number_fit(entry.clause, number) is None else _GRADE_TERM


def _sound_fit(entry: _Entry, term: str) -> float:
    if not _LATIN.fullmatch(term) or len(term) < 2:
        return 0
    if term in entry.initials:
        return _SOUND_START if entry.initials.startswith(term) else _SOUND
    if term in entry.joined and any(start.startswith(term) for start in entry.sounds):
        return _SOUND_START if entry.joined.startswith(term) else _SOUND
    return 0


def _close_or_loose_fit(entry: _Entry, term: str) -> float:
    return _close_fit(entry, term) or _loose_fit(entry, term)


def _loose_fit(entry: _Entry, term: str) -> float:
    if len(term) < 3:
        return 0
    if _LATIN.fullmatch(term):
        return _LOOSE if _with_gaps(term).search(entry.initials) else 0
    if not _CHINESE.search(term):
        return 0
    wanted = _pairs(term)
    share = len(wanted & entry.pairs) / len(wanted)
    return _LOOSE * share if share >= _LEAST_SHARE else 0


@lru_cache(maxsize=256)
def _with_gaps(term: str) -> re.Pattern[str]:
    """The letters in this order within one phrase, each at most two characters after the one before."""
    return re.compile(r"\S{0,2}?".join(term))


@cache
def _index(name: str) -> tuple[_Entry, ...]:
    return tuple(_entry(clause) for clause in edition(name).clauses)


def _entry(clause: Clause) -> _Entry:
    text, system = plain_form(clause.text), plain_form(clause.body_system)
    phrases = [phrase for phrase in _BREAK.split(text) if phrase]
    spoken = [syllables(phrase) for phrase in [*phrases, *_BREAK.split(system)]]
    return _Entry(
        clause=clause,
        text=text,
        system=system,
        chapter=plain_form(clause.chapter),
        phrases=frozenset(phrases),
        initials=" ".join("".join(sound[0] for sound in read) for read in spoken),
        joined=" ".join("".join(read) for read in spoken),
        sounds=tuple("".join(read[at:]) for read in spoken for at in range(len(read))),
        pairs=_pairs(text) | _pairs(system),
    )


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


@lru_cache(maxsize=256)
def _also(term: str) -> tuple[str, ...]:
    """The term with each everyday word replaced by the standard's word."""
    return tuple(
        term.replace(word, plain_form(other))
        for word, others in search_words().also.items()
        if word in term
        for other in others
    )
