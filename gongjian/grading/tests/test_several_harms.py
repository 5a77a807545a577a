"""Several harms of one person, reckoned a second way by hand: 4.2, 4.3, appendix B, self-care, areas and periods."""

import random
from datetime import date
from itertools import combinations, pairwise
from typing import Any, Literal

import pytest

from gongjian.grading.appraisal import appraise
from gongjian.grading.findings.base import Finding
from gongjian.grading.findings.examination import Examination
from gongjian.grading.measures.burns import AREAS, body_area
from gongjian.grading.measures.eyesight import compensation_rate, field_pct, rate_grade
from gongjian.grading.nonwork import Loss, nonwork
from gongjian.grading.outcomes import SelfCareLevel
from gongjian.grading.promotion import CountingPolicy
from gongjian.grading.room import Why
from gongjian.grading.selfcare import SelfCareItem, disagreement, level
from gongjian.grading.stop_work import entries, provinces, stop_work_period
from gongjian.grading.tests.builders import an_answer, chosen, f, short
from gongjian.grading.tests.test_conditions import VIGNETTES
from gongjian.law.counting import months_after

# One harm each, of parts that no clause speaks of together: the clause and the grade as read in the standard.
APART: list[tuple[Finding, str, int]] = [
    (f("digit_loss", side="left", digit="index", level="dip", injury="左食指"), "10(5)", 10),
    (f("fracture", bone="rib", treatment="conservative", healed=True, residual="none", injury="肋骨"), "10(12)", 10),
    (f("face_scar", area_cm2=2.5, injury="面部"), "10(2)", 10),
    (
        f("fracture", bone="femur", side="left", treatment="internal_fixation", healed=True, residual="none", injury="股骨"),
        "9(23)",
        9,
    ),
    (
        f("fracture", bone="calcaneus", side="right", treatment="internal_fixation", healed=True, residual="none", injury="跟骨"),
        "9(24)",
        9,
    ),
    (f("lung_resection", extent="segment", injury="肺段"), "8(43)", 8),
    (f("resection", organ="small_intestine", removed=0.3, injury="小肠"), "8(52)", 8),
    (f("lung_resection", extent="lobe", lobes=1, injury="肺叶"), "7(37)", 7),
    (f("male_organs", vas_deferens="both", injury="输精管"), "6(61)", 6),
    (f("transplant", organ="lung", injury="肺移植"), "4(30)", 4),
]  # fmt: skip


def by_hand(grades: list[int]) -> tuple[int, int | None]:
    """4.2 in its own words: the heaviest; two or more alike rise by one at most; grade one does not rise."""
    heaviest = sorted(grades)[0]
    alike = [grade for grade in grades if grade == heaviest]
    return heaviest, heaviest - 1 if len(alike) >= 2 and heaviest != 1 else None


@pytest.mark.parametrize(("finding", "number", "grade"), APART, ids=[number for _, number, _ in APART])
def test_each_harm_alone_is_the_clause_that_the_hand_finds(finding: Finding, number: str, grade: int) -> None:
    answer = an_answer(finding)
    assert [(short(each.clause.number), each.clause.grade) for each in answer.tally.items] == [(number, grade)]
    assert answer.grade == grade or {each.why for each in answer.rooms} == {Why.CONFLICT}


@pytest.mark.parametrize("size", [2, 3, 4])
def test_harms_of_different_organs_are_each_an_item_and_come_to_what_4_2_says(size: int) -> None:
    order = random.Random(42)
    for some in order.sample(list(combinations(APART, size)), 30):
        told = [finding for finding, _, _ in order.sample(some, size)]
        if {"肺段", "肺叶", "肺移植"} & {each.injury for each in told} and sum(
            "肺" in each.injury for each in told
        ) > 1:
            continue  # one lung is one organ: the clauses speak of it as a whole
        promotion = an_answer(*told).tally.promotion
        assert sorted(chosen(*told)) == sorted(number for _, number, _ in some)
        assert (promotion.worst, promotion.may_be_raised_to) == by_hand([grade for _, _, grade in some])
        assert (Why.PROMOTION in {each.why for each in an_answer(*told).rooms}) == (
            promotion.may_be_raised_to is not None
        )


