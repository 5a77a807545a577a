"""What a party sees of the deliveries to its own side."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from gongjian.accounts.models import User
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.procedures import service_of
from gongjian.cases.queries import case_for, deadline_of, last_day_of, sides_of
from gongjian.delivery.errors import DeliveryNotFound, NotTheRecipient
from gongjian.delivery.models import Attempt, Delivery
from gongjian.delivery.queries.sides import consents
from gongjian.kernel import moment
from gongjian.kernel.outbox.models import Message
from gongjian.law.clock import Deadline

NO_REMEDY: tuple[None, None] = (None, None)


@dataclass(frozen=True)
class Mine:
    """One delivery to one's own side, the limit of its remedy, and whether it may be had electronically.

    lapsed_on: the last day of the remedy, once it is over.
    """

    delivery: Delivery
    remedy: Deadline | None
    lapsed_on: date | None
    consents: bool


def mine(number: str, *, by: User) -> tuple[Case, list[Mine]]:
    """A case and the deliveries to the sides on which `by` stands. Raises: CaseNotFound, NotTheRecipient for who is no party."""
    case = case_for(number, by=by)
    sides = sides_of(by, case)
    if by.kind != User.Kind.APPLICANT or not sides:
        raise NotTheRecipient
    first = service_of(case.procedure).remedies[0]
    limits = CaseLimit.objects.filter(case=case, limit=first, about__in=sides).select_related("case__office")
    remedies = {row.about: _remedy(row) for row in limits.prefetch_related("changes")}
    rows = Delivery.objects.filter(case=case, recipient__in=sides).select_related("paper", "case")
    rows = rows.prefetch_related("corrections", Prefetch("attempts", Attempt.objects.order_by("id"))).order_by("id")
    return case, [_mine(case, row, *remedies.get(row.recipient, NO_REMEDY)) for row in rows]


def _mine(case: Case, row: Delivery, remedy: Deadline | None, lapsed_on: date | None) -> Mine:
    if not row.is_of_decision:
        remedy, lapsed_on = NO_REMEDY
    return Mine(row, remedy, lapsed_on, consents(case, row.recipient))


def _remedy(row: CaseLimit) -> tuple[Deadline, date | None]:
    found = deadline_of(row)
    last = last_day_of(row, found)
    return found, last if moment.today() > last else None


def own_delivery(pk: int, *, by: User) -> Delivery:
    """One delivery to one's own side. Raises: DeliveryNotFound, also for anybody else."""
    row = Delivery.objects.select_related("case", "paper").filter(pk=pk).first()
    if row is None or (row.account_id != by.pk and row.recipient not in sides_of(by, row.case)):
        raise DeliveryNotFound
    return row


def messages_by_key(deliveries: list[Delivery]) -> dict[str, Message]:
    """What became of the electronic deliveries, by the key of their attempt: one query."""
    keys = [attempt.message_key for row in deliveries for attempt in row.attempts.all() if attempt.message_key]
    return {message.key: message for message in Message.objects.filter(key__in=keys)}
