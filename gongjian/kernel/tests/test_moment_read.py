"""The instant in the address of a list's next page: read as it was written, and nothing where no table could keep it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel import moment

INSTANTS = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC))


@given(INSTANTS)
def test_what_a_list_writes_into_an_address_is_read_as_the_same_instant(instant):
    assert moment.read(instant.isoformat()) == moment.read(instant.astimezone(moment.ZONE).isoformat()) == instant


@given(st.text())
def test_whatever_is_typed_it_is_an_instant_of_the_common_zone_or_none(text):
    found = moment.read(text)
    assert found is None or found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    ["", "2026-05-20", "2026-05-20T10:00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "昨天", "\x00"],
)
def test_a_day_an_instant_without_a_zone_and_one_that_no_table_keeps_are_none(text):
    assert moment.read(text) is None


@given(st.dates())
def test_a_day_in_an_address_is_read_as_the_same_day(day):
    assert moment.read_day(day.isoformat()) == day


@pytest.mark.parametrize("text", ["", "昨天", "2026-02-30", "2026-05", "2026-05-20T10:00:00+08:00", "\x00"])
def test_what_is_no_day_is_none(text):
    assert moment.read_day(text) is None


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0分钟"),
        (5, "5分钟"),
        (59, "59分钟"),
        (60, "1小时"),
        (61, "1小时1分钟"),
        (120, "2小时"),
        (765, "12小时45分钟"),
    ],
)
def test_a_length_of_time_is_said_in_hours_and_minutes(minutes, said):
    assert moment.lasting(minutes) == said
