"""From a decision to its deliveries: one for each side, electronically at once where the side has consented, and the copies."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case, CaseLimit
from gongjian.cases.procedures import service_of, starts_of
from gongjian.delivery.actions.copies import send_copies
from gongjian.delivery.actions.electronic import deliver_electronically
from gongjian.delivery.models import Delivery
from gongjian.delivery.queries.sides import account_of, addressed, consents
from gongjian.delivery.rules import next_method
from gongjian.kernel import moment
from gongjian.papers.decided import TABLES, Decided


@transaction.atomic
def open_deliveries(decided: Decided) -> list[Delivery]:
    """Deliveries to the sides it is for, and copies to whom the law names. A second time changes nothing.

    Law: 令55 art. 17 (worker and employer, HRSS department and agency); 令8 art. 22 (worker and employer, agency).
    """
    case = decided.case
    locked(case)
    if Delivery.objects.filter(paper=decided.paper).exists():
        return []
    due = CaseLimit.objects.get(case=case, limit=service_of(case.procedure).deliver, about="").due_on
    made = [_opened(case, decided, due_on=due, **addressed(case, side)) for side in decided.sides]
    send_copies(decided)
    for delivery in made:
        if delivery.account and consents(case, delivery.recipient):
            deliver_electronically(delivery, by=None)
    return made


def open_missing() -> int:
    """Open what a decision should have and has not; how many decisions."""
    delivered = Delivery.objects.filter(paper=OuterRef("paper"))
    waiting = [
        decided
        for table in TABLES.values()
        for decided in table._default_manager.filter(
            ~Exists(delivered), case__state__in=starts_of("served")
        ).select_related("case__office__parent", "case__person", "case__employer", "paper__evidence")
    ]
    return sum(bool(open_deliveries(decided)) for decided in waiting)


def _opened(case: Case, decided: Decided, *, recipient: str, address: str, **told: object) -> Delivery:
    account = account_of(case, recipient)
    consented = bool(account) and consents(case, recipient)
    return Delivery.objects.create(
        case=case,
        office=case.office,
        paper=decided.paper,
        recipient=recipient,
        account=account,
        address=address,
        method=next_method((), consents=consented, has_address=bool(address.strip())),
        made_at=moment.now(),
        priority=case.priority,
        **told,
    )


def put_deliveries_first(case: Case) -> None:
    """What is not served yet in a case of the green channel is served before the rest. Law: 人社厅发〔2018〕104号 二（四）."""
    Delivery.objects.filter(case=case, served_on=None).update(priority=case.priority)
