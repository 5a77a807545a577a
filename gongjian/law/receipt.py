"""From what day the decision's clock runs when papers had to be supplemented."""

from dataclasses import dataclass
from datetime import date

from gongjian.law.errors import ReceiptOrderWrong
from gongjian.law.parameters import Parameter, parameter


@dataclass(frozen=True)
class DecisionStart:
    """`day` is the day the limit starts from; both receipts stay visible, and `basis` is the reading that chose between them."""

    day: date
    first_receipt: date
    complete_receipt: date
    basis: Parameter

    @property
    def text(self) -> str:
        """Why this day, as one Chinese sentence."""
        if self.first_receipt == self.complete_receipt:
            return "首次收到的申请材料即已齐全，自该日起算。"
        if self.day == self.complete_receipt:
            return "申请材料经过补正，自收齐材料之日起算。"
        return "申请材料经过补正，仍自首次收到申请之日起算。"


def decision_start(
    first_receipt: date, complete_receipt: date | None = None, *, region: str | None = None
) -> DecisionStart:
    """The start day of LA-DECIDE: the day the application was complete, or first came, as the parameter of the region says.

    complete_receipt: the day the last missing paper came; none when nothing had been missing.
    docs/decisions/002-what-complete-receipt-means.md
    Law: 令55 art. 10; 条例 art. 25. Raises: ReceiptOrderWrong, NotInForce, RegionWrong.
    """
    complete = complete_receipt or first_receipt
    if complete < first_receipt:
        raise ReceiptOrderWrong()
    basis = parameter("clock_start_after_supplement", on=first_receipt, region=region)
    return DecisionStart(
        complete if basis.word == "complete_receipt" else first_receipt, first_receipt, complete, basis
    )
