"""Taking a duty on a case."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked
from gongjian.cases.errors import DutyConflict
from gongjian.cases.models import Case, CaseDuty
from gongjian.cases.queries.recusals import require_no_bar
from gongjian.kernel import moment


@transaction.atomic
def take_duty(case: Case, duty: CaseDuty.Duty, *, by: User) -> CaseDuty:
    """Let `by` hold a duty on the case. The holder of another checking duty is refused. Of investigators there may be several.

    Raises: DutyConflict, KeepsAway, RecusalWaits.
    """
    locked(case)
    require_no_bar(case, by=by)
    for held in case.duties.all():
        if held.user_id == by.pk and held.duty != duty:
            raise DutyConflict(held=held.get_duty_display(), wanted=duty.label)
    if duty == CaseDuty.Duty.INVESTIGATOR:
        return CaseDuty.objects.get_or_create(case=case, duty=duty, user=by, defaults={"taken_at": moment.now()})[0]
    return CaseDuty.objects.update_or_create(case=case, duty=duty, defaults={"user": by, "taken_at": moment.now()})[0]
