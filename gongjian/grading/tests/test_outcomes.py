"""Labels, exchange codes and classes of what an appraisal can come to."""

import pytest

from gongjian.grading.errors import GradeUnknown, OutcomeCodeUnknown
from gongjian.grading.outcomes import (
    CAPACITY_LOSS_CONFIDENCE,
    CapacityLoss,
    Outcome,
    SelfCareLevel,
    capacity_loss,
    checked_grade,
    grade_code,
    grade_label,
    outcome_from_codes,
)

TABLE = [
    (1, "一级", "01", CapacityLoss.TOTAL),
    (2, "二级", "02", CapacityLoss.TOTAL),
    (3, "三级", "03", CapacityLoss.TOTAL),
    (4, "四级", "04", CapacityLoss.TOTAL),
    (5, "五级", "05", CapacityLoss.MAJOR),
    (6, "六级", "06", CapacityLoss.MAJOR),
    (7, "七级", "07", CapacityLoss.PARTIAL),
    (8, "八级", "08", CapacityLoss.PARTIAL),
    (9, "九级", "09", CapacityLoss.PARTIAL),
    (10, "十级", "10", CapacityLoss.PARTIAL),
    (None, "未达到伤残等级", "11", None),
]


@pytest.mark.parametrize(("grade", "label", "code", "loss"), TABLE)
def test_each_outcome_has_its_label_code_and_class(
    grade: int | None, label: str, code: str, loss: CapacityLoss | None
) -> None:
    outcome = Outcome(grade)
    assert outcome.grade_label == grade_label(grade) == label
    assert outcome.grade_code == grade_code(grade) == code
    assert outcome.capacity_loss == capacity_loss(grade) == loss
    assert outcome.is_reached == (grade is not None)


@pytest.mark.parametrize(("grade", "label", "code", "loss"), TABLE)
def test_an_outcome_is_read_back_from_its_code(
    grade: int | None, label: str, code: str, loss: CapacityLoss | None
) -> None:
    assert outcome_from_codes(code) == Outcome(grade)


@pytest.mark.parametrize("grade", [0, 11, -1, 100, True, False])
def test_nothing_else_is_a_grade(grade: int) -> None:
    with pytest.raises(GradeUnknown) as refusal:
        Outcome(grade)
    assert "一级至十级" in str(refusal.value)
    with pytest.raises(GradeUnknown):
        checked_grade(grade)


@pytest.mark.parametrize(
    ("level", "label", "code"),
    [
        (SelfCareLevel.COMPLETE, "生活完全不能自理", "1"),
        (SelfCareLevel.MAJOR, "生活大部分不能自理", "2"),
        (SelfCareLevel.PARTIAL, "生活部分不能自理", "3"),
        (SelfCareLevel.NONE, "未达到生活自理障碍等级", "4"),
    ],
)
def test_each_self_care_level_has_its_label_and_code(level: SelfCareLevel, label: str, code: str) -> None:
    outcome = Outcome(1, level)
    assert (outcome.selfcare_label, outcome.selfcare_code) == (label, code)
    assert outcome_from_codes("01", code) == outcome


@pytest.mark.parametrize(
    ("outcome", "label"),
    [
        (Outcome(4, SelfCareLevel.PARTIAL), "四级，生活部分不能自理"),
        (Outcome(1, SelfCareLevel.COMPLETE), "一级，生活完全不能自理"),
        (Outcome(4, SelfCareLevel.NONE), "四级，未达到生活自理障碍等级"),
        (Outcome(9), "九级"),
        (Outcome(None), "未达到伤残等级"),
        (Outcome(None, SelfCareLevel.NONE), "未达到伤残等级，未达到生活自理障碍等级"),
    ],
)
def test_grade_and_self_care_are_said_side_by_side(outcome: Outcome, label: str) -> None:
    assert outcome.label == label


def test_self_care_not_asked_for_is_not_the_same_as_none_found() -> None:
    assert Outcome(9).selfcare_label == ""
    assert Outcome(9).selfcare_code == ""
    assert Outcome(9) != Outcome(9, SelfCareLevel.NONE)


@pytest.mark.parametrize(
    ("grade", "selfcare", "named"),
    [
        ("12", "", "12"),
        ("1", "", "1"),
        ("00", "", "00"),
        ("", "", ""),
        ("十级", "", "十级"),
        ("01", "5", "5"),
        ("01", "9", "9"),
        ("01", "0", "0"),
    ],
)
def test_an_unknown_exchange_code_is_refused(grade: str, selfcare: str, named: str) -> None:
    with pytest.raises(OutcomeCodeUnknown) as refusal:
        outcome_from_codes(grade, selfcare)
    assert f"“{named}”" in str(refusal.value)


@pytest.mark.parametrize(
    ("loss", "label"),
    [
        (CapacityLoss.TOTAL, "全部丧失劳动能力"),
        (CapacityLoss.MAJOR, "大部分丧失劳动能力"),
        (CapacityLoss.PARTIAL, "部分丧失劳动能力"),
    ],
)
def test_the_classes_of_lost_capacity_are_labelled(loss: CapacityLoss, label: str) -> None:
    assert loss.label == label


def test_the_doubt_about_the_classes_is_said() -> None:
    assert "尚未核实" in CAPACITY_LOSS_CONFIDENCE
