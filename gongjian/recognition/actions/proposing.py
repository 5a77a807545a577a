"""The investigators' draft: an outcome, its heads, and the facts sentence by sentence with what each rests on."""

from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.recognition.errors import OutcomeWithoutHead, ProposalChanged, StillPending, SupportUnknown
from gongjian.recognition.models import Proposal, Sentence, Support
from gongjian.recognition.queries import given_kinds, must_investigate, pending, proposal_of
from gongjian.recognition.queries.joining import papers_in_file
from gongjian.recognition.queries.records import interviews_of, sites_of
from gongjian.recognition.rules import check_outcome, proofs_held


class Rests(NamedTuple):
    """What a sentence rests on: kind (material, interview, site), its id, and for an interview the line (from 1)."""

    kind: str
    pk: int
    line: int | None = None


class Fact(NamedTuple):
    """One sentence of the facts found. Resting on nothing, it is pending."""

    text: str
    rests: tuple[Rests, ...] = ()


class Draft(NamedTuple):
    """A whole draft of a decision. reason: for a refusal, why; parts (in words, and by their codes) and treatment: for one in favour."""

    outcome: str
    heads: tuple[str, ...]
    facts: tuple[Fact, ...]
    parts: str = ""
    treatment: str = ""
    reason: str = ""
    part_codes: tuple[str, ...] = ()


@transaction.atomic
def draft(case: Case, told: Draft, *, by: User) -> Proposal:
    """Keep a draft; sentences that rest on nothing are marked pending and may be kept so, until it goes to the reviewer.

    Law: 条例 art. 14, 15, 16, 20; 令8 art. 18, 19. Raises: NotTheInvestigator, MoveNotAllowed, HeadUnknown, OutcomeWithoutHead,
    ExclusionUnproved, SupportUnknown.
    """
    case = locked(case)
    allowed_move(case, "propose", by=by)
    must_investigate(case, by=by)
    check_outcome(told.outcome, told.heads, told.reason, held=proofs_held(given_kinds(case)))
    facts = [fact for fact in told.facts if fact.text.strip()]
    favourable = told.outcome != "refused"
    if not facts or (favourable and not (told.parts.strip() and told.treatment.strip())):
        raise OutcomeWithoutHead
    row = Proposal.objects.create(
        case=case,
        outcome=told.outcome,
        heads=list(told.heads),
        parts=told.parts.strip(),
        part_codes=list(told.part_codes) if favourable else [],
        treatment=told.treatment.strip(),
        reason=told.reason.strip(),
        digest=sha256(repr(told).encode()).hexdigest(),
        by=by,
        at=moment.now(),
    )
    for order, fact in enumerate(facts, 1):
        sentence = Sentence.objects.create(proposal=row, order=order, text=fact.text.strip())
        for each in fact.rests:
            Support.objects.create(sentence=sentence, **_support(case, each))
    record(
        case.chain, "proposal.drafted", by=by, proposal=row.pk, outcome=told.outcome, heads=row.heads, digest=row.digest
    )
    return row


@transaction.atomic
def propose(case: Case, *, seen: str, by: User) -> Proposal:
    """Hand the last draft to the reviewer. Nothing pending goes there, and nothing whose proof was taken back. seen: digest of the draft on the page.

    Law: 条例 art. 16; 令8 art. 18. Raises: MoveNotAllowed, NotYours, NotTheInvestigator, NothingProposed, ProposalChanged, StillPending,
    ExclusionUnproved.
    """
    case = locked(case)
    allowed_move(case, "propose", by=by)
    must_investigate(case, by=by)
    row = must_be_seen(case, seen)
    refuse_pending(row)
    check_outcome(row.outcome, row.heads, row.reason, held=proofs_held(given_kinds(case)))
    move(case, "propose", by=by, proposal=row.pk, digest=row.digest)
    return row


def must_be_seen(case: Case, seen: str) -> Proposal:
    """The last draft, if it is the one that was looked at. Raises: NothingProposed, ProposalChanged."""
    row = proposal_of(case)
    if seen != row.digest:
        raise ProposalChanged
    return row


def refuse_pending(row: Proposal) -> None:
    """Refuse a draft in which a sentence rests on nothing. Law: 令8 art. 19. Raises: StillPending."""
    if count := pending(row):
        raise StillPending(count=count)


def _support(case: Case, rests: Rests) -> dict[str, Any]:
    if rests.kind == "material" and (material := papers_in_file(case).filter(pk=rests.pk).first()):
        return {"kind": "material", "material": material}
    if rests.kind == "site" and (site := sites_of(case).filter(pk=rests.pk).first()):
        return {"kind": "site", "site": site}
    if rests.kind == "interview":
        talk = interviews_of(case).filter(pk=rests.pk, signed_at__isnull=False).first()
        if talk and rests.line and 1 <= rests.line <= len(talk.lines):
            return {"kind": "interview", "interview": talk, "line": rests.line}
    raise SupportUnknown
