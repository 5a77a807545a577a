"""The life of a proposal, and what becomes of each case in it."""

from enum import StrEnum


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
