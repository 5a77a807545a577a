"""Messages that were given up become a clerk's task within minutes (L13): a notice sent is not a notice received."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case, Obligation
from gongjian.delivery.actions.serving import PERMISSION
from gongjian.delivery.errors import NotADeliverer
from gongjian.delivery.owes import REACH, SEND_COPY
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import mark_handled
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.queries import failed_unhandled

COPY = "delivery.copy"
BY_HAND = (REACH, SEND_COPY)
"""Obligations that a clerk closes by saying what was done."""


def tasks_for_failed_messages() -> int:
    """Open a task for each message that was given up; how many messages. Those without a case, such as sign-in codes, and those of a closed one need nobody."""
    return sum(_task_for(message) for message in failed_unhandled()[:500])


@transaction.atomic
def note_done(case: Case, kind: str, *, about: str, by: User) -> bool:
    """The party was reached, or the copy was sent, in another way; whether that was owed. Raises: NotADeliverer."""
    if not by.holds(PERMISSION, case.office_id):
        raise NotADeliverer
    done = kind in BY_HAND and bool(fulfil(case, kind, about=about))
    if done:
        record(case.chain, f"delivery.{kind}", by=by, about=about)
    return done


@transaction.atomic
def _task_for(message: Message) -> bool:
    if not mark_handled(message):
        return False
    case = Case.objects.filter(number=message.chain.removeprefix("case:")).first()
    if case is not None and case.closed_at is None and message.chain.startswith("case:"):
        _owe(case, message)
    return True


def _owe(case: Case, message: Message) -> Obligation:
    today = moment.today()
    if message.template == COPY:
        office = message.key.rsplit("/", 1)[-1][:60]
        return owe(case, SEND_COPY, due=today, article="令55 第十七条", role=Role.DELIVERY_CLERK, about=office)
    reached = f"message:{message.pk}"
    return owe(case, REACH, due=today, article="令55 第十二条、第十七条", role=Role.DELIVERY_CLERK, about=reached)
