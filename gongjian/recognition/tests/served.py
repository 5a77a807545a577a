"""Decisions that were served on both sides, and what may come after them."""

from datetime import date, datetime, timedelta
from typing import Any

from gongjian.accounts.models import User
from gongjian.accounts.roles import Role
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.materials.tests.builders import a_picture
from gongjian.recognition.actions import remedies, review, revising
from gongjian.recognition.actions.remedies import Came
from gongjian.recognition.actions.revising import Fall
from gongjian.recognition.models import Decision, Remedy, Revision
from gongjian.recognition.tests.builders import (
    MONDAY,
    a_decided_case,
    an_entered_case,
    staff,
    the_clerk,
    the_reviewer,
    the_signer,
)
from gongjian.recognition.tests.test_walk import serve_all

SERVED = MONDAY + timedelta(days=3)
LATER = MONDAY + timedelta(days=10)
LINES = ({"place": "occupation", "wrong": "车丁", "right": "车工"},)


def the_deliverer() -> User:
    return staff(Role.DELIVERY_CLERK)


def a_served_decision(outcome: str = "recognised") -> Decision:
    """Decided on MONDAY and served on both sides on Thursday."""
    row = a_decided_case(outcome)
    serve_all(row.case, at=SERVED)
    row.case.refresh_from_db()
    return row


def a_served_rejection() -> Decision:
    """Not accepted on MONDAY, served on who applied."""
    case = an_entered_case()
    with moment.fixed(MONDAY):
        row = review.reject(case, ground="no_standing", explanation="申请人系职工的朋友。", by=the_clerk())
    serve(row, at=SERVED)
    return row


def serve(row: Decision, *, at: datetime) -> None:
    """Serve whatever kind of decision on all its sides."""
    kind = row.paper.kind
    serve_all(row.case, at=at, kind=kind)
    row.case.refresh_from_db()


def a_fall(**changes: Any) -> Fall:
    """The office sets its own error right and decides anew."""
    return Fall(**{"ground": "own", "reason": "用人单位隐瞒了有关情况。", "anew": True, **changes})


def proposed(case: Case, fall: Fall | None = None, *, at: datetime = LATER) -> Revision:
    """A revocation that the reviewer has proposed."""
    with moment.fixed(at):
        return revising.propose_revocation(case, fall or a_fall(), by=the_reviewer())


def fallen(case: Case, fall: Fall | None = None, *, at: datetime = LATER) -> Revision:
    """A revocation that the signer has signed."""
    row = proposed(case, fall, at=at)
    with moment.fixed(at):
        return revising.sign_revision(case, row.pk, by=the_signer())


def a_remedy(
    case: Case, kind: str = "court", *, matter: str = "（2026）云0101行初12号", on: date | None = None, **changes: Any
) -> Remedy:
    """A review or suit whose papers came on a day, by default on LATER."""
    day = on or LATER.date()
    organ = {"court": "云溪市中级人民法院", "reconsideration": "云溪市人民政府"}[kind]
    came = Came(**{"kind": kind, "side": "employer", "organ": organ, "matter": matter, "received_on": day, **changes})
    with moment.fixed(moment.at(day, 10)):
        return remedies.register(case, came, file=a_picture(70), name="起诉状.png", by=the_deliverer())
