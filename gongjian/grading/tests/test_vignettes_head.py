"""Brain, mind, nerves, face and skin: both sides of every threshold, one line each."""

import pytest

from gongjian.grading.findings.base import Finding
from gongjian.grading.tests.builders import chosen, f, undecided

SEVERE = ["eyebrow", "eyelid", "ear", "nose"]


def weak(pattern: str, mrc: int, side: str | None = None) -> list[Finding]:
    return [f("paralysis", pattern=pattern, mrc=mrc, side=side)]


def fits(**found: float) -> list[Finding]:
    return [f("epilepsy", treated_years=1, **found)]


def limbs(*mrc: int) -> list[Finding]:
    names = ("right_arm_mrc", "left_arm_mrc", "right_leg_mrc", "left_leg_mrc")
    return [f("limb_strength", **dict(zip(names, mrc, strict=True)))]


def burnt(pct: float, **more: object) -> list[Finding]:
    return [f("scar", bsa_pct=pct, **more)]


def face(**found: object) -> list[Finding]:
    return [f("face_scar", **found)]


def marks(*severe: str, moderate: tuple[str, ...] = (), scarred: bool = True) -> Finding:
    return f("disfigurement", severe=list(severe), moderate=list(moderate), scarred_face=scarred)


MIND = [
    ("智商19", [f("mental_capacity", iq=19, months=6)], "1(1)"),
    ("智商20", [f("mental_capacity", iq=20, months=6)], "2(1)"),
    ("智商34", [f("mental_capacity", iq=34)], "2(1)"),
    ("智商35", [f("mental_capacity", iq=35)], "4(1)"),
    ("智商49", [f("mental_capacity", iq=49)], "4(1)"),
    ("智商50", [f("mental_capacity", iq=50)], "6(2)"),
    ("智商69", [f("mental_capacity", iq=69)], "6(2)"),
    ("智商70", [f("mental_capacity", iq=70)], None),
    ("智商45、记忆商30，就重", [f("mental_capacity", iq=45, mq=30, months=8)], "2(1)"),
    ("智商45，五个月", [f("mental_capacity", iq=45, months=5)], None),
    (
        "边缘智能治疗一年",
        [f("personality_or_borderline", sort="borderline", treated_years=1, residual="social_function_impaired")],
        "7(7)",
    ),
    (
        "人格改变治疗11个月",
        [f("personality_or_borderline", sort="personality", treated_years=0.9, residual="social_function_impaired")],
        None,
    ),
    ("危险行为", [f("psychotic", treated_years=1, residual="dangerous_or_impulsive")], "3(1)"),
    ("不能自理", [f("psychotic", treated_years=2, residual="no_selfcare")], "3(2)"),
    ("缺乏社交", [f("psychotic", treated_years=1, residual="no_social_ability")], "4(3)"),
    ("影响职业", [f("psychotic", treated_years=1, residual="occupational_impact")], "6(3)"),
    ("影响职业，治疗半年", [f("psychotic", treated_years=0.5, residual="occupational_impact")], None),
    ("大发作每月1.1次", fits(grand_mal_per_month=1.1), "4(2)"),
    ("大发作每月1次", fits(grand_mal_per_month=1), "6(1)"),
    ("失神每周1.1次", fits(other_per_week=1.1), "4(2)"),
    ("失神每周0.9次", fits(other_per_week=0.9), "6(1)"),
    ("失神每周恰1次", fits(other_per_week=1), None),
    ("须服药控制", fits(needs_medicine=True), "9(1)"),
    ("治疗不满一年", [f("epilepsy", treated_years=0.9, grand_mal_per_month=3)], None),
]
NERVES = [
    ("四肢瘫3级", weak("tetraplegia", 3), "1(2)"),
    ("四肢瘫4级", weak("tetraplegia", 4), "5(1)"),
    ("四肢瘫5级", weak("tetraplegia", 5), None),
    ("三肢瘫2级", weak("triplegia", 2), "1(2)"),
    ("三肢瘫3级", weak("triplegia", 3), "2(2)"),
    ("三肢瘫4级", weak("triplegia", 4), "6(4)"),
    ("偏瘫2级", weak("hemiplegia", 2), "2(3)"),
    ("偏瘫3级", weak("hemiplegia", 3), "3(3)"),
    ("偏瘫4级", weak("hemiplegia", 4), "7(1)"),
    ("截瘫2级", weak("paraplegia", 2), "2(4)"),
    ("截瘫3级", weak("paraplegia", 3), "3(4)"),
    ("截瘫4级", weak("paraplegia", 4), "7(2)"),
    ("截瘫4级、残余尿30mL", [*weak("paraplegia", 4), f("urination", residual_ml=30)], "6(5)"),
    ("单肢瘫2级", weak("monoplegia", 2), "4(4)"),
    ("单肢瘫3级", weak("monoplegia", 3), "5(2)"),
    ("单肢瘫4级", weak("monoplegia", 4), "8(1)"),
    ("双手全肌瘫2级", weak("hand_all", 2, "both"), "2(5)"),
    ("双手全肌瘫4级", weak("hand_all", 4, "both"), "6(6)"),
    ("一手全肌瘫2级", weak("hand_all", 2, "left"), "5(4)"),
    ("一手全肌瘫3级", weak("hand_all", 3, "left"), "6(7)"),
    ("一手全肌瘫4级", weak("hand_all", 4, "left"), "8(2)"),
    ("左右手全肌瘫2级分别填写", [*weak("hand_all", 2, "left"), *weak("hand_all", 2, "right")], "2(5)"),
    ("双手部分肌瘫2级", weak("hand_part", 2, "both"), "4(5)"),
    ("双手部分肌瘫3级", weak("hand_part", 3, "both"), "5(3)"),
    ("双手部分肌瘫4级", weak("hand_part", 4, "both"), "8(3)"),
    ("单手部分肌瘫3级", weak("hand_part", 3, "left"), "7(3)"),
    ("单手部分肌瘫4级", weak("hand_part", 4, "left"), None),
    ("双足全肌瘫2级", weak("foot_all", 2, "both"), "3(5)"),
    ("双足全肌瘫3级", weak("foot_all", 3, "both"), "5(5)"),
    ("双足全肌瘫4级", weak("foot_all", 4, "both"), None),
    ("单足全肌瘫2级", weak("foot_all", 2, "left"), "6(9)"),
    ("单足全肌瘫3级", weak("foot_all", 3, "left"), "7(5)"),
    ("双足部分肌瘫2级", weak("foot_part", 2, "both"), "6(8)"),
    ("双足部分肌瘫3级", weak("foot_part", 3, "both"), "7(4)"),
    ("双足部分肌瘫4级", weak("foot_part", 4, "both"), "8(4)"),
    ("单足部分肌瘫3级", weak("foot_part", 3, "left"), "8(5)"),
    ("单足部分肌瘫4级", weak("foot_part", 4, "left"), None),
    ("四肢肌力3/3/3/3", limbs(3, 3, 3, 3), "1(2)"),
    ("四肢肌力3/3/3/4", limbs(3, 3, 3, 4), "2(2)"),
    ("四肢肌力2/2/2/5", limbs(2, 2, 2, 5), "1(2)"),
    ("四肢肌力2/5/2/5", limbs(2, 5, 2, 5), "2(3)"),
    ("四肢肌力5/5/2/2", limbs(5, 5, 2, 2), "2(4)"),
    ("四肢肌力5/5/5/4", limbs(5, 5, 5, 4), "8(1)"),
    ("四肢肌力正常", limbs(5, 5, 5, 5), None),
    ("运动障碍重度", [f("motor_disorder_nonparalytic", level="severe")], "1(3)"),
    ("运动障碍中度", [f("motor_disorder_nonparalytic", level="moderate")], "3(6)"),
    ("运动障碍轻度", [f("motor_disorder_nonparalytic", level="mild")], "6(10)"),
    ("完全感觉性失语", [f("aphasia", type="sensory", degree="complete")], "2(6)"),
    ("完全混合性失语", [f("aphasia", type="mixed", degree="complete")], "2(6)"),
    ("完全运动性失语", [f("aphasia", type="motor", degree="complete")], "5(6)"),
    ("不完全感觉性失语", [f("aphasia", type="sensory", degree="incomplete")], "6(11)"),
    ("不完全运动性失语", [f("aphasia", type="motor", degree="incomplete")], "7(8)"),
    ("完全失用、失写", [f("cortical", types=["apraxia", "agraphia"], degree="complete")], "3(7)"),
    ("完全失用", [f("cortical", types=["apraxia"], degree="complete")], "5(7)"),
    ("不完全失用、失读", [f("cortical", types=["apraxia", "alexia"], degree="incomplete")], "5(8)"),
    ("不完全失认", [f("cortical", types=["agnosia"], degree="incomplete")], "7(9)"),
    ("第Ⅲ对脑神经", [f("cranial_nerve", nerve=3)], "5(22)"),
    ("第Ⅳ对脑神经", [f("cranial_nerve", nerve=4)], "6(32)"),
    ("第Ⅵ对脑神经", [f("cranial_nerve", nerve=6)], "6(32)"),
    ("第Ⅴ对脑神经眼支", [f("cranial_nerve", nerve=5, branch="ophthalmic")], "9(25)"),
    ("第Ⅴ对脑神经其他支", [f("cranial_nerve", nerve=5, branch="other")], None),
    ("双侧完全面瘫", [f("facial_palsy", right="complete", left="complete")], "4(25)"),
    ("一侧完全一侧不完全", [f("facial_palsy", right="complete", left="incomplete")], "5(34)"),
    ("一侧完全面瘫", [f("facial_palsy", right="complete")], "6(41)"),
    ("双侧不完全面瘫", [f("facial_palsy", right="incomplete", left="incomplete")], "7(36)"),
    ("一侧不完全面瘫", [f("facial_palsy", left="incomplete")], "10(36)"),
    ("深感觉障碍", [f("toxic_neuropathy", sensory="deep")], "7(6)"),
    ("浅感觉障碍", [f("toxic_neuropathy", sensory="superficial")], "9(2)"),
    ("脑挫裂伤无障碍", [f("brain_contusion", residual="none")], "9(3)"),
    ("开颅术后无障碍", [f("craniotomy", residual="none")], "9(4)"),
    ("脑叶部分切除", [f("surgery", type="partial_lobectomy_brain")], "8(6)"),
    ("脑脊液漏不能修复", [f("csf_leak", skull_base_defect=True, repair="impossible_or_failed")], "4(6)"),
    ("脑脊液漏已修复", [f("csf_leak", skull_base_defect=True, repair="succeeded")], None),
    ("颈动脉支架无障碍", [f("carotid", treatment="stent_or_bypass", residual="none")], "9(6)"),
    ("颅内异物", [f("foreign_body", site="intracranial", residual="none")], "9(5)"),
]
SKIN = [
    ("瘢痕90%、关节基本丧失", burnt(90, severe=True, spine_and_joints_mostly_lost=True), "1(5)"),
    ("瘢痕89%、三关节", burnt(89, severe=True, limited_large_joints=3), "2(7)"),
    ("瘢痕80%、三关节", burnt(80, severe=True, limited_large_joints=3), "2(7)"),
    ("瘢痕80%、二关节", burnt(80, severe=True, limited_large_joints=2), "3(8)"),
    ("瘢痕79%、三关节", burnt(79, severe=True, limited_large_joints=3), "3(8)"),
    ("瘢痕70%、二关节", burnt(70, severe=True, limited_large_joints=2), "3(8)"),
    ("瘢痕70%、一关节", burnt(70, severe=True, limited_large_joints=1), "4(8)"),
    ("瘢痕60%、一关节", burnt(60, limited_large_joints=1), "4(8)"),
    ("瘢痕59%、无关节受限", burnt(59, limited_large_joints=0), "6(14)"),
    ("瘢痕50%、腕受限", [*burnt(50), f("joint", side="left", joint="wrist", degree="mild")], "5(9)"),
    ("瘢痕49%、腕受限", [*burnt(49), f("joint", side="left", joint="wrist", degree="mild")], "6(14)"),
    ("瘢痕60%、膝受限", [*burnt(60), f("joint", side="left", joint="knee", degree="moderate")], "4(8)"),
    ("瘢痕60%、腕受限", [*burnt(60), f("joint", side="left", joint="wrist", degree="moderate")], "5(9)"),
    ("瘢痕40%", burnt(40), "6(14)"),
    ("瘢痕39.9%", burnt(39.9), "7(13)"),
    ("瘢痕30%", burnt(30), "7(13)"),
    ("瘢痕29.9%", burnt(29.9), "8(11)"),
    ("瘢痕20%", burnt(20), "8(11)"),
    ("瘢痕19.9%", burnt(19.9), "9(9)"),
    ("瘢痕5%", burnt(5), "9(9)"),
    ("瘢痕4.9%", burnt(4.9), "10(3)"),
    ("瘢痕1%", burnt(1), "10(3)"),
    ("瘢痕0.9%", burnt(0.9), None),
    ("中度毁容", [marks(moderate=("eyebrow", "lip", "nose"))], "4(7)"),
    ("轻度毁容", [marks(moderate=("eyebrow", "lip"))], "9(7)"),
    ("中度一项", [marks(moderate=("lip",))], "10(1)"),
    ("重度两项", [marks("eyebrow", "ear")], "7(10)"),
    ("重度一项", [marks("ear")], "8(7)"),
    ("重度三项即中度三项", [marks(*SEVERE[:3])], "4(7)"),
    ("全面部瘢痕、重度毁容", [*face(fraction=1), marks(*SEVERE)], "2(8)"),
    ("面部99%、重度毁容", [*face(fraction=0.99), marks(*SEVERE)], "3(9)"),
    ("面部2/3、中度毁容", [*face(fraction=0.667), marks(moderate=("eyebrow", "lip", "nose"))], "3(9)"),
    ("面部65%、中度毁容", [*face(fraction=0.65), marks(moderate=("eyebrow", "lip", "nose"))], "4(9)"),
    ("面部1/2、轻度毁容", [*face(fraction=0.5), marks(moderate=("eyebrow", "lip"))], "4(9)"),
    ("面部49%、轻度毁容", [*face(fraction=0.49), marks(moderate=("eyebrow", "lip"))], "5(10)"),
    ("面部40%、唇外翻", [*face(fraction=0.4), marks(moderate=("lip",))], "5(10)"),
    ("面部1/3", face(fraction=0.334), "6(13)"),
    ("面部33%", face(fraction=0.33, pigment_change=True), "7(14)"),
    ("面部10%、色素改变", face(fraction=0.1, pigment_change=True), "7(14)"),
    ("面部9%、色素改变、8cm²", face(fraction=0.09, pigment_change=True, area_cm2=8), "9(10)"),
    ("面部烧伤植皮1/5", face(fraction=0.2, burn_graft=True, pigment_change=False), "8(8)"),
    ("面部烧伤植皮19%", face(fraction=0.19, burn_graft=True, pigment_change=False), None),
    ("面部8cm²", face(area_cm2=8), "9(10)"),
    ("面部7.9cm²", face(area_cm2=7.9), "10(2)"),
    ("面部三处1cm²", face(area_cm2=3, spots=3), "9(10)"),
    ("面部二处1cm²", face(area_cm2=2.1, spots=2), "10(2)"),
    ("面部2cm²", face(area_cm2=2), None),
    ("色素51%", [f("face_pigment", fraction=0.51)], "6(12)"),
    ("色素50%", [f("face_pigment", fraction=0.5)], "8(9)"),
    ("色素26%", [f("face_pigment", fraction=0.26)], "8(9)"),
    ("色素25%", [f("face_pigment", fraction=0.25)], None),
    ("头皮1/5", [f("scalp", loss_fraction=0.2)], "6(15)"),
    ("头皮19%", [f("scalp", loss_fraction=0.19)], None),
    ("秃发需戴假发", [f("alopecia", wig_needed=True)], "9(8)"),
    ("双耳廓部分", [f("auricle", side="both", extent="partial")], "8(10)"),
    ("一耳廓大部分", [f("auricle", side="left", extent="most")], "8(10)"),
    ("一耳廓部分", [f("auricle", side="left", extent="partial")], None),
    ("颅骨全层30cm²", [f("skull_defect", skull_cm2=30)], "7(11)"),
    ("颅骨全层29cm²", [f("skull_defect", skull_cm2=29)], None),
    ("硬脑膜植皮10cm²", [f("skull_defect", dural_graft_cm2=10)], "7(11)"),
    ("颈部挛缩", [f("neck_scar", contracture=True, motion_limited=True)], "7(12)"),
    ("颈部瘢痕不影响活动", [f("neck_scar", contracture=True, motion_limited=False)], None),
    ("面颊洞穿21cm²", [f("cheek_perforation", area_cm2=21)], "4(24)"),
    ("面颊洞穿20cm²", [f("cheek_perforation", area_cm2=20)], None),
    ("面部软组织21cm²伴涎瘘", [f("face_soft_tissue", area_cm2=21, salivary_fistula=True)], "6(37)"),
    ("面部软组织21cm²无涎瘘", [f("face_soft_tissue", area_cm2=21, salivary_fistula=False)], None),
    (
        "急性放射Ⅳ度术后影响功能",
        [f("radiation_skin", acute_degree=4, operated=True, limb_function_affected=True)],
        "8(25)",
    ),
    ("放射溃疡不愈", [f("radiation_skin", nonhealing_ulcer=True)], "8(26)"),
    ("手慢性放射Ⅱ度", [f("radiation_skin", on_hand=True, chronic_degree=2)], "10(14)"),
    ("手慢性放射Ⅰ度", [f("radiation_skin", on_hand=True, chronic_degree=1)], None),
    ("职业性皮肤病久治不愈", [f("occupational_dermatosis", nonhealing=True)], "10(46)"),
]
ALL = [*MIND, *NERVES, *SKIN]


@pytest.mark.parametrize(("findings", "worst"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_the_worst_clause_of_head_nerves_and_skin_is_the_one_the_text_names(
    findings: list[Finding], worst: str | None
) -> None:
    assert next(iter(chosen(*findings)), None) == worst


def test_heavy_disfigurement_with_a_second_grade_item_is_left_to_the_group() -> None:
    assert undecided(marks(*SEVERE)) == {"1(4)"}


def test_the_working_of_epilepsy_once_a_week_leaves_the_level_open() -> None:
    assert {"4(2)", "6(1)"} <= undecided(*fits(other_per_week=1))
