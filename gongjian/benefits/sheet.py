"""The sheet that is filled in question by question. It travels in the page alone: the platform keeps nothing of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gongjian.benefits.errors import SheetWrong
from gongjian.law.benefits.facts import Facts, asked
from gongjian.law.benefits.reading import read_facts

LONGEST = 50_000
PEOPLE = "dependants"


@dataclass(frozen=True)
class Sheet:
    """told: facts by name in plain values; skipped: what was asked and is not known; held: what a case says, which stands."""

    told: Mapping[str, Any]
    skipped: tuple[str, ...] = ()
    held: Mapping[str, Any] | None = None

    @property
    def all(self) -> dict[str, Any]:
        """What is told and what is held; what the case holds is not overruled."""
        return {**self.told, **(self.held or {})}

    def read(self) -> Facts:
        """The facts. Raises: ToldWrong, DayWrong."""
        return read_facts(self.all)

    def answered(self, question: str, value: Any) -> "Sheet":
        """With this answer; a relative takes the place of its number, or comes last."""
        place = place_of(question)
        if place is not None:
            people = [*self.people[: place - 1], value, *self.people[place:]]
            question, value = PEOPLE, people
        rest = tuple(name for name in self.skipped if name != question)
        return replace(self, told={**self.told, question: value}, skipped=rest)

    def without(self, question: str) -> "Sheet":
        """Without this answer, or without this relative; then it is not asked again by itself."""
        place = place_of(question)
        if place is not None:
            people = [*self.people[: place - 1], *self.people[place:]]
            return replace(self, told={**self.told, PEOPLE: people})
        told = {name: value for name, value in self.told.items() if name != question}
        return replace(self, told=told, skipped=(*self.skipped, question))

    def skipping(self, question: str) -> "Sheet":
        """Without an answer to this. Without more relatives the list stands as it is, be it empty."""
        if question == f"{PEOPLE}[{len(self.people) + 1}]":
            return replace(self, told={**self.told, PEOPLE: self.people})
        return replace(self, skipped=(*self.skipped, question))

    @property
    def people(self) -> list[Any]:
        """The relatives told so far."""
        return list(self.told.get(PEOPLE, ()))

    def carried(self) -> str:
        """As the page carries it on."""
        return json.dumps({"told": self.told, "skipped": self.skipped}, ensure_ascii=False)


def read_sheet(text: str, held: Mapping[str, Any] | None = None) -> Sheet:
    """The sheet that a page carried. Raises: SheetWrong."""
    try:
        found = json.loads(text if len(text) <= LONGEST else "")
        told, skipped = dict(found["told"]), tuple(found["skipped"])
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise SheetWrong from fault
    people = told.get(PEOPLE, [])
    if not (
        all(isinstance(name, str) for name in skipped) and isinstance(people, list) and told.keys() <= asked().keys()
    ):
        raise SheetWrong
    return Sheet(told, skipped, held)


def place_of(question: str) -> int | None:
    """The number of the relative a question is about: 2 of "dependants[2]"."""
    number = question.removeprefix(f"{PEOPLE}[").removesuffix("]")
    return int(number) if number != question and number.isdecimal() and number.isascii() else None
