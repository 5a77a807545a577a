"""A grade only where no room is left; counting, 4.2, 4.3, appendix B, self-care."""

from datetime import date

import pytest

from gongjian.grading.appraisal import appraise
from gongjian.grading.candidates import candidates
from gongjian.grading.clauses import all_clauses
from gongjian.grading.counting import tally
from gongjian.grading.errors import StandardNotInForce
from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.examination import Examination
from gongjian.grading.promotion import CountingPolicy
from gongjian.grading.raises import REPRODUCTIVE
from gongjian.grading.room import HEARING_LIMITS, Why
from gongjian.grading.tests.builders import an_answer, f, short

FEMUR = f("fracture", bone="femur", side="left", treatment="internal_fixation", healed=True, residual="none")
HEEL = f("fracture", bone="calcaneus", side="right", treatment="internal_fixation", healed=True, residual="none")
RIB = f("fracture", bone="rib", treatment="conservative", healed=True, residual="none")
TIP = f("digit_loss", side="left", digit="index", level="dip")
SCAR = f("face_scar", area_cm2=2.5)


def whys(*findings: Finding, **about: object) -> set[Why]:
    return {each.why for each in an_answer(*findings, **about).rooms}


def test_a_single_clear_finding_has_a_grade_and_no_room() -> None:
    answer = an_answer(TIP)
    assert (answer.grade, answer.group_decides, answer.rooms) == (10, False, ())


def test_two_equal_items_leave_it_to_the_group() -> None:
    answer = an_answer(FEMUR, HEEL)
    assert answer.grade is None
    assert answer.tally.promotion.may_be_raised_to == 8
    assert whys(FEMUR, HEEL) == {Why.PROMOTION}


def test_a_worse_item_settles_it() -> None:
    answer = an_answer(FEMUR, RIB, TIP)
    assert (answer.tally.worst, answer.tally.promotion.may_be_raised_to) == (9, None)
    assert answer.tally.promotion.equal_count == 1


def test_three_equal_items_rise_by_one_only() -> None:
    assert an_answer(TIP, SCAR, RIB).tally.promotion.may_be_raised_to == 9


def test_one_injury_counts_once() -> None:
    both_bones = [
        f("fracture", injury="左胫腓骨骨折", bone=bone, treatment="internal_fixation", healed=True, residual="none")
        for bone in ("tibia", "fibula")
    ]
    answer = an_answer(*both_bones)
    assert [short(each.clause.number) for each in answer.tally.items] == ["9(23)"]
    assert {each.reason for each in answer.tally.left_out} == {"与5.9.2(23)为同一伤情，只计最重的一条。"}


def test_a_clause_over_both_sides_uses_up_both_injuries() -> None:
    left, right = (f("amputation", side=side, level="leg") for side in ("left", "right"))
    answer = an_answer(left, right)
    assert [short(each.clause.number) for each in answer.tally.items] == ["3(14)"]
    assert answer.tally.promotion.may_be_raised_to is None


def test_the_other_policy_counts_a_clause_once() -> None:
    femurs = [f("fracture", bone=bone, treatment="internal_fixation") for bone in ("femur", "radius")]
    holds = candidates(femurs).holds
    assert tally(holds).promotion.equal_count == 2
    once = tally(holds, policy=CountingPolicy.INJURY_AND_CLAUSE)
    assert once.promotion.equal_count == 1
    assert "同一条款只计一次" in once.left_out[0].reason


def test_what_no_clause_describes_is_left_to_4_6() -> None:
    answer = an_answer(f("paralysis", pattern="hand_all", side="both", mrc=3))
    assert answer.grade is None
    assert short(answer.tally.items[0].clause.number) == "6(7)"


def test_an_injury_without_any_clause_is_named() -> None:
    answer = an_answer(f("paralysis", pattern="foot_part", side="left", mrc=4, injury="左足"))
    assert answer.candidates.uncovered == ("左足",)
    assert [(each.why, each.article) for each in answer.rooms] == [(Why.NO_CLAUSE, "4.6")]


WELL = [
    f("respiratory", lung_function="normal", po2_kpa=12),
    f("liver_function", liver_function="normal"),
    f("urination", residual_ml=0),
    f("mouth_opening", mouth_opening=0),
    f("joint", side="left", joint="knee", range_deg=135, healthy_deg=135),
]


