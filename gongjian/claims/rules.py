"""What the agency must say and until when, and which remedies follow."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from gongjian.benefits.rules import Stage
from gongjian.claims.errors import AnswerIncomplete, DayToCompleteWrong, DayWrong
from gongjian.claims.states import OWED, SETTLE, State
from gongjian.law.clock import Deadline, deadline

LONGEST_TO_COMPLETE = timedelta(days=365)
IDENTITY, RELATION, DEATH = "identity", "relation_proof", "death_certificate"
BILLS, ENDED, OTHER = "bills", "employment_ended", "other"
TITLES = {
    IDENTITY: "身份证件",
    RELATION: "与死者的亲属关系证明",
    DEATH: "死亡证明",
    BILLS: "医疗费票据和费用清单",
    ENDED: "解除或者终止劳动关系的证明",
    OTHER: "经办机构要求的其他材料",
}
"""Papers of a claim. The first three bear the names under which the cases keep them."""
WANTED = {Stage.TREATMENT: (IDENTITY, BILLS), Stage.DISABILITY: (IDENTITY,), Stage.DEATH: (IDENTITY, RELATION, DEATH)}
"""What a claim needs beside the decisions, which are issued here and go along. Law: 条例 art. 30, 34-37, 39; 令18 art. 4."""


def settle_by(came_on: date, *, region: str) -> Deadline:
    """Until when a claim is to be settled, worked out day by day from the day it came, or came again complete.

    The number stands for the costs of treatment; that it counts for the other benefits too is our own promise (decision 021).
    Law: 令765 art. 22.
    """
    return deadline(SETTLE, came_on, region=region)


def due_on(state: State, *, today: date, region: str, before: date | None, complete_by: date | None) -> date | None:
    """The day of what a state owes: of the agency by its limit, which an approval does not lengthen; of the claimant as it was told; none at an end.

    Law: 令765 art. 22.
    """
    if state is State.RETURNED:
        return complete_by
    if state is State.APPROVED:
        return before
    return settle_by(today, region=region).due if state in OWED else None


def check_complete_by(complete_by: date, today: date) -> None:
    """A return leaves the claimant time, and a year at most: no text says how long, a later day is a slip of the pen (decision 021). Law: 条例 art. 46.

    Raises: DayToCompleteWrong.
    """
    latest = today + LONGEST_TO_COMPLETE
    if not today < complete_by <= latest:
        raise DayToCompleteWrong(latest=f"{latest:%Y-%m-%d}")


def check_approval(wanted: Sequence[str], amounts: Mapping[str, Decimal | None]) -> None:
    """An approval says an amount for each item that the fund pays; where every one is nothing, it is a refusal.

    amounts: those of `wanted`, and what the agency fixes beside them because the estimate could not. Law: 条例 art. 46. Raises: AnswerIncomplete.
    """
    missing = [title for title in wanted if amounts.get(title) is None]
    if missing:
        raise AnswerIncomplete(what=f"没有写明{'、'.join(missing)}的核定金额")
    if not all(amount.is_finite() and amount >= 0 for amount in amounts.values() if amount is not None):
        raise AnswerIncomplete(what="金额应为不小于0的数")
    if not any(amounts.values()):
        raise AnswerIncomplete(what="没有一项有应付的金额；不由基金支付的，请选“不予支付”并写明理由")


def check_words(words: str, *, of: str) -> None:
    """A return says what is missing, a refusal why. Law: 社保法 art. 83; 行政复议法 art. 20. Raises: AnswerIncomplete."""
    if not words.strip():
        raise AnswerIncomplete(what=f"没有写明{of}")


def check_paid_on(paid_on: date, *, approved_on: date, today: date) -> None:
    """The money went out after it was fixed, and not in the future. Law: 条例 art. 46. Raises: DayWrong."""
    if not approved_on <= paid_on <= today:
        raise DayWrong(approved_on=f"{approved_on:%Y-%m-%d}")


def wanted_papers(stage: str, held: Collection[str], *, ended: bool = False) -> list[str]:
    """What a claim still needs where the cases hold these; what is held is not asked for again. ended: so is the employment.

    Law: 条例 art. 30, 36, 37, 39; 令55 art. 9.
    """
    return [kind for kind in (*WANTED[Stage(stage)], *((ENDED,) if ended else ())) if kind not in held]


def remedies_told(answered_on: date, *, region: str) -> str:
    """What whoever does not agree may do, with the length of each period; each runs from the day the answer is received.

    Law: 条例 art. 55 item 5 (the agency's fixing of benefits); 社保法 art. 83.
    """
    review = deadline("WI-RECONS", answered_on, region=region)
    suit = deadline("WI-SUIT", answered_on, region=region)
    return (
        f"对经办机构核定的工伤保险待遇有异议的，可以自收到答复之日起{review.length}日内申请行政复议，"
        f"也可以自收到答复之日起{suit.length}个月内向人民法院提起行政诉讼（条例 第五十五条、社会保险法 第八十三条）。"
    )
