"""How each business hangs on jurisdiction: which offices have it, where a case belongs, and which running cases go along. Its room says so at start."""

from collections.abc import Callable
from dataclasses import dataclass

from gongjian.cases.models import Case
from gongjian.papers.forms.handover import HandoverNotice
from gongjian.papers.models import Paper

KNOWN: dict[str, "Business"] = {}
Tell = Callable[[Case, Paper], object]
AFTER: list[Callable[[Case], object]] = []


def near_its_office(case: Case, kind: str) -> tuple[str, ...]:
    """The regions of the window that received a case and of its office: whatever kind of office is looked for, where nothing more is known."""
    return ((case.window or case.office).region, case.office.region)


def nothing_more(case: Case) -> None:
    """Where a handover leaves nothing else to do."""


@dataclass(frozen=True)
class Business:
    """What a room says of its business. kinds: of offices that have it; procedure: of its cases.

    moves: states in which a case goes to the new office; stays: undecided states in which it is finished where it is.
    region_of: six digits of where a case belongs; paper: the form by which the parties are told; tell: sends it to both sides;
    after: what else the new office owes then, in the same transaction; near: the regions where an office of a kind is looked for that stands beside
    a case, such as its agency, the first first.
    """

    code: str
    procedure: str
    kinds: frozenset[str]
    moves: frozenset[str]
    stays: frozenset[str]
    region_of: Callable[[Case], str]
    paper: type[HandoverNotice]
    tell: Tell
    after: Callable[[Case], object] = nothing_more
    near: Callable[[Case, str], tuple[str, ...]] = near_its_office


def have(business: Business) -> None:
    """Make a business known. A second time changes nothing."""
    KNOWN.setdefault(business.code, business)


def follow(follower: Callable[[Case], object]) -> None:
    """Let `follower` be called with each case that was handed over, in the same transaction. A second time changes nothing."""
    if follower not in AFTER:
        AFTER.append(follower)
