"""Limbs and spine: both sides of every threshold, one line each."""

import pytest

from gongjian.grading.findings.base import Finding
from gongjian.grading.tests.builders import chosen, f, held

L, R = "left", "right"
FINGERS = ("index", "middle", "ring", "little")
TOES = ("toe2", "toe3", "toe4", "toe5")


def limb(side: str, level: str) -> Finding:
    return f("amputation", side=side, level=level)


def lost(side: str, *digits: str, level: str = "whole") -> list[Finding]:
    return [f("digit_loss", side=side, digit=digit, level=level) for digit in digits]


def dead(side: str, *digits: str, level: str = "whole", degree: str = "complete") -> list[Finding]:
    return [f("digit_function", side=side, digit=digit, level=level, degree=degree) for digit in digits]


def no_use(side: str, part: str, degree: str = "complete", *, scar: bool | None = None) -> Finding:
    return f("function_loss", side=side, part=part, degree=degree, scar=scar)


def joint(side: str, name: str, degree: str) -> Finding:
    return f("joint", side=side, joint=name, degree=degree)


# what is missing, and the worst clause
AMPUTATIONS = [
    ("双侧肘上", [limb(L, "arm"), limb(R, "arm")], "1(6)"),
    ("一侧肘上、一侧前臂", [limb(L, "arm"), limb(R, "forearm")], "2(9)"),
    ("双膝上并一侧肘上", [limb(L, "thigh"), limb(R, "thigh"), limb(L, "arm")], "1(7)"),
    ("双膝上", [limb(L, "thigh"), limb(R, "thigh")], "2(11)"),
    ("一膝上、一膝下", [limb(L, "thigh"), limb(R, "leg")], "3(14)"),
    ("双膝下", [limb(L, "leg"), limb(R, "leg")], "3(14)"),
    ("一膝下、另侧踝下", [limb(L, "leg"), limb(R, "foot")], "4(13)"),
    ("双前臂", [limb(L, "forearm"), limb(R, "forearm")], "2(9)"),
    ("双手", [limb(L, "hand"), limb(R, "hand")], "2(9)"),
    ("同侧肘上、膝上", [limb(L, "arm"), limb(L, "thigh")], "2(13)"),
    ("异侧肘上、膝上", [limb(L, "arm"), limb(R, "thigh")], "3(16)"),
    ("异侧腕上、踝上", [limb(L, "forearm"), limb(R, "leg")], "3(16)"),
    ("异侧手、踝上", [limb(L, "hand"), limb(R, "leg")], "5(13)"),
    ("一手缺失、另手拇指", [limb(L, "hand"), *lost(R, "thumb")], "3(10)"),
    ("一手缺失、另手食指", [limb(L, "hand"), *lost(R, "index")], "5(13)"),
    ("一侧肘上", [limb(L, "arm")], "4(12)"),
    ("一侧前臂", [limb(L, "forearm")], "5(12)"),
    ("一手", [limb(L, "hand")], "5(13)"),
    ("一侧膝上", [limb(L, "thigh")], "4(14)"),
    ("一侧膝下", [limb(L, "leg")], "5(21)"),
    ("一侧膝下、另侧前足", [limb(L, "leg"), limb(R, "forefoot")], "4(13)"),
    ("一侧踝下", [limb(L, "foot")], "6(20)"),
    ("一侧踝下、另足畸形", [limb(L, "foot"), no_use(R, "foot", "deformed")], "4(15)"),
    ("一前足", [limb(L, "forefoot")], "7(21)"),
    ("双前足", [limb(L, "forefoot"), limb(R, "forefoot")], "5(17)"),
    ("一前足、另足仅余拇趾", [limb(L, "forefoot"), *lost(R, *TOES)], "6(22)"),
    ("一前足、另足三趾", [limb(L, "forefoot"), *lost(R, *TOES[:3])], "7(21)"),
    ("一前足、另足四趾功能丧失", [limb(L, "forefoot"), *dead(R, *TOES)], "6(23)"),
]
DIGITS = [
    ("双手拇、食指", [*lost(L, "thumb", "index"), *lost(R, "thumb", "index")], "3(11)"),
    ("双手拇指", [*lost(L, "thumb"), *lost(R, "thumb")], "4(10)"),
    ("双拇指，一缺失一功能丧失", [*lost(L, "thumb"), *dead(R, "thumb")], "4(10)"),
    ("一拇指、另手三指", [*lost(L, "thumb"), *lost(R, *FINGERS[:3])], "5(15)"),
    ("一拇指、另手二指", [*lost(L, "thumb"), *lost(R, *FINGERS[:2])], "6(16)"),
    ("一拇指功能丧失、另手三指功能丧失", [*dead(L, "thumb"), *dead(R, *FINGERS[:3])], "5(16)"),
    ("一拇指功能丧失、另手二指功能丧失", [*dead(L, "thumb"), *dead(R, *FINGERS[1:3])], "6(17)"),
    ("一手三指含拇指", lost(L, "thumb", "index", "middle"), "6(18)"),
    ("一手二指含拇指", lost(L, "thumb", "index"), "8(17)"),
    ("一手四指", lost(L, *FINGERS), "6(19)"),
    ("一手四指功能丧失", dead(L, *FINGERS), "6(19)"),
    ("一手三指不含拇指", lost(L, *FINGERS[:3]), "7(16)"),
    ("食、中指近侧指间关节离断", lost(L, "index", "middle", level="pip"), "7(16)"),
    ("食指近侧、中指远侧", [*lost(L, "index", level="pip"), *lost(L, "middle", level="dip")], "9(16)"),
    ("食、中指近侧指间关节功能丧失", dead(L, "index", "middle", level="pip"), "7(17)"),
    ("中、环指近侧指间关节离断", lost(L, "middle", "ring", level="pip"), "8(15)"),
    ("中、环指近侧指间关节功能丧失", dead(L, "middle", "ring", level="pip"), "8(16)"),
    ("左中、右环近侧指间关节离断", [*lost(L, "middle", level="pip"), *lost(R, "ring", level="pip")], "10(5)"),
    ("一拇指指间关节离断", lost(L, "thumb", level="dip"), "8(17)"),
    ("一拇指指间关节功能丧失", dead(L, "thumb", level="dip"), "8(18)"),
    ("一拇指指间关节僵直于功能位", dead(L, "thumb", level="dip", degree="functional_position"), "9(17)"),
    ("一拇指末节1/2", lost(L, "thumb", level="half_tip"), "9(15)"),
    ("食指二节", lost(L, "index", level="pip"), "9(16)"),
    ("食指末节", lost(L, "index", level="dip"), "10(5)"),
    ("三指末节", lost(L, *FINGERS[1:], level="dip"), "9(18)"),
    ("二指末节", lost(L, *FINGERS[2:], level="dip"), "10(5)"),
    ("两手各二指末节", [*lost(L, *FINGERS[2:], level="dip"), *lost(R, *FINGERS[2:], level="dip")], "10(5)"),
    ("小指远侧指间关节功能丧失", dead(L, "little", level="dip"), "10(5)"),
    ("一足五趾", lost(L, "hallux", *TOES), "7(20)"),
    ("一足拇趾、另足一趾", [*lost(L, "hallux"), *lost(R, "toe3")], "8(19)"),
    ("一足拇趾", lost(L, "hallux"), "9(19)"),
    ("一足拇趾功能丧失、另足一趾畸形", [*dead(L, "hallux"), *dead(R, "toe2", degree="deformed")], "8(20)"),
    ("一足三趾", lost(L, *TOES[:3]), "8(21)"),
    ("一足二趾", lost(L, *TOES[:2]), "9(20)"),
    ("两足各一趾", [*lost(L, "toe2"), *lost(R, "toe3")], "9(20)"),
    ("一趾", lost(L, "toe2"), "10(9)"),
    ("一趾末节", lost(L, "toe5", level="dip"), "10(9)"),
    ("拇趾末节", lost(L, "hallux", level="dip"), "9(19)"),
    ("四趾功能丧失", dead(L, *TOES), "8(22)"),
    ("三趾功能丧失", dead(L, *TOES[:3]), "9(20)"),
]
FUNCTION = [
    ("双手功能丧失", [no_use(L, "hand"), no_use(R, "hand")], "2(9)"),
    ("双肘以上功能丧失", [no_use(L, "above_elbow"), no_use(R, "above_elbow")], "1(6)"),
    ("双下肢瘢痕畸形", [no_use(L, "lower_limb", scar=True), no_use(R, "lower_limb", scar=True)], "2(10)"),
    ("双下肢非瘢痕", [no_use(L, "lower_limb", scar=False), no_use(R, "lower_limb", scar=False)], "3(14)"),
    (
        "双下肢及一上肢瘢痕畸形",
        [no_use(L, "lower_limb", scar=True), no_use(R, "lower_limb", scar=True), no_use(L, "upper_limb", scar=True)],
        "1(8)",
    ),
    ("同侧上下肢功能丧失", [no_use(L, "upper_limb"), no_use(L, "lower_limb")], "2(13)"),
    ("异侧上下肢瘢痕畸形", [no_use(L, "upper_limb", scar=True), no_use(R, "lower_limb", scar=True)], "3(17)"),
    ("一手丧失、另手拇指丧失", [no_use(L, "hand"), *dead(R, "thumb")], "3(12)"),
    ("一手丧失、另手部分丧失", [no_use(L, "hand"), no_use(R, "hand", "partial")], "4(11)"),
    ("一手丧失", [no_use(L, "hand")], "5(13)"),
    ("双前足瘢痕畸形", [no_use(L, "forefoot", scar=True), no_use(R, "forefoot", scar=True)], "5(17)"),
    ("一足丧失、另足部分丧失", [no_use(L, "foot"), no_use(R, "foot", "partial")], "6(24)"),
]
JOINTS = [
    (
        "双膝、双踝",
        [
            joint(L, "knee", "complete"),
            joint(R, "knee", "complete"),
            joint(L, "ankle", "complete"),
            joint(R, "ankle", "complete"),
        ],
        "2(12)",
    ),
    (
        "四个大关节",
        [
            joint(L, "shoulder", "complete"),
            joint(L, "elbow", "complete"),
            joint(L, "hip", "complete"),
            joint(R, "hip", "complete"),
        ],
        "2(14)",
    ),
    (
        "三个大关节",
        [joint(L, "shoulder", "complete"), joint(L, "elbow", "complete"), joint(L, "hip", "complete")],
        "5(14)",
    ),
    ("一髋丧失、另髋重度", [joint(L, "hip", "absent"), joint(R, "hip", "severe")], "3(13)"),
    ("一髋丧失、另髋中度", [joint(L, "hip", "absent"), joint(R, "hip", "moderate")], "5(19)"),
    ("同侧髋、膝丧失", [joint(L, "hip", "complete"), joint(L, "knee", "complete")], "3(15)"),
    ("异侧髋、膝丧失", [joint(L, "hip", "complete"), joint(R, "knee", "complete")], "5(19)"),
    ("一肩丧失", [joint(L, "shoulder", "complete")], "5(14)"),
    ("一肘重度", [joint(L, "elbow", "severe")], "7(18)"),
    ("一膝丧失", [joint(L, "knee", "complete")], "5(19)"),
    ("一膝重度", [joint(L, "knee", "severe")], "6(25)"),
    ("一踝丧失", [joint(L, "ankle", "complete")], "6(20)"),
    ("一腕丧失", [joint(L, "wrist", "complete")], "7(19)"),
    ("膝僵直于非功能位", [f("joint", side=L, joint="knee", ankylosis="nonfunctional")], "5(19)"),
    ("膝僵直于功能位", [f("joint", side=L, joint="knee", ankylosis="functional")], "6(25)"),
    ("膝残留1/3", [f("joint", side=L, joint="knee", range_deg=45, healthy_deg=135)], "6(25)"),
]
BONES = [
    ("股骨内固定", [f("fracture", bone="femur", treatment="internal_fixation")], "9(23)"),
    ("胫骨外固定支架", [f("fracture", bone="tibia", treatment="external_fixation")], "9(23)"),
    (
        "桡骨保守、轻度障碍",
        [f("fracture", bone="radius", treatment="conservative", healed=True, residual="mild")],
        "10(12)",
    ),
    (
        "锁骨内固定",
        [f("fracture", bone="clavicle", treatment="internal_fixation", healed=True, residual="none")],
        "10(12)",
    ),
    ("髌骨内固定", [f("fracture", bone="patella", treatment="internal_fixation")], "9(24)"),
    ("跟骨保守", [f("fracture", bone="calcaneus", treatment="conservative", healed=True, residual="none")], "10(12)"),
    (
        "骨盆内固定、环不稳定",
        [f("pelvis", internal_fixation=True, ring_unstable=True, si_joint_separated=True)],
        "7(15)",
    ),
    ("跖骨骨折影响足弓", [f("fracture", bone="metatarsal", arch_affected=True)], "9(21)"),
    (
        "跖骨骨折不影响足弓",
        [f("fracture", bone="metatarsal", arch_affected=False, healed=True, residual="none")],
        "10(12)",
    ),
    ("成角16度、短缩4cm", [f("lower_limb_deformity", angulation_deg=16, shortening_cm=4)], "6(21)"),
    ("成角15度、短缩4cm", [f("lower_limb_deformity", angulation_deg=15, shortening_cm=4)], "7(24)"),
    ("成角16度、短缩3.9cm", [f("lower_limb_deformity", angulation_deg=16, shortening_cm=3.9)], "7(24)"),
    ("短缩2.1cm", [f("lower_limb_deformity", shortening_cm=2.1)], "7(24)"),
    ("短缩2cm", [f("lower_limb_deformity", shortening_cm=2)], None),
    ("短缩4.1cm、无成角", [f("lower_limb_deformity", angulation_deg=0, shortening_cm=4.1)], None),
    ("髋人工关节、重度障碍", [f("arthroplasty", joint="hip", residual="severe")], "5(20)"),
    ("髋人工关节、基本自理", [f("arthroplasty", joint="hip", residual="basic_selfcare")], "7(22)"),
    ("踝人工关节、重度障碍", [f("arthroplasty", joint="ankle", residual="severe")], None),
    ("膝创伤性关节炎、中度", [f("intra_articular_fracture", joint="knee", residual="moderate")], "7(23)"),
    ("膝创伤性关节炎、轻度", [f("intra_articular_fracture", joint="knee", residual="mild")], "8(24)"),
    ("膝创伤性关节炎、无障碍", [f("intra_articular_fracture", joint="knee", residual="none")], None),
    ("肩肌腱撕裂术后轻度", [f("tendon_ligament", joint="shoulder", operated=True, residual="mild")], "10(13)"),
    ("肩肌腱撕裂未手术", [f("tendon_ligament", joint="shoulder", operated=False, residual="mild")], None),
    ("交叉韧带重建后稳定", [f("knee_injury", structure="cruciate", treatment="repaired", stability="stable")], "9(22)"),
    (
        "交叉韧带重建后不稳",
        [f("knee_injury", structure="cruciate", treatment="repaired", stability="unstable", motion="normal")],
        "7(25)",
    ),
    ("交叉韧带未手术", [f("knee_injury", structure="cruciate", treatment="none")], "10(11)"),
    ("半月板切除", [f("knee_injury", structure="meniscus", treatment="removed")], "9(22)"),
    ("半月板修补", [f("knee_injury", structure="meniscus", treatment="repaired")], None),
    ("髌骨切除", [f("knee_injury", structure="patella", treatment="removed")], "9(22)"),
    ("慢性骨髓炎反复发作", [f("osteomyelitis", chronic=True, recurrent=True)], "8(23)"),
    ("骨髓炎不复发", [f("osteomyelitis", chronic=True, recurrent=False)], None),
    ("双跟骨破溃", [f("heel_ulcer", side="both", recurrent=True)], "5(18)"),
    (
        "左右跟骨破溃分别填写",
        [f("heel_ulcer", side=L, recurrent=True), f("heel_ulcer", side=R, recurrent=True)],
        "5(18)",
    ),
    ("单跟骨破溃", [f("heel_ulcer", side=L, recurrent=True)], "6(26)"),
    ("手背植皮51cm²", [f("graft", site="hand_dorsum", area_cm2=51, obvious_scar=True)], "10(7)"),
    ("手背植皮50cm²", [f("graft", site="hand_dorsum", area_cm2=50, obvious_scar=True)], None),
    ("足背植皮101cm²", [f("graft", site="foot_dorsum", area_cm2=101)], "10(10)"),
    ("足背植皮100cm²", [f("graft", site="foot_dorsum", area_cm2=100)], None),
    ("手掌植皮31%", [f("graft", site="palm", area_fraction=0.31)], "10(8)"),
    ("足掌植皮30%", [f("graft", site="sole", area_fraction=0.3)], None),
    ("指端植皮瘢痕1cm²", [f("graft", site="fingertip", scar_cm2=1)], "10(6)"),
    ("指端植皮瘢痕0.9cm²", [f("graft", site="fingertip", scar_cm2=0.9)], None),
    ("手臂振动病重度", [f("hand_arm_vibration", level="severe")], "5(65)"),
    ("手臂振动病中度", [f("hand_arm_vibration", level="moderate")], "6(75)"),
    ("手臂振动病轻度", [f("hand_arm_vibration", level="mild")], "8(73)"),
    ("减压性骨坏死Ⅲ期", [f("dysbaric_osteonecrosis", stage=3)], "6(74)"),
    ("减压性骨坏死Ⅱ期", [f("dysbaric_osteonecrosis", stage=2)], "8(72)"),
    ("减压性骨坏死Ⅰ期", [f("dysbaric_osteonecrosis", stage=1)], "10(44)"),
    ("井下工人滑囊炎", [f("bursitis", occupation="underground_worker")], "10(43)"),
    ("其他工种滑囊炎", [f("bursitis", occupation="other")], None),
]
SPINE = [
    ("前缘减少一半", [f("vertebra", anterior_height_loss=0.5)], "8(13)"),
    ("前缘减少49%", [f("vertebra", anterior_height_loss=0.49)], "9(12)"),
    ("前缘减少三成、成角31度", [f("vertebra", anterior_height_loss=0.3, angulation_deg=31)], "8(13)"),
    ("前缘减少三成、成角30度", [f("vertebra", anterior_height_loss=0.3, angulation_deg=30)], "9(12)"),
    ("残留管腔39%", [f("vertebra", canal_left=0.39)], "8(13)"),
    ("椎弓根骨折", [f("vertebra", posterior_elements=True)], "8(13)"),
    ("内固定三节", [f("spine_fixation", segments=3)], "8(14)"),
    ("内固定二节", [f("spine_fixation", segments=2)], "9(14)"),
    ("内固定一节", [f("spine_fixation", segments=1)], "9(14)"),
    ("后凸30度、严重根痛", [f("spine", deformity_deg=30, radicular_pain="severe")], "5(11)"),
    ("后凸29度、严重根痛", [f("spine", deformity_deg=29, radicular_pain="severe")], None),
    ("后凸40度、无根痛", [f("spine", deformity_deg=40, radicular_pain="none")], None),
    ("横突二处", [f("transverse_process_fracture", count=2)], "9(11)"),
    ("横突一处", [f("transverse_process_fracture", count=1)], None),
    ("髓核切除", [f("disc_herniation", nucleus_removed=True)], "9(13)"),
    ("急性突出伴刺激征", [f("disc_herniation", acute_trauma=True, nerve_irritation=True, early_mri=True)], "10(4)"),
    ("急性突出无刺激征", [f("disc_herniation", acute_trauma=True, nerve_irritation=False)], None),
]
ALL = [*AMPUTATIONS, *DIGITS, *FUNCTION, *JOINTS, *BONES, *SPINE]


@pytest.mark.parametrize(("findings", "worst"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_the_worst_clause_of_limbs_and_spine_is_the_one_the_text_names(
    findings: list[Finding], worst: str | None
) -> None:
    assert next(iter(chosen(*findings)), None) == worst


def test_each_finger_of_both_hands_counts_by_hand() -> None:
    assert chosen(*lost(L, "ring", level="dip"), *lost(R, "ring", level="dip")) == ["10(5)", "10(5)"]
    assert chosen(*lost(L, "ring", level="dip"), *lost(L, "little", level="dip")) == ["10(5)"]


def test_a_missing_limb_contains_what_hangs_on_it() -> None:
    assert {"5(12)", "5(13)", "6(18)", "7(16)", "10(5)"} <= held(limb(L, "forearm"))
    assert "4(12)" not in held(limb(L, "forearm"))
