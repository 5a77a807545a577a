"""Working days and rest days: the notices of 2025 and 2026 on both sides, and two other tellings of the same calendar."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from gongjian.law.calendar import (
    Calendar,
    is_working_day,
    known,
    official,
    rest_name,
    working_day_after,
    working_day_before,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
)
from gongjian.law.errors import LawDataWrong


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2024-12-31", None),
        ("2025-01-01", "元旦"),
        ("2025-01-02", None),
        ("2025-01-25", "周末"),
        ("2025-01-26", None),
        ("2025-01-27", None),
        ("2025-01-28", "春节"),
        ("2025-02-04", "春节"),
        ("2025-02-05", None),
        ("2025-02-08", None),
        ("2025-02-09", "周末"),
        ("2025-04-03", None),
        ("2025-04-04", "清明节"),
        ("2025-04-06", "清明节"),
        ("2025-04-07", None),
        ("2025-04-26", "周末"),
        ("2025-04-27", None),
        ("2025-04-30", None),
        ("2025-05-01", "劳动节"),
        ("2025-05-05", "劳动节"),
        ("2025-05-06", None),
        ("2025-05-30", None),
        ("2025-05-31", "端午节"),
        ("2025-06-02", "端午节"),
        ("2025-06-03", None),
        ("2025-09-27", "周末"),
        ("2025-09-28", None),
        ("2025-09-30", None),
        ("2025-10-01", "国庆节、中秋节"),
        ("2025-10-08", "国庆节、中秋节"),
        ("2025-10-09", None),
        ("2025-10-11", None),
        ("2025-10-12", "周末"),
        ("2025-12-31", None),
        ("2026-01-01", "元旦"),
        ("2026-01-03", "元旦"),
        ("2026-01-04", None),
        ("2026-01-05", None),
        ("2026-02-13", None),
        ("2026-02-14", None),
        ("2026-02-15", "春节"),
        ("2026-02-23", "春节"),
        ("2026-02-24", None),
        ("2026-02-28", None),
        ("2026-03-01", "周末"),
        ("2026-04-03", None),
        ("2026-04-04", "清明节"),
        ("2026-04-06", "清明节"),
        ("2026-04-07", None),
        ("2026-04-30", None),
        ("2026-05-01", "劳动节"),
        ("2026-05-05", "劳动节"),
        ("2026-05-06", None),
        ("2026-05-09", None),
        ("2026-05-10", "周末"),
        ("2026-06-18", None),
        ("2026-06-19", "端午节"),
        ("2026-06-21", "端午节"),
        ("2026-06-22", None),
        ("2026-09-19", "周末"),
        ("2026-09-20", None),
        ("2026-09-24", None),
        ("2026-09-25", "中秋节"),
        ("2026-09-27", "中秋节"),
        ("2026-09-28", None),
        ("2026-09-30", None),
        ("2026-10-01", "国庆节"),
        ("2026-10-07", "国庆节"),
        ("2026-10-08", None),
        ("2026-10-10", None),
        ("2026-10-11", "周末"),
    ],
)
def test_each_holiday_begins_and_ends_on_its_days(day: str, name: str | None) -> None:
    assert rest_name(date.fromisoformat(day)) == name
    assert is_working_day(date.fromisoformat(day)) is (name is None)


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_agrees_with_the_package_chinese_calendar(year: int) -> None:
    differing = [day for day in days_of(year) if is_working_day(day) != chinese_calendar.is_workday(day)]
    assert differing == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_agrees_with_the_package_holidays(year: int) -> None:
    china = holidays.country_holidays("CN", years=[year])
    differing = [day for day in days_of(year) if is_working_day(day) != china.is_working_day(day)]
    assert differing == []


@pytest.mark.parametrize(("year", "days"), [(2025, 28), (2026, 33)])
def test_the_number_of_days_in_the_arrangement(year: int, days: int) -> None:
    assert len(official().arrangements[year].off) == days


@pytest.mark.parametrize(("year", "is_known"), [(2024, False), (2025, True), (2026, True), (2027, False)])
def test_the_years_with_data(year: int, is_known: bool) -> None:
    assert known(year) is is_known


@pytest.mark.parametrize(
    ("day", "worked"),
    [("2027-01-01", False), ("2027-01-02", False), ("2027-01-03", False), ("2027-01-04", True), ("2027-02-08", True)],
)
def test_a_year_without_data_has_weekends_and_the_days_the_law_fixes(day: str, worked: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is worked


FIXED = {
    "2027-01-01": "元旦",
    "2028-05-01": "劳动节",
    "2028-05-02": "劳动节",
    "2029-10-01": "国庆节",
    "2029-10-02": "国庆节",
    "2029-10-03": "国庆节",
    "2024-05-01": "劳动节",
    "2024-10-01": "国庆节",
}


@pytest.mark.parametrize(("day", "name"), FIXED.items())
def test_art_2_a_day_fixed_by_law_is_a_rest_day_in_every_year(day: str, name: str) -> None:
    assert rest_name(date.fromisoformat(day)) == name


@pytest.mark.parametrize("day", ["2024-05-02", "2029-10-04", "2029-10-08", "2007-10-01", "2027-05-03"])
def test_what_the_law_of_the_day_does_not_fix_is_worked_in_a_year_without_data(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


def test_the_fixed_days_say_which_order_they_come_from_and_since_when() -> None:
    assert [one.since for one in official().fixed] == [date(2008, 1, 1), date(2025, 1, 1)]
    assert all("放假办法" in one.source for one in official().fixed)


@pytest.mark.parametrize("year", range(2014, 2025))
def test_the_fixed_days_were_rest_days_in_the_years_behind_us(year: int) -> None:
    fixed = [day for day in days_of(year) if rest_name(day) not in (None, "周末")]
    assert len(fixed) >= 2
    assert not [day for day in fixed if chinese_calendar.is_workday(day)]


def test_each_arrangement_says_where_it_comes_from_and_how_sure_it_is() -> None:
    assert official().arrangements[2025].confidence == "memory"
    assert official().arrangements[2026].confidence == "seen-2"
    assert all("国务院办公厅" in one.source for one in official().arrangements.values())


@pytest.mark.parametrize(
    ("day", "count", "reached"),
    [
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-02", 5, "2026-03-09"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-08", 1, "2026-03-09"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2025-12-31", 1, "2026-01-04"),
    ],
)
def test_the_start_day_is_not_counted_and_rest_days_are_stepped_over(day: str, count: int, reached: str) -> None:
    assert working_day_after(date.fromisoformat(day), count) == date.fromisoformat(reached)


@pytest.mark.parametrize("count", [0, -1])
def test_less_than_one_working_day_later_makes_no_sense(count: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        working_day_after(date(2026, 3, 2), count)


@pytest.mark.parametrize(
    ("day", "count", "earlier"),
    [
        ("2026-03-06", 1, "2026-03-05"),
        ("2026-03-09", 1, "2026-03-06"),
        ("2026-10-07", 1, "2026-09-30"),
        ("2026-10-08", 3, "2026-09-28"),
        ("2026-02-24", 2, "2026-02-13"),
    ],
)
def test_working_days_are_counted_backwards_too(day: str, count: int, earlier: str) -> None:
    assert working_day_before(date.fromisoformat(day), count) == date.fromisoformat(earlier)
    assert working_day_after(date.fromisoformat(earlier), count) >= date.fromisoformat(day)


def test_counting_backwards_needs_a_number_of_days() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        working_day_before(date(2026, 3, 2), 0)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2026-03-06", "2026-03-06", "2026-03-06"),
        ("2026-03-07", "2026-03-06", "2026-03-09"),
        ("2026-03-08", "2026-03-06", "2026-03-09"),
        ("2026-02-14", "2026-02-14", "2026-02-14"),
        ("2026-02-15", "2026-02-14", "2026-02-24"),
        ("2026-02-23", "2026-02-14", "2026-02-24"),
        ("2026-10-03", "2026-09-30", "2026-10-08"),
        ("2026-01-01", "2025-12-31", "2026-01-04"),
        ("2025-05-05", "2025-04-30", "2025-05-06"),
    ],
)
def test_the_working_day_on_either_side(day: str, before: str, after: str) -> None:
    assert working_day_on_or_before(date.fromisoformat(day)) == date.fromisoformat(before)
    assert working_day_on_or_after(date.fromisoformat(day)) == date.fromisoformat(after)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-03", 1),
        ("2026-03-02", "2026-03-09", 5),
        ("2026-03-06", "2026-03-08", 0),
        ("2026-03-09", "2026-03-02", 0),
        ("2026-02-13", "2026-02-28", 6),
        ("2025-12-31", "2026-12-31", 248),
    ],
)
def test_working_days_between_two_days(first: str, last: str, count: int) -> None:
    assert working_days_between(date.fromisoformat(first), date.fromisoformat(last)) == count


YEAR_FILE = """
[[years]]
year = 2027
source = "通知"
checked = 2026-11-22
confidence = "seen"
working_weekends = [2027-02-14]
off = [
  { name = "元旦", first = 2026-12-31, last = 2027-01-02 },
  { name = "春节", first = 2027-02-05, last = 2027-02-11 },
]
"""


FIXED_FILE = """
[[fixed]]
from = 2025-01-01
source = "办法"
checked = 2026-11-22
confidence = "seen"
off = [{ name = "元旦", days = ["01-01"] }]
"""


def test_a_years_arrangement_goes_before_the_fixed_days(tmp_path: Path) -> None:
    calendar = a_calendar(tmp_path, FIXED_FILE + YEAR_FILE.replace("first = 2026-12-31", "first = 2027-01-02"))
    assert calendar.is_working_day(date(2027, 1, 1))
    assert not calendar.is_working_day(date(2029, 1, 1))


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('"01-01"', '"13-01"', "13-01 must be a month and a day"),
        ('"01-01"', '"一月一日"', "must be a month and a day"),
        ("days =", "day =", "unknown key day"),
        ("from = 2025-01-01", "", "from is missing"),
        ('confidence = "seen"', 'confidence = "sure"', "confidence must be one of"),
    ],
)
def test_faulty_fixed_days_stop_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    with pytest.raises(LawDataWrong, match=fault):
        a_calendar(tmp_path, FIXED_FILE.replace(good, bad, 1) + YEAR_FILE)


def a_calendar(folder: Path, text: str = YEAR_FILE) -> Calendar:
    (folder / "holidays.toml").write_text(text, encoding="utf-8")
    return Calendar(folder / "holidays.toml")


def test_an_arrangement_may_reach_back_into_december(tmp_path: Path) -> None:
    calendar = a_calendar(tmp_path)
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.is_working_day(date(2026, 12, 30))
    assert not calendar.known(2026)


def test_a_new_year_is_known_once_its_table_is_there(tmp_path: Path) -> None:
    calendar = a_calendar(tmp_path)
    assert calendar.known(2027)
    assert calendar.rest_name(date(2027, 2, 5)) == "春节"
    assert calendar.is_working_day(date(2027, 2, 14))


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("2027-02-14", "2027-02-12", "cannot be a working weekend"),
        ("2027-02-14", "2027-02-06", "cannot be a working weekend"),
        ("2027-02-14", "2028-02-12", "cannot be a working weekend"),
        ("first = 2027-02-05", "first = 2027-02-12", "is not a span of 2027"),
        ("last = 2027-02-11", "last = 2028-02-11", "is not a span of 2027"),
        ("first = 2026-12-31", "first = 2026-11-30", "is not a span of 2027"),
        ("first = 2027-02-05", "first = 2027-01-02", "stands in two spans"),
        ('name = "元旦"', 'title = "元旦"', "unknown key title"),
        ('name = "元旦"', 'name = ""', "name must be a text"),
        ("year = 2027", 'year = "2027"', "year must be a whole number"),
        ('source = "通知"', "", "source is missing"),
        ('confidence = "seen"', 'confidence = "sure"', "confidence must be one of"),
        ("[[years]]", "[[jahre]]", "unknown key jahre"),
        ("checked = 2026-11-22", "checked = 2026-11-22\nnote = 1", "unknown key note"),
    ],
)
def test_a_faulty_calendar_stops_the_loading(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    with pytest.raises(LawDataWrong, match=fault):
        a_calendar(tmp_path, YEAR_FILE.replace(good, bad, 1))


def test_a_year_stands_in_the_file_once(tmp_path: Path) -> None:
    with pytest.raises(LawDataWrong, match="2027 stands here twice"):
        a_calendar(tmp_path, YEAR_FILE + YEAR_FILE)
