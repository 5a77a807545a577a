"""Injured parts named by a recognition decision, and whether a clause can concern any of them."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from gongjian.grading.clauses import all_clauses
from gongjian.grading.errors import PartsNotInForce, PartUnknown, SideNotAllowed, SideUnknown
from gongjian.grading.standard import Clause, StandardDataWrong

_DATA: Final = Path(__file__).parent / "data" / "body_parts.toml"
OTHER_PART: Final = "999"


class Side(StrEnum):
    """Which side of a paired part. A reading value of "" elsewhere means: not stated."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def label(self) -> str:
        return {"left": "左", "right": "右", "both": "双侧"}[self.value]


class Nearness(StrEnum):
    """How sure one can be, from recognised parts alone, that damage of a body system belongs elsewhere."""

    LOCAL = "local"
    CONSEQUENTIAL = "consequential"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the code set. code: three digits; parent: the code it belongs to, None at the top; paired: has sides."""

    code: str
    name: str
    parent: str | None
    is_paired: bool

    @property
    def top(self) -> str:
        return self.parent or self.code


@dataclass(frozen=True, slots=True)
class RecognisedPart:
    """A part as the recognition decision names it, with its side when stated."""

    part: Part
    side: Side | None = None

    @property
    def label(self) -> str:
        """ "左膝", "双侧眼", "胸"."""
        return f"{self.side.label if self.side else ''}{self.part.name}"


@dataclass(frozen=True, slots=True)
class Reach:
    """Which top parts a body system can concern."""

    nearness: Nearness
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class PartSet:
    """The dated code set with its map of body systems. unbound: clauses that are not bound to a part, with the reason."""

    in_force_on: date
    parts: Mapping[str, Part]
    reaches: Mapping[str, Reach]
    unbound: Mapping[str, str]


def all_parts(on: date | None = None) -> tuple[Part, ...]:
    """The code set in order of code. Raises: PartsNotInForce before the first day it is held for."""
    return tuple(_part_set(on).parts.values())


def part(code: str, *, on: date | None = None) -> Part:
    """One part by its code, "143". Raises: PartUnknown, PartsNotInForce."""
    found = _part_set(on).parts.get(code)
    if found is None:
        raise PartUnknown(code=code)
    return found


def recognised_part(code: str, side: str = "", *, on: date | None = None) -> RecognisedPart:
    """A recognised part from its code and an optional side ("left", "right", "both").

    Raises: PartUnknown, SideUnknown, SideNotAllowed (a nose has no side), PartsNotInForce.
    """
    found = part(code, on=on)
    if not side:
        return RecognisedPart(found)
    if side not in set(Side):
        raise SideUnknown(side=side)
    if not found.is_paired:
        raise SideNotAllowed(part=found.name, side=Side(side).label)
    return RecognisedPart(found, Side(side))


def outside_recognised(
    clause: Clause, recognised_parts: Collection[RecognisedPart], *, on: date | None = None
) -> str | None:
    """A Chinese warning when the clause's body system does not meet any recognised part, else None.

    Compared by top-level part (a knee is a lower limb); sides are not compared, since clauses rarely fix one.
    Silent without recognised parts (occupational disease), with 其他 among them, and for systems that have no place.
    Systems whose damage may follow from an injury elsewhere get the milder "please check".
    Law: 令55 art. 15 (the appraisal is of the recognised injury; the warning is ours, the experts decide). Raises: PartsNotInForce.
    """
    known = _part_set(on)
    tops = {each.part.top for each in recognised_parts}
    reach = known.reaches[clause.body_system]
    if not tops or OTHER_PART in tops or clause.number in known.unbound:
        return None
    if reach.nearness is Nearness.ANYWHERE or tops & reach.parts:
        return None
    return _warning(clause, recognised_parts, reach)


def concerned_systems(code: str, *, on: date | None = None) -> frozenset[str]:
    """The body systems whose damage sits at this part. Raises: PartUnknown, PartsNotInForce."""
    top = part(code, on=on).top
    local = {name: reach for name, reach in _part_set(on).reaches.items() if reach.nearness is Nearness.LOCAL}
    return frozenset(name for name, reach in local.items() if top in reach.parts)


def _warning(clause: Clause, recognised_parts: Collection[RecognisedPart], reach: Reach) -> str:
    parts = "、".join(each.label for each in recognised_parts)
    if reach.nearness is Nearness.LOCAL:
        return f"{clause.number}属“{clause.body_system}”，不在工伤认定的受伤部位（{parts}）之内。请核对所选条款；确需选用的，请说明与本次工伤的关系。"
    return f"{clause.number}属“{clause.body_system}”，工伤认定的受伤部位是{parts}。如系本次工伤引起，请说明依据；否则请改选条款。"


def _part_set(on: date | None) -> PartSet:
    held = _read(_DATA)
    if on is not None and on < held.in_force_on:
        raise PartsNotInForce(on=on)
    return held


@cache
def _read(path: Path) -> PartSet:
    """Read and check the data file. Raises: StandardDataWrong."""
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = {code: _part(code, facts["parts"]) for code in facts["parts"]}
    reaches = {
        system: Reach(Nearness(nearness), frozenset(codes))
        for nearness, systems in facts["systems"].items()
        for system, codes in systems.items()
    }
    unbound = {number: group["reason"] for group in facts["clauses"] for number in group["numbers"]}
    held = PartSet(facts["from"], MappingProxyType(parts), MappingProxyType(reaches), MappingProxyType(unbound))
    _check(held, named=sum(len(systems) for systems in facts["systems"].values()))
    return held


def _part(code: str, table: Mapping[str, Any]) -> Part:
    above = f"{code[:2]}0"
    return Part(
        code, table[code]["name"], above if above != code and above in table else None, table[code].get("paired", False)
    )


def _check(held: PartSet, *, named: int) -> None:
    clauses = all_clauses()
    tops = {each.code for each in held.parts.values() if each.parent is None}
    problems = {
        "body systems without parts": {each.body_system for each in clauses} ^ set(held.reaches),
        "codes that are no top part": {code for reach in held.reaches.values() for code in reach.parts} - tops,
        "unknown clauses": set(held.unbound) - {each.number for each in clauses},
        "parts out of order": set() if list(held.parts) == sorted(held.parts) else set(held.parts),
        "body systems named twice": set() if named == len(held.reaches) else {"systems"},
    }
    wrong = {what: sorted(which) for what, which in problems.items() if which}
    if wrong:
        raise StandardDataWrong(f"body_parts.toml: {wrong}")
