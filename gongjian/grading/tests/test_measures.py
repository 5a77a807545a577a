"""What the standard computes: every table on both sides of its edges, and the steps."""

from collections.abc import Callable

import pytest

from gongjian.grading.errors import BodyAreaUnknown, PointsUnknown
from gongjian.grading.measures import breathing, hand_foot, hearing, joints, kidney, liver, mind, vertebra
from gongjian.grading.measures.base import Measured, Step, shown, tenth, whole
from gongjian.grading.measures.burns import AREAS, body_area
from gongjian.grading.measures.face import disfigurement
from gongjian.grading.measures.glands import calcium_level
from gongjian.grading.measures.hearing import HearingTest
from gongjian.grading.measures.liver import LiverTest


@pytest.mark.parametrize(("number", "rounded"), [(42.5, 43), (43.4, 43), (0.5, 1), (96.67, 97), (2.5, 3)])
def test_halves_are_rounded_up(number: float, rounded: int) -> None:
    assert whole(number) == rounded


def test_tenths_are_rounded_half_up_and_shown_without_needless_zeros() -> None:
    assert tenth(5.25) == 5.3
    assert (shown(5.0), shown(0.125), shown(100)) == ("5", "0.125", "100")


def test_an_open_measurement_has_no_certain_value() -> None:
    opened: Measured[int] = Measured(None, (Step("两读", "A.1"),))
    assert opened.is_open
    unmeasured: Measured[int] = Measured(None)
    assert not unmeasured.is_open
    with pytest.raises(ValueError, match="两读"):
        _ = opened.certain


# one value of the table → class
LUNGS = [
    ("fvc", 80.6, "normal"),
    ("fvc", 80, None),
    ("fvc", 79.4, "mild"),
    ("fvc", 60, "mild"),
    ("fvc", 59, "moderate"),
    ("fvc", 40, "moderate"),
    ("fvc", 39, "severe"),
    ("mvv", 60, "mild"),
    ("fev1", 39, "severe"),
    ("fev1_fvc", 71, "normal"),
    ("fev1_fvc", 70, None),
    ("fev1_fvc", 69, "mild"),
    ("fev1_fvc", 55, "mild"),
    ("fev1_fvc", 54, "moderate"),
    ("fev1_fvc", 35, "moderate"),
    ("fev1_fvc", 34, "severe"),
    ("rv_tlc", 34, "normal"),
    ("rv_tlc", 35, None),
    ("rv_tlc", 36, "mild"),
    ("rv_tlc", 45, "mild"),
    ("rv_tlc", 46, "moderate"),
    ("rv_tlc", 55, "moderate"),
    ("rv_tlc", 56, "severe"),
    ("dlco", 60, "mild"),
    ("dlco", 59, "moderate"),
    ("dlco", 45, "moderate"),
    ("dlco", 44, "severe"),
]


@pytest.mark.parametrize(("name", "percent", "level"), LUNGS)
def test_each_value_of_table_a8_has_its_class(name: str, percent: float, level: str | None) -> None:
    assert breathing.lung_function(breathing.LungTest(**{name: percent})).value == level


def test_values_that_disagree_leave_the_class_open() -> None:
    found = breathing.lung_function(breathing.LungTest(fvc=65, fev1=55))
    assert found.is_open
    assert "专家组决定" in found.working


def test_values_that_agree_are_one_class() -> None:
    assert breathing.lung_function(breathing.LungTest(fvc=65, fev1=61, dlco=70)).value == "mild"


@pytest.mark.parametrize(
    ("kpa", "level"),
    [
        (10.6, "normal"),
        (10.54, "mild"),
        (8.0, "mild"),
        (7.9, "moderate"),
        (5.3, "moderate"),
        (5.2, "severe"),
        (5.24, "severe"),
    ],
)
def test_oxygen_in_kilopascal(kpa: float, level: str) -> None:
    assert breathing.hypoxemia(kpa=kpa).value == level


def test_two_units_that_contradict_each_other_are_left_open() -> None:
    assert breathing.hypoxemia(kpa=9.0, mmhg=45).is_open
    assert breathing.hypoxemia(kpa=9.0, mmhg=68).value == "mild"


@pytest.mark.parametrize(
    ("albumin", "bilirubin", "ascites", "mind_state", "longer", "score", "level"),
    [
        (3.2, 1.7, "none", "none", 4, (5, 5), "mild"),
        (3.2, 2.5, "none", "none", 4, (6, 6), "mild"),
        (2.7, 2.5, "none", "none", 4, (7, 7), "moderate"),
        (2.7, 2.5, "little", "none", 7, (9, 9), "moderate"),
        (2.7, 2.5, "little", "mild", 7, (10, 10), "severe"),
        (2.0, 4.0, "much", "severe", 10, (15, 15), "severe"),
        (3.0, 1.7, "none", "none", 4, (5, 6), "mild"),
        (3.0, 2.5, "none", "none", 4, (6, 7), None),
        (4.0, 1.0, "none", "none", 0, (2, 5), None),
    ],
)
def test_the_liver_score_of_five_items(
    albumin: float,
    bilirubin: float,
    ascites: str,
    mind_state: str,
    longer: float,
    score: tuple[int, int],
    level: str | None,
) -> None:
    test = LiverTest(albumin, bilirubin, ascites, mind_state, longer)
    assert liver.liver_score(test).value == score
    assert liver.liver_function(test).value == level


