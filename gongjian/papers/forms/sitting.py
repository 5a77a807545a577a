"""Papers about appearing before the experts: the summons, another day, and the end of this appraisal."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Annotated, ClassVar

from gongjian.papers.forms.letters import Letter

IN_THE_HALL = ("请按通知的时间、地点参加现场鉴定，并接受工作人员的身份核验。",)
"""What a notice asks of who is examined in the hall."""


@dataclass(frozen=True, kw_only=True)
class AppearanceNotice(Letter):
    """Law: 令55 art. 12, 14, 28: time, place, what to bring, what follows from absence, the right to ask for recusal.

    way, words: how the person is examined and what that asks of them, true in the mode.
    """

    kind: ClassVar[str] = "appearance_notice"
    starts_at: Annotated[datetime, "鉴定时间"]
    place: Annotated[str, "鉴定地点"]
    bring: Annotated[tuple[str, ...], "应当携带的材料"]
    way: Annotated[str, "鉴定方式"] = "现场集中鉴定"
    words: Annotated[tuple[str, ...], "参加办法"] = IN_THE_HALL


@dataclass(frozen=True, kw_only=True)
class RescheduleNotice(Letter):
    """Law: 令55 art. 12: with consent another day; the decision limit moves by as many days."""

    kind: ClassVar[str] = "reschedule_notice"
    former_at: Annotated[datetime, "原定鉴定时间"]
    reason: Annotated[str, "改期理由"]
    starts_at: Annotated[datetime, "改期后的鉴定时间"]
    place: Annotated[str, "鉴定地点"]
    bring: Annotated[tuple[str, ...], "应当携带的材料"]
    way: Annotated[str, "鉴定方式"] = "现场集中鉴定"
    words: Annotated[tuple[str, ...], "参加办法"] = IN_THE_HALL
    days_postponed: Annotated[int, "顺延天数"]
    decide_due_on: Annotated[date, "顺延后的鉴定期限届满日"]


class TerminationHead(Enum):
    """The four heads of 令55 art. 14 under which this appraisal ends."""

    ABSENCE = "无正当理由不按时参加现场鉴定"
    EXAMINATION_REFUSED = "拒不接受劳动能力鉴定委员会安排的检查、诊断"
    FEIGNING = "采取伪装等手段，致使不能真实反映伤残情况"
    OTHER_REFUSAL = "有其他拒不配合鉴定的情形"

    @property
    def item(self) -> str:
        """第一项 … 第四项."""
        return "第" + "一二三四"[list(TerminationHead).index(self)] + "项"


@dataclass(frozen=True, kw_only=True)
class TerminationNotice(Letter):
    """Law: 令55 art. 14: which of the four heads, on which facts. facts: behaviour, dates, evidence; no diagnosis."""

    kind: ClassVar[str] = "termination_notice"
    head: Annotated[TerminationHead, "终止情形"]
    facts: Annotated[str, "终止事实"]
    ended_on: Annotated[date, "终止日期"]

    @property
    def head_item(self) -> str:
        """The item of the article."""
        return self.head.item
