"""As what somebody applies, and what that asks of them: plain values in and out."""

from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Capacity(StrEnum):
    """As what somebody applies."""

    WORKER = "worker"
    RELATIVE = "relative"
    EMPLOYER = "employer"
    UNION = "union"
    AGENT = "agent"


RELATIONS = ("配偶", "父亲", "母亲", "儿子", "女儿", "兄弟姐妹", "祖父母或外祖父母", "孙子女或外孙子女")
"""Near relatives. Law: 民法典 art. 1045."""
GIVERS = MappingProxyType({"worker": "工伤职工", "employer": "用人单位"})
"""Who may have given an agent the power to act."""


def day_of(told: object) -> date | None:
    """A day written as 2026-03-02, or None. Law: 民法典 art. 200 (days of the common calendar)."""
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        return None
