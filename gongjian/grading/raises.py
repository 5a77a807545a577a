"""The two raises of appendix B that stand beside 4.2: no children any more, and a bowel that closes again and again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gongjian.grading.candidates import Candidate
from gongjian.grading.conditions import alternatives, kinds_asked
from gongjian.grading.outcomes import WORST_GRADE, grade_label

# Clauses about organs of reproduction that are missing or cannot be mended.
REPRODUCTIVE: Final = frozenset(
    {
        "5.5.2(50)",
        "5.5.2(52)",
        "5.5.2(53)",
        "5.5.2(54)",
        "5.6.2(61)",
        "5.6.2(62)",
        "5.6.2(64)",
        "5.6.2(65)",
        "5.8.2(61)",
        "5.8.2(62)",
        "5.8.2(65)",
        "5.8.2(66)",
    }
)
_ABDOMEN: Final = frozenset({"resection", "liver", "biliary", "abdominal_wall", "surgery", "abdominal_organ_contusion"})


@dataclass(frozen=True, slots=True)
class Raise:
    """A clause's grade one worse by appendix B. Whether it adds to a raise by 4.2 the standard does not say."""

    number: str
    grade: int
    raised_to: int
    article: str
    reason: str


def raises(holds: Iterable[Candidate], *, childless: bool, recurring_obstruction: bool) -> tuple[Raise, ...]:
    """Which of the clauses that hold may be raised by one, never beyond grade 1.

    childless: no children yet and never able to have any; recurring_obstruction: shown by images, after opening the abdomen.
    Law: GB/T 16180-2014 B.4.2, B.4.11.
    """
    found = []
    for each in holds:
        clause = each.clause
        if clause.grade == WORST_GRADE:
            continue
        if childless and clause.number in REPRODUCTIVE:
            found.append(_raise(each, "B.4.2", "生殖器官缺损不能修复，未育者终生不能生育"))
        if recurring_obstruction and kinds_asked(alternatives(clause.parameters)) & _ABDOMEN:
            found.append(_raise(each, "B.4.11", "开腹术后反复粘连性肠梗阻，有影像依据"))
    return tuple(found)


def _raise(each: Candidate, article: str, reason: str) -> Raise:
    clause = each.clause
    raised = clause.grade - 1
    text = (
        f"{reason}：{clause.number}在{grade_label(clause.grade)}基础上上升一级，为{grade_label(raised)}（{article}）。"
    )
    return Raise(clause.number, clause.grade, raised, article, text)
