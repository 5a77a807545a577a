"""When a group has lost a member for whom no reserve is left: the case leaves it, and the door draws another."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.cases.models import Case
from gongjian.draws.actions.regrouping import leave_group
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions.actions.panel import close, hold_case, live_assignments
from gongjian.opinions.models import Deliberation

REASON = "专家组缺员且无候补，案件已转由另一专家组鉴定"


@transaction.atomic
def regroup(case: Case, *, by: User) -> Case:
    """Take a case from a group that lacks a member for good; the person is present again and waits for the door.

    Nobody names a member, and nobody names the group to come. The members' drafts are wiped and their part ends; what they have sealed
    stays, uncounted and, where no vote was counted, unopened. The next group begins with a round and a key of its own. No limit moves.
    Law: 令55 art. 11 (drawn at random, 3 or 5), art. 28, art. 34(4). Raises: MoveNotAllowed, NotYours, GroupComplete, CalledJustNow.
    """
    case = hold_case(case)
    leave_group(case, by=by)
    left = live_assignments(case)
    for assignment in left:
        close(assignment, reason=REASON)
    talks = Deliberation.objects.filter(case=case, closed_at=None).update(closed_at=moment.now())
    record(case.chain, "opinion.group_left", by=by, assignments=len(left), deliberations=talks)
    return case
