"""Electronic delivery: only with consent; served when the paper lies in the recipient's box."""

from datetime import date
from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked_row
from gongjian.delivery.actions.serving import begin, locked, must_be_unserved, must_deliver, serve
from gongjian.delivery.errors import NoAccount, NoConsent
from gongjian.delivery.methods import Method
from gongjian.delivery.models import OTHER, Delivery
from gongjian.delivery.queries.sides import consents
from gongjian.kernel import moment
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.states import Channel
from gongjian.papers.models import Paper


@transaction.atomic
def deliver_electronically(delivery: Delivery, *, by: User | None) -> Delivery:
    """Put the paper into the recipient's box: that day it is served. A text message without details goes to their telephone.

    by: None where consent was given before the paper was made. Law: 民诉法 art. 90. Raises: ServedAlready, NoConsent, NoAccount, AttemptRunning,
    NotADeliverer.
    """
    delivery = locked(delivery)
    if by is not None and by.pk != delivery.account_id:
        must_deliver(delivery, by)
    must_be_unserved(delivery)
    if delivery.account is None:
        raise NoAccount
    if not consents(delivery.case, delivery.recipient):
        raise NoConsent
    return _put_in_box(delivery, by)


@transaction.atomic
def send_paper(paper: Paper, recipient: User, *, by: User | None) -> Delivery:
    """Put any issued paper of a case into somebody's box, with its record. A second time changes nothing.

    Who may receive the paper is decided by the caller's room. A conclusion is served on its sides by `deliver_electronically` instead.
    """
    assert paper.case is not None
    locked_row(paper.case.pk)
    told = {"case": paper.case, "office": paper.office, "name": recipient.name, "telephone": recipient.telephone}
    told |= {"priority": paper.case.priority}
    delivery, made = Delivery.objects.get_or_create(
        paper=paper,
        recipient=OTHER,
        account=recipient,
        defaults={**told, "method": Method.ELECTRONIC, "due_on": moment.today(), "made_at": moment.now()},
    )
    return _put_in_box(locked(delivery), by) if made else delivery


def _put_in_box(delivery: Delivery, by: User | None) -> Delivery:
    case, paper = delivery.case, delivery.paper
    attempt = begin(delivery, Method.ELECTRONIC, by=by)
    attempt.message_key = f"{case.chain}/delivery/{delivery.pk}/{attempt.pk}"
    attempt.save(update_fields=["message_key"])
    facts = {"number": case.number, "office": case.office.name, "title": paper.title, "paper": paper.number}
    told: dict[str, Any] = {"context": facts, "chain": case.chain, "by_office": case.office.code}
    message = send(
        key=attempt.message_key,
        channel=Channel.INBOX,
        template="delivery.paper",
        user=delivery.account,
        evidence=paper.evidence,
        **told,
    )
    if delivery.telephone:
        send(
            key=f"{attempt.message_key}/sms",
            channel=Channel.SMS,
            template="delivery.paper",
            to=delivery.telephone,
            **told,
        )
    return serve(attempt, on=_arrived(message), by=by)


def _arrived(message: Message) -> date:
    assert message.delivered_at is not None
    return message.delivered_at.astimezone(moment.ZONE).date()
