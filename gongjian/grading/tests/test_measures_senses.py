"""Hearing and sight: every table on both sides of its edges, and the steps."""

import pytest

from gongjian.grading.errors import AcuityNotInTable
from gongjian.grading.measures import eyesight, hearing
from gongjian.grading.measures.hearing import AgePolicy, HearingTest

# hearing: thresholds right, left, age, sex → right, left, both
EARS = [
    ((30, 30, 30), (90, 100, 110), 25, "male", (30, 97), 43),
    ((30, 30, 30), (30, 30, 30), 29, "male", (30, 30), 30),
    ((30, 30, 30), (30, 30, 30), 30, "male", (29, 29), 29),
    ((30, 30, 30), (30, 30, 30), 39, "male", (29, 29), 29),
    ((30, 30, 30), (30, 30, 30), 40, "male", (28, 28), 28),
    ((30, 30, 30), (30, 30, 30), 50, "female", (25, 25), 25),
    ((30, 30, 30), (30, 30, 30), 60, "male", (22, 22), 22),
    ((30, 30, 30), (30, 30, 30), 70, "female", (18, 18), 18),
    ((30, 30, 30), (30, 30, 30), 85, "female", (18, 18), 18),
    ((100, 100, 100), (120, 120, 120), 20, "male", (100, 100), 100),
    ((0, 0, 0), (50, 50, 50), 20, "male", (0, 50), 10),
    ((5, 5, 5), (5, 5, 5), 70, "male", (0, 0), 0),
]


@pytest.mark.parametrize(("right", "left", "age", "sex", "ears", "both"), EARS)
def test_hearing_is_averaged_over_three_frequencies_and_weighed_four_to_one(
    right: tuple[int, ...], left: tuple[int, ...], age: int, sex: str, ears: tuple[int, int], both: int
) -> None:
    test = HearingTest(right, left, age, sex)
    assert hearing.ear_losses(test).value == ears
    assert hearing.binaural(test).value == both


def test_an_ear_deaf_for_another_reason_does_not_count() -> None:
    test = HearingTest((40, 40, 40), (95, 95, 95), unrelated_ear="left")
    assert hearing.binaural(test).value == 40
    assert "取较好耳" in hearing.binaural(test).working


def test_the_unrelated_ear_changes_nothing_when_it_is_the_better_one() -> None:
    test = HearingTest((40, 40, 40), (90, 90, 90), unrelated_ear="right")
    assert hearing.binaural(test).value == 50


def test_between_two_ages_both_readings_are_offered_and_named() -> None:
    test = HearingTest((33, 33, 33), (33, 33, 33), 45, "male")
    assert hearing.binaural(test, policy=AgePolicy.REACHED).value == 31
    assert hearing.age_correction(45, "male", policy=AgePolicy.INTERPOLATED).value == (3.0, 3.0, 5.0)
    assert "插值" in hearing.age_correction(45, "male", policy=AgePolicy.INTERPOLATED).working


def test_without_age_nothing_is_corrected_and_that_is_said() -> None:
    assert hearing.age_correction(None, "male").value == (0.0, 0.0, 0.0)
    assert "未作年龄修正" in hearing.age_correction(None, None).working


# decimal → five-point
ACUITIES = [
    (0.01, 3.0),
    (0.1, 4.0),
    (0.12, 4.1),
    (0.3, 4.5),
    (0.5, 4.7),
    (0.8, 4.9),
    (1.0, 5.0),
    (1.5, 5.2),
    (10.0, 6.0),
]


@pytest.mark.parametrize(("decimal", "five"), ACUITIES)
def test_decimal_and_five_point_records_convert_both_ways(decimal: float, five: float) -> None:
    assert eyesight.five_point(decimal).value == five
    assert eyesight.decimal_acuity(five).value == decimal


def test_an_acuity_between_two_rows_follows_the_formula() -> None:
    assert eyesight.five_point(0.35).value == 4.54
    assert "按公式" in eyesight.five_point(0.35).working


@pytest.mark.parametrize("wrong", [0, 0.0001, 11])
def test_an_acuity_outside_the_table_is_refused(wrong: float) -> None:
    with pytest.raises(AcuityNotInTable):
        eyesight.five_point(wrong)


def test_a_five_point_record_that_is_no_row_is_refused() -> None:
    with pytest.raises(AcuityNotInTable):
        eyesight.decimal_acuity(4.65)


@pytest.mark.parametrize(
    ("radius", "percent"),
    [(5, 8), (10, 16), (15, 24), (20, 32), (25, 40), (30, 48), (40, 64), (50, 80), (62.5, 100), (70, 100)],
)
def test_field_percent_and_radius_are_the_pairs_the_clauses_name(radius: float, percent: float) -> None:
    assert eyesight.field_pct(sum_deg=radius * 8).value == percent


@pytest.mark.parametrize(
    ("bcva", "radius", "name"),
    [
        (0.01, None, "一级盲"),
        (0.02, None, "二级盲"),
        (0.049, None, "二级盲"),
        (0.05, None, "一级低视力"),
        (0.1, None, "二级低视力"),
        (0.29, None, "二级低视力"),
        (0.3, None, ""),
        (1.0, 4.9, "一级盲"),
        (1.0, 5, "二级盲"),
        (1.0, 10, ""),
    ],
)
def test_blindness_by_acuity_or_field(bcva: float, radius: float | None, name: str) -> None:
    assert eyesight.blindness(bcva=bcva, radius_deg=radius).value == name


# left, right → rate, grade
RATES = [
    (0.15, 0.3, 38, 7),
    (1.0, 1.0, 0, 10),
    (0.04, 0.04, 100, 3),
    (0.05, 0.05, 98, 4),
    (0.1, 0.1, 80, 5),
    (0.2, 0.2, 47, 6),
    (0.3, 0.3, 25, 7),
    (0.4, 0.4, 16, 8),
    (0.5, 0.5, 8, 9),
    (0.6, 0.6, 6, 10),
    (0.35, 0.0, 60, 6),
    (0.9, 0.9, 0, 10),
    (0.89, 0.9, 0, 10),
]


@pytest.mark.parametrize(("left", "right", "rate", "grade"), RATES)
def test_compensation_rate_and_its_grade(left: float, right: float, rate: int, grade: int) -> None:
    assert eyesight.compensation_rate(left=left, right=right).value == rate
    assert eyesight.rate_grade(rate).value == grade


@pytest.mark.parametrize(
    ("rate", "grade"),
    [
        (7, 10),
        (8, 9),
        (15, 9),
        (16, 8),
        (24, 8),
        (25, 7),
        (40, 7),
        (41, 6),
        (75, 6),
        (76, 5),
        (85, 5),
        (86, 4),
        (99, 4),
        (100, 3),
    ],
)
def test_every_edge_of_table_a4(rate: int, grade: int) -> None:
    assert eyesight.rate_grade(rate).value == grade


def test_the_two_uneven_pairs_of_cells_are_pointed_at() -> None:
    assert "不对称" in eyesight.compensation_rate(left=0.15, right=0.04).working
    assert "不对称" in eyesight.compensation_rate(left=0.1, right=1 / 15).working
    assert "不对称" not in eyesight.compensation_rate(left=0.2, right=0.3).working


def test_aphakia_by_table_a5() -> None:
    assert eyesight.aphakic_pct(1.0, both=False).value == 50
    assert eyesight.aphakic_pct(0.5, both=True).value == 64
    with pytest.raises(AcuityNotInTable):
        eyesight.aphakic_pct(0.12, both=False)
    with pytest.raises(AcuityNotInTable):
        eyesight.aphakic_pct(0.33, both=True)
