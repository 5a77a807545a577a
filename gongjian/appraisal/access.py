"""What this room opens of `materials`: the side that applied and the window, while papers are checked."""

from gongjian.accounts.models import User
from gongjian.applications.queries import acts_for_applicant
from gongjian.appraisal.queries import ENTER, notice_of
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import allowed_moves
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.materials.access import Opening, allow_change
from gongjian.materials.models import Material


def open_while_checked(user: User, material: Material) -> Opening | None:
    """The side that applied and the window may add papers during the supplement, the window also before; what was handed in stays."""
    case = material.case
    if case is None or not visible_to(user).filter(pk=case.pk).exists():
        return None
    if _may_supplement(user, case) and (notice := notice_of(case)):
        return Opening(since=notice.sent_at)
    return Opening(since=case.received_at) if _scans(user, case) else None


def _may_supplement(user: User, case: Case) -> bool:
    acts = {step.act for step in allowed_moves(case, by=user)}
    return "receive_supplement" in acts or ("supplement" in acts and acts_for_applicant(user, case))


def _scans(user: User, case: Case) -> bool:
    return case.state == State.SUBMITTED and user.holds(ENTER, case.office_id)


def open_materials() -> None:
    """Make it known to `materials`."""
    allow_change(open_while_checked)
