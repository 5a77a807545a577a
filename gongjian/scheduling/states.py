"""The lives of a proposal and of a planning, and what becomes of each case in a proposal."""

from enum import IntEnum, StrEnum


class ProposalState(StrEnum):
    """Where a proposal stands. An office has one open proposal at most."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        return {"open": "待采用", "accepted": "已采用", "replaced": "已被新的方案代替"}[self.value]


class Outcome(StrEnum):
    """What has become of a placement."""

    PENDING = "pending"
    BOOKED = "booked"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"pending": "待采用", "booked": "已安排", "refused": "未能安排"}[self.value]


class PlanningState(StrEnum):
    """Where a planning in the background is. An office has one at most that is not over."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {"waiting": "等候开始", "working": "正在排期", "done": "已排出", "failed": "没有排成"}[self.value]


RUNNING = (PlanningState.WAITING, PlanningState.WORKING)
"""A planning that is not over."""


class Step(IntEnum):
    """How far a planning has come."""

    ASKED = 0
    READING = 1
    PLANNING = 2
    RELAXING = 3
    EXPLAINING = 4

    @property
    def label(self) -> str:
        return STEP_LABELS[self]


STEP_LABELS = {
    Step.ASKED: "等候后台程序开始",
    Step.READING: "读取待安排的案件和场次",
    Step.PLANNING: "求超期最少的安排",
    Step.RELAXING: "求最少的改动，使没有人超期",
    Step.EXPLAINING: "写明每个人的理由",
}