@pytest.mark.parametrize("finding", WELL, ids=[each.kind for each in WELL])
def test_what_was_looked_at_and_is_well_needs_no_clause(finding: Finding) -> None:
    answer = an_answer(TIP, finding)
    assert (answer.grade, answer.candidates.uncovered) == (10, ())


ILL = [
    f("respiratory", dyspnea=2),
    f("respiratory", fvc_pct=80),
    f("mouth_opening", mouth_opening=2),
    f("joint", side="left", joint="knee", degree="mild"),
]


@pytest.mark.parametrize("finding", ILL, ids=range(len(ILL)))
def test_what_is_not_well_and_has_no_clause_is_for_the_group(finding: Finding) -> None:
    answer = an_answer(TIP, finding)
    assert answer.grade is None
    assert len(answer.candidates.uncovered) == 1


def test_heavier_clauses_that_are_undecided_leave_room() -> None:
    liver = f("resection", organ="liver", removed=0.7)
    assert Why.UNDECIDED in whys(liver)
    assert an_answer(liver).tally.worst == 4
    assert Why.UNDECIDED not in whys(liver, f("liver_function", liver_function="normal"))


def test_known_conflicts_are_told_beside_the_clause_they_concern() -> None:
    answer = an_answer(f("fracture", bone="rib", healed=True, residual="mild"))
    assert {each.why for each in answer.rooms} == {Why.CONFLICT}
    assert "轻微功能障碍" in answer.rooms[0].text


def test_a_measurement_the_text_leaves_open_leaves_room() -> None:
    assert Why.MEASURE in whys(f("joint", side="left", joint="knee", range_deg=50, healthy_deg=100))
    assert Why.MEASURE in whys(f("respiratory", fvc_pct=65, fev1_pct=55))
    assert Why.MEASURE not in whys(f("respiratory", fvc_pct=65, fev1_pct=55, lung_function="mild"))


def test_an_ankle_is_not_surely_a_large_joint() -> None:
    assert Why.LARGE_JOINT in whys(f("arthroplasty", joint="ankle", residual="severe"))
    assert Why.LARGE_JOINT not in whys(f("arthroplasty", joint="knee", residual="severe"))


def test_a_gap_between_vision_clauses_brings_table_a3() -> None:
    answer = an_answer(f("vision", right_state="no_light_perception", left_bcva=0.35))
    assert answer.grade is None
    room = next(each for each in answer.rooms if each.why is Why.TABLE_A3)
    assert "六级" in room.text


def test_vision_that_clause_and_table_agree_on_needs_no_table() -> None:
    assert Why.TABLE_A3 not in whys(f("vision", right_bcva=0.3, left_bcva=0.3))
    assert Why.TABLE_A3 not in whys(f("vision", right_bcva=1.0, left_bcva=1.0))
    assert Why.TABLE_A3 not in whys(f("vision", right_state="removed", left_bcva=1.0))
    assert Why.TABLE_A3 in whys(f("vision", right_bcva=0.3, left_bcva=0.4))


def _heard(decibels: int, **about: object) -> Finding:
    names = [f"{ear}_{hertz}_db" for ear in ("right", "left") for hertz in (500, 1000, 2000)]
    return f("hearing", **dict.fromkeys(names, decibels), **about)


@pytest.mark.parametrize(
    ("decibels", "age", "has_room"),
    [(33, 45, True), (34, 45, True), (37, 45, False), (33, 40, False), (33, 29, False), (33, 70, False)],
)
def test_the_age_between_two_rows_leaves_room_only_across_a_limit(decibels: int, age: int, has_room: bool) -> None:
    assert (Why.MEASURE in whys(_heard(decibels, age=age, sex="male"))) is has_room


def test_without_thresholds_there_is_nothing_to_ask() -> None:
    assert Why.MEASURE not in whys(f("hearing"))


def test_the_limits_of_hearing_are_those_of_the_clauses() -> None:
    forms = [each.parameters for each in all_clauses() if "hearing" in str(each.parameters)]
    parts = [part for form in forms for part in form.get("any", [form])]
    assert {value["value"] for part in parts for name, value in part.items() if name != "kind"} == set(HEARING_LIMITS)


