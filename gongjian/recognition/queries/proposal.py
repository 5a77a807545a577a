"""A proposal sentence by sentence with what each rests on, and what was decided."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.materials.queries import LIVE_PAGES
from gongjian.papers.forms.decision import PENDING
from gongjian.recognition.errors import NothingProposed
from gongjian.recognition.models import Decision, Proposal, Review, Sentence, Support


@dataclass(frozen=True)
class Line:
    """One sentence and the words for what it rests on."""

    sentence: Sentence
    supports: list[str]

    @property
    def text(self) -> str:
        """The sentence; marked where it rests on nothing."""
        return self.sentence.text if self.supports else f"{self.sentence.text}{PENDING}"


def proposal_of(case: Case) -> Proposal:
    """The last proposal. Raises: NothingProposed."""
    found = Proposal.objects.filter(case=case).select_related("by").order_by("-id").first()
    if found is None:
        raise NothingProposed
    return found


def lines_of(proposal: Proposal) -> list[Line]:
    """The sentences in order, each with what it still rests on: a paper that was taken back holds nothing up. At most six queries."""
    return lines_for([proposal])[proposal.pk]


def lines_for(proposals: Collection[Proposal]) -> dict[int, list[Line]]:
    """The sentences of many proposals by the proposal's key: as many queries as for one."""
    rows = Sentence.objects.filter(proposal__in=proposals).order_by("proposal_id", "order")
    pages = Prefetch("supports__material__pages", LIVE_PAGES)
    told = rows.prefetch_related("supports__material", pages, "supports__interview", "supports__site")
    found: dict[int, list[Line]] = {row.pk: [] for row in proposals}
    for row in told:
        found[row.proposal_id].append(Line(row, [words for each in row.supports.all() if (words := _support(each))]))
    return found


def pending(proposal: Proposal) -> int:
    """How many sentences rest on nothing, or say themselves that they wait for proof."""
    return sum(PENDING in line.text for line in lines_of(proposal))


def reviewed_of(proposal: Proposal) -> Review | None:
    """The last word of a reviewer or signer about a proposal."""
    return Review.objects.filter(proposal=proposal).select_related("by").order_by("-id").first()


def decision_of(case: Case) -> Decision | None:
    """What was decided and still stands."""
    rows = Decision.objects.select_related("paper", "signed_by", "reviewed_by")
    return rows.filter(case=case, revoked_on=None).first()


def seen_by(case: Case, *, by: User) -> Proposal:
    """The proposal for a reviewer or signer; that it was read is on record. Raises: NothingProposed."""
    found = proposal_of(case)
    record_reading(case.chain, by=by, what="拟定的认定意见")
    return found


def _support(row: Support) -> str:
    if row.material:
        return f"材料《{row.material.title}》" if row.material.pages.all() else ""
    if row.interview:
        return f"{moment.day_of(row.interview.started_at)}对{row.interview.asked}的笔录第{row.line}问"
    return f"{moment.day_of(row.site.visited_at)}的现场勘查记录" if row.site else ""
