"""As what somebody applies, and what that asks of them: plain values in and out."""

from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from gongjian.applications.errors import ReceivedDayWithoutReason
from gongjian.law.bounds import Bound, check_past

EARLIEST_ENTRY_DAYS = 60
"""A paper application is entered at most so many days after it came: by then its conclusion would be due."""


class Capacity(StrEnum):
    """As what somebody applies; the office where it starts by itself, without an application."""

    WORKER = "worker"
    RELATIVE = "relative"
    EMPLOYER = "employer"
    UNION = "union"
    AGENT = "agent"
    OFFICE = "office"


RELATIONS = ("配偶", "父亲", "母亲", "儿子", "女儿", "兄弟姐妹", "祖父母或外祖父母", "孙子女或外孙子女")
"""Near relatives. Law: 民法典 art. 1045."""
GIVERS = MappingProxyType({"worker": "工伤职工", "employer": "用人单位"})
"""Who may have given an agent the power to act."""


def day_of(told: object) -> date | None:
    """A day written as 2026-03-02 and in no other way, or None. Law: 民法典 art. 200 (days of the common calendar)."""
    try:
        found = date.fromisoformat(str(told))
    except ValueError:
        return None
    return found if found.isoformat() == str(told) else None


def check_received_day(received_on: date, *, today: date, reason: str) -> None:
    """A paper application may have come on an earlier day, if it is said why: its limits run from that day.

    Law: 令55 art. 10 (the limits run from receipt). Raises: DayOutOfBounds, ReceivedDayWithoutReason.
    """
    earliest = today - timedelta(days=EARLIEST_ENTRY_DAYS)
    since = Bound(earliest, f"今天之前{EARLIEST_ENTRY_DAYS}日")
    check_past("收到申请的日期", received_on, since=since, today=today)
    if received_on < today and not reason.strip():
        raise ReceivedDayWithoutReason