@pytest.mark.parametrize(
    ("months", "early_mri", "waits"),
    [(1, False, True), (2, False, True), (3, False, False), (1, True, False), (None, False, True)],
)
def test_a_disc_seen_only_by_ct_waits_three_months(months: int | None, early_mri: bool, waits: bool) -> None:
    disc = f(
        "disc_herniation", acute_trauma=True, nerve_irritation=True, early_mri=early_mri, months_since_injury=months
    )
    assert (Why.TOO_EARLY in whys(disc)) is waits
    assert (an_answer(disc).grade is None) is waits


def test_who_can_never_have_children_may_be_raised_by_appendix_b() -> None:
    ducts = f("male_organs", vas_deferens="both")
    answer = an_answer(ducts, childless=True)
    assert [(each.number, each.raised_to, each.article) for each in answer.raises] == [("5.6.2(61)", 5, "B.4.2")]
    assert answer.grade is None
    assert an_answer(ducts).raises == ()


def test_a_bowel_that_closes_again_and_again_may_be_raised() -> None:
    answer = an_answer(f("resection", organ="small_intestine", removed=0.3), recurring_obstruction=True)
    assert [(each.raised_to, each.article) for each in answer.raises] == [(7, "B.4.11")]
    assert an_answer(TIP, recurring_obstruction=True).raises == ()


def test_grade_one_cannot_be_raised() -> None:
    assert an_answer(f("resection", organ="pancreas", removed=1), recurring_obstruction=True).raises == ()


def test_the_clauses_about_reproduction_exist_and_are_of_that_kind() -> None:
    assert all(number.startswith("5.") for number in REPRODUCTIVE)
    assert len(REPRODUCTIVE) == 12


OLD_EYE = f("vision", right_state="no_light_perception", left_bcva=1.0)
NEW_EYE = f("vision", right_state="no_light_perception", left_bcva=0.04)


@pytest.mark.parametrize(
    ("aggravated", "appraisal", "worst", "said"),
    [
        (True, "initial", 3, "加重原有伤残，按实际致残结局"),
        (True, "second", 3, "加重原有伤残，按实际致残结局"),
        (False, "initial", 10, "未加重原有伤残，按本次伤情"),
        (None, "initial", 10, "是否加重由专家组判断"),
        (True, "review", 10, "复查鉴定不适用4.3"),
    ],
)
def test_what_was_there_before_counts_only_when_it_was_made_worse(
    aggravated: bool | None, appraisal: str, worst: int, said: str
) -> None:
    examination = Examination(findings=(TIP,), prior=(NEW_EYE,), aggravated=aggravated, appraisal=appraisal)  # type: ignore[arg-type]
    answer = appraise(examination)
    assert answer.tally.worst == worst
    assert answer.prior is not None
    assert said in answer.prior.explanation
    assert (answer.prior.alone, answer.prior.together) == (10, 3)


def test_prior_impairment_is_for_the_group_but_not_in_a_review() -> None:
    assert Why.PRIOR in whys(TIP, prior=(OLD_EYE,), aggravated=True)
    assert Why.PRIOR not in whys(TIP, prior=(OLD_EYE,), aggravated=True, appraisal="review")
    assert an_answer(TIP).prior is None


@pytest.mark.parametrize(
    ("items", "level"), [([], "none"), (["eating"], "partial"), (["eating", "turning", "dressing"], "major")]
)
def test_self_care_is_answered_beside_the_grade(items: list[str], level: str) -> None:
    answer = an_answer(TIP, selfcare=tuple(items))
    assert answer.selfcare is not None
    assert answer.selfcare.level == level
    assert an_answer(TIP).selfcare is None


def test_a_day_before_the_standard_is_refused() -> None:
    with pytest.raises(StandardNotInForce):
        candidates([TIP], on=date(2014, 12, 31))


def test_why_a_clause_holds_and_what_it_lacks_is_said() -> None:
    found = candidates([f("fracture", bone="clavicle", treatment="internal_fixation", healed=True, residual="none")])
    assert found.holds[0].reasons == ("已愈合（是）", "功能障碍为无或轻度（无）")
    assert found.near[0].missing == ("骨为肱骨或尺骨或桡骨或股骨或胫骨或腓骨（现为：锁骨）",)
    assert not found.holds[0].measured


def test_what_was_decided_by_a_number_is_marked() -> None:
    assert candidates([SCAR]).holds[0].measured


def test_a_side_missing_is_named() -> None:
    found = candidates([f("amputation", side="left", level="thigh"), f("amputation", side="right", level="leg")])
    assert ("右膝以上缺失（现为：未见）",) in [each.missing for each in found.near]
