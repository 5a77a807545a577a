"""What a recipient may say: consent to electronic delivery, and a wish for paper; and what the clerk does about addresses and wishes."""

from typing import Any

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.locked import locked_row
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case
from gongjian.cases.queries import sides_of
from gongjian.delivery.actions.electronic import deliver_electronically
from gongjian.delivery.actions.serving import locked, must_be_unserved, must_deliver
from gongjian.delivery.errors import NotTheRecipient
from gongjian.delivery.models import Attempt, Consent, Delivery
from gongjian.delivery.owes import SEND_PAPER
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.law.calendar import working_day_after

PAPER_DAYS = 5
"""Working days within which a wished paper goes out: the office's own promise, no law names a number."""


@transaction.atomic
def give_consent(case: Case, recipient: str, *, given: bool, by: User) -> Consent:
    """A side says, or takes back, that it wants electronic delivery. What has not been served and is not under way is then served at once.

    Law: 民诉法 art. 90. Raises: NotTheRecipient.
    """
    if recipient not in sides_of(by, case):
        raise NotTheRecipient
    locked_row(case.pk)  # first of all: whoever records a service holds the case as well
    word = Consent.objects.create(case=case, recipient=recipient, given=given, by=by, at=moment.now())
    record(case.chain, "delivery.consent", by=by, recipient=recipient, given=given)
    if given:
        waiting = Delivery.objects.filter(case=case, recipient=recipient, served_on=None)
        for delivery in waiting.exclude(attempts__outcome=Attempt.Outcome.RUNNING):
            _with_account(delivery, by)
            deliver_electronically(delivery, by=None)
    return word


@transaction.atomic
def ask_for_paper(delivery: Delivery, *, by: User) -> Delivery:
    """A recipient wants the paper itself as well; its served day stays. A second time changes nothing. Raises: NotTheRecipient."""
    delivery = locked(delivery)
    if delivery.account_id != by.pk and delivery.recipient not in sides_of(by, delivery.case):
        raise NotTheRecipient
    if Delivery.objects.filter(pk=delivery.pk, paper_wanted_at=None).update(paper_wanted_at=moment.now()):
        due = working_day_after(moment.today(), PAPER_DAYS)
        told: dict[str, Any] = {"article": "民诉法 第九十条", "role": Role.DELIVERY_CLERK, "about": delivery.subject}
        owe(delivery.case, SEND_PAPER, due=due, **told)
        record(delivery.case.chain, "delivery.paper_wanted", by=by, delivery=delivery.pk)
    delivery.refresh_from_db(fields=["paper_wanted_at"])
    return delivery


@transaction.atomic
def note_paper_sent(delivery: Delivery, *, by: User) -> bool:
    """The wished paper has gone out; whether it was owed. Raises: NotADeliverer."""
    must_deliver(delivery, by)
    done = bool(fulfil(delivery.case, SEND_PAPER, about=delivery.subject))
    if done:
        record(delivery.case.chain, "delivery.paper_sent", by=by, delivery=delivery.pk)
    return done


@transaction.atomic
def change_address(delivery: Delivery, *, name: str, telephone: str, address: str, by: User) -> Delivery:
    """Set right where a paper is to go, while it is not served. The ledger notes that it was changed, not to what.

    Raises: NotADeliverer, ServedAlready.
    """
    delivery = locked(delivery)
    must_deliver(delivery, by)
    must_be_unserved(delivery)
    delivery.name, delivery.telephone, delivery.address = name.strip(), telephone.strip(), address.strip()
    delivery.save(update_fields=["name", "telephone", "address"])
    record(delivery.case.chain, "delivery.address", by=by, delivery=delivery.pk)
    return delivery


def _with_account(delivery: Delivery, user: User) -> None:
    if delivery.account_id is None:
        Delivery.objects.filter(pk=delivery.pk).update(account=user)
