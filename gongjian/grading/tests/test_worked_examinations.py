"""Whole cases from findings to answer: those asked in public and those derived from the rules."""

import pytest

from gongjian.grading.findings.base import Finding
from gongjian.grading.measures.eyesight import compensation_rate, field_pct, rate_grade
from gongjian.grading.room import Why
from gongjian.grading.tests.builders import an_answer, f, short

HEALED = {"healed": True, "residual": "none"}
ROOT = "internal_fixation"
DUCTS = f("male_organs", vas_deferens="both")


def fingers(level: str, *digits: str) -> list[Finding]:
    return [f("digit_loss", side="left", digit=digit, level=level) for digit in digits]


def thresholds(**found: object) -> Finding:
    names = [f"{ear}_{hertz}_db" for ear in ("right", "left") for hertz in (500, 1000, 2000)]
    return f("hearing", **dict(zip(names, [30, 30, 30, 90, 100, 110], strict=True)), **found)


# name, findings, the clause, the grade of the worst item
CASES = [
    ("脑挫裂伤与颅骨骨折", [f("brain_contusion", residual="none"), f("fracture", bone="skull", **HEALED)], "9(3)", 9),
    ("单纯锁骨骨折", [f("fracture", bone="clavicle", treatment="conservative", **HEALED)], "10(12)", 10),
    ("锁骨钢板内固定", [f("fracture", bone="clavicle", treatment=ROOT, **HEALED)], "10(12)", 10),
    ("多根肋骨骨折", [f("rib_fracture", side="left", ribs=4, chest_deformed=False, residual="none")], "10(12)", 10),
    ("一眼失明", [f("vision", right_state="no_light_perception", left_bcva=1.0)], "7(26)", 7),
    ("一眼摘除", [f("vision", right_state="removed", left_bcva=1.0)], "6(27)", 6),
    ("左食指末节离断", fingers("dip", "index"), "10(5)", 10),
    ("食指两节", fingers("pip", "index"), "9(16)", 9),
    ("四肢瘫3级", [f("limb_strength", right_arm_mrc=3, left_arm_mrc=3, right_leg_mrc=3, left_leg_mrc=3)], "1(2)", 1),
    ("截瘫4级、残余尿30mL", [f("paralysis", pattern="paraplegia", mrc=4), f("urination", residual_ml=30)], "6(5)", 6),
    ("智商45、记忆商30", [f("mental_capacity", iq=45, mq=30, months=8)], "2(1)", 2),
    ("全身瘢痕45%", [f("scar", bsa_pct=45, limited_large_joints=0)], "6(14)", 6),
    ("全身瘢痕5%", [f("scar", bsa_pct=5)], "9(9)", 9),
    ("面部瘢痕40%并唇外翻", [f("face_scar", fraction=0.4), f("disfigurement", moderate=["lip"])], "5(10)", 5),
    ("成角20度、短缩4.5cm", [f("lower_limb_deformity", angulation_deg=20, shortening_cm=4.5)], "6(21)", 6),
    ("脊柱内固定2节段", [f("spine_fixation", segments=2)], "9(14)", 9),
    ("脊柱内固定3节段", [f("spine_fixation", segments=3)], "8(14)", 8),
    ("食、中指近侧指间关节离断", fingers("pip", "index", "middle"), "7(16)", 7),
    ("韧带重建后稳定", [f("knee_injury", structure="cruciate", treatment="repaired", stability="stable")], "9(22)", 9),
    (
        "韧带重建后不稳",
        [f("knee_injury", structure="cruciate", treatment="repaired", stability="unstable", motion="normal")],
        "7(25)",
        7,
    ),
    ("韧带未手术", [f("knee_injury", structure="cruciate", treatment="none")], "10(11)", 10),
    ("右0.04、左0.5", [f("vision", right_bcva=0.04, left_bcva=0.5)], "6(29)", 6),
    ("双眼0.08与0.1", [f("vision", right_bcva=0.08, left_bcva=0.1)], "5(26)", 5),
    ("双眼半径25度", [f("vision", right_field_radius_deg=25, left_field_radius_deg=25)], "5(27)", 5),
    ("25岁，好耳30、差耳97", [thresholds(age=25, sex="male")], "8(34)", 8),
    (
        "尘肺贰期、45mmHg",
        [f("pneumoconiosis", stage=2, active_tuberculosis=False), f("respiratory", po2_mmhg=45)],
        "3(38)",
        3,
    ),
    ("残余尿50mL", [f("urination", residual_ml=50)], "4(47)", 4),
    ("残余尿49mL", [f("urination", residual_ml=49)], "7(52)", 7),
    ("颅骨缺损修补", [f("craniotomy", residual="none")], "9(4)", 9),
]


