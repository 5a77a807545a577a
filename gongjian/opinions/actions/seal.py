"""Signing and sealing an opinion; the last seal of a round counts its vote in the same transaction."""

from secrets import token_hex

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal.queries import recognised_parts
from gongjian.grading.clauses import standard
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions import rules
from gongjian.opinions.actions.panel import held_duty
from gongjian.opinions.actions.vote import count_round
from gongjian.opinions.content import FORM, Content, canonical, hash_of
from gongjian.opinions.errors import DraftChangedMeanwhile, NotCalledYet, NotReady, RecusalWaiting
from gongjian.opinions.models import Opinion, OpinionDraft
from gongjian.opinions.queries import group
from gongjian.opinions.queries.access import Duty, require_writing
from gongjian.opinions.queries.drafts import content_of, draft_of
from gongjian.opinions.sealing import is_complete, seal_statement
from gongjian.opinions.signing import Signed, sign


@transaction.atomic
def seal_opinion(exam_code: str, *, version: int, password: str, by: User) -> Opinion:
    """Sign the draft of the `version` the expert has just read, and seal it for good. Whoever seals last counts the vote.

    While a party's request for recusal waits for its answer nothing is sealed: it may change who judges.
    Law: 令55 art. 15 (every expert gives and signs an opinion), art. 28, art. 34 (nobody alters it).
    Raises: ExamNotFound, NotDeclared, SealedAlready, NotOpenNow, NotCalledYet, RecusalWaiting, DraftChangedMeanwhile, NotReady, SignatureWrong.
    """
    duty = duty_to_seal(exam_code, by=by)
    draft = draft_of(duty)
    if draft.version != version:
        raise DraftChangedMeanwhile
    content = content_of(draft)
    require_ready(duty, content)
    return end_with(duty, put_under_seal(duty, content, password=password))


def duty_to_seal(exam_code: str, *, by: User) -> Duty:
    """`by`'s duty, held, once nothing but the opinion itself can stand against sealing.

    Raises: ExamNotFound, NotDeclared, SealedAlready, NotOpenNow, NotCalledYet, RecusalWaiting.
    """
    duty = held_duty(exam_code, by=by)
    require_writing(duty)
    if not duty.may_seal:
        raise NotCalledYet
    if group.has_recusal_waiting(duty.case):
        raise RecusalWaiting
    return duty


def require_ready(duty: Duty, content: Content) -> None:
    """Refuse an opinion against which something stands. Law: 令55 art. 15. Raises: NotReady."""
    against = [each for each in _remarks(duty, content) if each.stands]
    if against:
        raise NotReady(count=len(against))


def end_with(duty: Duty, opinion: Opinion) -> Opinion:
    """What follows a seal: the draft is wiped, and the last seal of a round counts it."""
    OpinionDraft.objects.filter(assignment=duty.assignment).delete()
    if is_complete(opinion.round):
        count_round(opinion.round)
    return opinion


def _remarks(duty: Duty, content: Content) -> tuple[rules.Remark, ...]:
    return rules.remarks(content, recognised=recognised_parts(duty.case), on=moment.today())


def put_under_seal(duty: Duty, content: Content, *, password: str) -> Opinion:
    """Sign the content as the duty's expert and store it sealed; the hash goes into the ledger. Raises: SignatureWrong."""
    assert duty.round is not None  # an assignment comes with a round
    now, by = moment.now(), duty.mine.user
    statement = canonical(
        {
            "form": FORM,
            "case": duty.case.number,
            "exam_code": duty.exam_code,
            "round": duty.round.number,
            "seat": duty.member.seat,
            "expert": duty.member.number,
            "standard": standard(moment.today()).name,
            "sealed_at": now.isoformat(),
            "salt": token_hex(16),
            "content": content.worked().plain(),
        }
    )
    return keep_sealed(duty, statement, sign(by, password, hash_of(statement)))


def keep_sealed(duty: Duty, statement: bytes, signed: Signed) -> Opinion:
    """Store a signed statement under the round's key; its hash goes into the ledger."""
    assert duty.round is not None  # an assignment comes with a round
    digest = hash_of(statement)
    opinion = Opinion.objects.create(
        assignment=duty.mine,
        round=duty.round,
        sealed=seal_statement(statement, opened=duty.round, seat=duty.member.seat),
        content_hash=digest,
        signature=signed.signature,
        key=signed.key,
        sealed_at=moment.now(),
    )
    record(
        duty.case.chain, "opinion.sealed", by=duty.mine.user, round=duty.round.number, seat=duty.member.seat, hash=digest,
        signature=signed.signature, key=signed.key.public_key,
    )  # fmt: skip
    return opinion
