"""An examination that another city's committee has entrusted to this one (委托鉴定) as one table: it ends with the opinion that is sent back.

The conclusion, its service and the file are the entrusting committee's: docs/decisions/034-entrusted-examination.md.
"""

from gongjian.accounts.roles import SYSTEM, Role
from gongjian.appraisal.states import INITIAL, MOVES, State
from gongjian.appraisal.states import LABELS as OF_INITIAL
from gongjian.appraisal.states import OWED as OWED_AT_FIRST
from gongjian.cases.states import Move, Owed, Procedure, Service

S = State
ENTRUSTED = "appraisal.entrusted"
ANSWERED, GIVEN_BACK, CALLED_OFF = "answered", "given_back", "called_off"
UNDER_WAY = (S.ACCEPTED, S.SCHEDULED, S.PRESENT, S.GROUPED, S.EXAMINING, S.DELIBERATING, S.OPINED)
"""Where the matter is in our hands."""
MAY_BE_GIVEN_BACK = (S.ACCEPTED, S.SCHEDULED, S.PRESENT, S.GROUPED, S.EXAMINING)
"""Where it may still be given back: once every expert has sealed, what they say is sent, whatever it is."""
EXAMINED_HERE = (INITIAL, ENTRUSTED)
"""Procedures whose people are called to our sittings."""
SHARED = ("book", "reschedule", "check_in", "group", "regroup", "examine", "deliberate", "opine", "change_mode")
LABELS = {
    **{state.value: OF_INITIAL[state] for state in UNDER_WAY},
    S.ACCEPTED.value: "已接受委托，待安排场次",
    S.OPINED.value: "专家组意见已形成，待发回",
    ANSWERED: "意见已发回委托机构",
    GIVEN_BACK: "已退回委托机构",
    CALLED_OFF: "委托机构已撤回",
}
ARTICLE = "令55 第十二条"
SHARED_MOVES = tuple(move for move in MOVES if move.act in SHARED and {move.start, move.end} <= set(UNDER_WAY))
"""The steps of an examination are those of any other: same group by lot, same seal."""


def _owed(state: S) -> tuple[Owed, ...]:
    """What a state owes here: the same, but by the day that the entrusting committee has named, not by a limit of our own."""
    return tuple(
        Owed(each.kind, each.label, each.article, role=each.role, party=each.party) for each in OWED_AT_FIRST[state]
    )


PROCEDURE = Procedure(
    name=ENTRUSTED,
    title="受托劳动能力鉴定",
    moves=(
        *SHARED_MOVES,
        Move("send_opinion", S.OPINED, ANSWERED, "conclusions.review", "令55 第十二条、第十五条", "发回专家组意见"),
        *(Move("give_back", state, GIVEN_BACK, "appraisal.refuse", ARTICLE, "退回委托") for state in MAY_BE_GIVEN_BACK),
        *(Move("call_off", state, CALLED_OFF, SYSTEM, ARTICLE, "委托机构撤回") for state in UNDER_WAY),
    ),
    labels=LABELS,
    owed={
        **{state: _owed(state) for state in UNDER_WAY},
        S.OPINED.value: (Owed("send_opinion", "核对并发回专家组意见", "令55 第十五条", role=Role.REVIEWER),),
    },
    closed=frozenset({ANSWERED, GIVEN_BACK, CALLED_OFF}),
    series="appraisal",
    service=Service(
        papers=(), deliver="LA-DELIVER", served_on="令55 第十七条", remedies=(), article=ARTICLE, appeal="", copied=()
    ),
    begins=(),
    decision_limits=(),
    deciding=frozenset(state.value for state in UNDER_WAY),
    health={S.OPINED.value: "conclusions.review"},
)
