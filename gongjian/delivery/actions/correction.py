"""A served day that was written down wrongly: set right on record, with a reason, and the clock counted anew."""

from datetime import date

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal.states import State
from gongjian.cases.actions.clock import restart
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import CaseLimit
from gongjian.conclusions.actions import take_back_effect
from gongjian.delivery.actions.effect import wait_for_remedies
from gongjian.delivery.actions.serving import CONCLUSION, DELIVER, REAPPEAL, last_served_day, locked, must_deliver
from gongjian.delivery.errors import CaseClosed, NotServedYet
from gongjian.delivery.models import Correction, Delivery
from gongjian.delivery.rules import check_day
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record

STILL_OPEN = {State.CONCLUDED.value, State.DELIVERED.value, State.EFFECTIVE.value}
WHY = "更正送达日期"
ARTICLE = "令55 第十九条"


@transaction.atomic
def correct(delivery: Delivery, *, on: date, reason: str, by: User) -> Correction:
    """Set a served day right. What was written first stays; the recipient's remedy is counted from the right day.

    A conclusion that had taken effect by the wrong day is not in effect any more; it takes effect anew when the right day has come.

    Law: 令55 art. 17, 19. Raises: NotADeliverer, NotServedYet, CaseClosed, ReasonMissing, DayOutOfBounds.
    """
    delivery = locked(delivery)
    must_deliver(delivery, by)
    former, case = delivery.served_day, delivery.case
    if former is None:
        raise NotServedYet
    if case.state not in STILL_OPEN:
        raise CaseClosed
    if not reason.strip():
        raise ReasonMissing
    check_day(on, made_on=delivery.paper.issued_at.astimezone(moment.ZONE).date(), today=moment.today())
    told = {"former_on": former, "served_on": on, "reason": reason.strip(), "by": by, "at": moment.now()}
    row = Correction.objects.create(delivery=delivery, **told)
    record(case.chain, "delivery.corrected", by=by, delivery=delivery.pk, former=former, on=on)
    if delivery.paper.kind == CONCLUSION:
        if case.state == State.EFFECTIVE:
            take_back_effect(case, by=by, reason="served_day_corrected")
        _count_anew(delivery, on, by)
    return row


def _count_anew(delivery: Delivery, on: date, by: User) -> None:
    case = delivery.case
    restart(case, REAPPEAL, start=on, reason=WHY, article=ARTICLE, by=by, about=delivery.recipient)
    last = last_served_day(case)
    if last is not None:
        restart(case, REAPPEAL, start=last, reason=WHY, article=ARTICLE, by=by)
        CaseLimit.objects.filter(case=case, limit=DELIVER, about="").update(met_on=last)
        wait_for_remedies(case)
