"""The heads of Articles 14 and 15, the exclusions of Article 16, the questions and the proofs, read from data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongjian.law.parameters import CONFIDENCES, Confidence
from gongjian.law.tables import Table, read_table
from gongjian.law.told import Asked

DATA = Path(__file__).parent / "data"
KINDS = ("flag", "word", "words", "day", "days", "region", "periods")


@dataclass(frozen=True)
class Proof:
    """One kind of proof."""

    name: str
    title: str
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Guidance:
    """How the words of a head are read; shown beside it."""

    text: str
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Head:
    """One head. needs: every group must hold; a group holds when one answer in it is yes ("!name": no)."""

    code: str
    title: str
    article: str
    needs: tuple[tuple[str, ...], ...]
    proofs: tuple[str, ...]
    benefits: str
    guidance: tuple[Guidance, ...]


@dataclass(frozen=True)
class Exclusion:
    """One ground on which nothing is recognised, if it is proved."""

    code: str
    title: str
    article: str
    question: str
    proofs: tuple[str, ...]
    guidance: tuple[Guidance, ...]


@cache
def questions() -> dict[str, Asked]:
    """All questions by name. Raises: LawDataWrong."""
    return {name: _question(entry) for name, entry in read_table(DATA / "questions.toml").entries()}


@cache
def proofs() -> dict[str, Proof]:
    """All kinds of proof by name. Raises: LawDataWrong."""
    return {name: _proof(name, entry) for name, entry in read_table(DATA / "proofs.toml").entries()}


@cache
def heads() -> dict[str, Head]:
    """The ten heads by code. Law: 条例 art. 14, 15. Raises: LawDataWrong."""
    return {code: _head(code, entry) for code, entry in read_table(DATA / "heads.toml").entries()}


@cache
def exclusions() -> dict[str, Exclusion]:
    """The three exclusions by code. Law: 条例 art. 16; 社保法 art. 37. Raises: LawDataWrong."""
    return {code: _exclusion(code, entry) for code, entry in read_table(DATA / "exclusions.toml").entries()}


def _question(entry: Table) -> Asked:
    entry.only("title", "kind", "words")
    words = entry.texts("words") if "words" in entry.data else ()
    return Asked(entry.text("title"), entry.choice("kind", KINDS), words)


def _proof(name: str, entry: Table) -> Proof:
    entry.only("title", "source", "confidence")
    return Proof(name, entry.text("title"), entry.text("source"), entry.choice("confidence", CONFIDENCES))


def _head(code: str, entry: Table) -> Head:
    entry.only("title", "article", "needs", "proofs", "benefits", "guidance")
    needs = tuple(tuple(group) for group in entry.raw("needs"))
    for name in (one.removeprefix("!") for group in needs for one in group):
        if name not in questions():
            raise entry.wrong(f"no question bears the name {name}")
    benefits = entry.text("benefits") if "benefits" in entry.data else ""
    return Head(code, entry.text("title"), entry.text("article"), needs, _proofs(entry), benefits, _guidance(entry))


def _exclusion(code: str, entry: Table) -> Exclusion:
    entry.only("title", "article", "question", "proofs", "guidance")
    question = entry.choice("question", tuple(questions()))
    return Exclusion(code, entry.text("title"), entry.text("article"), question, _proofs(entry), _guidance(entry))


def _proofs(entry: Table) -> tuple[str, ...]:
    found = entry.texts("proofs")
    for name in found:
        if name not in proofs():
            raise entry.wrong(f"no proof bears the name {name}")
    return found


def _guidance(entry: Table) -> tuple[Guidance, ...]:
    rows = entry.rows("guidance") if "guidance" in entry.data else []
    return tuple(Guidance(row.text("text"), row.text("source"), row.choice("confidence", CONFIDENCES)) for row in rows)
