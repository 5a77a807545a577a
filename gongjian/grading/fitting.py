"""How well a typed term fits a text: by its words, by everyday words for them, by pinyin, loosely. Clauses and kinds of findings are found by it."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from gongjian.grading.numbers import plain_form
from gongjian.grading.reading import search_words, syllables

# How well a term fits; higher is better. Words beat sounds, the text itself beats its headings.
_TEXT_WHOLE, _TEXT_START, _TEXT_PHRASE, _TEXT = 120, 110, 105, 100
_SYSTEM, _SYSTEM_PART, _ALSO, _CHAPTER = 95, 90, 85, 70
_SOUND_START, _SOUND, _LOOSE = 60, 50, 40

T = TypeVar("T")
_LEAST_SHARE: Final = 0.5
_BREAK: Final = re.compile(r"[^\w≤≥<>%.~]+")
_LATIN: Final = re.compile(r"[a-z]+")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


class Words(NamedTuple):
    """A text made ready for searching, with its two headings.

    initials, joined: the phrases in pinyin initials and in full pinyin, a space between phrases; sounds: the full pinyin of each
    phrase from each character on; pairs: neighbouring characters.
    """

    text: str
    system: str
    chapter: str
    phrases: frozenset[str]
    initials: str
    joined: str
    sounds: tuple[str, ...]
    pairs: frozenset[str]


def words(text: str, *, system: str, chapter: str) -> Words:
    """The text, ready for searching. system, chapter: its near and its far heading."""
    text, system = plain_form(text), plain_form(system)
    phrases = [phrase for phrase in _BREAK.split(text) if phrase]
    spoken = [syllables(phrase) for phrase in [*phrases, *_BREAK.split(system)]]
    return Words(
        text=text,
        system=system,
        chapter=plain_form(chapter),
        phrases=frozenset(phrases),
        initials=" ".join("".join(sound[0] for sound in read) for read in spoken),
        joined=" ".join("".join(read) for read in spoken),
        sounds=tuple("".join(read[at:]) for read in spoken for at in range(len(read))),
        pairs=_pairs(text) | _pairs(system),
    )


def ranked(
    query: str, held: Sequence[tuple[T, Words]], *, also: Callable[[T, str], float] = lambda what, term: 0
) -> list[tuple[float, T]]:
    """What fits all the words of a query, with how well, in the order given; loosely only when nothing fits as typed.

    also: another way in which a term may fit.
    """
    wanted = list(dict.fromkeys(plain_form(query).split()))

    def fitting(fit: Callable[[Words, str], float]) -> list[tuple[float, T]]:
        scores = ((what, [max(fit(words, term), also(what, term)) for term in wanted]) for what, words in held)
        return [(sum(found), what) for what, found in scores if all(found)]

    return fitting(_close_fit) or fitting(_close_or_loose_fit)


def _close_or_loose_fit(held: Words, term: str) -> float:
    return _close_fit(held, term) or _loose_fit(held, term)


def _close_fit(held: Words, term: str) -> float:
    """How well a term fits as typed; 0 when it does not."""
    return max(_word_fit(held, term), _also_fit(held, term), _sound_fit(held, term))


def _loose_fit(held: Words, term: str) -> float:
    """How well a term fits by parts: pairs of characters, initials with gaps."""
    if len(term) < 3:
        return 0
    if _LATIN.fullmatch(term):
        return _LOOSE if _with_gaps(term).search(held.initials) else 0
    if not _CHINESE.search(term):
        return 0
    wanted = _pairs(term)
    share = len(wanted & held.pairs) / len(wanted)
    return _LOOSE * share if share >= _LEAST_SHARE else 0


def _word_fit(held: Words, term: str) -> float:
    if term in held.text:
        if term == held.text:
            return _TEXT_WHOLE
        if held.text.startswith(term):
            return _TEXT_START
        return _TEXT_PHRASE if term in held.phrases else _TEXT
    if term in held.system:
        return _SYSTEM if term == held.system else _SYSTEM_PART
    return _CHAPTER if term in held.chapter else 0


def _also_fit(held: Words, term: str) -> float:
    return _ALSO if any(other in held.text for other in _also(term)) else 0


def _sound_fit(held: Words, term: str) -> float:
    if not _LATIN.fullmatch(term) or len(term) < 2:
        return 0
    if term in held.initials:
        return _SOUND_START if held.initials.startswith(term) else _SOUND
    if term in held.joined and any(start.startswith(term) for start in held.sounds):
        return _SOUND_START if held.joined.startswith(term) else _SOUND
    return 0


@lru_cache(maxsize=256)
def _with_gaps(term: str) -> re.Pattern[str]:
    """The letters in this order within one phrase, each at most two characters after the one before."""
    return re.compile(r"\S{0,2}?".join(term))


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
