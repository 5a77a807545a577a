"""The statement: every part of the law that the facts call for, in one answer."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from gongjian.law.benefits.death import death, missing_worker
from gongjian.law.benefits.disability import disability
from gongjian.law.benefits.facts import Facts
from gongjian.law.benefits.illegal import illegal_employment
from gongjian.law.benefits.illness import illness
from gongjian.law.benefits.payers import earlier_injuries, third_party, uninsured
from gongjian.law.benefits.sense import refuse_the_impossible
from gongjian.law.benefits.sheet import Item, Missing, Remark, Sheet
from gongjian.law.benefits.termination import termination
from gongjian.law.benefits.treatment import treatment
from gongjian.law.benefits.wage import OwnWage, own_wage_of
from gongjian.law.marks import weakest
from gongjian.law.parameters import Confidence

PARTS: dict[str, tuple[Callable[[Sheet], None], ...]] = {
    "injury": (treatment, disability, termination, earlier_injuries, third_party, uninsured),
    "death": (treatment, death, third_party, uninsured),
    "missing": (missing_worker, third_party, uninsured),
    "illegal": (illegal_employment,),
    "illness": (illness,),
}


@dataclass(frozen=True)
class Statement:
    """Items with amounts, what is missing, what is refused, remarks. totals: (payer, sum) of the one-off items alone."""

    facts: Facts
    wage: OwnWage | None
    items: tuple[Item, ...]
    missing: tuple[Missing, ...]
    refused: tuple[Remark, ...]
    remarks: tuple[Remark, ...]

    @property
    def confidence(self) -> Confidence:
        """The least sure of all that was computed."""
        return weakest(["seen", *(one.confidence for one in self.items), *(one.confidence for one in self.remarks)])

    @property
    def one_off_totals(self) -> dict[str, Decimal]:
        """What each payer pays once. Monthly amounts and costs are in no sum."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for one in self.items:
            if one.rhythm == "one_off" and one.amount is not None:
                sums[one.payer] += one.amount
        return dict(sums)


def statement(facts: Facts) -> Statement:
    """The whole statement. An estimate from the facts as told, not a decision of the agency.

    Law: 条例 art. 30, 32-45, 62, 64, 66; 社保法 art. 38-43. Raises: ToldWrong.
    """
    refuse_the_impossible(facts)
    sheet = Sheet(facts)
    for part in PARTS[facts.matter]:
        part(sheet)
    wage = _wage(facts)
    return Statement(facts, wage, tuple(sheet.items), sheet.missing(), tuple(sheet.refused), tuple(sheet.remarks))


def _wage(facts: Facts) -> OwnWage | None:
    if facts.wages and facts.average_wage_at_injury and facts.injured_on:
        return own_wage_of(facts.wages, facts.average_wage_at_injury, facts.injured_on)
    return None
