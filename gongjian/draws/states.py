"""The life of a draw (of experts, or at the door) as one table."""

from enum import StrEnum
from typing import NamedTuple

from gongjian.cases.states import Move


class Kind(StrEnum):
    """Which of the two draws of a sitting."""

    EXPERTS = "experts"
    DOOR = "door"

    @property
    def label(self) -> str:
        return {"experts": "抽取专家", "door": "现场分组"}[self.value]


class State(StrEnum):
    """Where a draw stands."""

    COMMITTED = "committed"
    HELD = "held"
    CLOSED = "closed"
    VOID = "void"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    State.COMMITTED: "名单已承诺，等待在场人员给词",
    State.HELD: "已抽取",
    State.CLOSED: "凭证已公开",
    State.VOID: "已作废",
}

MOVES = (
    Move("hold", State.COMMITTED, State.HELD, "draws.draw", "令55 第十一条", "开始抽取"),
    Move("void", State.COMMITTED, State.VOID, "draws.draw", "令55 第十一条", "作废"),
    Move("close", State.HELD, State.CLOSED, "draws.draw", "令55 第六条", "结束并公开凭证"),
)


class Ground(StrEnum):
    """Why an expert must not judge a case (令55 art. 28)."""

    TREATED = "treated"
    EMPLOYED = "employed"
    KINSHIP = "kinship"
    INTEREST = "interest"
    INVOLVED = "involved"

    @property
    def label(self) -> str:
        return GROUND_LABELS[self]


GROUND_LABELS = {
    Ground.TREATED: "诊治科室的医务人员",
    Ground.EMPLOYED: "与被鉴定人同在一单位",
    Ground.KINSHIP: "亲属关系",
    Ground.INTEREST: "其他利害关系",
    Ground.INVOLVED: "此前参与过本案",
}


class Reason(StrEnum):
    """Why somebody does not sit, as everybody may read it: nothing of health, discipline or kinship. The exact reason stays in the record."""

    UNFIT = "unfit"
    RECUSED = "recused"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return {"unfit": "不符合本次条件", "recused": "依法回避", "absent": "本场不能到场"}[self.value]


def public_label(code: str) -> str:
    """What everybody may read of a code in a receipt; under the first algorithm it was a ground or "cannot_come"."""
    if code in set(Reason):
        return Reason(code).label
    return Reason.RECUSED.label if code in set(Ground) else Reason.ABSENT.label


class Act(StrEnum):
    """What a change request asks for."""

    LEAVE = "leave"
    VOID = "void"

    @property
    def label(self) -> str:
        return {"leave": "专家离席", "void": "作废承诺"}[self.value]


class Decision(StrEnum):
    """What became of a change request."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"asked": "待第二人确认", "confirmed": "已确认", "refused": "不予确认", "withdrawn": "已撤回"}[
            self.value
        ]


class Why(NamedTuple):
    """A kind of reason for a change: what it asks for, its label and article, what the public reads, and whether it must be told in writing."""

    act: Act
    label: str
    article: str
    public: str
    needs_text: bool


CANNOT_ATTEND, NO_SHOW, UNFIT, CONFLICT = "cannot_attend", "no_show", "unfit", "conflict"
LIST_WRONG, LIST_OUTDATED, WITNESS_LEFT, WORD_LOST = "list_wrong", "list_outdated", "witness_left", "word_lost"
SITTING_CHANGED, NOT_SEATED = "sitting_changed", "not_seated"
WHYS = {
    CANNOT_ATTEND: Why(Act.LEAVE, "因故不能到场", "令55 第二十七条", Reason.ABSENT, True),
    NO_SHOW: Why(Act.LEAVE, "到时未到，联系不上", "令55 第二十七条", Reason.ABSENT, True),
    UNFIT: Why(Act.LEAVE, "不再符合参加本场鉴定的条件", "令55 第二十四条、第三十五条", Reason.UNFIT, False),
    CONFLICT: Why(Act.LEAVE, "有回避事由", "令55 第二十八条", Reason.RECUSED, False),
    LIST_WRONG: Why(Act.VOID, "名单或者席位有误", "令55 第十一条", "名单或者席位有误", True),
    LIST_OUTDATED: Why(Act.VOID, "名单中有人不再符合条件", "令55 第二十四条", "名单中有人不再符合条件", False),
    WITNESS_LEFT: Why(Act.VOID, "给词人离场，没有给词", "令55 第十一条", "给词人离场，没有给词", False),
    WORD_LOST: Why(Act.VOID, "封存的词不能揭晓", "令55 第十一条", "封存的词不能揭晓", False),
    SITTING_CHANGED: Why(Act.VOID, "场次有变动", "令55 第十一条", "场次有变动", True),
    NOT_SEATED: Why(Act.VOID, "按公布的规则排不满席位", "令55 第十一条", "按公布的规则排不满席位", False),
}
"""Every kind of reason; nothing else takes anybody out of a seat, or puts a commitment aside."""
BY_OFFICER = {
    Act.LEAVE: (CANNOT_ATTEND, NO_SHOW, UNFIT),
    Act.VOID: (LIST_WRONG, LIST_OUTDATED, WITNESS_LEFT, WORD_LOST, SITTING_CHANGED),
}
"""Kinds that are chosen on a page. A conflict follows from a case, and NOT_SEATED from the rules."""


class Sealed(StrEnum):
    """Where a word was sealed."""

    HALL = "hall"
    DEVICE = "device"

    @property
    def label(self) -> str:
        return {"hall": "现场输入", "device": "本人设备封存"}[self.value]
