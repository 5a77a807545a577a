"""How Chinese medical text sounds: pinyin per character, with the readings a general dictionary gets wrong."""

import re
import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from pypinyin import lazy_pinyin

_WORDS: Final = Path(__file__).parent / "data" / "search_words.toml"
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
_RUNS: Final = re.compile(r"[\u4e00-\u9fff]+|.", re.DOTALL)


class SearchWords(NamedTuple):
    """also: typed word → words of the standard; readings: Chinese words → their syllables."""

    also: MappingProxyType[str, tuple[str, ...]]
    readings: MappingProxyType[str, tuple[str, ...]]


@cache
def search_words() -> SearchWords:
    """The two tables of search_words.toml. Raises: ValueError when a reading has not one syllable per character."""
    facts = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    readings = {word: tuple(text.split()) for word, text in facts["readings"].items()}
    wrong = [word for word, syllables in readings.items() if len(word) != len(syllables)]
    if wrong:
        raise ValueError(f"search_words.toml: one syllable per character: {wrong}")
    also = {word: tuple(others) for word, others in facts["also"].items()}
    return SearchWords(MappingProxyType(also), MappingProxyType(readings))


def syllables(text: str) -> list[str]:
    """One entry per character: its syllable without tone (ü as v), or the character itself when it is not Chinese."""
    read = [sound for run in _RUNS.findall(text) for sound in (lazy_pinyin(run) if _CHINESE.match(run) else [run])]
    for word, sounds in search_words().readings.items():
        start = text.find(word)
        while start >= 0:
            read[start : start + len(word)] = sounds
            start = text.find(word, start + 1)
    return read
