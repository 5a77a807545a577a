"""The standard of 2002: every item on both sides, the rule of three, and where it contradicts itself."""

from datetime import date

import pytest

from gongjian.grading.errors import StandardNotInForce
from gongjian.grading.findings.base import Finding
from gongjian.grading.nonwork import Loss, all_items, nonwork
from gongjian.grading.tests.builders import f

AFFECTED = {"occupation_severely_affected": True}


def weak(pattern: str, mrc: int, side: str | None = None) -> Finding:
    return f("paralysis", pattern=pattern, mrc=mrc, side=side)


def heart(**found: object) -> Finding:
    return f("heart_failure", months_treated=12, **found)


def mind(disease: str, years: float, **found: object) -> Finding:
    return f("mental_illness", disease=disease, treated_years=years, **AFFECTED, **found)


def kidney(**found: object) -> Finding:
    return f("chronic_kidney", **found)


def eyes(right: float, left: float) -> Finding:
    return f("vision", right_bcva=right, left_bcva=left)


# what was found, at least this loss
ITEMS = [
    ("单肢瘫2级", weak("monoplegia", 2), Loss.TOTAL),
    ("单肢瘫3级", weak("monoplegia", 3), Loss.MAJOR),
    ("单肢瘫4级", weak("monoplegia", 4), Loss.NOT_REACHED),
    ("截瘫3级", weak("paraplegia", 3), Loss.TOTAL),
    ("截瘫4级", weak("paraplegia", 4), Loss.MAJOR),
    ("偏瘫5级", weak("hemiplegia", 5), Loss.NOT_REACHED),
    ("双手全肌瘫2级", weak("hand_all", 2, "both"), Loss.TOTAL),
    ("双手全肌瘫3级", weak("hand_all", 3, "both"), Loss.MAJOR),
    ("单足全肌瘫2级", weak("foot_all", 2, "left"), Loss.MAJOR),
    ("单足全肌瘫3级", weak("foot_all", 3, "left"), Loss.NOT_REACHED),
    ("完全混合性失语", f("aphasia", type="mixed", degree="complete"), Loss.TOTAL),
    ("完全运动性失语（工伤五级）", f("aphasia", type="motor", degree="complete"), Loss.MAJOR),
    ("中度运动障碍", f("motor_disorder_nonparalytic", level="moderate"), Loss.TOTAL),
    ("轻度运动障碍（工伤六级）", f("motor_disorder_nonparalytic", level="mild"), Loss.MAJOR),
    ("长期重度呼吸困难", f("long_dyspnea", degree="severe", months_treated=12), Loss.TOTAL),
    ("长期中度呼吸困难", f("long_dyspnea", degree="moderate", months_treated=12), Loss.MAJOR),
    ("重度呼吸困难11个月", f("long_dyspnea", degree="severe", months_treated=11), Loss.NOT_REACHED),
    ("心功能Ⅲ级", heart(nyha=3), Loss.TOTAL),
    ("心功能Ⅱ级", heart(nyha=2), Loss.MAJOR),
    ("心功能Ⅰ级", heart(nyha=1), Loss.NOT_REACHED),
    ("左室射血分数50%", heart(left_ventricle=True, lvef_pct=50), Loss.TOTAL),
    ("左室射血分数51%", heart(left_ventricle=True, lvef_pct=51, nyha=1), Loss.NOT_REACHED),
    ("恶性室速", heart(malignant_tachycardia=True), Loss.TOTAL),
    ("血红蛋白6", f("anemia", hemoglobin_g_dl=6, months_treated=12), Loss.TOTAL),
    ("血红蛋白6.1", f("anemia", hemoglobin_g_dl=6.1, months_treated=12), Loss.NOT_REACHED),
    ("全胃切除", f("resection", organ="stomach", removed=1), Loss.TOTAL),
    ("全结肠切除", f("resection", organ="colon", removed=1), Loss.TOTAL),
    ("小肠3/4", f("resection", organ="small_intestine", removed=0.75), Loss.TOTAL),
    (
        "小肠2/3含回肠（工伤五级）",
        f("resection", organ="small_intestine", removed=0.67, along=["most_ileum"]),
        Loss.MAJOR,
    ),
    ("肝重度", f("chronic_liver", degree="severe"), Loss.TOTAL),
    ("肝中度", f("chronic_liver", degree="moderate"), Loss.MAJOR),
    ("肝轻度", f("chronic_liver", degree="mild"), Loss.NOT_REACHED),
    ("清除率19", kidney(ccr_ml_min=19), Loss.TOTAL),
    ("清除率20", kidney(ccr_ml_min=20), Loss.MAJOR),
    ("清除率49", kidney(ccr_ml_min=49), Loss.MAJOR),
    ("清除率50", kidney(ccr_ml_min=50), Loss.NOT_REACHED),
    ("肌酐5.1", kidney(scr_mg_dl=5.1), Loss.TOTAL),
    ("肌酐5", kidney(scr_mg_dl=5), Loss.MAJOR),
    ("肌酐2", kidney(scr_mg_dl=2), Loss.NOT_REACHED),
    ("一个脏器失代偿", f("systemic_disease", decompensated_organs=1), Loss.TOTAL),
    ("无脏器失代偿", f("systemic_disease", decompensated_organs=0), Loss.NOT_REACHED),
    ("肿瘤复发", f("malignancy", course="relapsed"), Loss.TOTAL),
    ("肿瘤已控制", f("malignancy", course="controlled"), Loss.NOT_REACHED),
    ("无光感、另眼0.19", f("vision", right_state="no_light_perception", left_bcva=0.19), Loss.TOTAL),
    ("无光感、另眼0.3", f("vision", right_state="no_light_perception", left_bcva=0.3), Loss.MAJOR),
    ("双眼0.09", eyes(0.09, 0.09), Loss.TOTAL),
    ("双眼0.2", eyes(0.2, 0.2), Loss.MAJOR),
    ("双眼0.3", eyes(0.3, 0.3), Loss.NOT_REACHED),
    ("双眼半径20度", f("vision", right_field_radius_deg=20, left_field_radius_deg=20), Loss.TOTAL),
    ("双眼半径30度", f("vision", right_field_radius_deg=30, left_field_radius_deg=30), Loss.MAJOR),
    ("双眼半径31度", f("vision", right_field_radius_deg=31, left_field_radius_deg=31), Loss.NOT_REACHED),
    ("器质性精神障碍2年", mind("organic", 2), Loss.TOTAL),
    ("器质性精神障碍1.9年", mind("organic", 1.9), Loss.NOT_REACHED),
    ("精神分裂症5年", mind("schizophrenia", 5), Loss.TOTAL),
    ("精神分裂症4.9年", mind("schizophrenia", 4.9), Loss.NOT_REACHED),
    ("偏执性5年", mind("paranoid", 5), Loss.TOTAL),
    ("情感障碍男50岁", mind("affective", 5, sex="male", age=50), Loss.TOTAL),
    ("情感障碍男49岁", mind("affective", 5, sex="male", age=49), Loss.NOT_REACHED),
    ("情感障碍女45岁", mind("affective", 5, sex="female", age=45), Loss.TOTAL),
    ("情感障碍女44岁", mind("affective", 5, sex="female", age=44), Loss.NOT_REACHED),
    ("强迫障碍5年", mind("obsessive", 5), Loss.TOTAL),
    ("造瘘", f("ostomy", present=True), Loss.MAJOR),
]


