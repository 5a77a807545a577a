"""One injury counts once: which of the clauses that hold are items under 4.2."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.grading.candidates import Candidate
from gongjian.grading.promotion import CountingPolicy, Promotion, proposal


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A clause that holds and is not an item of its own, and why."""

    candidate: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The items, worst first, what is left out, and what 4.2 allows."""

    items: tuple[Candidate, ...]
    left_out: tuple[Uncounted, ...]
    promotion: Promotion
    policy: CountingPolicy

    @property
    def worst(self) -> int | None:
        return self.promotion.worst


def tally(holds: Sequence[Candidate], *, policy: CountingPolicy = CountingPolicy.INJURY) -> Tally:
    """Count each injury once, by the worst clause that rests on it; a clause over several injuries uses up all of them.

    holds: worst first, as `candidates` gives them. Under INJURY_AND_CLAUSE the same clause counts once, too.
    Law: GB/T 16180-2014 4.2; the reading is `policy.explanation`.
    """
    items: list[Candidate] = []
    left_out: list[Uncounted] = []
    for each in holds:
        reason = _why_not(each, items, policy)
        if reason:
            left_out.append(Uncounted(each, reason))
        else:
            items.append(each)
    return Tally(tuple(items), tuple(left_out), proposal([each.clause.grade for each in items]), policy)


def _why_not(each: Candidate, items: Sequence[Candidate], policy: CountingPolicy) -> str:
    same = next((item for item in items if item.injuries & each.injuries), None)
    if same is not None:
        return f"与{same.clause.number}为同一伤情，只计最重的一条。"
    if policy is CountingPolicy.INJURY_AND_CLAUSE and any(item.clause.number == each.clause.number for item in items):
        return f"{each.clause.number}已计一项，按本地做法同一条款只计一次。"
    return ""
