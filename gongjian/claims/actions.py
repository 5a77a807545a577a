"""All writing of claims: handing one in, completing it, taking it back, and the agency's answer and payment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import SYSTEM
from gongjian.archives.offline.container import Member
from gongjian.archives.packing.package import Flow
from gongjian.benefits.queries import side_claiming, stage_for
from gongjian.benefits.rules import ENTER, Stage
from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side, parties_of
from gongjian.cases.states import Move
from gongjian.claims import queries, rules
from gongjian.claims.errors import (
    AnswerChanged,
    ClaimMoved,
    ClaimRuns,
    FoundingFell,
    NothingToClaimOn,
    NotYourClaim,
)
from gongjian.claims.models import Answer, Claim, ClaimPaper, Correction
from gongjian.claims.packing import attached_to, packed
from gongjian.claims.states import CORRECT, ENDED, MOVES, State, step_of
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import Stream, keep, store
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.evidence.models import Evidence
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel as Outlet
from gongjian.materials.catalog import Channel


class Handed(NamedTuple):
    """A paper that comes with a claim: of which kind (`rules.TITLES`), its bytes, its file's name."""

    kind: str
    file: Stream
    name: str


@transaction.atomic
def submit(
    case: Case, told: dict[str, Any], *, by: User, papers: Iterable[Handed] = (), shown: Sequence[Evidence] = ()
) -> Claim:
    """Claim upon a decision: the statement and the file go to the agency at once. While one claim is open there is no second.

    told: facts that only the claimant knows, in plain values. by: a party for its side, or the window for the worker who stands
    there. shown: the document as it was scanned when they came.
    Law: 条例 art. 46. Raises: NothingToClaimOn, ClaimRuns, NoAgency, ToldWrong, DayWrong, FileDamaged, and what a file raises.
    """
    case, office = locked(case), queries.agency_for(case)
    side = side_claiming(case, by=by)
    stage = stage_for(case, side)
    if side is None or stage is None or (by.kind == User.Kind.STAFF and not by.holds(ENTER, office)):
        raise NothingToClaimOn
    if queries.runs(case):
        raise ClaimRuns
    facts: Any = queries.facts_with(case, told, by=by)  # the field is typed as the text it is sealed into
    now = moment.now()
    evidence, manifest = _package(case, stage, facts, [], by)
    claim = Claim.objects.create(
        founded_on=case,
        stage=stage,
        side=side,
        office=office,
        claimant=_whom_to_tell(case, stage) if by.kind == User.Kind.STAFF else by,
        channel=Channel.WINDOW if by.kind == User.Kind.STAFF else Channel.ONLINE,
        entered_by=by,
        state=State.SUBMITTED,
        facts=facts,
        package=evidence,
        manifest_sha256=manifest,
        claimed_at=now,
        came_at=now,
        changed_at=now,
        due_on=rules.settle_by(moment.today(), region=office.region).due,
        priority=case.priority,
    )
    for evidence in shown:
        _kept(claim, rules.IDENTITY, evidence, by)
    if [*_attach(claim, papers, by), *shown]:
        _pack_again(claim, by)
    record(case.chain, "claim.submitted", by=by, claim=claim.pk, stage=stage, manifest=claim.manifest_sha256)
    return claim


def _whom_to_tell(case: Case, stage: Stage) -> User | None:
    """Who stands behind a claim at the window: the worker, after a death who applied for them; None: nobody with an account."""
    if stage is not Stage.DEATH:
        return case.person.user
    others = (row.user for row in parties_of(case, Side.WORKER) if row.user_id != case.person.user_id)
    return next(others, None)


@transaction.atomic
def resubmit(claim: Claim, *, by: User, papers: Iterable[Handed]) -> Claim:
    """Hand in what the agency asked for; its days begin anew. Raises: ClaimMoved, NotYourClaim, FileDamaged, and what a file raises."""
    claim = _moved(claim, "resubmit", by=by)
    _attach(claim, papers, by)
    _pack_again(claim, by)
    record(claim.founded_on.chain, "claim.resubmitted", by=by, claim=claim.pk, manifest=claim.manifest_sha256)
    return claim


