"""The words of the room: who sits there, where it stands, what is measured, why it falls back."""

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is in a remote room. examiner: beside the worker; host: of the committee, not beside them."""

    EXAMINER = "examiner"
    HOST = "host"
    EXPERT = "expert"
    WORKER = "worker"

    @property
    def label(self) -> str:
        return {"examiner": "检查员", "host": "会场工作人员", "expert": "专家", "worker": "被鉴定人"}[self.value]


class RoomState(StrEnum):
    """Where a remote room stands."""

    WAITING = "waiting"
    SITTING = "sitting"
    FINISHED = "finished"
    FELL_BACK = "fell_back"

    @property
    def label(self) -> str:
        return {"waiting": "等候", "sitting": "正在检查", "finished": "已结束", "fell_back": "已改用其他方式"}[
            self.value
        ]


OPEN = (RoomState.WAITING, RoomState.SITTING)


class Verdict(StrEnum):
    """What a measured line is good for."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    NONE = "none"


class FallBack(StrEnum):
    """Why an examination at a distance is given up."""

    LINE = "line"
    UNCLEAR = "unclear"
    PERSON = "person"
    DEVICE = "device"
    IDENTITY = "identity"

    @property
    def label(self) -> str:
        return {
            "line": "网络质量不够",
            "unclear": "有的检查在视频里看不清，须当面检查",
            "person": "被鉴定人要求改为现场鉴定",
            "device": "设备故障",
            "identity": "视频里不能确认身份",
        }[self.value]


SIGNALS = ("offer", "answer")
"""What two browsers say to each other before they are connected."""
