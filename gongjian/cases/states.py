"""What a procedure is made of: moves, what is owed in each state, and the labels of its states."""

from dataclasses import dataclass, field
from enum import StrEnum


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
class Service:
    """How what a procedure decides reaches the parties, and what they may do then.

    papers: the kinds that are served with a remedy; deliver: the limit within which, on the article `served_on`; remedies: the limits that
    run for each recipient from the served day, the longest last; article: where the remedies stand; appeal: what they are called;
    copied: the kinds of offices that get a copy, of all those papers but `uncopied`.
    """

    papers: tuple[str, ...]
    deliver: str
    served_on: str
    remedies: tuple[str, ...]
    article: str
    appeal: str
    copied: tuple[str, ...]
    uncopied: tuple[str, ...] = ()

    @property
    def last_remedy(self) -> str:
        """The remedy that ends last: with it the decision stands."""
        return self.remedies[-1]


@dataclass(frozen=True)
class Quiet:
    """States of which whoever is not of the office is told one thing only, so that nobody learns how it is deliberated."""

    states: frozenset[str] = frozenset()
    label: str = ""
    promise: str = ""
    owed: str = ""
    article: str = ""


class Ground(StrEnum):
    """Why a member of staff keeps away from a case."""

    KIN = "kin"
    EMPLOYED = "employed"
    DISPUTE = "dispute"
    TIED = "tied"

    @property
    def label(self) -> str:
        """The ground in words."""
        return GROUNDS[self]


GROUNDS = {
    Ground.KIN: "是当事人本人或者当事人的近亲属",
    Ground.EMPLOYED: "本人或者近亲属在该用人单位任职、持股或者与其有业务往来",
    Ground.DISPUTE: "与当事人有债务、诉讼或者其他纠纷",
    Ground.TIED: "与当事人有其他关系，可能影响公正办理",
}


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
    service: Service
    begins: tuple[str, ...]
    """The limits that run from receipt."""
    decision_limits: tuple[str, ...]
    """The limits of the decision; the earliest that runs is the case's day."""
    deciding: frozenset[str] = frozenset()
    """States before the decision: until then who of the staff keeps away still matters."""
    decides: str = ""
    """The act that decides: it waits while a request for recusal of staff waits."""
    health: dict[str, str] = field(default_factory=dict)
    """State → permission of the step for which staff read medical papers and the injury then."""
    quiet: Quiet = Quiet()
    promises: dict[str, str] = field(default_factory=dict)
    """State → what happens next, in words for the parties."""
    promises_after: dict[str, str] = field(default_factory=dict)
    """Act → the same, right after it."""

    def label_for(self, state: str, *, inside: bool) -> str:
        """A state in words: as the staff know it (inside), or as everyone else may."""
        return self.labels[state] if inside or state not in self.quiet.states else self.quiet.label

    def moves_from(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.start == state)

    def move(self, act: str, start: str) -> Move | None:
        return next((move for move in self.moves if (move.act, move.start) == (act, start)), None)
