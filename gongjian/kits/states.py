"""The life of a kit, and of each event that it brings back."""

from enum import StrEnum


class Ending(StrEnum):
    """How a kit's time away has ended."""

    RETURNED = "returned"
    EXPIRED = "expired"
    LOST = "lost"

    @property
    def label(self) -> str:
        return {"returned": "已交回", "expired": "已到期", "lost": "已报失"}[self.value]


class Kind(StrEnum):
    """What happened away."""

    DECLARED = "declared"
    DRAFTED = "drafted"
    PICTURED = "pictured"
    SIGNED = "signed"
    SEALED = "sealed"

    @property
    def label(self) -> str:
        words = {
            "declared": "回避声明",
            "drafted": "填写",
            "pictured": "拍照",
            "signed": "当事人签名",
            "sealed": "签名封存",
        }
        return words[self.value]


class Stage(StrEnum):
    """Where an event stands. MERGED, SETTLED and OVERTAKEN are for good."""

    WAITING = "waiting"
    MERGED = "merged"
    CONFLICT = "conflict"
    SETTLED = "settled"
    OVERTAKEN = "overtaken"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Stage.WAITING: "等候办理",
    Stage.MERGED: "已并入",
    Stage.CONFLICT: "有冲突，待处理",
    Stage.SETTLED: "冲突已处理",
    Stage.OVERTAKEN: "已被后来的填写或者封存取代",
}


class Way(StrEnum):
    """How a conflict was settled: by the kit's content, by the platform's, or noted and followed by nothing."""

    KIT = "kit"
    PLATFORM = "platform"
    NOTED = "noted"

    @property
    def label(self) -> str:
        return {"kit": "采用工作包的内容", "platform": "保留平台上的内容", "noted": "记录在案"}[self.value]


WAYS = {Kind.DRAFTED: (Way.KIT, Way.PLATFORM), Kind.SEALED: (Way.NOTED,)}
"""How a conflict may be settled, by what happened; whatever stands here not is noted."""
