"""The lives of a sitting, of a booking, of a request for another day and of a place in the queue, each as a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


def choices(states: Iterable[Any]) -> list[tuple[str, str]]:
    """Values and labels of a table's states, as a model keeps them."""
    return [(state.value, state.label) for state in states]


class SittingState(StrEnum):
    """Where a sitting stands."""

    PLANNED = "planned"
    PUBLISHED = "published"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return SITTING_LABELS[self]


SITTING_LABELS = {
    SittingState.PLANNED: "筹备中",
    SittingState.PUBLISHED: "已公布，通知已发",
    SittingState.OPEN: "现场进行中",
    SittingState.CLOSED: "已结束",
}


@dataclass(frozen=True)
class Step:
    """One step of a sitting: act, from, to, permission, what the button says."""

    act: str
    start: SittingState
    end: SittingState
    permission: str
    label: str


STEPS = (
    Step("publish", SittingState.PLANNED, SittingState.PUBLISHED, "sittings.plan", "公布场次并发出通知"),
    Step("open", SittingState.PUBLISHED, SittingState.OPEN, "sittings.check_in", "开始现场报到"),
    Step("close", SittingState.OPEN, SittingState.CLOSED, "sittings.check_in", "结束本场"),
)


class BookingState(StrEnum):
    """What has become of a booking. Those in LIVE hold a place; a case has one of them at most."""

    BOOKED = "booked"
    PRESENT = "present"
    ABSENT = "absent"
    DONE = "done"
    MOVED = "moved"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return BOOKING_LABELS[self]


BOOKING_LABELS = {
    BookingState.BOOKED: "已安排",
    BookingState.PRESENT: "已报到",
    BookingState.ABSENT: "未到场",
    BookingState.DONE: "检查完毕",
    BookingState.MOVED: "已改期",
    BookingState.ENDED: "当次鉴定终止",
}
LIVE = (BookingState.BOOKED, BookingState.PRESENT, BookingState.ABSENT, BookingState.DONE)
BOOKABLE = (SittingState.PLANNED, SittingState.PUBLISHED)


class RequestState(StrEnum):
    """What has become of a request for another day."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"asked": "待答复", "approved": "已同意改期", "refused": "未同意改期"}[self.value]


class CameBy(StrEnum):
    """How the wish for another day came to the office."""

    ONLINE = "online"
    TELEPHONE = "telephone"
    LETTER = "letter"
    IN_PERSON = "in_person"
    EXCUSE = "excuse"

    @property
    def label(self) -> str:
        return CAME_BY_LABELS[self]


CAME_BY_LABELS = {
    CameBy.ONLINE: "网上提出",
    CameBy.TELEPHONE: "来电",
    CameBy.LETTER: "来信",
    CameBy.IN_PERSON: "当面提出",
    CameBy.EXCUSE: "未到场后认定",
}
TAKEN_DOWN = (CameBy.TELEPHONE, CameBy.LETTER, CameBy.IN_PERSON)
"""The ways in which staff take a wish down for somebody else."""


class WishState(StrEnum):
    """What has become of a wish for a mode other than the hall. `offered`: the office offers another mode and the person has not said yes or no."""

    ASKED = "asked"
    OFFERED = "offered"
    GRANTED = "granted"
    REFUSED = "refused"
    DECLINED = "declined"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return WISH_LABELS[self]


WISH_LABELS = {
    WishState.ASKED: "待答复",
    WishState.OFFERED: "已提出另一种方式，待当事人选择",
    WishState.GRANTED: "已同意",
    WishState.REFUSED: "未同意",
    WishState.DECLINED: "当事人不接受另一种方式",
    WishState.ENDED: "已改回现场鉴定",
}
OPEN_WISHES = (WishState.ASKED, WishState.OFFERED)


class CollectiveState(StrEnum):
    """What has become of an employer's application for its workers to be examined on its premises."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return {"asked": "待答复", "granted": "已同意，由职工各自选择", "refused": "未同意", "ended": "已取消"}[
            self.value
        ]


class LeftOut(StrEnum):
    """Why somebody named by the employer is not asked; for staff alone, as it may say something about health."""

    CANNOT_JUDGE = "cannot_judge"
    OTHER_WISH = "other_wish"
    TOO_LATE = "too_late"

    @property
    def label(self) -> str:
        return {
            "cannot_judge": "伤情不能在单位的地点鉴定",
            "other_wish": "已另有鉴定方式的申请",
            "too_late": "案件已不在可以改变方式的阶段",
        }[self.value]


class AbsenceState(StrEnum):
    """What has been decided about an absence."""

    OPEN = "open"
    EXCUSED = "excused"
    UNJUSTIFIED = "unjustified"

    @property
    def label(self) -> str:
        return {"open": "待说明理由", "excused": "有正当理由", "unjustified": "无正当理由"}[self.value]


class QueueState(StrEnum):
    """Where a person in the queue is. `left`: this appraisal ended while they waited, or the group can no longer judge them."""

    WAITING = "waiting"
    CALLED = "called"
    FINISHED = "finished"
    LEFT = "left"

    @property
    def label(self) -> str:
        return {"waiting": "候检", "called": "已叫号", "finished": "检查完毕", "left": "已离开"}[self.value]
