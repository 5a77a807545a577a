"""The deliberation: each member says a view and signs it, the chair signs the record, and the next round of sealed opinions opens."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions.actions.panel import held_duty, live_assignments, open_round
from gongjian.opinions.content import LONGEST, canonical, hash_of
from gongjian.opinions.errors import NotChair, NotDeclared, NotOpenNow, SaidAlready, TextMissing, ViewsMissing
from gongjian.opinions.models import Deliberation, Round, View
from gongjian.opinions.queries.access import Duty, Stage
from gongjian.opinions.queries.talk import chair_of, statement_of
from gongjian.opinions.signing import sign


@transaction.atomic
def say_view(exam_code: str, text: str, *, password: str, by: User) -> View:
    """Say and sign one's view in the open deliberation, once. Law: 令55 art. 15.

    Raises: ExamNotFound, NotDeclared, NotOpenNow, TextMissing, SaidAlready, SignatureWrong.
    """
    duty, talk = _talking(exam_code, by)
    text = _written(text, "合议意见")
    if View.objects.filter(deliberation=talk, assignment=duty.mine).exists():
        raise SaidAlready
    digest = hash_of(canonical(statement_of(talk, seat=duty.member.seat, text=text)))
    signed = sign(by, password, digest)
    view = View.objects.create(
        deliberation=talk, assignment=duty.mine, text=text, text_hash=digest, signature=signed.signature,
        key=signed.key, signed_at=moment.now(),
    )  # fmt: skip
    record(duty.case.chain, "deliberation.view", by=by, round=talk.round.number, seat=duty.member.seat, hash=digest)
    return view


@transaction.atomic
def close_deliberation(exam_code: str, text: str, *, password: str, by: User) -> Round:
    """Sign the record as chair when every member has said a view, and open the next round of sealed opinions.

    Law: 令55 art. 15. Raises: ExamNotFound, NotDeclared, NotOpenNow, TextMissing, NotChair, ViewsMissing, SignatureWrong.
    """
    duty, talk = _talking(exam_code, by)
    members = live_assignments(duty.case)
    chair = chair_of(members)
    if duty.mine != chair:
        raise NotChair(seat=chair.seat)
    said = set(View.objects.filter(deliberation=talk).values_list("assignment_id", flat=True))
    silent = [each for each in members if each.pk not in said]
    if silent:
        raise ViewsMissing(count=len(silent))
    _sign_record(talk, duty, _written(text, "合议记录"), password, by)
    return open_round(duty.case, size=len(members), turn=talk.round.turn)


def _sign_record(talk: Deliberation, duty: Duty, text: str, password: str, by: User) -> None:
    seats = list(
        View.objects.filter(deliberation=talk).order_by("assignment__seat").values_list("text_hash", flat=True)
    )
    digest = hash_of(canonical({**statement_of(talk, seat=duty.member.seat, text=text), "views": seats}))
    signed = sign(by, password, digest)
    talk.record, talk.record_hash, talk.chair, talk.closed_at = text, digest, duty.mine, moment.now()
    talk.signature, talk.key = signed.signature, signed.key
    talk.save()
    record(duty.case.chain, "deliberation.closed", by=by, round=talk.round.number, hash=digest, views=seats)


def _talking(exam_code: str, by: User) -> tuple[Duty, Deliberation]:
    duty = held_duty(exam_code, by=by)
    if duty.stage == Stage.DECLARE:
        raise NotDeclared
    if duty.stage != Stage.DELIBERATE or duty.talk is None:
        raise NotOpenNow(state=duty.stage.label)
    return duty, duty.talk


def _written(text: str, what: str) -> str:
    text = text.strip()[:LONGEST]
    if not text:
        raise TextMissing(what=what)
    return text
