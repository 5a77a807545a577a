"""The life of a draw (of experts, or at the door) as one table."""

from enum import StrEnum

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
EVERYWHERE = "cannot_come"
"""Code of a member who cannot come at all: no conflict with a case, but the seat falls free all the same."""
EVERYWHERE_LABEL = "不能到场"


def ground_label(code: str) -> str:
    """A ground's label, the one for not coming included."""
    return EVERYWHERE_LABEL if code == EVERYWHERE else Ground(code).label