@pytest.mark.parametrize(("findings", "number", "grade"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_worked_case_comes_to_its_clause_and_grade(findings: list[Finding], number: str, grade: int) -> None:
    answer = an_answer(*findings)
    assert short(answer.tally.items[0].clause.number) == number
    assert answer.tally.worst == grade
    assert answer.grade in {grade, None}
    assert answer.grade is not None or answer.rooms


FEMUR = f("fracture", bone="femur", side="left", treatment=ROOT, **HEALED)
HEEL = f("fracture", bone="calcaneus", side="right", treatment=ROOT, **HEALED)
SHIN = [f("fracture", injury="左胫腓骨", bone=bone, treatment=ROOT, **HEALED) for bone in ("tibia", "fibula")]
TWO_FIRSTS = [f("resection", organ="small_intestine", removed=0.95), f("resection", organ="pancreas", removed=1)]
THREE_TENTHS = [*fingers("dip", "index"), f("face_scar", area_cm2=2.5), f("fracture", bone="rib", **HEALED)]
# name, findings, items' grades, may be raised to
SEVERAL = [
    ("股骨与跟骨内固定", [FEMUR, HEEL], [9, 9], 8),
    ("三项十级", THREE_TENTHS, [10, 10, 10], 9),
    ("两项一级", TWO_FIRSTS, [1, 1], None),
    ("同一胫腓骨", SHIN, [9], None),
    ("双耳与一耳是一项", [thresholds(age=25, sex="male")], [8], None),
]


@pytest.mark.parametrize(
    ("findings", "grades", "raised"), [row[1:] for row in SEVERAL], ids=[row[0] for row in SEVERAL]
)
def test_several_injuries_are_items_once_each(findings: list[Finding], grades: list[int], raised: int | None) -> None:
    answer = an_answer(*findings)
    assert [each.clause.grade for each in answer.tally.items] == grades
    assert answer.tally.promotion.may_be_raised_to == raised


def test_the_gap_of_vision_is_for_the_group_with_the_table_as_help() -> None:
    answer = an_answer(f("vision", right_state="no_light_perception", left_bcva=0.35))
    assert (answer.grade, answer.tally.worst) == (None, 6)
    assert rate_grade(compensation_rate(left=0.35, right=0.0).certain).value == 6


def test_eight_meridians_of_200_degrees_are_40_percent() -> None:
    assert field_pct(sum_deg=200).value == 40


def test_an_old_thumb_and_a_new_little_finger() -> None:
    old = f("digit_loss", side="right", digit="thumb", level="whole")
    answer = an_answer(*fingers("dip", "little"), prior=(old,), aggravated=False)
    assert [short(each.clause.number) for each in answer.tally.items] == ["10(5)"]


def test_no_children_ever_is_raised_by_b_4_2() -> None:
    answer = an_answer(DUCTS, childless=True)
    assert [(each.number, each.raised_to) for each in answer.raises] == [("5.6.2(61)", 5)]


def test_grade_and_self_care_stand_side_by_side() -> None:
    every = ("eating", "turning", "toileting", "dressing", "moving")
    heavy = an_answer(f("resection", organ="pancreas", removed=1), selfcare=every)
    light = an_answer(f("scar", bsa_pct=5), selfcare=())
    assert (heavy.grade, heavy.selfcare and heavy.selfcare.label) == (1, "生活完全不能自理")
    assert (light.grade, light.selfcare and light.selfcare.label) == (9, "未达到生活自理障碍等级")


def test_both_hands_weak_at_three_have_no_clause_and_no_grade() -> None:
    answer = an_answer(f("paralysis", pattern="hand_all", side="both", mrc=3))
    assert answer.grade is None
    assert Why.NO_CLAUSE in {each.why for each in answer.rooms}


def test_a_disc_with_ct_only_after_a_month_waits() -> None:
    disc = f("disc_herniation", acute_trauma=True, nerve_irritation=True, early_mri=False, months_since_injury=1)
    answer = an_answer(disc)
    assert answer.grade is None
    assert Why.TOO_EARLY in {each.why for each in answer.rooms}
