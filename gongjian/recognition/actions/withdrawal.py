"""Taking an application back: by the side that applied, or at the window on its signed wish."""

from typing import Any, BinaryIO

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.actions.clock import end_limit
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.models import Case, CaseLimit
from gongjian.kernel import moment
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence
from gongjian.recognition import notices
from gongjian.recognition.queries import application_of, must_act_for_applicant


@transaction.atomic
def withdraw(case: Case, *, by: User, reason: str = "") -> Case:
    """The side that applied takes the application back; within the time limit it may apply again.

    Law: 条例 art. 17. Raises: MoveNotAllowed, NotYours, NotTheApplicant.
    """
    case = locked(case)
    allowed_move(case, "withdraw", by=by)
    must_act_for_applicant(case, by=by)
    return _withdrawn(case, "withdraw", by=by, reason=reason, wish=None)


def receive_withdrawal(case: Case, *, wish: BinaryIO, name: str, by: User, reason: str = "") -> Case:
    """The window takes in the applicant's signed wish, stored before anything changes. Law: 条例 art. 17.

    Raises: MoveNotAllowed, NotYours, EvidenceTooLarge, KindNotAllowed, NotStored.
    """
    allowed_move(case, "receive_withdrawal", by=by)
    evidence = store(wish, name=name, by=by)
    with transaction.atomic():
        case = locked(case)
        allowed_move(case, "receive_withdrawal", by=by)
        return _withdrawn(case, "receive_withdrawal", by=by, reason=reason, wish=evidence)


def end_running(case: Case) -> None:
    """The limits that run for this case fall away: nothing is decided any more."""
    for limit in CaseLimit.objects.filter(case=case, about="", met_on=None, ended_on=None).values_list(
        "limit", flat=True
    ):
        end_limit(case, limit, on=moment.today())


def _withdrawn(case: Case, act: str, *, by: User, reason: str, wish: Evidence | None) -> Case:
    application = application_of(case)
    application.end_reason, application.end_evidence = reason.strip(), wish
    application.save(update_fields=["end_reason", "end_evidence"])
    facts: dict[str, Any] = {"sha256": wish.sha256} if wish else {}
    move(case, act, by=by, **facts)
    end_running(case)
    notices.tell(case, "申请已撤回", notices.BOTH)
    return case
