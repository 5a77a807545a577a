"""The limits by their ids: whose they are, from what day they run, and what pauses, extends, restarts or meets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from gongjian.law.errors import LawDataWrong, LimitUnknown, NotInForce
from gongjian.law.events import ENDED, Vocabulary, vocabulary
from gongjian.law.parameters import CONFIDENCES, DATA, LENGTHS, Confidence, ParameterBook, book
from gongjian.law.tables import Table, read_table

Who = Literal["own", "party"]
Roll = Literal["strict", "forward"]
Kind = Literal["last_day", "earliest", "lasts"]

WHOSE: tuple[Who, ...] = ("own", "party")
ROLLS: tuple[Roll, ...] = ("strict", "forward")
KINDS: tuple[Kind, ...] = ("last_day", "earliest", "lasts")
TEXTS = ("title", "who", "bearer", "parameter", "start_event", "roll", "kind", "note")
KEYS = (*TEXTS, "met_by", "ended_by", "pauses", "extension", "restart", "instead", "transition", "basis")


@dataclass(frozen=True)
class PauseGround:
    """A ground whose days do not count: `NAME` begins, `NAME_ended` ends it, or `NAME` comes with a number of days."""

    name: str
    title: str
    article: str
    confidence: Confidence
    is_span: bool

    @property
    def events(self) -> tuple[str, ...]:
        """The events that begin and end it."""
        return (self.name,) if self.is_span else (self.name, self.name + ENDED)


@dataclass(frozen=True)
class ExtensionRule:
    """Who may extend. most: the parameter with the most, in the unit of the limit. times: how often; None where no text says."""

    event: str
    most: str
    times: int | None
    by: str
    article: str


@dataclass(frozen=True)
class RestartRule:
    """An event from which the limit runs anew, while the dated parameter `choice` has the word `word`."""

    event: str
    choice: str
    word: str
    article: str


@dataclass(frozen=True)
class Substitute:
    """A fact that puts another number in the place of the limit's own."""

    event: str
    parameter: str
    article: str


@dataclass(frozen=True)
class Transition:
    """A limit that began under the old law and still runs on the day `since` follows the new law."""

    since: date
    article: str


@dataclass(frozen=True)
class Limit:
    """One limit. `start_event` is for programs, `start` for readers; `basis` is (day, article), oldest first.

    who: "own" = a duty of an office, "party" = a right or duty of a party; bearer: whose, in words. roll: what happens to a last day
    that is a rest day. kind: "last_day" = to be done by the day, "earliest" = possible from the day on, "lasts" = a time over with it.
    """

    id: str
    title: str
    who: Who
    bearer: str
    parameter: str
    start_event: str
    start: str
    met_by: tuple[str, ...]
    ended_by: tuple[str, ...]
    roll: Roll
    kind: Kind
    pauses: tuple[PauseGround, ...]
    extension: ExtensionRule | None
    restart: RestartRule | None
    instead: Substitute | None
    transition: Transition | None
    note: str
    basis: tuple[tuple[date, str], ...]

    @property
    def events(self) -> tuple[str, ...]:
        """Everything that may happen to it, its start first."""
        single = [rule.event for rule in (self.extension, self.restart, self.instead) if rule]
        grounds = [event for ground in self.pauses for event in ground.events]
        return tuple(dict.fromkeys([self.start_event, *grounds, *single, *self.met_by, *self.ended_by]))

    def article(self, on: date) -> str:
        """The article the limit rested on, on a day. Raises: NotInForce before the first."""
        found = [article for since, article in self.basis if since <= on]
        if not found:
            raise NotInForce(title=self.title, first=self.basis[0][0], on=on)
        return found[-1]