def test_two_at_ten_and_one_at_nine_are_nine_and_nothing_cascades() -> None:
    told = [APART[0][0], APART[2][0], APART[3][0]]
    for policy in CountingPolicy:
        answer = appraise(Examination(findings=tuple(told)), policy=policy)
        assert (answer.grade, answer.tally.promotion.may_be_raised_to) == (9, None)
    four = [*told, APART[4][0]]
    assert an_answer(*four).tally.promotion.may_be_raised_to == 8, "two at nine rise to eight, not to seven"


# 4.3


@pytest.mark.parametrize("appraisal", ["initial", "second", "review"])
@pytest.mark.parametrize(("old", "new", "together"), [(5, 0, 8), (0, 5, 8), (3, 0, 9), (0, 1, 10), (7, 9, 4)])
def test_what_was_there_before_counts_with_what_it_was_made_worse_by_and_not_in_a_review(
    old: int, new: int, together: int, appraisal: Literal["initial", "second", "review"]
) -> None:
    before, now = APART[old], APART[new]
    worse, not_worse = (
        appraise(Examination(findings=(now[0],), prior=(before[0],), aggravated=said, appraisal=appraisal))
        for said in (True, False)
    )
    assert worse.tally.worst == (now[2] if appraisal == "review" else together)
    assert not_worse.tally.worst == now[2]
    for answer in (worse, not_worse):
        assert answer.prior is not None and (answer.prior.alone, answer.prior.together) == (now[2], together)
        assert (Why.PRIOR in {each.why for each in answer.rooms}) == (appraisal != "review")


# Appendix B


@pytest.mark.parametrize(
    ("finding", "number", "raised"),
    [
        (f("resection", organ="small_intestine", removed=0.3), "8(52)", 7),
        (f("resection", organ="kidney", removed=1), "7(50)", 6),
        (f("renal", status="one_removed"), "7(50)", 6),
    ],
)
def test_a_bowel_that_closes_again_raises_every_clause_about_what_was_taken_out_of_the_abdomen(
    finding: Finding, number: str, raised: int
) -> None:
    answer = an_answer(finding, recurring_obstruction=True)
    assert [(short(each.number), each.raised_to) for each in answer.raises] == [(number, raised)]
    assert answer.grade is None
    assert Why.APPENDIX_B in {each.why for each in answer.rooms}


def test_what_no_abdomen_was_opened_for_is_not_raised_by_a_bowel() -> None:
    opened = {"resection", "liver", "biliary", "abdominal_wall", "surgery", "abdominal_organ_contusion", "renal"}
    for name, findings, _ in VIGNETTES[::5]:
        if not opened & {each.kind for each in findings}:
            assert an_answer(*findings, recurring_obstruction=True).raises == (), name


# Self-care: 4.1.5


def test_each_of_the_thirty_two_sets_of_items_has_the_level_of_their_number() -> None:
    order = random.Random(415)
    levels = {0: "none", 1: "partial", 2: "partial", 3: "major", 4: "major", 5: "complete"}
    for size, reached in levels.items():
        for items in combinations(SelfCareItem, size):
            told = order.sample([*items, *items], 2 * size)
            found = level(told)
            assert (found.level, found.count, set(found.items)) == (reached, size, set(items))


def test_the_worse_the_grade_the_more_levels_of_self_care_go_with_it() -> None:
    def fitting(grade: int | None) -> set[SelfCareLevel]:
        return {each for each in SelfCareLevel if disagreement(grade, each) is None}

    sets = [fitting(grade) for grade in range(1, 11)]
    assert all(lighter <= heavier for heavier, lighter in pairwise(sets))
    assert sets[0] == set(SelfCareLevel)
    assert sets[4:] == [{SelfCareLevel.NONE}] * 6
    assert fitting(None) == {SelfCareLevel.NONE}


# Areas and eyes


