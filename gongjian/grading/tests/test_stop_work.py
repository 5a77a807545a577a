"""停工留薪期: the longest of several, twelve months and twelve more, and a plain refusal where no catalogue is held."""

from datetime import date

import pytest

from gongjian.grading.errors import (
    InjuriesMissing,
    InjuryNotInCatalogue,
    NoCatalogue,
    ProlongationTooEarly,
    ProlongationWrong,
)
from gongjian.grading.stop_work import entries, entry, provinces, stop_work_period

CHONGQING, SHANDONG, GUIZHOU, FUJIAN = "500000", "370000", "520000", "350000"
HURT = date(2026, 1, 31)

# region, injury, shortest, longest, unit
ENTRIES = [
    (CHONGQING, "S72.0", 6, 6, "month"),
    (CHONGQING, "S72.04", 6, 6, "month"),
    (CHONGQING, "s72.3", 6, 6, "month"),
    (CHONGQING, "S70.1", 1, 1, "month"),
    (CHONGQING, "股骨干骨折", 6, 6, "month"),
    (CHONGQING, " S00 ", 1, 1, "month"),
    ("500103", "S72.0", 6, 6, "month"),
    (SHANDONG, "S02.1", 6, 6, "month"),
    (SHANDONG, "S05.2", 12, 12, "month"),
    (GUIZHOU, "S00", 15, 15, "calendar day"),
    (GUIZHOU, "S02.0", 90, 150, "calendar day"),
    (GUIZHOU, "S02.8", 90, 165, "calendar day"),
    (FUJIAN, "肱骨骨折", 4, 6, "month"),
    (FUJIAN, "腓骨骨折", 2, 3, "month"),
]


@pytest.mark.parametrize(("region", "injury", "shortest", "longest", "unit"), ENTRIES)
def test_an_injury_is_found_by_code_or_name(region: str, injury: str, shortest: int, longest: int, unit: str) -> None:
    found = entry(region, injury)
    assert (found.shortest, found.longest, found.unit) == (shortest, longest, unit)


@pytest.mark.parametrize("injury", ["S99", "S7", "S", "", "感冒", "S001"])
def test_an_injury_that_is_not_listed_is_refused(injury: str) -> None:
    with pytest.raises(InjuryNotInCatalogue, match="重庆"):
        entry(CHONGQING, injury)


def test_a_province_without_catalogue_is_refused_and_those_held_are_named() -> None:
    with pytest.raises(NoCatalogue) as refusal:
        stop_work_period("110000", ["S72.0"], started=HURT)
    assert str(refusal.value) == (
        "系统没有收录区划110000的停工留薪期分类目录，不能据以推算。请查当地目录，或由管理员补录；已收录重庆、山东、贵州、福建。"
    )


def test_the_catalogues_held() -> None:
    assert provinces() == {CHONGQING: "重庆", SHANDONG: "山东", GUIZHOU: "贵州", FUJIAN: "福建"}
    assert {region: len(entries(region)) for region in provinces()} == {
        CHONGQING: 122,
        SHANDONG: 26,
        GUIZHOU: 24,
        FUJIAN: 7,
    }


@pytest.mark.parametrize("region", [CHONGQING, SHANDONG, GUIZHOU, FUJIAN])
def test_every_line_can_be_used(region: str) -> None:
    for each in entries(region):
        assert 0 < each.shortest <= each.longest
        assert each.injury
        assert each.unit == ("calendar day" if region == GUIZHOU else "month")
        assert entry(region, each.code or each.injury).injury


def test_no_code_stands_twice_in_one_catalogue() -> None:
    for region in provinces():
        codes = [each.code for each in entries(region) if each.code]
        assert len(codes) == len(set(codes))


# injuries, the decisive one, the last day
SEVERAL = [
    (["S72.0"], "S72.0", date(2026, 7, 31)),
    (["S72.0", "S70"], "S72.0", date(2026, 7, 31)),
    (["S70", "S72.0"], "S72.0", date(2026, 7, 31)),
    (["S00", "S01"], "S00", date(2026, 2, 28)),
    (["T09.3", "S72.0"], "T09.3", date(2027, 1, 31)),
]


@pytest.mark.parametrize(("injuries", "decisive", "last"), SEVERAL)
def test_the_longest_of_several_injuries_decides_and_nothing_is_added(
    injuries: list[str], decisive: str, last: date
) -> None:
    found = stop_work_period(CHONGQING, injuries, started=HURT)
    assert (found.decisive.code, found.ends_on, found.is_range) == (decisive, (last, last), False)
    assert any("不相加" in step for step in found.steps) is (len(injuries) > 1)


def test_a_range_gives_two_ends_and_leaves_the_choice() -> None:
    found = stop_work_period(FUJIAN, ["肱骨骨折"], started=date(2026, 3, 10))
    assert found.is_range
    assert found.ends_on == (date(2026, 7, 10), date(2026, 9, 10))


def test_days_are_counted_from_the_day_after() -> None:
    found = stop_work_period(GUIZHOU, ["S00"], started=date(2026, 3, 10))
    assert found.ends_on[0] == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("months", "last"),
    [(0, date(2026, 7, 31)), (3, date(2026, 10, 31)), (6, date(2027, 1, 31)), (9, date(2027, 1, 31))],
)
def test_complications_lengthen_within_twelve_months(months: int, last: date) -> None:
    found = stop_work_period(CHONGQING, ["S72.0"], started=HURT, complication_months=months)
    assert found.ends_on == (last, last)
    assert any("不超过12个月" in step for step in found.steps) is (months >= 6)


@pytest.mark.parametrize(("months", "last"), [(1, date(2027, 2, 28)), (6, date(2027, 7, 31)), (12, date(2028, 1, 31))])
def test_a_confirmed_prolongation_follows_the_twelve_months(months: int, last: date) -> None:
    found = stop_work_period(CHONGQING, ["T09.3"], started=HURT, prolonged_months=months)
    assert found.prolonged_to == last


@pytest.mark.parametrize("months", [-1, 13, 24])
def test_more_than_twelve_and_twelve_months_are_refused(months: int) -> None:
    with pytest.raises(ProlongationWrong):
        stop_work_period(CHONGQING, ["T09.3"], started=HURT, prolonged_months=months)


def test_a_prolongation_before_twelve_months_are_full_is_refused() -> None:
    with pytest.raises(ProlongationTooEarly, match="6个月"):
        stop_work_period(CHONGQING, ["S72.0"], started=HURT, prolonged_months=3)


def test_without_an_injury_nothing_is_reckoned() -> None:
    with pytest.raises(InjuriesMissing):
        stop_work_period(CHONGQING, [], started=HURT)


def test_doubtful_lines_say_so() -> None:
    found = stop_work_period(FUJIAN, ["肱骨骨折"], started=HURT)
    assert "推断" in found.steps[-1]
    assert stop_work_period(CHONGQING, ["S72.0"], started=HURT).prolonged_to is None