@dataclass(frozen=True)
class _Reader:
    """Reads the limits of one file against the parameters and events they name."""

    parameters: ParameterBook
    words: Vocabulary

    def limit(self, name: str, entry: Table) -> Limit:
        entry.only(*KEYS)
        start_event = self.event(entry, "start_event")
        return Limit(
            id=name,
            title=entry.text("title"),
            who=entry.choice("who", WHOSE),
            bearer=entry.text("bearer"),
            parameter=self.length(entry, "parameter"),
            start_event=start_event,
            start=self.words.title(start_event),
            met_by=self.events(entry, "met_by"),
            ended_by=self.events(entry, "ended_by"),
            roll=entry.choice("roll", ROLLS),
            kind=entry.choice("kind", KINDS) if "kind" in entry.data else "last_day",
            pauses=tuple(self.ground(row) for row in entry.rows("pauses")) if "pauses" in entry.data else (),
            extension=self.extension(entry),
            restart=next((self.restart(row) for row in _part(entry, "restart")), None),
            instead=next((self.substitute(row) for row in _part(entry, "instead")), None),
            transition=next((_transition(row) for row in _part(entry, "transition")), None),
            note=entry.text("note") if "note" in entry.data else "",
            basis=_basis(entry),
        )

    def event(self, entry: Table, key: str) -> str:
        name = entry.text(key)
        if name not in self.words.events:
            raise entry.wrong(f"{key} {name} is not an event of events.toml")
        return name

    def events(self, entry: Table, key: str) -> tuple[str, ...]:
        names = entry.texts(key) if key in entry.data else ()
        return tuple(self.event(Table(entry.file, entry.entry, {key: name}), key) for name in names)

    def length(self, entry: Table, key: str) -> str:
        name = entry.text(key)
        described = self.parameters.descriptions.get(name)
        if described is None or described.unit not in LENGTHS:
            raise entry.wrong(f"{key} {name} is not a parameter with a length of time")
        return name

    def ground(self, row: Table) -> PauseGround:
        row.only("ground", "article", "confidence")
        name = row.text("ground")
        if name not in self.words.grounds:
            raise row.wrong(f"ground {name} is not a ground of events.toml")
        return PauseGround(
            name,
            self.words.grounds[name],
            row.text("article"),
            row.choice("confidence", CONFIDENCES),
            name in self.words.spans,
        )

    def extension(self, entry: Table) -> ExtensionRule | None:
        for part in _part(entry, "extension"):
            part.only("event", "most", "times", "by", "article")
            most = self.length(part, "most")
            units = [self.parameters.descriptions[name].unit for name in (most, self.length(entry, "parameter"))]
            if units[0] != units[1]:
                raise part.wrong("most must have the unit of the parameter")
            times = part.number("times") if "times" in part.data else None
            return ExtensionRule(self.event(part, "event"), most, times, part.text("by"), part.text("article"))
        return None

    def restart(self, part: Table) -> RestartRule:
        part.only("event", "choice", "is", "article")
        choice = part.text("choice")
        described = self.parameters.descriptions.get(choice)
        if described is None or described.unit != "choice":
            raise part.wrong(f"choice {choice} is not a parameter with a choice")
        return RestartRule(
            self.event(part, "event"), choice, part.choice("is", described.choices), part.text("article")
        )

    def substitute(self, part: Table) -> Substitute:
        part.only("event", "parameter", "article")
        return Substitute(self.event(part, "event"), self.length(part, "parameter"), part.text("article"))


def read_limits(path: Path, parameters: ParameterBook, words: Vocabulary) -> dict[str, Limit]:
    """The limits of one file, each checked against the parameters and events it names. Raises: LawDataWrong."""
    reader = _Reader(parameters, words)
    return {name: reader.limit(name, entry) for name, entry in read_table(path).entries()}


@cache
def all_limits() -> dict[str, Limit]:
    """Every limit by its id, as it comes with the platform. Raises: LawDataWrong."""
    found: dict[str, Limit] = {}
    for path in sorted(DATA.glob("limits*.toml")):
        part = read_limits(path, book(), vocabulary())
        if twice := found.keys() & part.keys():
            raise LawDataWrong(path.name, min(twice), "stands in two files")
        found |= part
    return found


def limit(limit_id: str) -> Limit:
    """One limit. Raises: LimitUnknown."""
    found = all_limits().get(limit_id)
    if found is None:
        raise LimitUnknown(limit=limit_id)
    return found


@cache
def extension_events() -> frozenset[str]:
    """The events that extend a limit."""
    return frozenset(rule.extension.event for rule in all_limits().values() if rule.extension)


def _part(entry: Table, key: str) -> Iterator[Table]:
    if key in entry.data:
        yield from Table(entry.file, entry.entry, {key: [entry.raw(key)]}).rows(key)


def _transition(part: Table) -> Transition:
    part.only("from", "article")
    return Transition(part.day("from"), part.text("article"))


def _basis(entry: Table) -> tuple[tuple[date, str], ...]:
    basis = []
    for row in entry.rows("basis"):
        row.only("from", "article")
        basis.append((row.day("from"), row.text("article")))
    if not basis or basis != sorted(basis):
        raise entry.wrong("basis must have entries, in the order of their days")
    return tuple(basis)
