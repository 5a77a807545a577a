"""What the law and the standard say of opinions: when one may be sealed, and what a complete round comes to. Plain values in and out."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from gongjian.grading.contradictions import Draft, DraftFinding, Kind, contradictions
from gongjian.grading.outcomes import GRADES, SelfCareLevel
from gongjian.grading.parts import RecognisedPart
from gongjian.grading.promotion import Item, Promotion, counted, proposal
from gongjian.opinions.content import Content, Finding, in_order
from gongjian.opinions.errors import GroupSizeWrong, VoteIncomplete
from gongjian.opinions.measuring import disagreements, entry_name

NOT_REACHED_WITH_SELFCARE: Final = (
    "意见为未达到伤残等级，但勾选的项目已构成“{level}”。生活自理障碍只见于一级至四级，结论书不能同时载明两者，"
    "不能封存。请改伤残等级，或者改生活自理的勾选。"
)
GROUP_SIZES: Final = (3, 5)
Choice = TypeVar("Choice", int | None, SelfCareLevel)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a draft that its author should see. where: name of the input it belongs to.

    blocks: the opinion cannot be sealed as it stands; otherwise it wants a written explanation. settled: that explanation is there.
    """

    where: str
    sentence: str
    blocks: bool
    settled: bool = False

    @property
    def stands(self) -> bool:
        """Whether it keeps the opinion from being sealed. Law: 令55 art. 15."""
        return self.blocks or not self.settled


def remarks(
    content: Content, *, recognised: Collection[RecognisedPart] = (), on: date | None = None
) -> tuple[Remark, ...]:
    """Everything about a draft that its author must complete or explain before signing, findings first. Nothing here sets a grade.

    未达等级 beside a self-care impairment cannot be explained, only mended: no conclusion may state both.
    Law: 令55 art. 13 (the condition recorded accurately, within the recognised scope), art. 15 (by the standard), art. 16;
    GB/T 16180-2014 4.2, 4.6, 5.N.1, appendix A.
    """
    return (
        *_about_findings(content),
        *_about_sheets(content),
        *_about_verdict(content),
        *_about_standard(content, recognised, on),
        *_about_measurements(content, on),
    )


def may_be_sealed(found: Collection[Remark]) -> bool:
    """Whether nothing stands against signing. Law: 令55 art. 15."""
    return not any(each.stands for each in found)


