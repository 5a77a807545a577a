"""What just does not reach a clause: the other side of those conditions that the vignettes by body system meet on one side only."""

import pytest

from gongjian.grading.findings.base import Finding
from gongjian.grading.tests.builders import chosen, f

NO_DISFIGUREMENT = f("disfigurement", scarred_face=True, severe=[], moderate=[])

# what falls short, and the worst clause that is left
ALL: list[tuple[str, list[Finding], str | None]] = [
    (
        "瘢痕50%、关节不受限",
        [f("scar", bsa_pct=50), f("joint", side="left", joint="wrist", range_deg=70, healthy_deg=70)],
        "6(14)",
    ),
    ("面部40%、毁容零项", [f("face_scar", fraction=0.4), NO_DISFIGUREMENT], "6(13)"),
    ("上颌24%、软组织15cm²", [f("jaw", bones="maxilla", complete=False, loss_fraction=0.24, soft_tissue_cm2=15)], None),
    ("面部软组织20cm²伴涎瘘", [f("face_soft_tissue", area_cm2=20, salivary_fistula=True)], None),
    ("硬脑膜植皮9.9cm²", [f("skull_defect", dural_graft_cm2=9.9)], None),
    (
        "急性放射Ⅲ度术后影响功能",
        [f("radiation_skin", acute_degree=3, operated=True, limb_function_affected=True)],
        None,
    ),
    ("放射损伤未写明程度", [f("radiation_skin", operated=True, limb_function_affected=True)], None),
    ("放射溃疡已愈", [f("radiation_skin", nonhealing_ulcer=False)], None),
    ("会阴挛缩不伴狭窄", [f("perineum", stenosis=False)], None),
    ("单跟骨瘢痕不破溃", [f("heel_ulcer", side="left", recurrent=False)], None),
    ("骨盆内固定、环稳定", [f("pelvis", internal_fixation=True, ring_unstable=False, si_joint_separated=True)], None),
    ("膈肌修补、膈神经正常", [f("diaphragm", phrenic_palsy=False)], None),
    ("性功能障碍由其他原因", [f("sexual_dysfunction", cause="other")], None),
    ("脑挫裂伤有功能障碍", [f("brain_contusion", residual="present")], None),
    ("开颅术后有功能障碍", [f("craniotomy", residual="present")], None),
    ("颈动脉其他治疗", [f("carotid", treatment="other", residual="none")], None),
    ("颈动脉支架有障碍", [f("carotid", treatment="stent_or_bypass", residual="present")], None),
    ("秃发不需戴假发", [f("alopecia", wig_needed=False)], None),
    ("溢泪可以改进", [f("lacrimal", epiphora_not_improvable=False)], None),
    ("髁状突骨折未填侧别", [f("condyle")], None),
    ("颧骨骨折未填侧别", [f("zygoma")], None),
    ("腹腔脏器挫裂伤经手术", [f("abdominal_organ_contusion", conservative=False)], None),
    ("职业性皮肤病已愈", [f("occupational_dermatosis", nonhealing=False)], None),
]


@pytest.mark.parametrize(("findings", "worst"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_what_falls_short_of_a_clause_is_not_given_it(findings: list[Finding], worst: str | None) -> None:
    assert next(iter(chosen(*findings)), None) == worst
