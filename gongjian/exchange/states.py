"""The life of a matter, told by the letters that come and go."""

from enum import StrEnum
from typing import NamedTuple

from gongjian.exchange.errors import NotNow


class Direction(StrEnum):
    """Whose question it is."""

    OUT = "out"
    IN = "in"


class Kind(StrEnum):
    """What a letter says."""

    ASK = "ask"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ANSWERED = "answered"


class State(StrEnum):
    """Where a matter stands, at both ends alike."""

    ARRIVING = "arriving"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ANSWERED = "answered"


DIRECTIONS = {Direction.OUT: "本地委托", Direction.IN: "受托协助"}
KINDS = {
    Kind.ASK: "协助调查函",
    Kind.RECEIVED: "收讫回执",
    Kind.ACCEPTED: "受理告知",
    Kind.REFUSED: "退回告知",
    Kind.ANSWERED: "调查答复",
}
LABELS = {
    State.ARRIVING: "正在接收",
    State.SENT: "已发出",
    State.RECEIVED: "对方已收到",
    State.ACCEPTED: "已受理",
    State.REFUSED: "已退回",
    State.ANSWERED: "已答复",
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
    Step(Kind.RECEIVED, State.SENT, State.RECEIVED),
    Step(Kind.ACCEPTED, State.RECEIVED, State.ACCEPTED),
    Step(Kind.REFUSED, State.RECEIVED, State.REFUSED),
    Step(Kind.REFUSED, State.ACCEPTED, State.REFUSED),
    Step(Kind.ANSWERED, State.ACCEPTED, State.ANSWERED),
)


def after(state: str, kind: str) -> State:
    """Where a letter takes a matter. Raises: NotNow."""
    for step in STEPS:
        if (step.start, step.kind) == (state, kind):
            return step.end
    raise NotNow(state=LABELS[State(state)], kind=KINDS[Kind(kind)])


def allowed(state: str) -> list[Kind]:
    """What the asked office may say next."""
    return [
        step.kind for step in STEPS if step.start == state and step.kind in (Kind.ACCEPTED, Kind.REFUSED, Kind.ANSWERED)
    ]