@pytest.mark.parametrize(
    ("shares", "total"),
    [
        ({"hands": 0.05}, 0.3),  # 0.25 %, half up
        ({"hands": 0.15}, 0.8),
        ({"face": 0.35}, 1.1),
        ({"front": 0.35}, 4.6),
        ({"front": 0.15, "neck": 0.1}, 2.3),  # 1.95 + 0.3
        ({"hands": 0.99}, 5.0),  # 4.95 %
        ({"hands": 0.98}, 4.9),
        ({"thighs": 0.5, "legs": 0.5, "feet": 0.5}, 20.5),
    ],
)
def test_an_area_of_half_a_tenth_is_rounded_up_as_its_own_line_is(shares: dict[str, float], total: float) -> None:
    found = body_area(shares)
    assert found.value == total
    assert found.steps[-1].text == f"合计体表{total:g}%"


def test_more_of_any_part_is_never_less_of_the_body() -> None:
    order = random.Random(22)
    for _ in range(40):
        shares = {name: order.randint(0, 100) / 100 for name in order.sample(sorted(AREAS), 4)}
        name = order.choice(sorted(shares))
        more = {**shares, name: min(1.0, shares[name] + 0.1)}
        assert body_area(more).certain >= body_area(shares).certain


@pytest.mark.parametrize(
    ("sum_deg", "percent"), [(200, 40.0), (200.25, 40.1), (201.25, 40.3), (500, 100), (640, 100), (0, 0)]
)
def test_a_field_of_half_a_tenth_of_a_per_cent_above_a_limit_is_above_it(sum_deg: float, percent: float) -> None:
    assert field_pct(sum_deg=sum_deg).value == percent


def test_an_eye_that_sees_less_is_never_worth_more_by_table_a3() -> None:
    steps = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.05, 0.04, 0.0]
    for better, worse in pairwise(steps):
        for other in steps:
            assert (
                compensation_rate(left=worse, right=other).certain
                >= compensation_rate(left=better, right=other).certain
            )
            assert (
                compensation_rate(left=other, right=worse).certain
                >= compensation_rate(left=other, right=better).certain
            )
    grades = [rate_grade(compensation_rate(left=0.0, right=other).certain).certain for other in steps]
    assert grades == sorted(grades, reverse=True)


# The period of paid leave


@pytest.mark.parametrize("region", sorted(provinces()))
def test_the_period_of_several_injuries_is_the_longest_of_them_in_any_order_and_never_beyond_twelve_months(
    region: str,
) -> None:
    order, listed = random.Random(33), entries(region)
    for _ in range(15):
        started = date(2024, order.randint(1, 12), order.randint(1, 28))
        injuries = [each.code or each.injury for each in order.sample(listed, 3)]
        whole = stop_work_period(region, injuries, started=started)
        single = [stop_work_period(region, [each], started=started).ends_on for each in injuries]
        assert whole.ends_on == (max(ends[0] for ends in single), max(ends[1] for ends in single))
        assert whole.ends_on == stop_work_period(region, injuries[::-1], started=started).ends_on
        assert whole.ends_on[0] <= whole.ends_on[1] <= months_after(started, 12)
        longer = stop_work_period(region, injuries, started=started, complication_months=2).ends_on
        assert all(after >= before for after, before in zip(longer, whole.ends_on, strict=True))


# Loss of labour capacity from illness


def test_a_further_finding_never_lessens_the_loss() -> None:
    weight = {Loss.NOT_REACHED: 0, Loss.MAJOR: 1, Loss.TOTAL: 2}
    findings: list[Finding] = [
        f("paralysis", pattern="monoplegia", mrc=3),
        f("long_dyspnea", degree="moderate", months_treated=12),
        f("heart_failure", months_treated=12, nyha=2),
        f("anemia", hemoglobin_g_dl=6, months_treated=12),
        *(finding for finding, _, _ in APART[-3:]),
    ]
    for one, other in combinations(findings, 2):
        both = weight[nonwork([one, other]).at_least]
        assert both == max(weight[nonwork([one]).at_least], weight[nonwork([other]).at_least])
    three: list[Any] = [each for each in findings if nonwork([each]).at_least is Loss.MAJOR][:3]
    assert nonwork(three).loss is None
    assert nonwork(three[:2]).loss is Loss.MAJOR
