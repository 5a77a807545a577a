"""The life of a matter, told by the letters that come and go."""

from enum import StrEnum
from typing import NamedTuple

from gongjian.exchange.errors import NotNow


class Direction(StrEnum):
    """Whose question it is."""

    OUT = "out"
    IN = "in"


class Name(StrEnum):
    """What a matter is about; `business` says what follows from it."""

    RECOGNITION = "recognition"
    APPRAISAL = "appraisal"

    @property
    def label(self) -> str:
        return {"recognition": "协助调查", "appraisal": "委托鉴定"}[self.value]


class Kind(StrEnum):
    """What a letter says."""

    ASK = "ask"
    ENTRUST = "entrust"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Where a matter stands, at both ends alike."""

    ARRIVING = "arriving"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


DIRECTIONS = {Direction.OUT: "本地委托", Direction.IN: "受托协助"}
OPENING = (Kind.ASK, Kind.ENTRUST)
"""The letters that open a matter: each is of one business, and names a day."""
OF_THE_ASKER = (*OPENING, Kind.WITHDRAWN)
"""The letters of the city that asks; all others come back from the asked one."""
KINDS = {
    Kind.ASK: "协助调查函",
    Kind.ENTRUST: "委托鉴定函",
    Kind.RECEIVED: "收讫回执",
    Kind.ACCEPTED: "受理告知",
    Kind.REFUSED: "退回告知",
    Kind.ANSWERED: "答复",
    Kind.WITHDRAWN: "撤回告知",
}
LABELS = {
    State.ARRIVING: "正在接收",
    State.SENT: "已发出",
    State.RECEIVED: "对方已收到",
    State.ACCEPTED: "已受理",
    State.REFUSED: "已退回",
    State.ANSWERED: "已答复",
    State.WITHDRAWN: "已撤回",
}
OPEN = (State.SENT, State.RECEIVED, State.ACCEPTED)


class Step(NamedTuple):
    """A letter, from where to where it takes its matter, and on which article."""

    kind: Kind
    start: State
    end: State
    article: str = "令8 第十四条"


STEPS = (
    Step(Kind.ASK, State.ARRIVING, State.RECEIVED),
    Step(Kind.ENTRUST, State.ARRIVING, State.RECEIVED, "令55 第十二条"),
    Step(Kind.RECEIVED, State.SENT, State.RECEIVED),
    Step(Kind.ACCEPTED, State.RECEIVED, State.ACCEPTED),
    Step(Kind.REFUSED, State.RECEIVED, State.REFUSED),
    Step(Kind.REFUSED, State.ACCEPTED, State.REFUSED),
    Step(Kind.ANSWERED, State.ACCEPTED, State.ANSWERED),
    *(Step(Kind.WITHDRAWN, state, State.WITHDRAWN, "令55 第十二条") for state in OPEN),
)


def after(state: str, kind: str) -> State:
    """Where a letter takes a matter. Raises: NotNow."""
    for step in STEPS:
        if (step.start, step.kind) == (state, kind):
            return step.end
    raise NotNow(state=LABELS[State(state)], kind=KINDS[Kind(kind)])


def allowed(state: str, business: str = Name.RECOGNITION) -> list[Kind]:
    """What the asked office may say next on the matter's page; the opinion of a group goes from its case."""
    said = (Kind.ACCEPTED, Kind.REFUSED, *([Kind.ANSWERED] if business == Name.RECOGNITION else []))
    return [step.kind for step in STEPS if step.start == state and step.kind in said]
