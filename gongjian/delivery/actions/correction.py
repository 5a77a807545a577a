"""A served day that was written down wrongly: set right on record, with a reason, and the clock counted anew."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.clock import restart
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import CaseLimit
from gongjian.cases.procedures import service_of, starts_of
from gongjian.delivery.actions.effect import wait_for_remedies
from gongjian.delivery.actions.serving import last_served_day, locked, must_deliver
from gongjian.delivery.errors import CaseClosed, NotServedYet
from gongjian.delivery.models import Correction, Delivery
from gongjian.delivery.rules import check_day
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.papers.decided import take_back_effect

WHY = "更正送达日期"


@transaction.atomic
def correct(delivery: Delivery, *, on: date, reason: str, by: User) -> Correction:
    """Set a served day right. What was written first stays; the recipient's remedy is counted from the right day.
    Where another decision has taken the place of the one that was served, no remedy of that other moves.

    A conclusion that had taken effect by the wrong day is not in effect any more; it takes effect anew when the right day has come.

    Law: 令55 art. 17, 19. Raises: NotADeliverer, NotServedYet, CaseClosed, ReasonMissing, DayOutOfBounds.
    """
    delivery = locked(delivery)
    must_deliver(delivery, by)
    former, case = delivery.served_day, delivery.case
    if former is None:
        raise NotServedYet
    if case.state not in _still_open():
        raise CaseClosed
    if not reason.strip():
        raise ReasonMissing
    check_day(on, made_on=delivery.paper.issued_at.astimezone(moment.ZONE).date(), today=moment.today())
    told = {"former_on": former, "served_on": on, "reason": reason.strip(), "by": by, "at": moment.now()}
    row = Correction.objects.create(delivery=delivery, **told)
    record(case.chain, "delivery.corrected", by=by, delivery=delivery.pk, former=former, on=on)
    if delivery.is_of_decision and delivery.paper.superseded_by_id is None:
        if case.state in starts_of("take_back"):
            take_back_effect(case, by=by, reason="served_day_corrected")
        _count_anew(delivery, on, by)
    return row


def _still_open() -> set[str]:
    """The states between what was decided and its archive."""
    return {*starts_of("served"), *starts_of("take_effect"), *starts_of("take_back")}


def _count_anew(delivery: Delivery, on: date, by: User) -> None:
    case = delivery.case
    service, last = service_of(case.procedure), last_served_day(case)
    for remedy in service.remedies:
        restart(case, remedy, start=on, reason=WHY, article=service.article, by=by, about=delivery.recipient)
        if last is not None:
            restart(case, remedy, start=last, reason=WHY, article=service.article, by=by)
    if last is not None:
        CaseLimit.objects.filter(case=case, limit=service.deliver, about="").update(met_on=last)
        wait_for_remedies(case)
