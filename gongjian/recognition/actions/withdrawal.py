"""Taking an application for recognition back: nothing is decided any more, and within the time limit it may be made again."""

from typing import BinaryIO

from gongjian.accounts.models import User
from gongjian.applications.actions import withdrawal
from gongjian.applications.rules import Capacity
from gongjian.cases.models import Case
from gongjian.recognition import notices
from gongjian.recognition.actions.ended import end_running
from gongjian.recognition.errors import NobodyApplied, TwoVoices
from gongjian.recognition.queries import application_of
from gongjian.recognition.queries.joining import voices_of


def withdraw(case: Case, *, by: User, reason: str = "") -> Case:
    """The side that applied takes the application back. Law: 条例 art. 17.

    Raises: MoveNotAllowed, NotYours, NotTheApplicant, TwoVoices, NobodyApplied.
    """
    return withdrawal.withdraw(case, by=by, reason=reason, then=_nothing_runs)


def receive_withdrawal(case: Case, *, wish: BinaryIO, name: str, by: User, reason: str = "") -> Case:
    """The window takes in the applicant's signed wish, stored before anything changes. Law: 条例 art. 17.

    Raises: MoveNotAllowed, NotYours, TwoVoices, EvidenceTooLarge, KindNotAllowed, NotStored.
    """
    return withdrawal.receive_withdrawal(case, wish=wish, name=name, by=by, reason=reason, then=_nothing_runs)


def _nothing_runs(case: Case, by: User) -> None:
    if voices_of(case):
        raise TwoVoices
    if application_of(case).applicant_kind == Capacity.OFFICE:
        raise NobodyApplied
    end_running(case)
    notices.tell(case, "申请已撤回", notices.BOTH)
