"""Declaring that there is no conflict, or that there is one, before anything of the case opens."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.draws.states import Ground
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions.actions.panel import close, follow_panel, held_duty
from gongjian.opinions.errors import DeclaredAlready, NotOpenNow
from gongjian.opinions.models import Assignment
from gongjian.opinions.queries import group
from gongjian.opinions.queries.access import Stage, duty_for


@transaction.atomic
def declare_no_conflict(exam_code: str, *, by: User) -> Assignment:
    """State that nothing ties `by` to the case; from now on its medical papers are open. Law: 令55 art. 28; 条例 art. 27.

    Raises: ExamNotFound, DeclaredAlready, NotOpenNow, GroupSizeWrong, ExpertWithoutAccount.
    """
    duty = held_duty(exam_code, by=by)
    if duty.stage == Stage.OVER:
        raise NotOpenNow(state=duty.stage.label)
    if duty.stage != Stage.DECLARE:
        raise DeclaredAlready
    duty.mine.declared_at = moment.now()
    duty.mine.save(update_fields=["declared_at"])
    record(duty.case.chain, "assignment.declared", by=by, seat=duty.member.seat, expert=duty.member.number)
    return duty.mine


@transaction.atomic
def declare_conflict(exam_code: str, ground: Ground, *, by: User) -> None:
    """Step back from the case, before or during the examination; the next reserve takes the seat, what others sealed stays.

    Where no reserve is left the conflict stands all the same; the office then has the person drawn to another group (`regroup`).
    Law: 令55 art. 28. Raises: ExamNotFound, NotOpenNow, and what the draw refuses (an expert barred twice, a draw that does not take late conflicts).
    """
    group.hold_seats(duty_for(exam_code, by=by).case)
    duty = held_duty(exam_code, by=by)
    if duty.stage == Stage.OVER:
        raise NotOpenNow(state=duty.stage.label)
    close(duty.mine, reason=ground.label, conflict=ground.value)
    group.replace_member(duty.case, duty.member, ground=ground, by=by)
    panel = group.panel_of(duty.case)
    if panel and not panel.empty:
        follow_panel(duty.case)
