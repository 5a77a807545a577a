"""Taking an application back: by the side that applied, or at the window on its signed wish."""

from collections.abc import Callable
from typing import Any, BinaryIO

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.kept import application_of
from gongjian.applications.queries import must_act_for_applicant
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import allowed_move, move
from gongjian.cases.models import Case
from gongjian.kernel.evidence.actions import store
from gongjian.kernel.evidence.models import Evidence

Follow = Callable[[Case, User], object]
"""What a procedure does once one of its applications is taken back, in the same transaction."""


@transaction.atomic
def withdraw(case: Case, *, by: User, reason: str, then: Follow) -> Case:
    """The side that applied takes the application back; it may be made again.

    Law: 令55 art. 7; 条例 art. 17 (who may apply). Raises: MoveNotAllowed, NotYours, NotTheApplicant.
    """
    case = locked(case)
    allowed_move(case, "withdraw", by=by)
    must_act_for_applicant(case, by=by)
    return _withdrawn(case, "withdraw", by=by, reason=reason, wish=None, then=then)


def receive_withdrawal(case: Case, *, wish: BinaryIO, name: str, by: User, reason: str, then: Follow) -> Case:
    """The window takes in the applicant's signed wish and ends the application on it.

    The wish is stored before anything changes: dying between the two leaves a file nobody names, never an end without its wish.
    Law: 令55 art. 7; 条例 art. 17. Raises: MoveNotAllowed, NotYours, EvidenceTooLarge, KindNotAllowed, NotStored.
    """
    allowed_move(case, "receive_withdrawal", by=by)
    evidence = store(wish, name=name, by=by)
    with transaction.atomic():
        case = locked(case)
        allowed_move(case, "receive_withdrawal", by=by)
        return _withdrawn(case, "receive_withdrawal", by=by, reason=reason, wish=evidence, then=then)


def _withdrawn(case: Case, act: str, *, by: User, reason: str, wish: Evidence | None, then: Follow) -> Case:
    application = application_of(case)
    assert application is not None, "what is taken back was applied for"
    application.end_reason, application.end_evidence = reason.strip(), wish
    application.save(update_fields=["end_reason", "end_evidence"])
    facts: dict[str, Any] = {"sha256": wish.sha256} if wish else {}
    move(case, act, by=by, **facts)
    then(case, by)
    return case
