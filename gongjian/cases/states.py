"""What a procedure is made of: moves, what is owed in each state, and the labels of its states."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Move:
    """One step: act, from, to, the permission it takes, the article it rests on."""

    act: str
    start: str
    end: str
    permission: str
    article: str
    label: str = ""


@dataclass(frozen=True)
class Owed:
    """What a state owes: a kind, in words, by a role of the case's office or by a party, until a limit's day, on which article."""

    kind: str
    label: str
    article: str
    role: str = ""
    party: str = ""
    limit: str = ""


@dataclass(frozen=True)
class Procedure:
    """One procedure as a table."""

    name: str
    title: str
    moves: tuple[Move, ...]
    labels: dict[str, str]
    owed: dict[str, tuple[Owed, ...]]
    closed: frozenset[str]
    series: str
    promises: dict[str, str] = field(default_factory=dict)
    """State → what happens next, in words for the parties."""
    promises_after: dict[str, str] = field(default_factory=dict)
    """Act → the same, right after it."""

    def moves_from(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.start == state)

    def move(self, act: str, start: str) -> Move | None:
        return next((move for move in self.moves if (move.act, move.start) == (act, start)), None)
