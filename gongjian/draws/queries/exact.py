"""Exact reasons as the office's own record states them. Nothing of this is public: there stands a neutral word and a hash."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongjian.draws.lot.canonical import Document
from gongjian.draws.lot.plan import Recusal
from gongjian.draws.lot.records import record_hash
from gongjian.draws.states import Ground, Reason
from gongjian.experts.models import Expert
from gongjian.experts.queries import Ineligible
from gongjian.experts.rules import Barrier

Note = Callable[[Document], str]
"""Writes an exact reason down and gives the hash that stands for it in public."""
COMING = frozenset({Barrier.NO_ANSWER, Barrier.NOT_AVAILABLE})


@dataclass(frozen=True)
class Bar:
    """What keeps an expert, or a person, from a group: a neutral reason, and the exact one for the record."""

    group: str
    reason: str
    exact: Document

    def noted(self, note: Note) -> Recusal:
        """As it stands in a document that everybody may read."""
        return Recusal(self.group, self.reason, note(self.exact))


def unkept(exact: Document) -> str:
    """A note for what is only tried out: the hash of a record that nobody keeps."""
    return record_hash(exact, bytes(16))


def class_of(barriers: Iterable[Barrier]) -> Reason:
    """The neutral word for what keeps an expert out: whoever only cannot come is absent, everybody else does not meet the conditions."""
    return Reason.ABSENT if set(barriers) <= COMING else Reason.UNFIT


def of_barriers(expert: Expert, barriers: Iterable[Barrier]) -> Document:
    """Why an expert may not be drawn, with the facts of the pool on which it rests."""
    standing = expert.standing
    evidence = {
        "term": f"{standing.term_from}/{standing.term_until}",
        "trained_on": str(standing.trained_on or ""),
        "in_good_health": standing.in_good_health,
        "suspended": f"{standing.suspended_from or ''}/{standing.suspended_until or ''}",
        "dismissed_on": str(standing.dismissed_on or ""),
    }
    return {"expert": expert.number, "reasons": [barrier.label for barrier in barriers], "evidence": evidence}


def of_excluded(one: Ineligible) -> Document:
    """Why one of the pool is left out."""
    return of_barriers(one.expert, one.reasons)


def of_grounds(expert: str, group: str, found: Iterable[tuple[str, Ground]]) -> Document:
    """Why an expert must not judge, case by case. found: number of the case, ground."""
    reasons = [{"case": case, "ground": ground.label} for case, ground in found]
    return {"expert": expert, "group": group, "reasons": reasons}
