"""The life of a benefit claim as one table, and whom each state waits for, until when."""

from enum import StrEnum

from gongjian.accounts.roles import SYSTEM
from gongjian.cases.states import Move, Owed

ANSWER = "claims.answer"
CORRECT = "correct"
CLAIM = "claims.claim"
"""Held by no post: the side that claims has it, and the window that handed it in for that side."""
BASIS = "条例 第四十六条、社会保险法 第八条"
SETTLE = "SI-MANUAL-CLAIM"
"""The limit of the agency: from the day the claim came, or came again, until the money is paid."""


class State(StrEnum):
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """In words."""
        return LABELS[self]


S = State
LABELS = {
    S.SUBMITTED: "等待经办机构核定",
    S.RETURNED: "等待补齐材料",
    S.APPROVED: "已核定，等待支付",
    S.PAID: "已支付",
    S.REFUSED: "不予支付",
    S.WITHDRAWN: "已撤回",
}
MOVES = (
    Move("return", S.SUBMITTED, S.RETURNED, ANSWER, BASIS, "退回补正"),
    Move("resubmit", S.RETURNED, S.SUBMITTED, CLAIM, BASIS, "补齐后再次提交"),
    Move("take_up", S.RETURNED, S.SUBMITTED, SYSTEM, BASIS, "逾期未补，按现有材料核定"),
    Move("approve", S.SUBMITTED, S.APPROVED, ANSWER, BASIS, "核定待遇"),
    Move("pay", S.APPROVED, S.PAID, ANSWER, BASIS, "登记支付"),
    Move("refuse", S.SUBMITTED, S.REFUSED, ANSWER, BASIS, "不予支付"),
    Move("withdraw", S.SUBMITTED, S.WITHDRAWN, CLAIM, BASIS, "撤回申领"),
    Move("withdraw", S.RETURNED, S.WITHDRAWN, CLAIM, BASIS, "撤回申领"),
    Move(CORRECT, S.RETURNED, S.SUBMITTED, ANSWER, BASIS, "更正答复"),
    Move(CORRECT, S.APPROVED, S.SUBMITTED, ANSWER, BASIS, "更正答复"),
    Move(CORRECT, S.PAID, S.APPROVED, ANSWER, BASIS, "更正答复"),
    Move(CORRECT, S.REFUSED, S.SUBMITTED, ANSWER, BASIS, "更正答复"),
)
"""Only the agency's own correction leads out of an end: to where the claim was before the answer that was wrong."""
OWED = {
    S.SUBMITTED: Owed("answer_claim", "核定工伤保险待遇", BASIS, role="reviewer", limit=SETTLE),
    S.RETURNED: Owed("complete_claim", "补齐申领材料", BASIS, party="applicant"),
    S.APPROVED: Owed("pay_claim", "支付核定的待遇", BASIS, role="reviewer", limit=SETTLE),
}
"""What each open state owes, and to whom it is owed: a claim is in one state, so it owes one thing, and its row bears the day."""
OPEN = frozenset(OWED)
ENDED = frozenset(State) - OPEN
WAITS_FOR_THE_AGENCY = frozenset(state for state, owed in OWED.items() if owed.role)


def step_of(act: str, start: str) -> Move | None:
    """The move that `act` means from a state; None where there is none."""
    return next((move for move in MOVES if (move.act, move.start) == (act, start)), None)