def test_a_missing_item_gives_no_score() -> None:
    assert liver.liver_score(LiverTest(albumin_g_dl=3)).value is None
    assert liver.liver_function(LiverTest(3.2, 1.7, "none", None, 4)).value is None


@pytest.mark.parametrize(
    ("share", "degree"),
    [
        (1, "normal"),
        (0.9, "mild"),
        (0.72, "mild"),
        (0.71, "moderate"),
        (0.62, "moderate"),
        (0.6, None),
        (0.5, None),
        (0.39, None),
        (0.38, "severe"),
        (0.29, "severe"),
        (0.28, None),
        (0, None),
    ],
)
def test_a_joint_is_classed_near_the_anchors_only(share: float, degree: str | None) -> None:
    assert joints.joint_degree(joints.JointMotion(share * 100, 100)).value == degree


def test_loss_of_motion_is_shown_in_percent_of_the_healthy_side() -> None:
    found = joints.loss_pct(range_deg=90, healthy_deg=135)
    assert found.value == 33.3
    assert found.working == "伤侧90度 ÷ 健侧135度 = 残留67%，丧失33.3%"


def test_planes_measured_by_themselves_are_added_up_on_both_sides() -> None:
    planes = [joints.Plane("屈曲", 100, 135), joints.Plane("伸展", -10, 0)]
    found = joints.joint_degree(joints.JointMotion(planes=planes))
    assert found.steps[0].text == "伤侧：屈曲100＋伸展-10；健侧：屈曲135＋伸展0；合计伤侧90度、健侧135度"
    assert found.value == "moderate"


@pytest.mark.parametrize("planes", [[], [joints.Plane("屈曲", 0, 0)], [joints.Plane("屈曲", 20, -5)]])
def test_without_motion_of_the_healthy_side_nothing_is_compared(planes: list[joints.Plane]) -> None:
    assert joints.joint_degree(joints.JointMotion(planes=planes)).value is None


def test_a_joint_that_does_not_reach_neutral_has_no_motion_left_rather_than_less_than_none() -> None:
    assert joints.total([joints.Plane("伸展", -20, 10)]).value == (0, 10)


@pytest.mark.parametrize(
    ("state", "degree"), [("nonfunctional", "complete"), ("flail", "complete"), ("functional", "severe")]
)
def test_a_stiff_joint_is_classed_by_its_position(state: str, degree: str) -> None:
    assert joints.joint_degree(joints.JointMotion(ankylosis=state)).value == degree


@pytest.mark.parametrize(
    ("severe", "moderate", "scarred", "levels"),
    [
        (4, 0, True, ("severe", "moderate", "mild")),
        (4, 0, False, ("moderate", "mild")),
        (3, 0, True, ("moderate", "mild")),
        (0, 3, False, ("moderate", "mild")),
        (0, 2, False, ("mild",)),
        (1, 1, False, ("mild",)),
        (0, 1, False, ()),
    ],
)
def test_disfigurement_by_counting(severe: int, moderate: int, scarred: bool, levels: tuple[str, ...]) -> None:
    items = ("eyebrow", "eyelid", "ear", "nose", "lip", "neck")
    found = disfigurement(severe=items[:severe], moderate=items[severe : severe + moderate], scarred_face=scarred)
    assert found.value == levels


def test_an_item_named_in_both_lists_counts_once() -> None:
    assert disfigurement(severe=("ear",), moderate=("ear",), scarred_face=True).value == ()


@pytest.mark.parametrize(
    ("image", "found"),
    [
        (vertebra.VertebralImage(), None),
        (vertebra.VertebralImage(height_loss=0.6, displaced=True), "unstable"),
        (vertebra.VertebralImage(height_loss=0.5, displaced=True), None),
        (vertebra.VertebralImage(angulation_deg=31), "unstable"),
        (vertebra.VertebralImage(canal_left=0.39), "unstable"),
        (vertebra.VertebralImage(0.2, False, 30, 0.4, False), "stable"),
        (vertebra.VertebralImage(0.6, None, 30, 0.4, False), None),
    ],
)
def test_one_sign_makes_a_spine_unstable_and_all_must_be_looked_for(
    image: vertebra.VertebralImage, found: str | None
) -> None:
    assert vertebra.stability(image).value == found


@pytest.mark.parametrize(
    ("ccr", "scr", "stages"),
    [
        (24, None, ("uremia", "decompensated", "compensated")),
        (25, None, ("decompensated", "compensated")),
        (50, None, ("compensated",)),
        (70, None, ()),
        (90, 451, ("uremia", "decompensated", "compensated")),
        (None, 177, ()),
        (None, None, None),
    ],
)
def test_a_heavier_stage_of_the_kidneys_contains_the_lighter(
    ccr: float | None, scr: float | None, stages: tuple[str, ...] | None
) -> None:
    assert kidney.renal_stages(ccr_ml_min=ccr, scr_umol_l=scr).value == stages


