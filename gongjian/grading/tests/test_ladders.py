"""Worse never grades lighter: every measured value is walked from the lightest to the gravest, step by step."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from gongjian.grading.findings.base import Finding
from gongjian.grading.tests.builders import an_answer, f

NONE = 11
EARS = [f"{ear}_{hertz}_db" for ear in ("right", "left") for hertz in (500, 1000, 2000)]


def upward(low: float, high: float, steps: int) -> list[float]:
    return [round(low + (high - low) * n / steps, 4) for n in range(steps + 1)]


def downward(low: float, high: float, steps: int) -> list[float]:
    return upward(low, high, steps)[::-1]


def of(kind: str, name: str, **fixed: Any) -> Callable[[Any], Finding]:
    return lambda value: f(kind, **{name: value}, **fixed)


def both_ears(value: Any) -> Finding:
    return f("hearing", **dict.fromkeys(EARS, value))


def one_ear(value: Any) -> Finding:
    return f("hearing", **dict.fromkeys(EARS[:3], 0), **dict.fromkeys(EARS[3:], value))


def both_eyes(value: Any) -> Finding:
    return f("vision", right_bcva=value, left_bcva=value)


def both_fields(value: Any) -> Finding:
    return f("vision", right_field_radius_deg=value, left_field_radius_deg=value)


# what is walked, from light to grave, and the grades met on the way (11: none)
LADDERS: list[tuple[str, Callable[[Any], Finding], Sequence[Any], list[int]]] = [
    ("双耳听力", both_ears, range(121), [11, 10, 9, 8, 7, 6, 5, 4]),
    ("一耳听力", one_ear, range(121), [11, 10, 9, 8]),
    (
        "双眼视力",
        both_eyes,
        [1.0, 0.9, 0.8, 0.5, 0.4, 0.3, 0.2, 0.1, 0.09, 0.05, 0.04, 0.01],
        [11, 10, 9, 8, 7, 6, 4, 3],
    ),
    ("双眼视野", both_fields, downward(1, 62, 61), [11, 8, 7, 6, 5, 4, 3]),
    ("摘除、另眼视力", of("vision", "left_bcva", right_state="removed"), downward(0.01, 1.0, 99), [6, 5, 4, 3, 2]),
    (
        "摘除、另眼视野",
        of("vision", "left_field_radius_deg", right_state="removed"),
        downward(1, 62, 61),
        [6, 5, 4, 3, 2],
    ),
    ("全身瘢痕", of("scar", "bsa_pct"), upward(0, 100, 200), [11, 10, 9, 8, 7, 6]),
    (
        "瘢痕并四个关节受限",
        of("scar", "bsa_pct", severe=True, limited_large_joints=4),
        range(101),
        [11, 10, 9, 8, 7, 6, 4, 3, 2],
    ),
    ("面部瘢痕面积", of("face_scar", "area_cm2"), upward(0, 20, 200), [11, 10, 9]),
    ("面部瘢痕比例", of("face_scar", "fraction", pigment_change=True), upward(0, 1, 200), [11, 7, 6]),
    ("颜面色素", of("face_pigment", "fraction"), upward(0, 1, 100), [11, 8, 6]),
    ("小肠", of("resection", "removed", organ="small_intestine"), upward(0, 1, 200), [11, 8, 7, 4, 1]),
    ("肝", of("resection", "removed", organ="liver"), upward(0, 1, 200), [11, 8, 7, 6, 5, 4]),
    ("胃", of("resection", "removed", organ="stomach"), upward(0, 1, 200), [11, 8, 7, 6, 5, 4]),
    ("胰", of("resection", "removed", organ="pancreas"), upward(0, 1, 200), [11, 8, 7, 6, 5, 1]),
    ("脾", of("resection", "removed", organ="spleen"), upward(0, 1, 100), [11, 8, 7]),
    ("膀胱", of("resection", "removed", organ="bladder"), upward(0, 1, 100), [11, 7, 3]),
    ("舌", of("tongue", "loss_fraction"), [0, 0.1, 0.3, 0.4, 0.6, 0.7, 1], [11, 8, 6, 3]),
    ("腹壁", of("abdominal_wall", "loss_fraction"), upward(0, 1, 100), [11, 8, 6]),
    ("椎体", of("vertebra", "anterior_height_loss"), upward(0, 1, 100), [11, 9, 8]),
    ("脊柱内固定", of("spine_fixation", "segments"), range(1, 25), [9, 8]),
    ("内生肌酐清除率", of("renal", "ccr_ml_min"), downward(0, 120, 240), [11, 7, 5, 2, 1]),
    ("血浆肌酐", of("renal", "scr_umol_l"), upward(50, 1000, 950), [11, 5, 2, 1]),
    ("残余尿", of("urination", "residual_ml"), range(200), [11, 7, 4]),
    ("血氧kPa", of("respiratory", "po2_kpa"), downward(2, 13, 110), [11, 7, 5, 2]),
    ("血氧mmHg", of("respiratory", "po2_mmhg"), range(100, 20, -1), [11, 7, 5, 2]),
    ("贰期尘肺以下的期别", of("pneumoconiosis", "stage", active_tuberculosis=False), [2, 3], [4, 3]),
    ("智商", of("mental_capacity", "iq", months=12), downward(0, 120, 240), [11, 6, 4, 2, 1]),
    ("单肢瘫", of("paralysis", "mrc", pattern="monoplegia"), [5, 4, 3, 2, 1, 0], [11, 8, 5, 4]),
    ("三肢瘫", of("paralysis", "mrc", pattern="triplegia"), [5, 4, 3, 2, 1, 0], [11, 6, 2, 1]),
    ("四肢瘫", of("paralysis", "mrc", pattern="tetraplegia"), [5, 4, 3, 2, 1, 0], [11, 5, 1]),
    ("偏瘫", of("paralysis", "mrc", pattern="hemiplegia"), [5, 4, 3, 2, 1, 0], [11, 7, 3, 2]),
    ("截瘫", of("paralysis", "mrc", pattern="paraplegia"), [5, 4, 3, 2, 1, 0], [11, 7, 3, 2]),
    ("心功能不全", of("cardiac", "insufficiency"), [0, 1, 2, 3], [11, 7, 4, 2]),
    (
        "血小板（有出血倾向）",
        of("hematology", "plt_1e9_l", disease="toxic", bleeding="tendency"),
        range(100, 0, -1),
        [11, 5, 3],
    ),
    ("白细胞（中毒性）", of("hematology", "wbc_1e9_l", disease="toxic"), downward(0, 8, 80), [11, 7, 5]),
    ("血钙", of("parathyroid", "calcium_mg_dl"), [9, 8, 7.9, 7.1, 6.9, 6, 5.9, 4], [11, 8, 6, 4]),
    ("张口困难（双侧骨性）", of("tmj", "mouth_opening", side="both", bony=True), [2, 3, 4], [8, 6, 4]),
    ("头皮", of("scalp", "loss_fraction"), upward(0, 1, 100), [11, 6]),
    ("牙槽骨（十牙）", of("teeth", "alveolar_cm", teeth_lost=10), upward(0, 12, 120), [11, 9, 8, 7]),
    ("脱落牙（八厘米）", of("teeth", "teeth_lost", alveolar_cm=8), range(20), [11, 9, 8, 7]),
]


def grade_of(finding: Finding) -> int:
    return an_answer(finding).tally.worst or NONE


@pytest.mark.parametrize(("finding", "values", "grades"), [row[1:] for row in LADDERS], ids=[row[0] for row in LADDERS])
def test_worse_is_never_graded_lighter_and_every_step_is_met(
    finding: Callable[[Any], Finding], values: Sequence[Any], grades: list[int]
) -> None:
    walked = [grade_of(finding(value)) for value in values]
    assert walked == sorted(walked, reverse=True)
    assert list(dict.fromkeys(walked)) == grades
