"""Where a person is in their day, why a sitting runs late, and what is done for all of a sitting at once."""

from enum import StrEnum
from types import MappingProxyType

from gongjian.sittings.states import SittingState


class Stage(StrEnum):
    """How far a person's day has come, in the order of a day; the last three are other ways to end it."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    IDENTIFIED = "identified"
    WAITING = "waiting"
    CALLED = "called"
    FINISHED = "finished"
    ABSENT = "absent"
    MOVED = "moved"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    Stage.EXPECTED: "未到",
    Stage.ARRIVED: "已到，待核验身份",
    Stage.IDENTIFIED: "已核验，待抽取专家组",
    Stage.WAITING: "候检",
    Stage.CALLED: "检查中",
    Stage.FINISHED: "检查完毕",
    Stage.ABSENT: "未到场",
    Stage.MOVED: "已改期",
    Stage.ENDED: "当次鉴定终止",
}
WALK = (Stage.EXPECTED, Stage.ARRIVED, Stage.IDENTIFIED, Stage.WAITING, Stage.CALLED, Stage.FINISHED)
"""The stages of a day that goes well."""
AHEAD = WALK[:4]
"""Stages in which a person has the examination still before them."""
HERE_AND_WAITING = WALK[1:4]


class Cause(StrEnum):
    """Why a sitting runs late, as everybody may be told."""

    EXPERT = "expert"
    DEVICE = "device"
    LONGER = "longer"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "expert": "专家未能按时到场",
            "device": "设备或者场地原因",
            "longer": "前面的检查时间较长",
            "other": "其他原因",
        }[self.value]


class Operation(StrEnum):
    """What is done for everybody of a sitting in one go."""

    NOTICES = "notices"
    ABSENCES = "absences"

    @property
    def label(self) -> str:
        return {"notices": "发出鉴定通知书", "absences": "登记未到场"}[self.value]


PERMISSIONS = MappingProxyType({Operation.NOTICES: "sittings.book", Operation.ABSENCES: "sittings.check_in"})
POSSIBLE_IN = MappingProxyType(
    {
        Operation.NOTICES: (SittingState.PUBLISHED, SittingState.OPEN),
        Operation.ABSENCES: (SittingState.OPEN, SittingState.CLOSED),
    }
)
"""In which states of the sitting an operation makes sense."""


class Mark(StrEnum):
    """What a person thinks of the day: the five words of 政务服务好差评."""

    VERY_GOOD = "5"
    GOOD = "4"
    FAIR = "3"
    POOR = "2"
    VERY_POOR = "1"

    @property
    def label(self) -> str:
        return {"5": "非常满意", "4": "满意", "3": "基本满意", "2": "不满意", "1": "非常不满意"}[self.value]