@pytest.mark.parametrize(("finding", "loss"), [row[1:] for row in ITEMS], ids=[row[0] for row in ITEMS])
def test_an_item_is_reached_from_its_starting_point_on(finding: Finding, loss: Loss) -> None:
    assert nonwork([finding]).at_least is loss


def test_three_classes_of_major_loss_may_be_found_total_by_the_group() -> None:
    three = [f("chronic_liver", degree="moderate"), heart(nyha=2), f("ostomy", present=True)]
    answer = nonwork(three)
    assert (answer.loss, answer.at_least) == (None, Loss.MAJOR)
    assert "3类" in answer.reasons[0]
    assert nonwork(three[:2]).loss is Loss.MAJOR


def test_two_items_of_one_class_are_one_class() -> None:
    one_class = [f("chronic_liver", degree="moderate"), f("chronic_liver", degree="moderate"), heart(nyha=2)]
    assert nonwork(one_class).loss is Loss.MAJOR


def test_an_illness_named_by_an_item_is_not_counted_again_by_its_grade() -> None:
    weak_legs = weak("tetraplegia", 4)
    assert {each.number for each in nonwork([weak_legs]).holds} == {"4.2.1", "4.2.10"}
    assert nonwork([weak_legs, heart(nyha=2)]).reasons == ()
    by_grade = f("male_organs", penis="complete")
    assert nonwork([weak_legs, heart(nyha=2), by_grade]).loss is None


def test_one_item_of_total_loss_is_enough() -> None:
    answer = nonwork([f("chronic_liver", degree="severe"), heart(nyha=2), f("ostomy", present=True)])
    assert answer.loss is Loss.TOTAL
    assert answer.holds[0].loss is Loss.TOTAL
    assert "4.1.7" in answer.explanation


def test_deafness_stands_in_both_lists_and_is_for_the_group() -> None:
    deaf = f("hearing", **{f"{ear}_{hertz}_db": 95 for ear in ("right", "left") for hertz in (500, 1000, 2000)})
    answer = nonwork([deaf])
    assert answer.loss is None
    assert {each.number for each in answer.holds} == {"4.2.9", "4.2.10", "4.1.17"}
    assert "两处不一" in answer.reasons[0]


def test_what_was_not_measured_is_for_the_group_and_named() -> None:
    answer = nonwork([f("long_dyspnea", degree="severe")])
    assert (answer.loss, answer.at_least) == (None, Loss.NOT_REACHED)
    assert [each.number for each in answer.open] == ["4.1.2", "4.2.2"]
    assert answer.open[0].missing == ("系统治疗不少于12个月（未测或未填）",)


def test_nothing_reached_is_said() -> None:
    answer = nonwork([f("chronic_liver", degree="mild")])
    assert (answer.loss, answer.reasons, answer.explanation) == (Loss.NOT_REACHED, (), "所填所见没有达到任何一项。")


def test_every_item_has_a_number_of_its_own_and_is_reached_by_some_row() -> None:
    numbers = [each.number for each in all_items()]
    assert len(numbers) == len(set(numbers)) == 25
    reached = {each.number for _, finding, _ in ITEMS for each in nonwork([finding]).holds}
    assert set(numbers) - reached == {"4.2.9"}


@pytest.mark.parametrize(
    ("loss", "label"),
    [(Loss.TOTAL, "完全丧失劳动能力"), (Loss.MAJOR, "大部分丧失劳动能力"), (Loss.NOT_REACHED, "未达到")],
)
def test_the_labels(loss: Loss, label: str) -> None:
    assert loss.label == label


def test_a_day_before_the_standard_is_refused() -> None:
    assert nonwork([heart(nyha=2)], on=date(2002, 4, 5)).loss is Loss.MAJOR
    with pytest.raises(StandardNotInForce):
        nonwork([heart(nyha=2)], on=date(2002, 4, 4))
