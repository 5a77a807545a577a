"""Loss of labour capacity from illness or an injury that is not from work: total, major, or not reached."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from gongjian.grading.candidates import candidates
from gongjian.grading.conditions import Alternative, Line, State, alternatives
from gongjian.grading.errors import StandardNotInForce
from gongjian.grading.facts import Facts, facts
from gongjian.grading.findings.base import Finding

_FILE: Final = Path(__file__).parent / "data" / "nonwork_2002.toml"
_ENOUGH: Final = 3


class Loss(StrEnum):
    """How much labour capacity is lost."""

    TOTAL = "total"
    MAJOR = "major"
    NOT_REACHED = "not_reached"

    @property
    def label(self) -> str:
        return {"total": "完全丧失劳动能力", "major": "大部分丧失劳动能力", "not_reached": "未达到"}[self.value]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the standard. category: its class of disease; alternatives: any of them is enough."""

    number: str
    loss: Loss
    category: str
    text: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """An item with what it rests on; for an item that is open, what is missing."""

    number: str
    loss: Loss
    category: str
    text: str
    lines: tuple[Line, ...] = ()
    injuries: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(f"{each.required}（{each.found}）" for each in self.lines if each.state is not State.HOLDS)


@dataclass(frozen=True, slots=True)
class NonWork:
    """loss: what the items come to; None when the group decides, and `reasons` says why (with what is certain at least)."""

    loss: Loss | None
    at_least: Loss
    holds: tuple[Reached, ...]
    open: tuple[Reached, ...]
    explanation: str
    reasons: tuple[str, ...]


def nonwork(findings: Iterable[Finding], *, on: date | None = None) -> NonWork:
    """What the standard of 2002 says to these findings.

    One item of total loss is enough; three items of major loss of different classes of disease may be found total.
    What GB/T 16180 puts into grades 1–4 is total (4.1.17), into 5–6 major (4.2.10): read with the edition now in force.
    Law: 劳社部发〔2002〕8号 3–4; 令55 art. 2. Raises: StandardNotInForce before 2002-04-05.
    """
    listed = tuple(findings)
    if on is not None and on < _standard()[0]:
        raise StandardNotInForce(on=on)
    known = facts(listed)
    held, opened = _read(known)
    held += _by_grades(listed)
    total = [each for each in held if each.loss is Loss.TOTAL]
    major = [each for each in held if each.loss is Loss.MAJOR]
    classes = _classes(major)
    at_least = Loss.TOTAL if total else Loss.MAJOR if major else Loss.NOT_REACHED
    reasons = (*_three(classes, total), *_deafness(held), *_may_be_worse(at_least, opened))
    return NonWork(
        loss=None if reasons else at_least,
        at_least=at_least,
        holds=tuple(sorted(held, key=lambda each: (each.loss is not Loss.TOTAL, each.category))),
        open=tuple(opened),
        explanation=_explanation(at_least, total, major, classes),
        reasons=reasons,
    )


def _read(known: Facts) -> tuple[list[Reached], list[Reached]]:
    held, opened = [], []
    for item in _standard()[1]:
        readings = [reading for each in item.alternatives for reading in each.readings(known)]
        met = next((each for each in readings if each.state is State.HOLDS), None)
        unknown = next((each for each in readings if each.state is State.UNKNOWN), None)
        if met is not None:
            held.append(Reached(item.number, item.loss, item.category, item.text, met.lines, met.injuries))
        elif unknown is not None and not any(each.state is State.FAILS for each in readings):
            opened.append(Reached(item.number, item.loss, item.category, item.text, unknown.lines))
    return held, opened


def _by_grades(findings: tuple[Finding, ...]) -> list[Reached]:
    """Grades 1–4 are total, 5–6 major, by the clauses of the work-injury standard; the body system is the class of disease."""
    found = {}
    for each in candidates(findings).holds:
        clause = each.clause
        if clause.grade <= 4:
            found[clause.body_system, Loss.TOTAL] = Reached(
                "4.1.17", Loss.TOTAL, clause.body_system, clause.citation, each.lines, each.injuries
            )
        elif clause.grade <= 6:
            found.setdefault(
                (clause.body_system, Loss.MAJOR),
                Reached("4.2.10", Loss.MAJOR, clause.body_system, clause.citation, each.lines, each.injuries),
            )
    return list(found.values())


def _classes(major: list[Reached]) -> list[str]:
    """The classes of disease, each illness once: what an item of its own names is not counted again by its grade."""
    own = [each for each in major if each.number != "4.2.10"]
    named = frozenset[str]().union(*(each.injuries for each in own))
    by_grade = [each for each in major if each.number == "4.2.10" and not each.injuries & named]
    return sorted({each.category for each in (*own, *by_grade)})


def _three(classes: list[str], total: list[Reached]) -> tuple[str, ...]:
    if total or len(classes) < _ENOUGH:
        return ()
    return (
        f"不同类别疾病中有{len(classes)}类（{'、'.join(classes)}）达到大部分丧失，可以确定为完全丧失，由专家组决定。",
    )


def _deafness(held: list[Reached]) -> tuple[str, ...]:
    numbers = {each.number for each in held}
    if "4.2.9" not in numbers or any(each.number.startswith("4.1.") and each.number != "4.1.17" for each in held):
        return ()
    return ("双耳听力损失≥91dB，4.2.9列为大部分丧失，依4.1.17按工伤标准四级则为完全丧失，两处不一，由专家组决定。",)


def _may_be_worse(at_least: Loss, opened: list[Reached]) -> tuple[str, ...]:
    heavier = [
        each.number
        for each in opened
        if (each.loss is Loss.TOTAL and at_least is not Loss.TOTAL) or at_least is Loss.NOT_REACHED
    ]
    return (f"{'、'.join(heavier)}尚不能判定，须补测或由专家组判断。",) if heavier else ()


def _explanation(at_least: Loss, total: list[Reached], major: list[Reached], classes: list[str]) -> str:
    if total:
        return f"符合{total[0].number}（{total[0].text}）：{at_least.label}。"
    if major:
        return f"符合{major[0].number}（{major[0].text}）：{at_least.label}；涉及{len(classes)}类疾病，三类以上可确定为完全丧失。"
    return "所填所见没有达到任何一项。"


@cache
def _standard() -> tuple[date, tuple[Item, ...]]:
    held = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return held["from"], tuple(_item(each) for each in held["items"])


def _item(row: Mapping[str, Any]) -> Item:
    form = MappingProxyType({"any": row["any"]})
    return Item(row["number"], Loss(row["level"]), row["category"], row["text"], alternatives(form))


def all_items() -> tuple[Item, ...]:
    """The items with a condition of their own (4.1.17 and 4.2.10 refer to GB/T 16180). Law: 劳社部发〔2002〕8号 4."""
    return _standard()[1]
