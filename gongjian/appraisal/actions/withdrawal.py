"""Taking an application back."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.appraisal import notices
from gongjian.appraisal.queries import application_of
from gongjian.appraisal.rules import check_withdrawer
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.models import Case


@transaction.atomic
def withdraw(case: Case, *, by: User, reason: str = "") -> Case:
    """The applicant takes the application back; it may be made again.

    Law: 令55 art. 7 (who may apply). Raises: MoveNotAllowed, NotYours, NotTheApplicant.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("office", "person").get(pk=case.pk)
    allowed_move(case, "withdraw", by=by)
    application = application_of(case)
    own = list(case.parties.filter(user=by))
    check_withdrawer(
        {party.capacity for party in own},
        is_applicant=any(party.is_applicant for party in own),
        applied_as=application.applicant_kind,
    )
    application.end_reason = reason.strip()
    application.save(update_fields=["end_reason"])
    move(case, "withdraw", by=by)
    notices.tell(case, "withdrawn")
    return case
