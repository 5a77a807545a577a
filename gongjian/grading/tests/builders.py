"""Findings from no more words than needed, and what the standard says to them."""

from typing import Any

from gongjian.grading.appraisal import Answer, appraise
from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.examination import Examination, read_finding


def f(kind: str, **fields: Any) -> Finding:
    """A finding, read as from JSON."""
    return read_finding({"kind": kind, **fields})


def an_answer(*findings: Finding, **about: Any) -> Answer:
    return appraise(Examination(findings=findings, **about))


def chosen(*findings: Finding) -> list[str]:
    """The clauses that count as items, worst first, in short: "9(23)"."""
    return [short(each.clause.number) for each in an_answer(*findings).tally.items]


def held(*findings: Finding) -> set[str]:
    """All clauses that hold, in short."""
    return {short(each.clause.number) for each in an_answer(*findings).candidates.holds}


def near(*findings: Finding) -> set[str]:
    return {short(each.clause.number) for each in an_answer(*findings).candidates.near}


def undecided(*findings: Finding) -> set[str]:
    return {short(each.clause.number) for each in an_answer(*findings).candidates.undecided}


def short(number: str) -> str:
    """ "5.9.2(23)" as "9(23)"."""
    return number.removeprefix("5.").replace(".2(", "(")
