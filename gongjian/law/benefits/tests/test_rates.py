"""The dated rates: how they lie over each other, and what stops their reading."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.law.benefits.errors import RateNotInForce, RateNotRecorded
from gongjian.law.benefits.rates import RateBook, book, rate
from gongjian.law.benefits.speed import statements_per_minute
from gongjian.law.errors import LawDataWrong, RegionWrong

DAY = date(2026, 11, 2)
HEAD = '[x]\ntitle = "甲"\nunit = "month"\n'
ROW = '[[x.values]]\nfrom = 2011-01-01\nvalue = 6\nsource = "条例"\nchecked = 2026-11-22\nconfidence = "seen"\n'


def test_every_rate_says_where_it_comes_from_and_when_it_was_checked():
    assert [one.name for one in book().all() if not one.source or one.checked < date(2026, 1, 1)] == []


def test_the_months_of_the_grades():
    found = rate("grant_months", DAY)
    assert [found.of_grade(grade) for grade in (1, 5, 10)] == [27, 18, 7]


def test_a_citys_rate_is_its_provinces():
    assert rate("medical_subsidy", DAY, "330106") == rate("medical_subsidy", DAY, "330000")


def test_a_decimal_is_exact():
    assert rate("employment_subsidy", DAY, "320000").of_grade(5, 5) == Decimal("9.5")


def test_where_nothing_is_recorded_it_is_refused():
    with pytest.raises(RateNotRecorded, match="110000的标准尚未录入"):
        rate("medical_subsidy", DAY, "110000")


def test_before_the_first_and_after_the_last_day_it_is_refused():
    with pytest.raises(RateNotInForce, match="2010-12-31"):
        rate("grant_months", date(2010, 12, 31))
    with pytest.raises(RateNotInForce, match="2027-01-01"):
        rate("urban_income", date(2027, 1, 1))


def test_a_region_has_six_digits():
    with pytest.raises(RegionWrong):
        rate("medical_subsidy", DAY, "浙江")


def test_a_list_is_not_one_number():
    with pytest.raises(TypeError, match="grant_months"):
        _ = rate("grant_months", DAY).value


def book_of(folder, national, **regions):
    (folder / "national.toml").write_text(national, encoding="utf-8")
    for region, text in regions.items():
        (folder / f"{region.removeprefix('r')}.toml").write_text(text, encoding="utf-8")
    return RateBook(folder)


@pytest.mark.parametrize(
    ("national", "fault"),
    [
        (HEAD, "values is missing"),
        (HEAD + ROW + ROW, "in the order of their days"),
        (HEAD + "local = true\n" + ROW, "left to the localities"),
        (HEAD + ROW.replace("value = 6", "value = 6.5"), "must be a number"),
        (HEAD + ROW.replace("value = 6", 'value = "six"'), "must be a number"),
        (HEAD + ROW.replace("value = 6", "value = -6"), "must be a number"),
        (HEAD + ROW.replace("value = 6", "value = []"), "must be a number"),
        (HEAD + ROW.replace('"seen"', '"sure"'), "confidence must be one of"),
        (HEAD.replace('"month"', '"week"') + ROW, "unit must be one of"),
        (HEAD + ROW + "amount = 5\n", "unknown key amount"),
    ],
)
def test_data_that_cannot_be_used_stops_the_reading(tmp_path, national, fault):
    with pytest.raises(LawDataWrong, match=fault):
        book_of(tmp_path, national)


def test_a_region_may_not_bring_a_rate_of_its_own_making(tmp_path):
    with pytest.raises(LawDataWrong, match="no national rate"):
        book_of(tmp_path, HEAD + ROW, r330000=(HEAD + ROW).replace("[x]", "[y]").replace("[[x.", "[[y."))


def test_a_region_is_named_by_its_digits(tmp_path):
    with pytest.raises(LawDataWrong, match="six digits"):
        book_of(tmp_path, HEAD + ROW, r3300=ROW)


def test_the_city_lies_over_the_province_over_the_nation(tmp_path):
    found = book_of(tmp_path, HEAD + ROW, r330000=ROW.replace("= 6", "= 7"), r330100=ROW.replace("= 6", "= 8"))
    assert [found.rate("x", DAY, region).value for region in (None, "330000", "330199", "330200")] == [6, 7, 8, 7]


def test_the_speed_can_be_measured():
    assert statements_per_minute(5) > 0
