"""What the group has come to: the opinion that the conclusion must follow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongjian.cases.models import Case
from gongjian.grading.outcomes import Outcome, SelfCareLevel
from gongjian.opinions.content import Content, Finding, canonical, content_told, hash_of
from gongjian.opinions.models import Opinion, Round, Vote
from gongjian.opinions.rules import Named, merged, named_clauses
from gongjian.opinions.sealing import opened_statements


@dataclass(frozen=True, slots=True)
class MemberOpinion:
    """One member's signed opinion in the deciding round, opened. agrees: with the grade and the self-care level that carried."""

    seat: int
    expert_number: str
    expert_name: str
    content: Content
    agrees: bool
    sealed_at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True)
class GroupOpinion:
    """The majority opinion of a group. grade: 1 … 10, None for 未达到伤残等级.

    named: every clause that one of those who carried the grade named, with their seats; clauses: numbers ("5.9.2(23)") of those that more than
    half of them named, worst first; findings: theirs, each injury and clause once, in order of seat;
    dissent: the members who differ, with their reasons; members: all, in order of seat; hash: binds the vote to the sealed opinions.
    """

    round: int
    grade: int | None
    selfcare: SelfCareLevel
    named: tuple[Named, ...]
    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]
    members: tuple[MemberOpinion, ...]
    dissent: tuple[MemberOpinion, ...]
    standard: str
    opined_at: datetime
    hash: str

    @property
    def outcome(self) -> Outcome:
        """As `grading.outcomes` says it, with labels and exchange codes."""
        return Outcome(self.grade, self.selfcare)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of the group, worst first."""
        return tuple(each.clause for each in self.named if each.is_carried)

    @property
    def alone(self) -> tuple[Named, ...]:
        """Clauses that too few of the majority named: they stand in no conclusion, and a reviewer looks at them."""
        return tuple(each for each in self.named if not each.is_carried)

    @property
    def condition(self) -> str:
        """Part, organ-function condition and diagnosis in lines, for the conclusion. Law: 令55 art. 16(2)."""
        return "\n".join(_line(each) for each in self.findings)


def result_of(case: Case) -> GroupOpinion | None:
    """What conclusions must follow (令55 arts. 15, 34), read from the sealed opinions; None until the last round has found its majority.

    A round that was opened again after a majority puts the earlier one out of account.

    Access to the case is asked before, by who calls. Raises: SealBroken when an opinion was changed.
    """
    last = Round.objects.filter(case=case).order_by("-number").first()
    vote = Vote.objects.select_related("round").filter(round=last, outcome=Vote.Outcome.MAJORITY).first()
    if vote is None:
        return None
    statements = opened_statements(vote.round)
    members = tuple(_member(row, told, vote) for row, told in statements)
    carrying = [(each.seat, each.content) for each in members if each.content.grade == vote.grade]
    named = named_clauses(carrying)
    opinions = [content for _, content in carrying]
    return GroupOpinion(
        round=vote.round.number,
        grade=vote.grade,
        selfcare=SelfCareLevel(vote.selfcare),
        named=named,
        findings=merged(opinions, {each.clause for each in named if each.is_carried}),
        reasons=tuple(dict.fromkeys(content.reason for content in opinions)),
        members=members,
        dissent=tuple(each for each in members if not each.agrees),
        standard=statements[0][1]["standard"],
        opined_at=vote.counted_at,
        hash=_hash(vote, members),
    )


def _member(row: Opinion, told: dict[str, Any], vote: Vote) -> MemberOpinion:
    content = content_told(told)
    agrees = (content.grade, content.selfcare_level) == (vote.grade, vote.selfcare)
    name = row.assignment.user.name
    return MemberOpinion(told["seat"], told["expert"], name, content, agrees, row.sealed_at, row.content_hash)


def _hash(vote: Vote, members: tuple[MemberOpinion, ...]) -> str:
    told = {"round": vote.round.number, "grade": vote.grade, "selfcare": vote.selfcare}
    return hash_of(canonical({**told, "opinions": [each.content_hash for each in members]}))


def _line(finding: Finding) -> str:
    told = (finding.injury, finding.condition, finding.measured, finding.diagnosis)
    return f"{finding.part_label}：" * bool(finding.part) + "；".join(text for text in told if text) + "。"
