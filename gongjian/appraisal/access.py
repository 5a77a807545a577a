"""What this room opens of `materials`: the writer of a draft, and the side that applied and the window while papers are checked."""

from gongjian.accounts.models import User
from gongjian.appraisal.models import Draft
from gongjian.appraisal.queries import ENTER, acts_for_applicant, notice_of, owns
from gongjian.appraisal.states import State
from gongjian.cases.actions.move import allowed_moves
from gongjian.cases.models import Case
from gongjian.cases.queries import visible_to
from gongjian.materials.access import Opening, allow, allow_change
from gongjian.materials.models import Material


def writer_sees(user: User, material: Material) -> bool:
    """The writer of a draft sees what was uploaded into it."""
    draft = _open_draft(material)
    return bool(draft and owns(user, draft))


def open_to_writer(user: User, material: Material) -> Opening | None:
    """The writer of a draft may change everything in it."""
    return Opening() if writer_sees(user, material) else None


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


def _open_draft(material: Material) -> Draft | None:
    if material.case_id or material.draft_id is None:
        return None
    return Draft.objects.filter(pk=material.draft_id, case=None, dropped_at=None).first()


def open_materials() -> None:
    """Make the three known to `materials`."""
    allow(writer_sees)
    allow_change(open_to_writer)
    allow_change(open_while_checked)
