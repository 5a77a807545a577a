"""Taking an application for appraisal back. A booked place is given back with it."""

from typing import BinaryIO

from gongjian.accounts.models import User
from gongjian.applications.actions import withdrawal
from gongjian.appraisal import notices
from gongjian.appraisal.after import tell_withdrawal
from gongjian.cases.models import Case


def withdraw(case: Case, *, by: User, reason: str = "") -> Case:
    """The side that applied takes the application back; it may be made again.

    Law: 令55 art. 7 (who may apply). Raises: MoveNotAllowed, NotYours, NotTheApplicant.
    """
    return withdrawal.withdraw(case, by=by, reason=reason, then=_give_back)


def receive_withdrawal(case: Case, *, wish: BinaryIO, name: str, by: User, reason: str = "") -> Case:
    """The window takes in the applicant's signed wish and ends the application on it.

    Law: 令55 art. 7. Raises: MoveNotAllowed, NotYours, EvidenceTooLarge, KindNotAllowed, NotStored.
    """
    return withdrawal.receive_withdrawal(case, wish=wish, name=name, by=by, reason=reason, then=_give_back)


def _give_back(case: Case, by: User) -> None:
    tell_withdrawal(case, by=by)
    notices.tell(case, "withdrawn")
