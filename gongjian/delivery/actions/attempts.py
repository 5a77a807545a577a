"""What a clerk records: served, with its proof; or not served, which opens the next way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import BinaryIO, NamedTuple

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import owe
from gongjian.cases.errors import ReasonMissing
from gongjian.delivery.actions.serving import begin, end, locked, must_be_unserved, must_deliver, serve
from gongjian.delivery.errors import AttemptRunning
from gongjian.delivery.methods import FACTS, TABLE, Method
from gongjian.delivery.models import Attempt, Delivery, Proof
from gongjian.delivery.owes import AGAIN
from gongjian.delivery.queries.sides import consents
from gongjian.delivery.rules import check_day, check_left, check_proof, next_method
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.kinds import Kind
from gongjian.kernel.ledger.actions import record


class Handed(NamedTuple):
    """A file that the clerk keeps as proof."""

    stream: BinaryIO
    name: str


@transaction.atomic
def record_served(
    delivery: Delivery,
    method: Method,
    *,
    on: date,
    facts: Mapping[str, str],
    by: User,
    files: Sequence[Handed] = (),
) -> Delivery:
    """Record that a paper was handed over, left, posted and received, entrusted or relayed, with its proof.

    on: the day signed on the record or the return slip. Law: 令55 art. 17; 民诉法 art. 87 to 94.
    Raises: NotADeliverer, ServedAlready, ProofMissing, SignerWrongForPerson, SignerWrongForBody, RefuserWrong, DayOutOfBounds, AttemptRunning,
    MethodNotRecorded, and what the evidence store refuses.
    """
    delivery = locked(delivery)
    must_deliver(delivery, by)
    must_be_unserved(delivery)
    check_proof(method, facts, files=len(files), is_body=delivery.is_to_body)
    _check_day(delivery, on)
    attempt = _running(delivery, method) or begin(delivery, method, by=by)
    attempt.delivery = delivery
    kept = keep_files(attempt, files, by=by)
    if method is Method.LEFT:
        photos = sum(Kind(each.evidence.kind).is_image for each in kept)
        check_left(witnesses=facts.get("witnesses", ""), photos=photos)
    return serve(attempt, on=on, by=by, facts=_told(facts))


@transaction.atomic
def record_failed(delivery: Delivery, method: Method, *, on: date, reason: str, by: User) -> Attempt:
    """Record that a paper could not be served in one way; the next way is owed.

    Raises: NotADeliverer, ServedAlready, ReasonMissing, DayOutOfBounds, AttemptRunning.
    """
    delivery = locked(delivery)
    must_deliver(delivery, by)
    must_be_unserved(delivery)
    if not reason.strip():
        raise ReasonMissing
    _check_day(delivery, on)
    attempt = _running(delivery, method) or begin(delivery, method, by=by)
    end(attempt, Attempt.Outcome.FAILED, on=on, by=by, facts={"reason": reason.strip()})
    record(delivery.case.chain, "delivery.failed", by=by, delivery=delivery.pk, method=method, on=on)
    owe_again(delivery)
    return attempt


def owe_again(delivery: Delivery) -> None:
    """Choose the next way and make it somebody's task."""
    tried = {Method(row.method) for row in delivery.attempts.all()}
    consented = bool(delivery.account_id) and consents(delivery.case, delivery.recipient)
    way = next_method(tried, consents=consented, has_address=bool(delivery.address.strip()))
    Delivery.objects.filter(pk=delivery.pk).update(method=way)
    due = max(delivery.due_on, moment.today())
    owe(delivery.case, AGAIN, due=due, article=TABLE[way].article, role=Role.DELIVERY_CLERK, about=delivery.subject)


def keep_files(attempt: Attempt, files: Sequence[Handed], *, by: User) -> list[Proof]:
    """Keep the proofs of an attempt. Raises: what the evidence store refuses."""
    return [
        Proof.objects.create(attempt=attempt, evidence=store(stream, name=name, by=by), name=name[:80])
        for stream, name in files
    ]


def _running(delivery: Delivery, method: Method) -> Attempt | None:
    running = delivery.attempts.filter(outcome=Attempt.Outcome.RUNNING).first()
    if running is None or running.method == method:
        return running
    if running.method == Method.PUBLIC_NOTICE:
        return None
    raise AttemptRunning(method=Method(running.method).label)


def _told(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: facts[name].strip() for name in FACTS if facts.get(name, "").strip()}


def _check_day(delivery: Delivery, on: date) -> None:
    """Nothing arrives or comes back before the paper was made, nor before it was handed to the post. Raises: DayOutOfBounds."""
    running = delivery.attempts.select_related("batch").filter(outcome=Attempt.Outcome.RUNNING).first()
    posted_on = running.batch.posted_on if running and running.batch else None
    made_on = delivery.paper.issued_at.astimezone(moment.ZONE).date()
    check_day(on, made_on=made_on, posted_on=posted_on, today=moment.today())
