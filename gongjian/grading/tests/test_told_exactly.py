"""Several injuries and measured values are reckoned as they were told: a second injury shortens nothing, a mean does not drift, fingers that were counted have their row."""

from datetime import date
from fractions import Fraction
from itertools import combinations, product

import pytest

from gongjian.grading.errors import AcuityNotInTable, ComplicationWrong
from gongjian.grading.measures import eyesight, hearing
from gongjian.grading.measures.base import exactly, whole
from gongjian.grading.measures.hearing import HearingTest
from gongjian.grading.measures.tables import table
from gongjian.grading.stop_work import Entry, entries, provinces, stop_work_period
from gongjian.law.counting import months_after, period_end

CHONGQING = "500000"
HURT = date(2026, 1, 31)


def named(each: Entry) -> str:
    return each.code or each.injury


def alone(region: str, each: Entry) -> tuple[date, date]:
    return stop_work_period(region, [named(each)], started=HURT).ends_on


@pytest.mark.parametrize(
    ("injuries", "first", "last"),
    [
        (["S12", "S62.0"], date(2026, 7, 31), date(2026, 9, 30)),
        (["S62.0", "S12"], date(2026, 7, 31), date(2026, 9, 30)),
        (["S12", "S62.2"], date(2026, 5, 31), date(2026, 9, 30)),
        (["S12"], date(2026, 4, 30), date(2026, 9, 30)),
        (["S12", "S12"], date(2026, 4, 30), date(2026, 9, 30)),
    ],
)
def test_regulation_art_33_of_two_injuries_the_longer_decides_at_either_end_and_nothing_is_added(injuries, first, last):
    assert stop_work_period(CHONGQING, injuries, started=HURT).ends_on == (first, last)


@pytest.mark.parametrize("region", sorted(provinces()))
def test_regulation_art_33_a_second_injury_shortens_no_period_and_its_order_changes_none(region):
    for one, two in combinations(entries(region)[:16], 2):
        both = stop_work_period(region, [named(one), named(two)], started=HURT)
        turned = stop_work_period(region, [named(two), named(one)], started=HURT)
        longest = tuple(max(ends) for ends in zip(alone(region, one), alone(region, two), strict=True))
        assert both.ends_on == turned.ends_on == longest, (named(one), named(two))


def test_regulation_art_33_complications_lengthen_both_ends_from_where_the_injuries_end():
    found = stop_work_period(CHONGQING, ["S12", "S62.0"], started=HURT, complication_months=2)
    assert found.ends_on == (months_after(date(2026, 7, 31), 2), months_after(date(2026, 9, 30), 2))
    assert any("增加2个月" in step for step in found.steps)
    longest = stop_work_period(CHONGQING, ["S12", "S62.0"], started=HURT, complication_months=12)
    assert longest.ends_on == (months_after(HURT, 12), months_after(HURT, 12)), "both ends stop at twelve months"


@pytest.mark.parametrize("months", [-12, -1, 13])
def test_complications_of_fewer_than_none_or_more_than_the_whole_period_are_refused(months):
    with pytest.raises(ComplicationWrong, match=str(months)):
        stop_work_period(CHONGQING, ["S12"], started=HURT, complication_months=months)


def test_a_period_in_days_and_one_in_months_are_compared_by_the_day_on_which_they_end():
    for region in provinces():
        listed = entries(region)
        days = [each for each in listed if each.unit == "calendar day"]
        months = [each for each in listed if each.unit == "month"]
        for one, two in product(days[:5], months[:5]):
            found = stop_work_period(region, [named(one), named(two)], started=HURT)
            ends = [period_end(HURT, each.longest, each.unit) for each in (one, two)]
            assert found.ends_on[1] == min(max(ends), months_after(HURT, 12))


@pytest.mark.parametrize(
    ("thresholds", "loss"),
    [
        ((40.3, 40.4, 40.8), 41), ((40.8, 40.4, 40.3), 41), ((40.3, 40.9, 40.3), 41), ((40.3, 40.4, 40.7), 40),
        ((0.1, 0.2, 1.2), 1), ((40, 40, 41), 40), ((40, 41, 41), 41), ((0, 0, 0), 0), ((120, 120, 120), 100),
    ],
)  # fmt: skip
def test_a_3_6_a_mean_that_ends_in_a_half_is_rounded_up_whatever_its_tenths_are(thresholds, loss):
    assert hearing.ear_losses(HearingTest(thresholds, (0, 0, 0))).value == (loss, 0)


def test_a_3_6_the_mean_of_any_tenths_is_the_exact_one_rounded_half_up_on_either_ear():
    for a, b, c in product(range(400, 420, 3), range(400, 420), range(400, 420)):
        told = (a / 10, b / 10, c / 10)
        loss = int(Fraction(a + b + c, 30) + Fraction(1, 2))
        assert hearing.ear_losses(HearingTest(told, told[::-1])).value == (loss, loss), told


def test_what_is_written_in_tenths_is_summed_as_it_is_written():
    assert sum(map(exactly, (0.1, 0.2, 0.3))) == exactly(0.6)
    assert [whole(exactly(each)) for each in (0.5, 1.5, 2.5, 0.49)] == [1, 2, 3, 0], "half up, never to the even one"


FINGERS = [row["five"] for row in table("A1_visual_acuity_to_5point")["finger_count_cm"]]


def test_a_3_1_fingers_that_were_counted_have_an_acuity_between_that_of_light_and_the_first_of_the_chart():
    found = [eyesight.decimal_acuity(five).certain for five in FINGERS]
    assert found == sorted(found)
    assert all(0.001 < each < 0.01 for each in found)
    assert eyesight.decimal_acuity(2.0).value == 0.001
    assert eyesight.decimal_acuity(3.0).value == 0.01


@pytest.mark.parametrize("five", FINGERS)
def test_a_3_1_a_record_of_fingers_counted_reads_back_within_what_the_table_rounds(five):
    acuity = eyesight.decimal_acuity(five)
    assert abs(eyesight.five_point(acuity.certain).certain - five) <= 0.05
    assert acuity.steps[0].article == "表A.1"


@pytest.mark.parametrize("five", [1.9, 2.05, 2.86, 2.99, 5.45, 0.0, -1.0])
def test_a_3_1_what_is_no_row_of_the_table_is_refused_and_not_read_as_the_next_one(five):
    with pytest.raises(AcuityNotInTable):
        eyesight.decimal_acuity(five)