@transaction.atomic
def withdraw(claim: Claim, *, by: User) -> Claim:
    """Take a claim back before it is answered; another may follow. Raises: ClaimMoved, NotYourClaim."""
    claim = _moved(claim, "withdraw", by=by)
    record(claim.founded_on.chain, "claim.withdrawn", by=by, claim=claim.pk)
    return claim


@transaction.atomic
def approve(claim: Claim, amounts: Mapping[str, Decimal | None], *, by: User, words: str = "") -> Answer:
    """Record what the agency has fixed, item by item, and what it adds where the estimate could not know it. Raises: ClaimMoved, NotYourClaim, FoundingFell, AnswerIncomplete."""
    claim = _moved(claim, "approve", by=by)
    _check_founding(claim)
    wanted = [title for title, _, _ in queries.fund_items(claim)]
    rules.check_approval(wanted, amounts)
    return _answer(claim, Answer.Kind.APPROVED, by, words, items=_fixed(wanted, amounts))


def _fixed(wanted: Sequence[str], amounts: Mapping[str, Decimal | None]) -> list[list[str]]:
    """What was asked for in its order, then what the agency has added."""
    order = dict.fromkeys((*wanted, *amounts))
    return [[title, str(amounts[title])] for title in order if amounts[title] is not None]


@transaction.atomic
def pay(claim: Claim, paid_on: date, *, by: User, words: str = "") -> Answer:
    """Record that what was fixed went out, a monthly benefit for the first time. Raises: ClaimMoved, NotYourClaim, FoundingFell, DayWrong."""
    claim = _moved(claim, "pay", by=by)
    _check_founding(claim)
    fixed = claim.answers.filter(kind=Answer.Kind.APPROVED, correction=None).latest("pk")
    rules.check_paid_on(paid_on, approved_on=moment.day_of(fixed.at), today=moment.today())
    return _answer(claim, Answer.Kind.PAID, by, words, items=fixed.items, paid_on=paid_on)


@transaction.atomic
def send_back(claim: Claim, words: str, *, complete_by: date, by: User) -> Answer:
    """Say once what is missing, and until when it is handed in. Raises: ClaimMoved, NotYourClaim, AnswerIncomplete, DayToCompleteWrong."""
    rules.check_words(words, of="缺少什么")
    rules.check_complete_by(complete_by, moment.today())
    claim = _moved(claim, "return", by=by, complete_by=complete_by)
    return _answer(claim, Answer.Kind.RETURNED, by, words, complete_by=complete_by)


@transaction.atomic
def refuse(claim: Claim, words: str, *, by: User) -> Answer:
    """Say that nothing is paid, why, and what may be done against it. Raises: ClaimMoved, NotYourClaim, AnswerIncomplete."""
    rules.check_words(words, of="不予支付的理由")
    return _answer(_moved(claim, "refuse", by=by), Answer.Kind.REFUSED, by, words)


@transaction.atomic
def correct(answer: Answer, reason: str, *, by: User) -> Claim:
    """Take the last answer back as wrong: the claim is again where it was before, the answer and why it was wrong are kept, the claimant is told.

    The agency's days go on from the day the claim came: its own mistake lengthens nothing.
    Law: 条例 art. 46. Raises: AnswerIncomplete, AnswerChanged, ClaimRuns where another claim was made meanwhile, ClaimMoved, NotYourClaim.
    """
    rules.check_words(reason, of="更正的理由")
    locked(answer.claim.founded_on)
    was_ended = Claim.objects.get(pk=answer.claim_id).state in ENDED
    if was_ended and queries.runs(answer.claim.founded_on):
        raise ClaimRuns
    claim = _moved(answer.claim, CORRECT, by=by)
    if queries.last_answer(claim) != answer:
        raise AnswerChanged
    Correction.objects.create(answer=answer, reason=reason.strip(), by=by, at=moment.now())
    record(claim.founded_on.chain, "claim.corrected", by=by, claim=claim.pk, answer=answer.pk, kind=answer.kind)
    if claim.claimant:
        _tell(claim, f"correction/{answer.pk}", "claims.corrected", claim.claimant)
    return claim


def put_claims_first(case: Case) -> None:
    """What is open upon a case of the green channel is answered before the rest. Law: 人社厅发〔2018〕104号 二（四）."""
    Claim.objects.filter(founded_on=case, due_on__isnull=False).update(priority=case.priority)