def promotion_hint(content: Content, *, on: date | None = None) -> Promotion:
    """What 4.2 allows on the chosen clauses: a hint for the expert, never applied. Law: GB/T 16180-2014 4.2; 令55 art. 15."""
    items = [Item(each.injury, each.clause or None) for each in content.findings]
    return proposal(counted(items, on=on).grades)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one sealed opinion says in the vote. grade None: 未达到伤残等级."""

    seat: int
    grade: int | None
    selfcare: SelfCareLevel


@dataclass(frozen=True, slots=True)
class Count:
    """A counted round. Without majority on both questions nothing has carried, and both results are empty.

    grades, selfcares: (value, votes), most votes first; agreeing: seats that hold both results.
    """

    is_majority: bool
    grade: int | None
    selfcare: SelfCareLevel | None
    grades: tuple[tuple[int | None, int], ...]
    selfcares: tuple[tuple[SelfCareLevel, int], ...]
    agreeing: frozenset[int]


def count(ballots: Sequence[Ballot], *, size: int) -> Count:
    """Count a complete round: what more than half of the members say, for the grade and for self-care separately.

    The group has come to an opinion when both have a majority; otherwise it deliberates. No tie is broken and no middle is taken.
    Law: 令55 art. 11 (groups of 3 or 5), art. 15 (the majority's opinion). Raises: GroupSizeWrong, VoteIncomplete.
    """
    if size not in GROUP_SIZES:
        raise GroupSizeWrong(size=size)
    if len({ballot.seat for ballot in ballots}) != size or len(ballots) != size:
        raise VoteIncomplete(size=size, found=len(ballots))
    grades = _tally([ballot.grade for ballot in ballots], [*GRADES, None])
    selfcares = _tally([ballot.selfcare for ballot in ballots], list(SelfCareLevel))
    carried = grades[0][1] * 2 > size and selfcares[0][1] * 2 > size
    grade, selfcare = (grades[0][0], selfcares[0][0]) if carried else (None, None)
    agreeing = frozenset(each.seat for each in ballots if carried and (each.grade, each.selfcare) == (grade, selfcare))
    return Count(carried, grade, selfcare, tuple(grades), tuple(selfcares), agreeing)


def _tally(votes: Sequence[Choice], order: Sequence[Choice]) -> list[tuple[Choice, int]]:
    """Each choice that was made with its votes: most votes first, then in the given order, whoever voted first."""
    return sorted(Counter(votes).items(), key=lambda pair: (-pair[1], order.index(pair[0])))


@dataclass(frozen=True, slots=True)
class Named:
    """A clause that was named by members who carried the grade. seats: theirs; of: how many carried it; is_carried: whether it is the group's."""

    clause: str
    seats: tuple[int, ...]
    of: int

    @property
    def is_carried(self) -> bool:
        """Whether more than half of those who carried the grade name it; one member alone never makes a clause the group's.

        Law: 令55 art. 15 (by the majority).
        """
        return len(self.seats) * 2 > self.of


def named_clauses(carrying: Sequence[tuple[int, Content]]) -> tuple[Named, ...]:
    """Who of those who carried the grade named which clause, the worst grade first. Clauses of members who differ count nowhere.

    carrying: (seat, opinion) of each member who holds the grade that carried. The reading is ours: docs/decisions/005-sealed-opinions.md.
    Law: 令55 art. 15 (the majority's opinion), art. 16(3) (the basis).
    """
    seats: dict[str, list[int]] = {}
    for seat, content in carrying:
        for clause in content.clauses:
            seats.setdefault(clause, []).append(seat)
    return tuple(Named(clause, tuple(seats[clause]), len(carrying)) for clause in in_order(set(seats)))


def merged(opinions: Sequence[Content], carried: Collection[str]) -> tuple[Finding, ...]:
    """The findings of those who carried the grade: each injured part with its clause once, in the words of the lowest seat that names it.

    opinions: in order of seat; carried: the group's clauses. What was found beside another clause is told without it, unless its part is told already.
    Law: 令55 art. 15, art. 16(2).
    """
    found = [each for content in opinions for each in content.findings]
    kept: dict[tuple[str, str, str], Finding] = {}
    for finding in (each for each in found if not each.clause or each.clause in carried):
        kept.setdefault((*_place(finding), finding.clause), finding)
    told = {_place(each) for each in kept.values()}
    for finding in (each for each in found if _place(each) not in told):
        kept.setdefault((*_place(finding), ""), replace(finding, clause="", outside_reason=""))
    return tuple(kept.values())


def _place(finding: Finding) -> tuple[str, str]:
    return (finding.part or finding.injury.strip(), finding.side)


def _about_findings(content: Content) -> Iterator[Remark]:
    for place, each in enumerate(content.findings):
        if not each.injury.strip():
            yield Remark(f"injury-{place}", f"第{place + 1}项：请写明受伤部位或者伤情。", blocks=True)
        if not each.condition.strip():
            yield Remark(f"condition-{place}", f"第{place + 1}项：请写明器官功能情况。", blocks=True)
        if not each.clause and not each.says_none:
            yield Remark(
                f"clause-{place}", f"第{place + 1}项：请选条款，没有相应条款的请勾选“无相应条款”。", blocks=True
            )


def _about_sheets(content: Content) -> Iterator[Remark]:
    for place, finding in enumerate(content.findings):
        for number, sheet in enumerate(finding.sheets):
            for name, text in sheet.faults.items():
                yield Remark(entry_name(place, number, name), f"第{place + 1}项“{sheet.title}”：{text}", blocks=True)


def _about_measurements(content: Content, on: date | None) -> Iterator[Remark]:
    explained = bool(content.explanation.strip())
    for _, sentence in disagreements(content, on=on):
        yield Remark("explanation", sentence, blocks=False, settled=explained)


def _about_verdict(content: Content) -> Iterator[Remark]:
    if not content.selfcare and not content.selfcare_none:
        yield Remark(
            "selfcare", "生活自理：请勾选需他人帮助的项目，都不需要的请勾选“五项均不需他人帮助”。", blocks=True
        )
    if not content.is_decided:
        yield Remark("grade", "请给出您的伤残等级意见。", blocks=True)
    elif _is_unwritable(content):
        sentence = NOT_REACHED_WITH_SELFCARE.format(level=content.selfcare_level.label)
        yield Remark("grade", sentence, blocks=True)
    if not content.reason.strip():
        yield Remark("reason", "请写明评定理由。", blocks=True)


def _about_standard(content: Content, recognised: Collection[RecognisedPart], on: date | None) -> Iterator[Remark]:
    explained = bool(content.explanation.strip())
    if content.is_decided:
        draft = Draft(_plain_findings(content), content.grade, content.selfcare_level, has_reason=explained)
        found = contradictions(draft, on=on)
        for each in [one for one in found if not (one.kind is Kind.SELFCARE and _is_unwritable(content))]:
            yield Remark("explanation", each.sentence, blocks=each.blocking, settled=explained)
    for place, finding in enumerate(content.findings):
        one = Draft(_plain_findings(Content(findings=(finding,))), None, has_reason=True)
        for each in contradictions(one, recognised_parts=recognised, on=on):
            if each.kind is Kind.OUTSIDE_RECOGNISED:
                settled = bool(finding.outside_reason.strip())
                yield Remark(f"outside_reason-{place}", each.sentence, blocks=False, settled=settled)


def _is_unwritable(content: Content) -> bool:
    """Whether no conclusion could say it: no grade reached, yet a level of self-care impairment."""
    return content.is_decided and content.grade is None and content.selfcare_level is not SelfCareLevel.NONE


def _plain_findings(content: Content) -> tuple[DraftFinding, ...]:
    return tuple(DraftFinding(each.injury, each.clause or None, each.says_none) for each in content.findings)
