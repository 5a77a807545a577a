"""Self-care impairment by the five items of the standard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gongjian.grading.clauses import principle
from gongjian.grading.errors import SelfCareItemUnknown
from gongjian.grading.outcomes import SelfCareLevel, grade_label


class SelfCareItem(StrEnum):
    """What the person cannot do without another's help."""

    EATING = "eating"
    TURNING = "turning"
    TOILETING = "toileting"
    DRESSING = "dressing"
    MOVING = "moving"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def question(self) -> str:
        """When the item counts, in plain words."""
        return _LABELS[self][1]


_LABELS: Final = {
    SelfCareItem.EATING: ("进食", "不能自主进食，需他人帮助"),
    SelfCareItem.TURNING: ("翻身", "不能自主翻身，需他人帮助"),
    SelfCareItem.TOILETING: ("大小便", "不能自行大小便，需他人帮助"),
    SelfCareItem.DRESSING: ("穿衣洗漱", "不能自己穿衣、洗漱，需他人帮助"),
    SelfCareItem.MOVING: ("自主行动", "不能自主走动，需他人帮助"),
}

# Index: how many of the five items need help.
_LEVELS: Final = (
    SelfCareLevel.NONE,
    SelfCareLevel.PARTIAL,
    SelfCareLevel.PARTIAL,
    SelfCareLevel.MAJOR,
    SelfCareLevel.MAJOR,
    SelfCareLevel.COMPLETE,
)


@dataclass(frozen=True, slots=True)
class SelfCare:
    """Which items need help, the level that follows, and why, in Chinese."""

    items: tuple[SelfCareItem, ...]
    level: SelfCareLevel
    explanation: str

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def label(self) -> str:
        return self.level.label


def level(items: Collection[str]) -> SelfCare:
    """The level of self-care impairment from the items that need another's help.

    items: values of SelfCareItem, in any order; one named twice counts once.
    5 items complete, 3–4 major, 1–2 partial, 0 none (counts entered from memory of 4.1.5; older editions differ).
    Law: GB/T 16180-2014 4.1.5; 条例 art. 22. Raises: SelfCareItemUnknown.
    """
    for item in items:
        if item not in set(SelfCareItem):
            raise SelfCareItemUnknown(item=item)
    named = tuple(item for item in SelfCareItem if item in items)
    reached = _LEVELS[len(named)]
    return SelfCare(named, reached, _explanation(named, reached))


def disagreement(grade: int | None, care: SelfCareLevel, *, on: date | None = None) -> str | None:
    """A Chinese warning when the grade's principle does not know such a level of self-care impairment, else None.

    A warning only: grade and self-care are decided side by side. "None" never warns, since the principles of grades 1–3
    join self-care to medical dependence by "or".
    Law: GB/T 16180-2014 5.N.1; 条例 art. 22. Raises: GradeUnknown, StandardNotInForce.
    """
    if care is SelfCareLevel.NONE or (grade is not None and care in principle(grade, on=on).selfcare):
        return None
    return (
        f"{grade_label(grade)}与“{care.label}”一般不同时出现：{_what_the_standard_says(grade, on)}。"
        "伤残等级与生活自理障碍分别评定、互不推定，请核对两项后说明理由。"
    )


def _what_the_standard_says(grade: int | None, on: date | None) -> str:
    if grade is None:
        return "定级原则中，生活自理障碍只见于一级至四级"
    ground = principle(grade, on=on)
    known = [each.label for each in SelfCareLevel if each in ground.selfcare and each is not SelfCareLevel.NONE]
    return f"该级定级原则（{ground.number}）" + (f"只提到{'、'.join(known)}" if known else "写明无生活自理障碍")


def _explanation(items: tuple[SelfCareItem, ...], reached: SelfCareLevel) -> str:
    if not items:
        return f"进食、翻身、大小便、穿衣洗漱、自主行动五项均不需他人帮助：{reached.label}。"
    names = "、".join(item.label for item in items)
    return f"五项中有{len(items)}项（{names}）需他人帮助：{reached.label}（五项为完全，三至四项为大部分，一至二项为部分）。"
