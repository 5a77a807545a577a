"""Whether two applications are about one injury, by tables."""

from datetime import date, datetime

import pytest

from gongjian.recognition.likeness import Turn, goes_on_first, is_near, is_place_alike


@pytest.mark.parametrize(
    ("second", "near"),
    [(date(2026, 2, 9), True), (date(2026, 2, 10), True), (date(2026, 2, 11), True), (date(2026, 2, 12), False)],
)
def test_regulation_art_17_injuries_a_day_apart_may_be_one(second, near):
    assert is_near(date(2026, 2, 10), second) is near
    assert is_near(second, date(2026, 2, 10)) is near


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("二车间3号车床", "二车间3号车床", True),
        ("二车间 3号车床旁", "二车间３号车床", True),
        ("二车间3号车床", "云溪恒信机械有限公司二车间3号车床旁边", True),
        ("二车间3号车床旁", "二车间，3号车床边", True),
        ("二车间", "柳桥路与工业大道路口", False),
        ("", "柳桥路与工业大道路口", True),
        ("仓", "库", False),
    ],
)
def test_regulation_art_18_places_read_alike_when_they_share_enough(first, second, alike):
    assert is_place_alike(first, second) is alike
    assert is_place_alike(second, first) is alike


MORNING, EVENING = datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 17)


@pytest.mark.parametrize(
    ("one", "two", "first"),
    [
        (Turn(None, MORNING), Turn(None, EVENING), True),
        (Turn(None, EVENING), Turn(None, MORNING), False),
        (Turn(None, MORNING), Turn(date(2026, 3, 3), EVENING), False),
        (Turn(date(2026, 3, 3), EVENING), Turn(date(2026, 3, 4), MORNING), True),
    ],
    ids=["the earlier", "not the later", "the accepted", "the earlier accepted"],
)
def test_order_8_art_18_no_limit_grows_by_joining(one, two, first):
    assert goes_on_first(one, two) is first
