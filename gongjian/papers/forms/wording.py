"""How values are said on a paper: dates in Chinese, records as plain data for the template."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from gongjian.kernel.moment import ZONE

GRADE_WORDS = ("一级", "二级", "三级", "四级", "五级", "六级", "七级", "八级", "九级", "十级")


def day_text(day: date) -> str:
    """2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_text(instant: datetime) -> str:
    """2026年3月5日9时05分, in Asia/Shanghai, whatever zone the instant (aware) is given in."""
    local = instant.astimezone(ZONE)
    return f"{day_text(local)}{local.hour}时{local.minute:02d}分"


def plain(value: Any) -> Any:
    """A record as JSON can say it: its fields and properties by name, dates and enumerations in Chinese words."""
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _names(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    return value.value if isinstance(value, Enum) else value


def _names(record: Any) -> list[str]:
    stated = [field.name for field in fields(record)]
    derived = [
        name for level in type(record).__mro__ for name, member in vars(level).items() if isinstance(member, property)
    ]
    return stated + derived
