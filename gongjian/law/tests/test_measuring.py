"""The benchmark's work is the same every time, and is what it says."""

from datetime import date

import pytest

from gongjian.law.clock import Postponement, deadline
from gongjian.law.limits import all_limits
from gongjian.law.measuring import FIRST, PAUSED, recompute


def test_the_first_round_is_every_limit_from_the_first_day() -> None:
    expected = 0
    for number, limit in enumerate(all_limits()):
        pauses = [Postponement(number % 20 + 1, date(2025, 7, 10))] if limit in PAUSED else []
        expected += deadline(limit, FIRST, postponements=pauses).due.toordinal()
    assert recompute(len(all_limits())) == expected


@pytest.mark.parametrize("count", [0, 1, 500])
def test_it_is_the_same_every_time(count: int) -> None:
    assert recompute(count) == recompute(count)


def test_the_paused_limits_are_limits_that_can_be_paused() -> None:
    assert all(all_limits()[limit].pauses for limit in PAUSED)
