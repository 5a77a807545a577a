"""What `gongjian check` asks of opinions: every seal whole, every signature valid, every vote countable anew."""

from collections.abc import Iterator

from gongjian.grading.outcomes import SelfCareLevel
from gongjian.kernel.checks import Problem
from gongjian.kernel.ledger.models import LedgerEntry
from gongjian.opinions import rules
from gongjian.opinions.content import content_told
from gongjian.opinions.errors import SealBroken
from gongjian.opinions.models import Opinion, Vote
from gongjian.opinions.sealing import opened_statements
from gongjian.opinions.signing import verify


def seals() -> Iterator[Problem]:
    """Opinions whose signature does not fit or whose hash is not the ledger's. Nothing is opened for it, so it may run at any time."""
    rows = Opinion.objects.select_related("key", "assignment__case").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        told = LedgerEntry.objects.filter(
            chain=row.assignment.case.chain, act="opinion.sealed", facts__hash=row.content_hash
        )
        if not verify(row.key, row.content_hash, row.signature):
            yield Problem("seals", row.assignment.exam_code, f"第{row.assignment.seat}席意见的签名与封存内容不符。")
        if not told.exists():
            yield Problem("seals", row.assignment.exam_code, f"第{row.assignment.seat}席意见的校验值不在账链里。")


def votes() -> Iterator[Problem]:
    """Counted rounds whose opinions were changed, or come to another result when counted anew."""
    for vote in Vote.objects.select_related("round__case").order_by("pk").iterator(chunk_size=500):
        number = vote.round.case.number
        try:
            told = [said for _, said in opened_statements(vote.round)]
        except SealBroken:
            yield Problem("votes", number, "已计票的意见与封存时不一致。")
            continue
        contents = [(said["seat"], content_told(said)) for said in told]
        ballots = [rules.Ballot(seat, content.grade, content.selfcare_level) for seat, content in contents]
        counted = rules.count(ballots, size=vote.round.size)
        kept = (
            vote.outcome == Vote.Outcome.MAJORITY,
            vote.grade,
            SelfCareLevel(vote.selfcare) if vote.selfcare else None,
        )
        if kept != (counted.is_majority, counted.grade, counted.selfcare):
            yield Problem("votes", number, "重新计票的结果与记录不同。")
