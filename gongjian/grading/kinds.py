"""Finding the kind of finding one wants to write down: by words, pinyin, region, or by the injured part."""

from functools import cache
from typing import Final

from gongjian.grading.candidates import kinds_by_clause
from gongjian.grading.findings.base import Finding, described
from gongjian.grading.findings.catalog import KINDS, REGIONS, kinds_of
from gongjian.grading.fitting import Words, ranked, words
from gongjian.grading.parts import concerned_systems

Kind = type[Finding]
LONGEST_QUERY: Final = 40


def find_kinds(query: str, *, limit: int = 20) -> list[Kind]:
    """The kinds whose title, fields or region fit, best first: "听力", "tl", "肌力". Empty: none."""
    if not query.strip():
        return []
    found = sorted(ranked(query[:LONGEST_QUERY], _index()), key=lambda each: -each[0])
    return [kind for _, kind in found[:limit]]


@cache
def kinds_for(part: str) -> tuple[Kind, ...]:
    """The kinds that clauses about an injured part ask for, those first that most clauses ask for.

    part: code of grading.parts. Only body systems that have their place there; what may follow anywhere is found by its words.
    Raises: PartUnknown.
    """
    systems = concerned_systems(part)
    counts: dict[str, int] = {}
    for clause, kinds in kinds_by_clause():
        for kind in kinds if clause.body_system in systems else ():
            counts[kind] = counts.get(kind, 0) + 1
    return tuple(KINDS[kind] for kind in sorted(counts, key=lambda each: (-counts[each], list(KINDS).index(each))))


@cache
def region_of(kind: str) -> str:
    """The region in whose list a kind stands."""
    return next(name for name, region in REGIONS.items() if KINDS[kind] in kinds_of(region))


@cache
def _index() -> tuple[tuple[Kind, Words], ...]:
    return tuple((each, _words(each)) for each in KINDS.values())


def _words(kind: Kind) -> Words:
    fields = described(kind).values()
    labels = " ".join(text for field in fields for text in (field.label, *(field.choices or {}).values()))
    return words(kind.title, system=region_of(kind.kind), chapter=labels)
