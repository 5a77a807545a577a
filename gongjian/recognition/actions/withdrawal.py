"""Taking an application for recognition back: nothing is decided any more, and within the time limit it may be made again."""

from typing import BinaryIO

from gongjian.accounts.models import User
from gongjian.applications.actions import withdrawal
from gongjian.cases.actions.clock import end_limit
from gongjian.cases.models import Case, CaseLimit
from gongjian.kernel import moment
from gongjian.recognition import notices
from gongjian.recognition.errors import TwoVoices
from gongjian.recognition.queries.joining import voices_of


def withdraw(case: Case, *, by: User, reason: str = "") -> Case:
    """The side that applied takes the application back. Law: 条例 art. 17.

    Raises: MoveNotAllowed, NotYours, NotTheApplicant, TwoVoices.
    """
    return withdrawal.withdraw(case, by=by, reason=reason, then=_nothing_runs)


def receive_withdrawal(case: Case, *, wish: BinaryIO, name: str, by: User, reason: str = "") -> Case:
    """The window takes in the applicant's signed wish, stored before anything changes. Law: 条例 art. 17.

    Raises: MoveNotAllowed, NotYours, TwoVoices, EvidenceTooLarge, KindNotAllowed, NotStored.
    """
    return withdrawal.receive_withdrawal(case, wish=wish, name=name, by=by, reason=reason, then=_nothing_runs)


def end_running(case: Case) -> None:
    """The limits that run for this case fall away: nothing is decided any more."""
    for limit in CaseLimit.objects.filter(case=case, about="", met_on=None, ended_on=None).values_list(
        "limit", flat=True
    ):
        end_limit(case, limit, on=moment.today())


def _nothing_runs(case: Case, by: User) -> None:
    if voices_of(case):
        raise TwoVoices
    end_running(case)
    notices.tell(case, "申请已撤回", notices.BOTH)
