"""What one page of the estimate shows: the question now, what is told so far, and the statement that follows from it."""

from dataclasses import dataclass
from typing import Any

from gongjian.benefits.rules import MATTER, next_question, offered
from gongjian.benefits.sheet import PEOPLE, Sheet
from gongjian.law.benefits.facts import title
from gongjian.law.benefits.money import ROUNDING, written
from gongjian.law.benefits.sheet import Item
from gongjian.law.benefits.statement import Statement, statement
from gongjian.law.benefits.wording import PAYERS, RHYTHMS
from gongjian.law.benefits.words import in_words
from gongjian.law.codes.regions import all_regions
from gongjian.law.register import CONFIDENCES

EXPLAINED = {
    "seen": "计算依据已经与法律文件的原文核对。",
    "seen-2": "依据引自间接资料，还没有与原文核对；以原文为准。",
    "memory": "依据还没有与原文核对，可能有出入；请向社保经办机构确认。",
    "inference": "条文没有明写，按通行的理解计算。",
    "local": "由当地规定，按已录入的当地标准计算。",
}
"""What each mark means to who reads the statement."""


@dataclass(frozen=True)
class Answered:
    """One fact that is told: its question, how it reads, and whether a case says it."""

    question: str
    title: str
    text: str
    held: bool


@dataclass(frozen=True)
class Shown:
    """One item as a page prints it."""

    item: Item
    amount: str
    payer: str
    mark: str
    kind: str


@dataclass(frozen=True)
class Part:
    """Items of one rhythm; totals only for what is paid once, by each payer: they are never added across rhythms."""

    title: str
    items: list[Shown]
    totals: list[tuple[str, str]]


@dataclass(frozen=True)
class Estimate:
    """The page. asked: the question now, None when nothing more is open."""

    sheet: Sheet
    found: Statement
    asked: str | None

    @property
    def answered(self) -> list[Answered]:
        """What is told, relatives one by one, with what the case holds first."""
        facts, held = self.found.facts, self.sheet.held or {}
        lines = [
            Answered(name, title(name), _text(name, getattr(facts, name)), name in held)
            for name in (*held, *(name for name in self.sheet.told if name not in held))
            if name != PEOPLE and getattr(facts, name) is not None
        ]
        return lines + [
            Answered(f"{PEOPLE}[{number}]", f"供养亲属{number}", in_words("relation", one.relation), held=False)
            for number, one in enumerate(facts.dependants or (), start=1)
        ]

    @property
    def parts(self) -> list[Part]:
        """The items: what is paid once, by the month, and by what it costs."""
        found = self.found
        totals = [(PAYERS[payer], written(total)) for payer, total in found.one_off_totals.items()]
        shown = {rhythm: [_shown(one) for one in found.items if one.rhythm == rhythm] for rhythm in RHYTHMS}
        return [
            Part(label, shown[rhythm], totals if rhythm == "one_off" else [])
            for rhythm, label in RHYTHMS.items()
            if shown[rhythm]
        ]

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Each mark that stands on the page, with what it means."""
        found = self.found
        standing = [
            *([found.wage.confidence] if found.wage else []),
            *(item.confidence for item in found.items),
            *(remark.confidence for remark in found.remarks),
        ]
        return [(CONFIDENCES[one], EXPLAINED[one]) for one in dict.fromkeys(standing)]

    @property
    def may_skip(self) -> bool:
        """Whether one can go on without an answer: not without knowing the matter."""
        return self.asked != MATTER

    @property
    def missing(self) -> list[tuple[str, str, str]]:
        """(question, words, what it is needed for) of every fact that is still missing; none before the matter is known."""
        if not self.may_skip:
            return []
        return [(one.fact.partition(".")[0], one.title, "、".join(one.needed_for)) for one in self.found.missing]

    @property
    def offered(self) -> list[tuple[str, str]]:
        """(fact, words) of what may be added."""
        return [(name, title(name)) for name in offered(self.sheet.all)]

    @property
    def rounding(self) -> str:
        """How amounts are rounded."""
        return ROUNDING


def estimate_of(sheet: Sheet, asked: str | None = None) -> Estimate:
    """The page for a sheet; asked: a question somebody chose, else the next that is open. Raises: ToldWrong, DayWrong."""
    found = statement(sheet.read())
    wanted = asked or next_question(sheet.all, sheet.skipped, [one.fact for one in found.missing])
    return Estimate(sheet, found, f"{PEOPLE}[{len(sheet.people) + 1}]" if wanted == PEOPLE else wanted)


def _shown(one: Item) -> Shown:
    amount = "由经办机构或者单位确定" if one.amount is None else written(one.amount)
    kind = "good" if one.confidence == "seen" else "warn"
    return Shown(one, amount, PAYERS[one.payer], CONFIDENCES[one.confidence], kind)


def _text(name: str, value: Any) -> str:
    if name == "region":
        return next((one.name for one in reversed(all_regions()) if one.code == value), str(value))
    return in_words(name, value)
