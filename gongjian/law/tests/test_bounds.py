"""Days that people write down: on both sides of each bound."""

from datetime import date

import pytest

from gongjian.law.bounds import Bound, check_coming, check_past
from gongjian.law.errors import DayOutOfBounds

MADE = Bound(date(2026, 4, 9), "文书作出之日")
LAST = Bound(date(2026, 7, 8), "原定日期后90日")
TODAY = date(2026, 4, 20)


@pytest.mark.parametrize("day", [date(2026, 4, 9), date(2026, 4, 20)])
def test_a_past_day_may_be_either_bound(day: date) -> None:
    check_past("送达日期", day, since=MADE, today=TODAY)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (
            date(2026, 4, 8),
            "送达日期不能早于文书作出之日（2026-04-09），您写的是2026-04-08。请核对后重新填写。",
        ),
        (date(2026, 4, 21), "送达日期不能晚于今天（2026-04-20），您写的是2026-04-21。请核对后重新填写。"),
        (
            date(206, 4, 10),
            "送达日期不能早于文书作出之日（2026-04-09），您写的是0206-04-10。请核对后重新填写。",
        ),
    ],
)
def test_a_past_day_beyond_a_bound_is_refused_with_the_bound(day: date, sentence: str) -> None:
    with pytest.raises(DayOutOfBounds) as refusal:
        check_past("送达日期", day, since=MADE, today=TODAY)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(("day", "possible"), [(9, False), (10, True)])
def test_a_coming_day_lies_after_what_it_follows(day: int, possible: bool) -> None:
    if possible:
        check_coming("改期", date(2026, 4, day), after=MADE, until=LAST)
    else:
        with pytest.raises(DayOutOfBounds, match="改期要晚于文书作出之日（2026-04-09）"):
            check_coming("改期", date(2026, 4, day), after=MADE, until=LAST)


def test_a_coming_day_has_a_last_one() -> None:
    check_coming("改期", LAST.day, after=MADE, until=LAST)
    with pytest.raises(DayOutOfBounds, match="改期不能晚于原定日期后90日（2026-07-08）"):
        check_coming("改期", date(2062, 4, 10), after=MADE, until=LAST)
