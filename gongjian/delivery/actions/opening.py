"""From a conclusion to its deliveries: one for each side, electronically at once where the side has consented, and the copies."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongjian.appraisal.states import State
from gongjian.cases.models import Case, CaseLimit
from gongjian.conclusions.models import Conclusion
from gongjian.delivery.actions.copies import send_copies
from gongjian.delivery.actions.electronic import deliver_electronically
from gongjian.delivery.actions.serving import DELIVER
from gongjian.delivery.models import EMPLOYER, WORKER, Delivery
from gongjian.delivery.queries.sides import account_of, addressed, consents
from gongjian.delivery.rules import next_method
from gongjian.kernel import moment


@transaction.atomic
def open_deliveries(conclusion: Conclusion) -> list[Delivery]:
    """Deliveries to the worker and to the employer, and copies to the HRSS department and the agency. A second time changes nothing.

    Law: 令55 art. 17.
    """
    case = conclusion.case
    Case.objects.select_for_update().get(pk=case.pk)
    if Delivery.objects.filter(paper=conclusion.paper).exists():
        return []
    due = CaseLimit.objects.get(case=case, limit=DELIVER, about="").due_on
    sides = [addressed(case, side) for side in (WORKER, *([EMPLOYER] if case.employer else []))]
    made = [_opened(case, conclusion, due_on=due, **told) for told in sides]
    send_copies(conclusion)
    for delivery in made:
        if delivery.account and consents(case, delivery.recipient):
            deliver_electronically(delivery, by=None)
    return made


def open_missing() -> int:
    """Open what a conclusion should have and has not; how many conclusions."""
    delivered = Delivery.objects.filter(paper=OuterRef("paper"))
    waiting = Conclusion.objects.filter(~Exists(delivered), case__state=State.CONCLUDED)
    rows = waiting.select_related("case__office__parent", "case__person", "case__employer", "paper__evidence")
    return sum(bool(open_deliveries(conclusion)) for conclusion in rows)


def _opened(case: Case, conclusion: Conclusion, *, recipient: str, address: str, **told: object) -> Delivery:
    account = account_of(case, recipient)
    consented = bool(account) and consents(case, recipient)
    return Delivery.objects.create(
        case=case,
        office=case.office,
        paper=conclusion.paper,
        recipient=recipient,
        account=account,
        address=address,
        method=next_method((), consents=consented, has_address=bool(address.strip())),
        made_at=moment.now(),
        **told,
    )
