"""The sheet a statement is worked out on: items, what is missing, what is refused, remarks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from gongjian.law.benefits.errors import RateNotInForce, RateNotRecorded
from gongjian.law.benefits.facts import Facts, asked_of_dependants, title
from gongjian.law.benefits.rates import Rate, rate
from gongjian.law.marks import weakest
from gongjian.law.parameters import Confidence

Payer = Literal["fund", "employer", "unit", "pension_fund"]
Rhythm = Literal["one_off", "monthly", "cost"]


@dataclass(frozen=True)
class Item:
    """One benefit. amount: yuan to the cent; None where only the agency can fix it. formula: with the numbers filled in."""

    id: str
    title: str
    payer: Payer
    rhythm: Rhythm
    amount: Decimal | None
    formula: str
    article: str
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True)
class Missing:
    """A fact somebody must still tell, and the items it is needed for."""

    fact: str
    title: str
    needed_for: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """A sentence beside the items: an effect that is not an amount, or something that is refused."""

    text: str
    article: str
    confidence: Confidence


@dataclass
class Sheet:
    """Facts in, items out. Parts of the law add to it, one after another."""

    facts: Facts
    items: list[Item] = field(default_factory=list)
    asked_for: dict[str, list[str]] = field(default_factory=dict)
    asked_titles: dict[str, str] = field(default_factory=dict)
    refused: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def ask(self, name: str, purpose: str) -> Any:
        """The fact, or None: then it is asked for, with what it is needed for."""
        value = getattr(self.facts, name)
        if value is None:
            purposes = self.asked_for.setdefault(name, [])
            if purpose not in purposes:
                purposes.append(purpose)
        return value

    def ask_all(self, purpose: str, *names: str) -> bool:
        """Whether all these facts are known; those that are not are asked for."""
        known = [self.ask(name, purpose) is not None for name in names]
        return all(known)

    def add(self, item: Item, *rests_on: Rate, also: Sequence[Confidence] = ()) -> None:
        """Enter an item; its confidence is the weakest of its own, of the rates and of what else it rests on."""
        sure = weakest([item.confidence, *(one.confidence for one in rests_on), *also])
        self.items.append(replace(item, confidence=sure))

    def ask_about(self, place: str, name: str, purpose: str) -> None:
        """Ask for a fact about one dependant: place is its name with the number, name the field."""
        self.asked_for.setdefault(place, []).append(purpose)
        self.asked_titles[place] = asked_of_dependants()[name].title

    def local(self, name: str, on: date) -> Rate | None:
        """A rate of the facts' region, or None: then the refusal is entered as a sentence. Raises: RegionWrong."""
        try:
            return rate(name, on, self.facts.region)
        except (RateNotRecorded, RateNotInForce) as refusal:
            self.refuse(str(refusal))
            return None

    def local_if_any(self, name: str, on: date | None) -> Rate | None:
        """A rate of the facts' region that adds to the national rule; None where nothing is recorded. Raises: RegionWrong."""
        try:
            return rate(name, on, self.facts.region) if on else None
        except (RateNotRecorded, RateNotInForce):
            return None

    def national(self, name: str, on: date) -> Rate | None:
        """A rate of the nation, or None: then the refusal is entered as a sentence."""
        try:
            return rate(name, on)
        except RateNotInForce as refusal:
            self.refuse(str(refusal))
            return None

    def refuse(self, text: str, article: str = "") -> None:
        """Enter what cannot be computed, once."""
        found = Remark(text, article, "seen")
        if found not in self.refused:
            self.refused.append(found)

    def remark(self, text: str, article: str, confidence: Confidence = "seen") -> None:
        """Enter a sentence."""
        self.remarks.append(Remark(text, article, confidence))

    def missing(self) -> tuple[Missing, ...]:
        """What was asked for and not known, in the order of asking."""
        return tuple(
            Missing(name, self.asked_titles.get(name) or title(name), tuple(purposes))
            for name, purposes in self.asked_for.items()
        )
