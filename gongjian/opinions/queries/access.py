"""What an expert may open of a case, and when. The one authority for pages, papers and drafts of the workbench."""

from dataclasses import dataclass
from enum import StrEnum

from gongjian.accounts.models import User
from gongjian.appraisal.states import State
from gongjian.cases.models import Case
from gongjian.materials.access import allow
from gongjian.materials.catalog import DIAGNOSIS, RECORDS
from gongjian.materials.models import Material
from gongjian.opinions.errors import ExamNotFound, NotDeclared, NotOpenNow, SealedAlready
from gongjian.opinions.models import Assignment, Deliberation, Opinion, Round
from gongjian.opinions.queries import group
from gongjian.opinions.queries.group import Member, Panel

AT_WORK = frozenset({State.GROUPED, State.EXAMINING, State.DELIBERATING})
"""States of a case in which its group may do something."""
MEDICAL = frozenset({DIAGNOSIS, RECORDS})
"""The papers an expert reads. Identity, application and mandate stay closed: the case is known by its code."""


class Stage(StrEnum):
    """What a case asks of one expert now."""

    DECLARE = "declare"
    EXAMINE = "examine"
    SEALED = "sealed"
    DELIBERATE = "deliberate"
    OVER = "over"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Stage.DECLARE: "待作回避声明",
    Stage.EXAMINE: "检查并填写意见",
    Stage.SEALED: "意见已封存",
    Stage.DELIBERATE: "待合议",
    Stage.OVER: "已结束",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One expert's part in one case. assignment, round, opinion (own, in the latest round), talk (open deliberation): None while not there."""

    case: Case
    panel: Panel
    member: Member
    assignment: Assignment | None
    round: Round | None
    opinion: Opinion | None
    talk: Deliberation | None

    @property
    def exam_code(self) -> str:
        return self.panel.exam_code

    @property
    def mine(self) -> Assignment:
        """The expert's own assignment. Raises: NotDeclared."""
        if self.assignment is None:
            raise NotDeclared
        return self.assignment

    @property
    def stage(self) -> Stage:
        """What is asked of the expert now."""
        if self.case.state not in AT_WORK:
            return Stage.OVER
        if self.assignment is None or self.assignment.declared_at is None:
            return Stage.DECLARE
        if self.talk is not None:
            return Stage.DELIBERATE
        return Stage.SEALED if self.opinion is not None else Stage.EXAMINE

    @property
    def may_read(self) -> bool:
        """Whether the medical papers are open: declared, and not sealed in this round."""
        return self.stage in {Stage.EXAMINE, Stage.DELIBERATE}

    @property
    def may_seal(self) -> bool:
        """Whether the person is in the room: before the call nothing is signed."""
        return self.stage == Stage.EXAMINE and self.case.state != State.GROUPED


def duty_for(exam_code: str, *, by: User) -> Duty:
    """`by`'s part in the case of this code. A case of another group and a code that does not exist answer alike. Raises: ExamNotFound."""
    case = group.case_of_code(exam_code) if by.is_active and by.kind == User.Kind.EXPERT else None
    duty = duty_in(case, by) if case is not None else None
    if duty is None:
        raise ExamNotFound(exam_code=exam_code)
    return duty


def duty_in(case: Case, user: User) -> Duty | None:
    """`user`'s part in a case; None for who does not sit in its group now, or had to leave it."""
    panel = group.panel_of(case)
    member = panel.member(user) if panel else None
    if panel is None or member is None:
        return None
    assigned = list(Assignment.objects.filter(case=case, turn=panel.turn))
    assignment = next((each for each in assigned if each.user_id == user.pk), None)
    if assignment is not None and assignment.closed_at is not None:
        return None
    latest = Round.objects.filter(case=case, turn=panel.turn).order_by("-number").first()
    sealed = {each.assignment_id: each for each in Opinion.objects.filter(round=latest)} if latest else {}
    if any(each.seat == member.seat and each.pk in sealed and each != assignment for each in assigned if _live(each)):
        return None  # who held the seat before has sealed: the opinion stays, and the seat with it
    talk = Deliberation.objects.filter(case=case, round=latest, closed_at=None).first() if latest else None
    return Duty(case, panel, member, assignment, latest, sealed.get(assignment.pk) if assignment else None, talk)


def _live(assignment: Assignment) -> bool:
    return assignment.closed_at is None


def require_writing(duty: Duty) -> None:
    """Refuse who may not write an opinion now. Raises: NotDeclared, SealedAlready, NotOpenNow."""
    if duty.stage == Stage.DECLARE:
        raise NotDeclared
    if duty.stage == Stage.SEALED:
        raise SealedAlready
    if duty.stage != Stage.EXAMINE:
        raise NotOpenNow(state=duty.stage.label)


def expert_reads(user: User, material: Material) -> bool:
    """Whether `user` reads this paper as a member of the group: medical papers, from the declaration until the seal."""
    if user.kind != User.Kind.EXPERT or material.case is None or material.kind not in MEDICAL:
        return False
    duty = duty_in(material.case, user)
    return duty is not None and duty.may_read


def open_papers() -> None:
    """Make the group's experts known to `materials` as readers."""
    allow(expert_reads)
