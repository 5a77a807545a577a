"""What this room opens of `materials`: the window while papers are checked, the applicant in the supplement, the employer for evidence, investigators."""

from gongjian.accounts.models import User
from gongjian.applications.queries import acts_for_applicant
from gongjian.cases.actions.move import allowed_moves
from gongjian.cases.models import Case
from gongjian.cases.queries import Side, reads_health, speaks_for, visible_to
from gongjian.materials.access import Opening, allow, allow_change
from gongjian.materials.catalog import EMPLOYER_EVIDENCE
from gongjian.materials.models import Material
from gongjian.recognition.models import EvidenceNotice, SupplementNotice
from gongjian.recognition.queries.accident import shares_with
from gongjian.recognition.queries.joining import goes_on_as
from gongjian.recognition.states import GATHERING, RECOGNITION, State

UNDER_WAY = (State.ACCEPTED, *GATHERING)


def open_while_handled(user: User, material: Material) -> Opening | None:
    """Pages come in while the case is handled, each by whose turn it is; what was handed in before stays."""
    case = material.case
    if case is None or case.procedure != RECOGNITION or not visible_to(user).filter(pk=case.pk).exists():
        return None
    if _scans(user, case) or _investigates(user, case):
        return Opening(since=case.received_at)
    return _supplement(user, case) or _evidence(user, case, material)


def read_as_other_voice(user: User, material: Material) -> bool:
    """Staff read the papers of a joined application as they read those of the case in which it goes on."""
    if user.kind != User.Kind.STAFF or material.case is None or material.case.procedure != RECOGNITION:
        return False
    case = goes_on_as(material.case)
    if case is None or not visible_to(user).filter(pk=case.pk).exists():
        return False
    return not material.told.sensitive or reads_health(user, case)


def read_as_shared(user: User, material: Material) -> bool:
    """Staff read what the victims of an accident share from the case of each of them; nothing of it is about anybody's health."""
    if user.kind != User.Kind.STAFF or material.told.sensitive:
        return False
    return shares_with(visible_to(user), material)


def _scans(user: User, case: Case) -> bool:
    return case.state in (State.SUBMITTED, State.SUPPLEMENT) and user.holds("recognition.enter", case.office_id)


def _investigates(user: User, case: Case) -> bool:
    return case.state in UNDER_WAY and user.holds("recognition.investigate", case.office_id)


def _supplement(user: User, case: Case) -> Opening | None:
    acts = {step.act for step in allowed_moves(case, by=user)}
    notice = SupplementNotice.objects.filter(case=case).first()
    if notice and "supplement" in acts and acts_for_applicant(user, case):
        return Opening(since=notice.sent_at)
    return None


def _evidence(user: User, case: Case, material: Material) -> Opening | None:
    notice = EvidenceNotice.objects.filter(case=case, answered_on=None).first()
    mine = material.kind == EMPLOYER_EVIDENCE and speaks_for(user, case, Side.EMPLOYER)
    return Opening(since=notice.sent_at) if notice and mine and case.state in UNDER_WAY else None


def open_materials() -> None:
    """Make it known to `materials`."""
    allow(read_as_other_voice)
    allow(read_as_shared)
    allow_change(open_while_handled)
