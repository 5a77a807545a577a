"""What is computed from a finding is shown with its steps; what the text leaves open is told."""

import pytest

from gongjian.grading.findings.base import Finding
from gongjian.grading.tests.builders import f
from gongjian.grading.workings import open_measures, workings

HEARING = {f"{ear}_{hertz}_db": 40 for ear in ("right", "left") for hertz in (500, 1000, 2000)}
LIVER = {"albumin_g_dl": 3.2, "bilirubin_mg_dl": 1.7, "ascites": "none", "encephalopathy": "none"}
# finding, titles and values
COMPUTED = [
    (f("mental_capacity", iq=45, months=6), [("智能损伤", "moderate")]),
    (f("epilepsy", treated_years=1, needs_medicine=True), [("癫痫", "mild")]),
    (f("joint", side="left", joint="knee", range_deg=130, healthy_deg=135), [("关节功能", "mild")]),
    (f("joint", side="left", joint="knee", flexion_deg=90, healthy_flexion_deg=135), [("关节功能", "moderate")]),
    (f("vision", right_field_sum_deg=200), [("右眼视野有效值", 40)]),
    (f("vision", left_bcva=0.5, right_bcva=0.04), [("盲及低视力（较好眼）", ""), ("视力丧失补偿率", 40)]),
    (
        f("vision", notation="five", left_bcva=4.7, right_bcva=3.6),
        [("右眼视力换算", 0.04), ("左眼视力换算", 0.5), ("盲及低视力（较好眼）", ""), ("视力丧失补偿率", 40)],
    ),
    (f("disfigurement", moderate=["lip", "ear"]), [("颜面毁容", ("mild",))]),
    (f("vertebra", canal_left=0.3), [("脊椎骨折稳定性", "unstable")]),
    (f("hearing", **HEARING), [("听力损失", 40)]),
    (f("vision", right_field_radius_deg=25), [("右眼视野有效值", 40)]),
    (f("vision", left_field_radius_deg=10, right_field_radius_deg=5), [("右眼视野有效值", 8), ("左眼视野有效值", 16)]),
    (f("respiratory", fvc_pct=65, po2_kpa=9), [("肺功能损伤", "mild"), ("低氧血症", "mild")]),
    (f("liver_function", **LIVER, prothrombin_longer_s=4), [("肝功能损害", "mild")]),
    (f("parathyroid", calcium_mg_dl=5), [("甲状旁腺功能", "severe")]),
    (f("renal", ccr_ml_min=60), [("肾功能不全", ("compensated",))]),
    (f("renal", sbp_mmhg=165), [("血压", True)]),
    (f("urination", residual_ml=20), [("排尿障碍", "mild")]),
    (f("scar", bsa_pct=10), []),
    (f("hearing", right_500_db=40), []),
    (f("renal", stage="uremia"), []),
]


@pytest.mark.parametrize(("finding", "values"), COMPUTED, ids=range(len(COMPUTED)))
def test_each_finding_shows_what_is_computed_from_it(finding: Finding, values: list[tuple[str, object]]) -> None:
    found = workings(finding)
    assert [(each.title, each.value) for each in found] == values
    assert all(step.text and step.article for each in found for step in each.steps)


# finding, the article that leaves it open
OPEN = [
    (f("joint", side="left", joint="knee", range_deg=50, healthy_deg=100), "A.2.5"),
    (f("respiratory", fvc_pct=80), "表A.8"),
    (f("respiratory", fvc_pct=50, dlco_pct=70), "表A.8"),
    (f("respiratory", po2_kpa=9, po2_mmhg=45), "A.5.1.3"),
    (f("epilepsy", treated_years=1, other_per_week=1), "A.1.4"),
    (f("epilepsy", treated_years=0.5), "A.1.4"),
    (f("mental_capacity", iq=45, months=3), "A.1.1"),
    (f("parathyroid", calcium_mg_dl=7), "A.4.5"),
    (f("liver_function", **{**LIVER, "albumin_g_dl": 3.0, "bilirubin_mg_dl": 2.5}, prothrombin_longer_s=4), "表A.7"),
]


@pytest.mark.parametrize(("finding", "article"), OPEN, ids=range(len(OPEN)))
def test_what_the_text_leaves_open_is_told_with_its_article(finding: Finding, article: str) -> None:
    ((text, told),) = open_measures(finding)
    assert told == article
    assert text.endswith("。")


# the expert has named the class: nothing is open any more
JUDGED = [
    f("joint", side="left", joint="knee", range_deg=50, healthy_deg=100, degree="severe"),
    f("respiratory", fvc_pct=80, lung_function="mild"),
    f("parathyroid", calcium_mg_dl=7, level="mild"),
]


@pytest.mark.parametrize("finding", JUDGED, ids=[each.kind for each in JUDGED])
def test_a_class_named_by_the_expert_is_not_open(finding: Finding) -> None:
    assert open_measures(finding) == ()
