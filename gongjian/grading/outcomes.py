"""What an appraisal can come to: one of ten grades or none, and one of four levels of self-care. Labels and exchange codes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gongjian.grading.errors import GradeUnknown, OutcomeCodeUnknown

GRADES: Final = range(1, 11)
WORST_GRADE: Final = 1
NOT_REACHED_CODE: Final = "11"
NOT_REACHED_LABEL: Final = "未达到伤残等级"

_NUMERALS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


class SelfCareLevel(StrEnum):
    """Level of self-care impairment, heaviest first."""

    COMPLETE = "complete"
    MAJOR = "major"
    PARTIAL = "partial"
    NONE = "none"

    @property
    def label(self) -> str:
        """As written in a conclusion, for example 生活大部分不能自理. Law: 条例 art. 22."""
        return _SELFCARE_LABELS[self]

    @property
    def code(self) -> str:
        """Exchange code of field alc060 ("1" … "4"), as one province uses it; map it for others."""
        return _SELFCARE_CODES[self]


_SELFCARE_LABELS: Final = {
    SelfCareLevel.COMPLETE: "生活完全不能自理",
    SelfCareLevel.MAJOR: "生活大部分不能自理",
    SelfCareLevel.PARTIAL: "生活部分不能自理",
    SelfCareLevel.NONE: "未达到生活自理障碍等级",
}
_SELFCARE_CODES: Final = {
    SelfCareLevel.COMPLETE: "1",
    SelfCareLevel.MAJOR: "2",
    SelfCareLevel.PARTIAL: "3",
    SelfCareLevel.NONE: "4",
}


class CapacityLoss(StrEnum):
    """Class of lost labour capacity that a grade belongs to."""

    TOTAL = "total"
    MAJOR = "major"
    PARTIAL = "partial"

    @property
    def label(self) -> str:
        return {"total": "全部丧失劳动能力", "major": "大部分丧失劳动能力", "partial": "部分丧失劳动能力"}[self.value]


CAPACITY_LOSS_CONFIDENCE: Final = "一至四级全部丧失、五至六级大部分丧失、七至十级部分丧失，为通行分类；GB/T 16180-2014 正文是否载有此句尚未核实，结论书不应单独以此为据。"


def checked_grade(grade: int) -> int:
    """`grade` itself, when it is one of 1 … 10 (1 is the worst). Raises: GradeUnknown."""
    if type(grade) is not int or grade not in GRADES:
        raise GradeUnknown(grade=grade)
    return grade


def grade_label(grade: int | None) -> str:
    """一级 … 十级, or 未达到伤残等级 for None. Raises: GradeUnknown."""
    return NOT_REACHED_LABEL if grade is None else f"{_NUMERALS[checked_grade(grade) - 1]}级"


def grade_code(grade: int | None) -> str:
    """Exchange code of field ala040: "01" … "10", "11" when no grade is reached. Raises: GradeUnknown."""
    return NOT_REACHED_CODE if grade is None else f"{checked_grade(grade):02d}"


def capacity_loss(grade: int | None) -> CapacityLoss | None:
    """Class of lost labour capacity; None when no grade is reached.

    See CAPACITY_LOSS_CONFIDENCE before printing it.
    Law: GB/T 16180 in common reading; 条例 arts. 35–37 (the same three groups of benefits). Raises: GradeUnknown.
    """
    if grade is None:
        return None
    if checked_grade(grade) <= 4:
        return CapacityLoss.TOTAL
    return CapacityLoss.MAJOR if grade <= 6 else CapacityLoss.PARTIAL


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a work-injury appraisal. grade: 1 … 10, or None when no grade is reached.

    selfcare: None when self-care was not asked for. The two are decided side by side; neither follows from the other.
    Law: 条例 art. 22. Raises: GradeUnknown.
    """

    grade: int | None
    selfcare: SelfCareLevel | None = None

    def __post_init__(self) -> None:
        if self.grade is not None:
            checked_grade(self.grade)

    @property
    def is_reached(self) -> bool:
        return self.grade is not None

    @property
    def grade_label(self) -> str:
        return grade_label(self.grade)

    @property
    def selfcare_label(self) -> str:
        return "" if self.selfcare is None else self.selfcare.label

    @property
    def label(self) -> str:
        """Both findings in one line: "四级，生活部分不能自理"."""
        return "，".join(part for part in (self.grade_label, self.selfcare_label) if part)

    @property
    def grade_code(self) -> str:
        return grade_code(self.grade)

    @property
    def selfcare_code(self) -> str:
        return "" if self.selfcare is None else self.selfcare.code

    @property
    def capacity_loss(self) -> CapacityLoss | None:
        return capacity_loss(self.grade)


def outcome_from_codes(grade: str, selfcare: str = "") -> Outcome:
    """Read exchange codes back: ("04", "3") is grade four, partial. Raises: OutcomeCodeUnknown."""
    grades: dict[str, int | None] = {grade_code(each): each for each in GRADES} | {NOT_REACHED_CODE: None}
    levels = {"": None} | {level.code: level for level in SelfCareLevel}
    if grade not in grades:
        raise OutcomeCodeUnknown(value=grade)
    if selfcare not in levels:
        raise OutcomeCodeUnknown(value=selfcare)
    return Outcome(grades[grade], levels[selfcare])
