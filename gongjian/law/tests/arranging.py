"""A year's arrangement that becomes known while a test runs, as when the operator puts in the State Council's notice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from gongjian.law import calendar
from gongjian.law.calendar import Arrangement


@contextmanager
def arranged(year: int, *, off: dict[date, str], worked: tuple[date, ...] = ()) -> Iterator[None]:
    """The official calendar, with this year's days off and the weekends that are worked for them."""
    official = calendar.official()
    one = Arrangement(year, "通知", date(year - 1, 11, 30), "seen", off, frozenset(worked))
    with (
        patch.dict(official.arrangements, {year: one}),
        patch.dict(official._off, off),
        patch.object(official, "_worked", official._worked | set(worked)),
    ):
        yield
