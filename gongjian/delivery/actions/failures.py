"""Messages that were given up become a clerk's task within minutes (L13): a notice sent is not a notice received.

One task for each case, channel and recipient, however many messages fail there. It ends when a later message arrives by that channel, or when
the clerk says in which other way the recipient was reached.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import fulfil, owe
from gongjian.cases.models import Case, Obligation
from gongjian.cases.procedures import service_of
from gongjian.delivery.actions.serving import PERMISSION
from gongjian.delivery.errors import NotADeliverer, WayNotTold
from gongjian.delivery.owes import REACH, SEND_COPY
from gongjian.delivery.queries.unreached import CASE_CHAIN, arrived_after, channel_of, recipient_of
from gongjian.delivery.rules import OTHER_WAYS
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import mark_handled
from gongjian.kernel.outbox.models import Message
from gongjian.kernel.outbox.queries import failed_unhandled

COPY = "delivery.copy"
BY_HAND = (REACH, SEND_COPY)
"""Obligations that a clerk closes by saying what was done."""


def tasks_for_failed_messages() -> int:
    """Open a task for what was given up, and end those whose recipient was reached since; how many messages and tasks were dealt with.

    Messages without a case, such as sign-in codes, and those of a closed one need nobody.
    """
    return sum(_task_for(message) for message in failed_unhandled()[:500]) + _end_reached()


@transaction.atomic
def note_done(case: Case, kind: str, *, about: str, way: str, by: User) -> bool:
    """The recipient was reached, or the copy was sent, in another way; whether that was owed. way: a code of `OTHER_WAYS`.

    Raises: NotADeliverer, WayNotTold.
    """
    if not by.holds(PERMISSION, case.office_id):
        raise NotADeliverer
    if way not in OTHER_WAYS:
        raise WayNotTold
    done = kind in BY_HAND and bool(fulfil(case, kind, about=about))
    if done:
        record(case.chain, f"delivery.{kind}", by=by, about=about, way=way)
    return done


@transaction.atomic
def _task_for(message: Message) -> bool:
    if not mark_handled(message):
        return False
    case = Case.objects.filter(number=message.chain.removeprefix(CASE_CHAIN)).first()
    if case is not None and case.closed_at is None and message.chain.startswith(CASE_CHAIN):
        _owe(case, message)
    return True


def _owe(case: Case, message: Message) -> Obligation:
    today, article = moment.today(), service_of(case.procedure).served_on
    if message.template == COPY:
        office = message.key.rsplit("/", 1)[-1][:60]
        return owe(case, SEND_COPY, due=today, article=article, role=Role.DELIVERY_CLERK, about=office)
    return owe(case, REACH, due=today, article=article, role=Role.DELIVERY_CLERK, about=recipient_of(message))


def _end_reached() -> int:
    later = Message.objects.filter(
        chain=Concat(Value(CASE_CHAIN), OuterRef("case__number")), delivered_at__gt=OuterRef("opened_at")
    )
    open_ones = Obligation.objects.filter(Exists(later), kind=REACH, fulfilled_at=None)
    return sum(_end(row) for row in open_ones.select_related("case"))


@transaction.atomic
def _end(row: Obligation) -> bool:
    ended = arrived_after(row) and bool(fulfil(row.case, REACH, about=row.about))
    if ended:
        record(row.case.chain, "delivery.reached", by=None, channel=channel_of(row.about), about=row.about)
    return ended
