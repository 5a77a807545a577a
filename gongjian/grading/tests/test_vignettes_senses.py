"""Eyes, ears, nose, throat, jaws: both sides of every threshold, one line each."""

import pytest

from gongjian.grading.findings.base import Finding
from gongjian.grading.tests.builders import chosen, f

DARK = {"right_state": "no_light_perception"}
FAINT = {"right_state": "light_perception"}


def eyes(right: float, left: float) -> list[Finding]:
    return [f("vision", right_bcva=right, left_bcva=left)]


def fields(right: float, left: float) -> list[Finding]:
    return [f("vision", right_field_radius_deg=right, left_field_radius_deg=left)]


def one_dark(**left: object) -> list[Finding]:
    return [f("vision", **DARK, **left)]


def ears(right: float, left: float) -> list[Finding]:
    names = [f"{ear}_{hertz}_db" for ear in ("right", "left") for hertz in (500, 1000, 2000)]
    return [f("hearing", **dict(zip(names, [right] * 3 + [left] * 3, strict=True)))]


def jaw(bones: str, **found: object) -> list[Finding]:
    return [f("jaw", bones=bones, **found)]


def teeth(**found: object) -> list[Finding]:
    return [f("teeth", **found)]


EYES = [
    ("双眼无光感", [f("vision", right_state="no_light_perception", left_state="no_light_perception")], "1(9)"),
    ("无光感与光定位不准", [f("vision", **DARK, left_state="light_perception_mislocalized")], "1(9)"),
    ("无光感与光感", [f("vision", **DARK, left_state="light_perception")], "2(15)"),
    ("无光感、另眼0.02", one_dark(left_bcva=0.02), "2(15)"),
    ("无光感、另眼0.03", one_dark(left_bcva=0.03), "3(18)"),
    ("光感、另眼0.05", [f("vision", **FAINT, left_bcva=0.05)], "3(18)"),
    ("无光感、另眼0.06", one_dark(left_bcva=0.06), "4(16)"),
    ("无光感、另眼0.15", one_dark(left_bcva=0.15), "4(16)"),
    ("无光感、另眼0.2", one_dark(left_bcva=0.2), "5(24)"),
    ("无光感、另眼0.3", one_dark(left_bcva=0.3), "5(24)"),
    ("无光感、另眼0.4", one_dark(left_bcva=0.4), "6(28)"),
    ("无光感、另眼0.7", one_dark(left_bcva=0.7), "6(28)"),
    ("无光感、另眼0.8", one_dark(left_bcva=0.8), "7(26)"),
    ("无光感、另眼半径5度", one_dark(left_field_radius_deg=5), "2(15)"),
    ("无光感、另眼半径6度", one_dark(left_field_radius_deg=6), "3(18)"),
    ("无光感、另眼半径10度", one_dark(left_field_radius_deg=10), "3(18)"),
    ("无光感、另眼半径20度", one_dark(left_field_radius_deg=20), "4(16)"),
    ("无光感、另眼半径21度", one_dark(left_field_radius_deg=21), "5(24)"),
    ("无光感、另眼半径25度", one_dark(left_field_radius_deg=25), "5(24)"),
    ("无光感、另眼客观检查正常", one_dark(left_state="seeing", better_objectively_normal=True), "7(27)"),
    ("摘除、另眼0.09", [f("vision", right_state="removed", left_bcva=0.09)], "3(20)"),
    ("摘除、另眼0.1", [f("vision", right_state="removed", left_bcva=0.1)], "4(16)"),
    ("摘除、另眼半径15度", [f("vision", right_state="removed", left_field_radius_deg=15)], "3(20)"),
    ("摘除、另眼半径16度", [f("vision", right_state="removed", left_field_radius_deg=16)], "4(16)"),
    ("摘除、另眼1.0", [f("vision", right_state="removed", left_bcva=1.0)], "6(27)"),
    ("萎缩无光感、另眼1.0", [f("vision", right_state="atrophy_nlp", left_bcva=1.0)], "6(27)"),
    ("双眼0.04", eyes(0.04, 0.04), "3(19)"),
    ("双眼0.05", eyes(0.05, 0.05), "4(18)"),
    ("双眼0.09", eyes(0.09, 0.09), "4(18)"),
    ("0.04与0.1", eyes(0.04, 0.1), "4(17)"),
    ("0.05与0.1", eyes(0.05, 0.1), "5(26)"),
    ("0.04与0.2", eyes(0.04, 0.2), "5(25)"),
    ("0.08与0.1", eyes(0.08, 0.1), "5(26)"),
    ("0.1与0.1", eyes(0.1, 0.1), "6(31)"),
    ("双眼0.2", eyes(0.2, 0.2), "6(31)"),
    ("0.05与0.3", eyes(0.05, 0.3), "6(29)"),
    ("0.04与0.5", eyes(0.04, 0.5), "6(29)"),
    ("0.05与0.6", eyes(0.05, 0.6), "7(28)"),
    ("0.1与0.3", eyes(0.1, 0.3), "6(30)"),
    ("0.1与0.4", eyes(0.1, 0.4), "7(29)"),
    ("双眼0.3", eyes(0.3, 0.3), "7(30)"),
    ("0.2与0.5", eyes(0.2, 0.5), "8(27)"),
    ("双眼0.4", eyes(0.4, 0.4), "8(28)"),
    ("0.3与0.7", eyes(0.3, 0.7), "9(27)"),
    ("0.3与0.6", eyes(0.3, 0.6), "10(16)"),
    ("双眼0.5", eyes(0.5, 0.5), "9(28)"),
    ("0.5与0.8", eyes(0.5, 0.8), "10(15)"),
    ("0.5与0.9", eyes(0.5, 0.9), "10(15)"),
    ("0.6与0.9", eyes(0.6, 0.9), None),
    ("双眼0.8", eyes(0.8, 0.8), "10(16)"),
    ("双眼半径10度", fields(10, 10), "3(19)"),
    ("双眼半径11度", fields(11, 11), "4(18)"),
    ("双眼半径20度", fields(20, 20), "4(18)"),
    ("双眼半径25度", fields(25, 25), "5(27)"),
    ("双眼半径30度", fields(30, 26), "6(31)"),
    ("双眼半径40度", fields(40, 31), "7(30)"),
    ("双眼半径50度", fields(50, 41), "8(29)"),
    ("双眼半径51度", fields(51, 51), None),
    ("双眼青光眼需用药", [f("glaucoma", side="both", operated=True, pressure="needs_medicine")], "5(23)"),
    ("单眼青光眼需用药", [f("glaucoma", side="left", operated=True, pressure="needs_medicine")], "7(31)"),
    ("青光眼术后控制正常", [f("glaucoma", side="left", operated=True, pressure="controlled")], "8(33)"),
    ("眼外肌损伤复视", [f("diplopia", cause="extraocular_muscle")], "6(32)"),
    ("眼睑明显缺损", [f("eyelid", status="obvious_defect")], "8(12)"),
    ("睑外翻", [f("eyelid", status="ectropion", corrected=False)], "8(30)"),
    ("睑外翻矫正后", [f("eyelid", status="ectropion", corrected=True)], "10(17)"),
    ("上睑盖及1/3", [f("ptosis", pupil_covered=0.34, corrected=False)], "8(31)"),
    ("上睑盖及0.3", [f("ptosis", pupil_covered=0.3, corrected=False)], None),
    ("上睑矫正后", [f("ptosis", pupil_covered=0.34, corrected=True)], "10(18)"),
    ("睑球粘连", [f("symblepharon", motion_affected=True, corrected=False)], "8(32)"),
    ("睑球粘连矫正后", [f("symblepharon", motion_affected=True, corrected=True)], "10(19)"),
    ("突出度差2.1mm", [f("orbit", exophthalmos_diff_mm=2.1)], "9(26)"),
    ("突出度差2mm", [f("orbit", exophthalmos_diff_mm=2)], None),
    ("眶壁变形影响外观", [f("orbit", cosmetic_deformity=True)], "9(26)"),
    ("溢泪无法改进", [f("lacrimal", epiphora_not_improvable=True)], "9(29)"),
    ("人工晶状体、矫正正常", [f("cataract", artificial_lens=True, corrected_normal=True)], "10(20)"),
    ("白内障Ⅱ度、矫正正常", [f("cataract", degree=2, corrected_normal=True)], "10(21)"),
    ("白内障Ⅲ度、矫正正常", [f("cataract", degree=3, corrected_normal=True)], None),
    ("晶状体部分脱位", [f("eye_change", change="lens_partly_dislocated")], "10(22)"),
    ("瞳孔放大", [f("eye_change", change="traumatic_mydriasis")], "10(25)"),
    ("角巩膜穿通伤", [f("eye_change", change="corneoscleral_perforation_healed")], "10(26)"),
    ("眶内异物", [f("foreign_body", site="orbit", status="retained")], "10(23)"),
    ("眼球内异物", [f("foreign_body", site="intraocular", status="retained")], "10(24)"),
    ("眼球内异物已取", [f("foreign_body", site="intraocular", status="removed")], None),
]
EARS = [
    ("双耳91", ears(91, 91), "4(19)"),
    ("双耳90", ears(90, 90), "5(28)"),
    ("双耳81", ears(81, 81), "5(28)"),
    ("双耳80", ears(80, 80), "6(33)"),
    ("双耳71", ears(71, 71), "6(33)"),
    ("双耳70", ears(70, 70), "7(32)"),
    ("双耳56", ears(56, 56), "7(32)"),
    ("双耳55", ears(55, 55), "8(34)"),
    ("双耳41", ears(41, 41), "8(34)"),
    ("双耳40", ears(40, 40), "9(30)"),
    ("双耳31", ears(31, 31), "9(30)"),
    ("双耳30", ears(30, 30), "10(27)"),
    ("双耳26", ears(26, 26), "10(27)"),
    ("双耳25", ears(25, 25), None),
    ("一耳91", ears(10, 91), "8(34)"),
    ("一耳90", ears(0, 90), "9(30)"),
    ("一耳71", ears(0, 71), "9(30)"),
    ("一耳70", ears(0, 70), "10(27)"),
    ("一耳56", ears(0, 56), "10(27)"),
    ("一耳55", ears(0, 55), None),
    ("睁眼行走困难", [f("vestibular", balance="eyes_open")], "6(34)"),
    ("闭眼不能站立", [f("vestibular", balance="eyes_closed")], "10(28)"),
    ("依赖气管套管", [f("larynx", breathing="tracheostomy_dependent")], "3(21)"),
    ("静止即呼吸困难", [f("larynx", breathing="rest")], "3(22)"),
    ("轻工作呼吸困难", [f("larynx", breathing="ordinary")], "5(29)"),
    ("体力劳动呼吸困难", [f("larynx", breathing="manual_labor")], "8(35)"),
    ("言语困难", [f("larynx", voice="difficult")], "8(36)"),
    ("言语不畅", [f("larynx", voice="hoarse")], "9(31)"),
    ("双侧喉返神经误吸", [f("laryngeal_nerve", side="both", aspiration=True)], "5(31)"),
    ("单侧喉返神经", [f("laryngeal_nerve", side="left", aspiration=True)], None),
    ("双侧鼻腔闭锁", [f("nasal_atresia", site="both_sides")], "8(39)"),
    ("单侧鼻腔闭锁", [f("nasal_atresia", site="one_side")], "10(34)"),
    ("嗅觉丧失", [f("nose_change", change="anosmia")], "10(30)"),
    ("鼻中隔穿孔", [f("nose_change", change="septum_perforation")], "10(35)"),
    ("铬鼻病有医疗依赖", [f("nose_change", change="chromium", medical_dependence=True)], "9(32)"),
    ("铬鼻病无症状", [f("nose_change", change="chromium", symptoms=False, medical_dependence=False)], "10(29)"),
    ("依赖胃管", [f("swallowing", intake="tube")], "2(16)"),
    ("牙关紧闭流食", [f("swallowing", intake="liquid", cause="trismus")], "4(20)"),
    ("吞咽困难半流食", [f("swallowing", intake="semi_liquid", cause="other")], "5(30)"),
    ("咽成形后咽下异常", [f("swallowing", intake="abnormal", cause="pharyngoplasty")], "7(33)"),
]
JAWS = [
    ("双侧上颌骨", jaw("both_maxillae", complete=True), "2(17)"),
    ("上颌与对侧下颌、软组织31cm²", jaw("opposite_sides", complete=True, soft_tissue_cm2=31), "2(18)"),
    ("同侧上、下颌骨", jaw("same_side", complete=True), "3(23)"),
    ("一侧上颌骨、软组织31cm²", jaw("maxilla", complete=True, loss_fraction=1, soft_tissue_cm2=31), "3(24)"),
    ("一侧上颌骨、软组织30cm²", jaw("maxilla", complete=True, loss_fraction=1, soft_tissue_cm2=30), "4(21)"),
    ("上颌1/2、软组织21cm²", jaw("maxilla", complete=False, loss_fraction=0.5, soft_tissue_cm2=21), "4(21)"),
    ("上颌0.4、软组织15cm²", jaw("maxilla", complete=False, loss_fraction=0.4, soft_tissue_cm2=15), "5(32)"),
    ("上颌1/4、软组织15cm²", jaw("maxilla", complete=False, loss_fraction=0.25, soft_tissue_cm2=15), "6(36)"),
    ("上颌1/4、软组织10cm²", jaw("maxilla", complete=False, loss_fraction=0.25, soft_tissue_cm2=10), None),
    ("下颌6cm、软组织21cm²", jaw("mandible", complete=False, segment_cm=6, soft_tissue_cm2=21), "4(22)"),
    ("下颌6cm、软组织20cm²", jaw("mandible", complete=False, segment_cm=6, soft_tissue_cm2=20), "5(33)"),
    ("下颌4cm、软组织11cm²", jaw("mandible", complete=False, segment_cm=4, soft_tissue_cm2=11), "5(33)"),
    ("下颌3.9cm、软组织11cm²", jaw("mandible", complete=False, segment_cm=3.9, soft_tissue_cm2=11), None),
    ("双侧骨性强直不能张口", [f("tmj", side="both", bony=True, mouth_opening=4)], "4(23)"),
    ("张口困难Ⅲ度", [f("tmj", side="left", bony=False, mouth_opening=3)], "6(35)"),
    ("双侧张口困难Ⅱ度", [f("tmj", side="both", bony=False, mouth_opening=2)], "8(40)"),
    ("一侧张口困难Ⅰ度", [f("tmj", side="left", bony=False, mouth_opening=1)], "10(32)"),
    ("舌缺损0.7", [f("tongue", loss_fraction=0.7)], "3(25)"),
    ("舌缺损0.6", [f("tongue", loss_fraction=0.6)], "6(38)"),
    ("舌缺损0.3", [f("tongue", loss_fraction=0.3)], "8(38)"),
    ("双侧颧骨Ⅱ度复位", [f("zygoma", side="both", mouth_opening=2, deformed=True, reduced=True)], "6(39)"),
    ("单侧颧骨Ⅱ度复位", [f("zygoma", side="left", mouth_opening=2, deformed=True, reduced=True)], "7(35)"),
    ("双侧颧骨不需复位", [f("zygoma", side="both", mouth_opening=0, deformed=False, reduced=False)], "8(42)"),
    ("一侧颧骨", [f("zygoma", side="left", mouth_opening=0, deformed=False, reduced=False)], "9(36)"),
    ("双侧髁状突Ⅱ度", [f("condyle", side="both", mouth_opening=2, occlusion_changed=True, operated=True)], "6(40)"),
    ("双侧髁状突Ⅰ度", [f("condyle", side="both", mouth_opening=1, occlusion_changed=True, operated=True)], "9(35)"),
    ("颌骨骨折有障碍", [f("jaw_fracture", residual=True)], "8(41)"),
    ("颌骨骨折无障碍", [f("jaw_fracture", residual=False)], "9(34)"),
    ("牙槽8cm、10牙", teeth(alveolar_cm=8, teeth_lost=10), "7(34)"),
    ("牙槽8cm、9牙", teeth(alveolar_cm=8, teeth_lost=9), "8(37)"),
    ("牙槽6cm、8牙", teeth(alveolar_cm=6, teeth_lost=8), "8(37)"),
    ("牙槽5.9cm、8牙", teeth(alveolar_cm=5.9, teeth_lost=8), "9(33)"),
    ("牙槽4.1cm、4牙", teeth(alveolar_cm=4.1, teeth_lost=4), "9(33)"),
    ("牙槽4cm、4牙、切牙1", teeth(alveolar_cm=4, teeth_lost=4, incisors_lost=1), "10(31)"),
    ("其他牙2", teeth(other_teeth_lost=2), "10(31)"),
    ("其他牙1", teeth(other_teeth_lost=1, incisors_lost=0), None),
    ("三度牙酸蚀", [f("dental_erosion", degree=3)], "7(63)"),
    ("二度牙酸蚀", [f("dental_erosion", degree=2)], "8(74)"),
    ("一度牙酸蚀", [f("dental_erosion", degree=1)], "10(45)"),
    ("鼻窦异物", [f("foreign_body", site="sinus", status="retained")], "10(33)"),
]
ALL = [*EYES, *EARS, *JAWS]


@pytest.mark.parametrize(("findings", "worst"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_the_worst_clause_of_senses_and_jaws_is_the_one_the_text_names(
    findings: list[Finding], worst: str | None
) -> None:
    assert next(iter(chosen(*findings)), None) == worst
