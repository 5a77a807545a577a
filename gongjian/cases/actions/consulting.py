"""Opening a case's medical papers for a reason."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.errors import ReasonMissing
from gongjian.cases.models import Case, Consultation
from gongjian.cases.queries.health import may_consult
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record_reading
from gongjian.law.errors import NotAllowed


@transaction.atomic
def consult(case: Case, *, purpose: str, reason: str, by: User) -> Consultation:
    """Note what the medical papers are needed for; they are open to `by` until the day ends. The person concerned can see it.

    Law: 个保法 art. 28, 51. Raises: NotAllowed, ReasonMissing.
    """
    if not may_consult(by, case):
        raise NotAllowed
    if not reason.strip() or purpose not in Consultation.Purpose.values:
        raise ReasonMissing
    told = {"purpose": purpose, "reason": reason.strip()[:500], "at": moment.now()}
    row = Consultation.objects.create(case=case, by=by, **told)
    record_reading(case.chain, by=by, what=f"查阅病历和伤情：{row.get_purpose_display()}")
    return row
