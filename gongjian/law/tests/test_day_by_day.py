"""The working day by day: it adds up to the length, whatever moved the end."""

from datetime import date, timedelta

import pytest

from gongjian.law.clock import Extension, Postponement, computed, deadline
from gongjian.law.day_by_day import CountedDay, day_by_day
from gongjian.law.errors import RuleError
from gongjian.law.history import standing
from gongjian.law.limits import all_limits, limit
from gongjian.law.tests.naive import histories

DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_five_working_days_over_a_festival_are_told_day_by_day() -> None:
    found = list(day_by_day(deadline("LA-REVIEW", day("2026-02-12"))))
    assert found[:4] == [
        CountedDay(day("2026-02-13"), 1, ""),
        CountedDay(day("2026-02-14"), 2, "", "调休上班，照样计入"),
        CountedDay(day("2026-02-15"), None, "休息日（春节）"),
        CountedDay(day("2026-02-16"), None, "休息日（春节）"),
    ]
    assert found[-1] == CountedDay(day("2026-02-26"), 5, "")


def test_a_last_day_that_rolls_is_told_to_the_day_on_which_it_ends() -> None:
    found = list(day_by_day(deadline("LA-REAPPEAL", day("2026-03-06"))))
    assert found[-3:] == [
        CountedDay(day("2026-03-21"), 15, "", "周末，照样计入"),
        CountedDay(day("2026-03-22"), None, "最后一日是休息日，顺延（周末）"),
        CountedDay(day("2026-03-23"), None, "最后一日是休息日，顺延（周末）"),
    ]


def test_days_of_a_reschedule_are_told_with_their_reason() -> None:
    found = deadline("LA-DECIDE", day("2026-03-02"), postponements=[Postponement(3, day("2026-03-10"))])
    told = {one.day: one for one in day_by_day(found)}
    assert [told[day(f"2026-03-{number}")].why for number in ("09", "10", "12", "13")] == [
        "",
        "经同意改期鉴定",
        "经同意改期鉴定",
        "",
    ]
    assert told[day("2026-03-13")].number == 8


def test_a_door_opens_on_the_day_after_the_last_that_was_counted() -> None:
    found = deadline("LA-REVIEW-1Y", day("2026-03-02"))
    assert list(day_by_day(found))[-1] == CountedDay(day("2027-03-02"), 365, "")


@pytest.mark.parametrize("limit_id", [one for one in all_limits() if "ARCHIVE" not in one])
@pytest.mark.parametrize("start", ["2025-07-02", "2026-02-10", "2026-09-18"])
def test_the_days_that_counted_are_as_many_as_the_law_says(limit_id: str, start: str) -> None:
    found = deadline(limit_id, day(start))
    counted = [one for one in day_by_day(found) if one.number]
    assert [one.number for one in counted] == list(range(1, len(counted) + 1))
    assert counted[-1].day == found.strict
    if found.unit in ("calendar day", "working day"):
        assert len(counted) == found.length


@pytest.mark.parametrize("seed", range(20))
def test_pauses_and_extensions_add_up_too(seed: int) -> None:
    for one in histories(seed, 15):
        try:
            found = standing(limit(one.limit), one.events, one.today).deadline
        except RuleError:
            continue
        told = list(day_by_day(found))
        assert [each.day for each in told] == [found.start + DAY * step for step in range(1, len(told) + 1)]
        if found.unit in ("calendar day", "working day"):
            assert max(each.number or 0 for each in told) == found.length + found.extended_by


def test_an_extension_is_only_more_days() -> None:
    found = computed(limit("SV-INFO"), day("2026-03-02"), extensions=[Extension(20, day("2026-03-20"))])
    assert max(one.number or 0 for one in day_by_day(found)) == 40
