"""The limits by their ids: whose they are, from what day they run, and what may move their end."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from gongjian.law.errors import LimitUnknown, NotInForce
from gongjian.law.parameters import DATA, ParameterBook, book
from gongjian.law.tables import Table, read_table

Who = Literal["own", "party"]
Roll = Literal["strict", "forward"]
Kind = Literal["last_day", "earliest"]

KEYS = ("title", "who", "parameter", "start_event", "start", "roll", "kind", "postponable", "extension", "basis")


@dataclass(frozen=True)
class Limit:
    """One limit. `start_event` is for programs, `start` for readers; `basis` is (day, article), oldest first.

    who: "own" = a duty of the office, "party" = a right or duty of a party. roll: what happens to a last day that is a rest day.
    kind: "last_day" = to be done by the day, "earliest" = possible from the day on. extension: the parameter with the most days.
    """

    id: str
    title: str
    who: Who
    parameter: str
    start_event: str
    start: str
    roll: Roll
    kind: Kind
    postponable: bool
    extension: str | None
    basis: tuple[tuple[date, str], ...]

    def article(self, on: date) -> str:
        """The article the limit rested on, on a day. Raises: NotInForce before the first."""
        found = [article for since, article in self.basis if since <= on]
        if not found:
            raise NotInForce(title=self.title, first=self.basis[0][0], on=on)
        return found[-1]


def read_limits(path: Path, parameters: ParameterBook) -> dict[str, Limit]:
    """The limits of one file, each checked against the parameters it names. Raises: LawDataWrong."""
    return {name: _limit(name, entry, parameters) for name, entry in read_table(path).entries()}


@cache
def all_limits() -> dict[str, Limit]:
    """Every limit by its id, as it comes with the platform. Raises: LawDataWrong."""
    return read_limits(DATA / "limits.toml", book())


def limit(limit_id: str) -> Limit:
    """One limit. Raises: LimitUnknown."""
    found = all_limits().get(limit_id)
    if found is None:
        raise LimitUnknown(limit=limit_id)
    return found


def _limit(name: str, entry: Table, parameters: ParameterBook) -> Limit:
    entry.only(*KEYS)
    who: tuple[Who, ...] = ("own", "party")
    roll: tuple[Roll, ...] = ("strict", "forward")
    kind: tuple[Kind, ...] = ("last_day", "earliest")
    parameter = _length(entry, "parameter", parameters)
    extension = _length(entry, "extension", parameters) if "extension" in entry.data else None
    if extension and parameters.descriptions[extension].unit != parameters.descriptions[parameter].unit:
        raise entry.wrong("extension must have the unit of the parameter")
    return Limit(
        id=name,
        title=entry.text("title"),
        who=entry.choice("who", who),
        parameter=parameter,
        start_event=entry.text("start_event"),
        start=entry.text("start"),
        roll=entry.choice("roll", roll),
        kind=entry.choice("kind", kind) if "kind" in entry.data else "last_day",
        postponable=entry.flag("postponable"),
        extension=extension,
        basis=_basis(entry),
    )


def _length(entry: Table, key: str, parameters: ParameterBook) -> str:
    name = entry.text(key)
    described = parameters.descriptions.get(name)
    if described is None or described.unit not in ("calendar day", "working day", "month", "year"):
        raise entry.wrong(f"{key} {name} is not a parameter with a length of time")
    return name


def _basis(entry: Table) -> tuple[tuple[date, str], ...]:
    basis = []
    for row in entry.rows("basis"):
        row.only("from", "article")
        basis.append((row.day("from"), row.text("article")))
    if not basis or basis != sorted(basis):
        raise entry.wrong("basis must have entries, in the order of their days")
    return tuple(basis)
