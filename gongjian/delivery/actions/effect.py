"""When every recipient's time for a second appraisal is over, the conclusion takes effect; a second appraisal stops that."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongjian.accounts.models import User
from gongjian.appraisal.states import State
from gongjian.cases.models import Case, CaseLimit
from gongjian.conclusions.actions import put_in_effect
from gongjian.delivery.actions.serving import REAPPEAL, locked, must_deliver
from gongjian.delivery.errors import NoRemedyRunning
from gongjian.delivery.models import Delivery, SecondAppraisal
from gongjian.delivery.rules import check_reappeal, have_lapsed
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record


def take_effect_due() -> int:
    """Put in effect every conclusion whose remedies have all lapsed; how many. Twice does no harm. Law: 令55 art. 19."""
    today = moment.today()
    running = CaseLimit.objects.filter(case=OuterRef("pk"), limit=REAPPEAL, due_on__gte=today)
    appealed = SecondAppraisal.objects.filter(delivery__case=OuterRef("pk"))
    lapsed = Case.objects.filter(~Exists(running), ~Exists(appealed), state=State.DELIVERED)
    return sum(_take_effect(pk, today) for pk in lapsed.values_list("pk", flat=True))


@transaction.atomic
def note_second_appraisal(delivery: Delivery, *, on: date, by: User) -> SecondAppraisal:
    """Note that this recipient has applied to the province: the conclusion does not take effect by lapse of time.

    on: the day of the application, a posted one counts from the post. Law: 令55 art. 19. Raises: NotADeliverer, NoRemedyRunning, ReappealTooLate.
    """
    delivery = locked(delivery)
    must_deliver(delivery, by)
    remedy = CaseLimit.objects.filter(case=delivery.case, limit=REAPPEAL, about=delivery.recipient).first()
    if remedy is None or not delivery.is_of_conclusion:
        raise NoRemedyRunning
    check_reappeal(on, remedy.due_on)
    told = {"applied_on": on, "noted_by": by, "noted_at": moment.now()}
    row, made = SecondAppraisal.objects.get_or_create(delivery=delivery, defaults=told)
    if made:
        record(delivery.case.chain, "second_appraisal.noted", by=by, recipient=delivery.recipient, on=on)
    return row


@transaction.atomic
def _take_effect(pk: int, today: date) -> bool:
    case = Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=pk)
    ends = list(CaseLimit.objects.filter(case=case, limit=REAPPEAL).exclude(about="").values_list("due_on", flat=True))
    if case.state != State.DELIVERED or not have_lapsed(ends, today):
        return False
    put_in_effect(case, remedy_ends=ends)
    return True