@pytest.mark.parametrize(
    ("sbp", "dbp", "holds"), [(160, None, True), (159, 94, False), (120, 95, True), (None, None, None)]
)
def test_pressure_counts_by_either_value(sbp: float | None, dbp: float | None, holds: bool | None) -> None:
    assert kidney.renal_hypertension(sbp_mmhg=sbp, dbp_mmhg=dbp).value is holds


@pytest.mark.parametrize(
    ("left", "incontinence", "level"),
    [
        (50, None, "severe"),
        (49, None, "mild"),
        (0, None, "normal"),
        (0, "mild", "mild"),
        (10, "severe", "severe"),
        (None, None, None),
    ],
)
def test_urine_left_and_incontinence(left: float | None, incontinence: str | None, level: str | None) -> None:
    assert kidney.urination(residual_ml=left, incontinence=incontinence).value == level


@pytest.mark.parametrize(
    ("sperm", "abnormal", "weak", "level"),
    [(0, 0, 0, "severe"), (4.9, 0, 0, "mild"), (5, 30, 30, "normal"), (20, 31, 0, "mild"), (20, 0, 31, "mild")],
)
def test_reproductive_function_of_men(sperm: float, abnormal: float, weak: float, level: str) -> None:
    found = kidney.sperm_level(millions_per_ml=sperm, abnormal_pct=abnormal, dead_or_weak_pct=weak)
    assert found.value == level


@pytest.mark.parametrize(
    ("calcium", "level"), [(5.9, "severe"), (6, "moderate"), (7, None), (7.1, "mild"), (8, "normal"), (None, None)]
)
def test_calcium(calcium: float | None, level: str | None) -> None:
    assert calcium_level(calcium).value == level


@pytest.mark.parametrize(
    ("iq", "level"),
    [(19, "profound"), (20, "severe"), (35, "moderate"), (50, "mild"), (70, "borderline"), (80, "normal")],
)
def test_quotients(iq: float, level: str) -> None:
    assert mind.mental_level(iq=iq, mq=None, months=None).value == level


def test_nothing_measured_has_no_steps() -> None:
    silent: list[Callable[[], Measured[str]]] = [
        lambda: mind.mental_level(iq=None, mq=None, months=None),
        lambda: breathing.hypoxemia(),
        lambda: breathing.lung_function(breathing.LungTest()),
        lambda: joints.joint_degree(joints.JointMotion()),
        lambda: mind.epilepsy_level(
            treated_years=None, grand_mal_per_month=None, other_per_week=None, needs_medicine=None
        ),
    ]
    assert [each().steps for each in silent] == [()] * len(silent)


def test_every_step_names_its_article() -> None:
    found = hearing.binaural(HearingTest((30, 30, 30), (90, 90, 90), 55, "female"))
    assert all(step.article and step.text for step in found.steps)
    assert len(found.steps) == 4


@pytest.mark.parametrize(
    ("digit", "joints_hurt", "state", "points"),
    [
        ("拇指", "第一掌腕+掌指+指间均受累", "nonfunctional", 40),
        ("拇指", "掌指、指间单一关节", "mild_or_over_half", 5),
        ("食指", "远侧指间", "functional_or_under_half", 5),
        ("小指", "远侧指间", "nonfunctional", 0),
        ("腕", "单纯腕关节受累", "nonfunctional", 40),
    ],
)
def test_points_of_table_b2(digit: str, joints_hurt: str, state: str, points: int) -> None:
    assert hand_foot.joint_points(digit, joints_hurt, state=state).value == points


def test_points_that_are_not_in_the_table_are_refused() -> None:
    with pytest.raises(PointsUnknown):
        hand_foot.joint_points("拇指", "远侧指间", state="nonfunctional")
    with pytest.raises(PointsUnknown):
        hand_foot.joint_points("腕", "单纯腕关节受累", state="其他")


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        (0, None),
        (1, 10),
        (10, 10),
        (11, 9),
        (20, 9),
        (21, 8),
        (30, 8),
        (31, 7),
        (50, 7),
        (51, 6),
        (80, 6),
        (81, 5),
        (100, 5),
        (101, None),
    ],
)
def test_every_edge_of_table_b1(points: int, grade: int | None) -> None:
    assert hand_foot.points_grade(points).value == grade


def test_the_rule_of_nines_adds_up_to_the_whole_body() -> None:
    assert body_area(dict.fromkeys(AREAS, 1.0)).value == 100
    assert body_area({"front": 0.5, "arms": 1}).value == 13.5


@pytest.mark.parametrize("wrong", [{"tail": 0.5}, {"front": 1.1}])
def test_a_part_that_is_none_or_more_than_whole_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BodyAreaUnknown):
        body_area(wrong)
