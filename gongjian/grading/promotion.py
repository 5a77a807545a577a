"""Several injuries of one person: what counts as an item, and whether the worst grade may be raised by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongjian.grading.clauses import ground
from gongjian.grading.outcomes import WORST_GRADE, checked_grade, grade_label


class CountingPolicy(StrEnum):
    """What counts as one item under 4.2. The standard does not say; the reading used is kept with the opinion."""

    INJURY = "injury"
    INJURY_AND_CLAUSE = "injury_and_clause"

    @property
    def explanation(self) -> str:
        if self is CountingPolicy.INJURY:
            return "同一伤情只计一项，符合多条的取最重一条；不同伤情各计一项。标准未写明，为通行做法。"
        return "同一伤情只计一项，符合多条的取最重一条；几处伤情同用一条的也只计一项。标准未写明，为部分地区做法。"


@dataclass(frozen=True, slots=True)
class Item:
    """One finding as far as counting goes.

    injury: which injury it describes ("左胫腓骨骨折"); findings with the same words are one injury; empty: an injury of its own.
    number: the clause or principle chosen, None when the expert says that no clause applies.
    """

    injury: str
    number: str | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A finding that is not counted as an item of its own, and why, in Chinese."""

    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The items that count, worst first, and those left out. `grades` goes into `proposal`."""

    items: tuple[Item, ...]
    grades: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    policy: CountingPolicy


@dataclass(frozen=True, slots=True)
class Promotion:
    """What 4.2 allows. worst: heaviest grade of the items, None without items; may_be_raised_to: None when it may not be raised."""

    worst: int | None
    equal_count: int
    may_be_raised_to: int | None
    explanation: str


def proposal(grades: Sequence[int | None]) -> Promotion:
    """What the several grades come to: the worst one, and the one grade it may be raised to.

    grades: one per item, 1 (worst) … 10; None stands for an item without a clause and does not count.
    Two or more equal items at the worst grade allow one grade more, at most one, never beyond grade 1; equal lighter items
    change nothing and nothing cascades. It says what is allowed: raising is for the expert group.
    Law: GB/T 16180-2014 4.2. Raises: GradeUnknown.
    """
    counted = [checked_grade(grade) for grade in grades if grade is not None]
    if not counted:
        return Promotion(None, 0, None, "没有计入的条款，不涉及晋级（4.2）。")
    worst = min(counted)
    equal = counted.count(worst)
    raised = worst - 1 if equal > 1 and worst > WORST_GRADE else None
    return Promotion(worst, equal, raised, _explanation(worst, equal, len(counted), raised))


def counted(
    items: Iterable[Item], *, policy: CountingPolicy = CountingPolicy.INJURY, on: date | None = None
) -> Counted:
    """Which findings count as items: one injury once, by its worst clause; under INJURY_AND_CLAUSE one clause once, too.

    Law: GB/T 16180-2014 4.2 ("先对单项伤残鉴定"); the reading is `policy.explanation`. Raises: ClauseUnknown, StandardNotInForce.
    """
    kept: list[Item] = []
    left_out: list[LeftOut] = []
    for item in sorted(items, key=lambda each: _grade(each, on)):
        reason = _why_not_counted(item, kept, policy)
        if reason:
            left_out.append(LeftOut(item, reason))
        else:
            kept.append(item)
    return Counted(tuple(kept), tuple(_grade(item, on) for item in kept), tuple(left_out), policy)


_NO_CLAUSE = 99


def _grade(item: Item, on: date | None) -> int:
    return _NO_CLAUSE if item.number is None else ground(item.number, on=on).grade


def _why_not_counted(item: Item, kept: Sequence[Item], policy: CountingPolicy) -> str:
    if item.number is None:
        return "未选条款，不计入。"
    same = next((each for each in kept if item.injury.strip() and each.injury.strip() == item.injury.strip()), None)
    if same is not None:
        return f"与{same.number}为同一伤情，只计最重的一条。"
    if policy is CountingPolicy.INJURY_AND_CLAUSE and any(each.number == item.number for each in kept):
        return f"{item.number}已计一项，按本地做法同一条款只计一次。"
    return ""


def _explanation(worst: int, equal: int, total: int, raised: int | None) -> str:
    start = f"共{total}项，最重为{grade_label(worst)}，有{equal}项。"
    if raised is not None:
        return f"{start}两项及以上等级相同，最多晋升一级：可晋升至{grade_label(raised)}，是否晋升由专家组决定（4.2）。"
    if equal > 1:
        return f"{start}一级为最重等级，不再晋升（4.2）。"
    if total > 1:
        return f"{start}各项等级不同的以重者定级，较轻的项不影响，不晋级（4.2）。"
    return f"{start}只有一项，不涉及晋级（4.2）。"