def take_up_overdue() -> int:
    """Give back to the agency what was not completed in time: it decides on what there is. How many; twice does no harm."""
    return sum(_taken_up(claim) for claim in queries.overdue(moment.today()))


@transaction.atomic
def _taken_up(claim: Claim) -> bool:
    try:
        moved = _moved(claim, "take_up", by=None)
    except ClaimMoved:
        return False
    record(moved.founded_on.chain, "claim.taken_up", by=None, claim=moved.pk)
    return True


def _answer(claim: Claim, kind: Answer.Kind, by: User, words: str, **told: Any) -> Answer:
    final = kind in (Answer.Kind.APPROVED, Answer.Kind.REFUSED)
    remedies = rules.remedies_told(moment.today(), region=claim.office.region) if final else ""
    row = Answer.objects.create(
        claim=claim, kind=kind, words=words.strip(), remedies=remedies, by=by, at=moment.now(), **told
    )
    record(claim.founded_on.chain, "claim.answered", by=by, claim=claim.pk, answer=row.pk, kind=str(kind))
    if claim.claimant:
        _tell(claim, f"answer/{row.pk}", "claims.answered", claim.claimant)
    return row


def _tell(claim: Claim, about: str, template: str, user: User) -> None:
    send(
        key=f"claim:{claim.pk}/{about}",
        channel=Outlet.INBOX,
        template=template,
        context={"number": claim.founded_on.number, "office": claim.office.name, "state": State(claim.state).label},
        chain=claim.founded_on.chain,
        by_office=claim.office.code,
        user=user,
    )


def _check_founding(claim: Claim) -> None:
    if not queries.still_stands(claim):
        raise FoundingFell


def _moved(claim: Claim, act: str, *, by: User | None, complete_by: date | None = None) -> Claim:
    """Take one step, only from the state that stands now; of two at once the second finds another state. Raises: ClaimMoved, NotYourClaim."""
    found = Claim.objects.select_for_update(of=("self",)).select_related("founded_on", "office", "claimant")
    fresh = found.get(pk=claim.pk)
    step = step_of(act, fresh.state)
    named = next(move for move in MOVES if move.act == act)
    if named.permission != SYSTEM and (by is None or not queries.may(fresh, named.permission, by=by)):
        raise NotYourClaim(act=named.label)
    if step is None:
        raise ClaimMoved(state=State(fresh.state).label, act=named.label)
    _enter(fresh, step, complete_by)
    return fresh


def _enter(claim: Claim, step: Move, complete_by: date | None) -> None:
    """The new state with the day of what it owes; where it came again, the agency's days begin anew, and after a correction they go on."""
    now, region, state = moment.now(), claim.office.region, State(step.end)
    claim.came_at = now if state is State.SUBMITTED and step.act != CORRECT else claim.came_at
    came_on = moment.day_of(claim.came_at)
    before = rules.settle_by(came_on, region=region).due if step.act == CORRECT else claim.due_on
    claim.due_on = rules.due_on(state, today=came_on, region=region, before=before, complete_by=complete_by)
    claim.state, claim.changed_at = state, now
    claim.save(update_fields=["state", "due_on", "came_at", "changed_at"])


def _attach(claim: Claim, papers: Iterable[Handed], by: User) -> list[ClaimPaper]:
    return [_kept(claim, each.kind, store(each.file, name=each.name, by=by), by) for each in papers]


def _kept(claim: Claim, kind: str, evidence: Evidence, by: User) -> ClaimPaper:
    return ClaimPaper.objects.create(claim=claim, title=rules.TITLES[kind], evidence=evidence, by=by, at=moment.now())


def _pack_again(claim: Claim, by: User) -> None:
    case, attached = claim.founded_on, attached_to(claim)
    claim.package, claim.manifest_sha256 = _package(case, claim.stage, claim.facts, attached, by)
    claim.save(update_fields=["package", "manifest_sha256"])


def _package(
    case: Case, stage: str, facts: dict[str, Any], attached: Sequence[Member], by: User
) -> tuple[Evidence, str]:
    whole = packed(case, stage, facts, attached, at=moment.now())
    return keep(Flow(whole.members), kind=Kind.PACKAGE, by=by), whole.manifest_sha256
