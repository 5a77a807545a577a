"""What the group has come to: the opinion that the conclusion must follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from gongjian.cases.models import Case
from gongjian.grading.outcomes import Outcome, SelfCareLevel
from gongjian.opinions.content import Content, Finding, canonical, content_told, hash_of
from gongjian.opinions.models import Entrusted, Round, Vote
from gongjian.opinions.packet import checked, packet_of_row
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
    dissent: the members who differ, with their reasons; members: all, in order of seat; hash: binds the vote to the sealed opinions;
    committee: whose group it was, "" for our own.
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
    committee: str = ""

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

    The opinion of another committee's group, to which the case was entrusted, stands in its place.
    Access to the case is asked before, by who calls. Raises: SealBroken, PacketWrong when an opinion was changed.
    """
    if elsewhere := entrusted_of(case):
        return _from_elsewhere(elsewhere)
    last = Round.objects.filter(case=case).order_by("-number").first()
    vote = Vote.objects.select_related("round").filter(round=last, outcome=Vote.Outcome.MAJORITY).first()
    if vote is None:
        return None
    told = [Told(told, row.assignment.user.name, row.content_hash) for row, told in opened_statements(vote.round)]
    return _opinion(told, Carried(vote.round.number, vote.grade, SelfCareLevel(vote.selfcare), vote.counted_at))


def entrusted_of(case: Case) -> Entrusted | None:
    """The opinion of another committee's group that is in use in a case, if there is one."""
    return Entrusted.objects.filter(case=case, set_aside_at=None).first()


def _from_elsewhere(row: Entrusted) -> GroupOpinion:
    """What came from the other committee, looked at again each time it is read. Raises: PacketWrong."""
    found = checked(packet_of_row(row))
    told = [Told(each.told, each.name, each.digest) for each in found.statements]
    carried = Carried(found.round, found.count.grade, SelfCareLevel(found.count.selfcare or ""), found.opined_at)
    return _opinion(told, carried, committee=row.committee)


class Told(NamedTuple):
    """One member's statement, opened, the member's name and the hash that was signed."""

    statement: dict[str, Any]
    name: str
    digest: str


class Carried(NamedTuple):
    """What the majority came to, in which round and when."""

    round: int
    grade: int | None
    selfcare: SelfCareLevel
    at: datetime


def _opinion(told: Sequence[Told], carried: Carried, *, committee: str = "") -> GroupOpinion:
    members = tuple(_member(each, carried) for each in told)
    carrying = [(each.seat, each.content) for each in members if each.content.grade == carried.grade]
    named = named_clauses(carrying)
    opinions = [content for _, content in carrying]
    return GroupOpinion(
        round=carried.round,
        grade=carried.grade,
        selfcare=carried.selfcare,
        named=named,
        findings=merged(opinions, {each.clause for each in named if each.is_carried}),
        reasons=tuple(dict.fromkeys(content.reason for content in opinions)),
        members=members,
        dissent=tuple(each for each in members if not each.agrees),
        standard=told[0].statement["standard"],
        opined_at=carried.at,
        hash=_hash(carried, members),
        committee=committee,
    )


def _member(each: Told, carried: Carried) -> MemberOpinion:
    told, content = each.statement, content_told(each.statement)
    agrees = (content.grade, content.selfcare_level) == (carried.grade, carried.selfcare)
    sealed_at = datetime.fromisoformat(told["sealed_at"])
    return MemberOpinion(told["seat"], told["expert"], each.name, content, agrees, sealed_at, each.digest)


def _hash(carried: Carried, members: tuple[MemberOpinion, ...]) -> str:
    told = {"round": carried.round, "grade": carried.grade, "selfcare": carried.selfcare.value}
    return hash_of(canonical({**told, "opinions": [each.content_hash for each in members]}))


def _line(finding: Finding) -> str:
    told = (finding.injury, finding.condition, finding.measured, finding.diagnosis)
    return f"{finding.part_label}：" * bool(finding.part) + "；".join(text for text in told if text) + "。"
