"""Keeping a case's assignments as its group sits. Every act of this room on a case holds the case's row while it works."""

from gongjian.accounts.models import User
from gongjian.cases.actions.locked import locked
from gongjian.cases.models import Case
from gongjian.kernel import moment
from gongjian.kernel.ledger.actions import record
from gongjian.opinions.errors import ExamNotFound, ExpertWithoutAccount, GroupIncomplete, GroupSizeWrong
from gongjian.opinions.models import Assignment, Opinion, OpinionDraft, Round
from gongjian.opinions.queries import group
from gongjian.opinions.queries.access import AT_WORK, Duty, duty_for, duty_in
from gongjian.opinions.queries.group import Panel
from gongjian.opinions.rules import GROUP_SIZES
from gongjian.opinions.sealing import new_round_key

LEFT = "已由候补专家接替"


def hold_case(case: Case) -> Case:
    """The case's row, locked until the transaction ends, so that acts on one case come one after another."""
    return locked(case)


def held_duty(exam_code: str, *, by: User, follow: bool = True) -> Duty:
    """`by`'s duty with the case locked; with `follow`, its assignments are first brought to how the group sits now.

    Raises: ExamNotFound, GroupSizeWrong, GroupIncomplete, ExpertWithoutAccount.
    """
    case = hold_case(duty_for(exam_code, by=by).case)
    if follow and case.state in AT_WORK:
        follow_panel(case)
    duty = duty_in(case, by)
    if duty is None:
        raise ExamNotFound(exam_code=exam_code)
    return duty


def follow_panel(case: Case) -> list[Assignment]:
    """Assign the present members, let those who left go, open the first round; the live assignments by seat. Twice is once.

    A group with a seat that nobody is left to take does nothing more in the case, however many still sit.
    Law: 令55 art. 11, art. 28. Raises: GroupSizeWrong, GroupIncomplete, ExpertWithoutAccount.
    """
    panel = group.panel_of(case)
    if panel and panel.empty:
        raise GroupIncomplete(count=panel.empty)
    if panel is None or len(panel.members) not in GROUP_SIZES:
        raise GroupSizeWrong(size=len(panel.members) if panel else 0)
    _let_go(case, panel)
    _assign(case, panel)
    if not Round.objects.filter(case=case, turn=panel.turn).exists():
        open_round(case, size=len(panel.members), turn=panel.turn)
    return live_assignments(case)


def live_assignments(case: Case) -> list[Assignment]:
    """The members who sit in the case now, by seat."""
    return list(Assignment.objects.filter(case=case, closed_at=None).select_related("user").order_by("seat"))


def open_round(case: Case, *, size: int, turn: int = 1) -> Round:
    """Open the next round with a key of its own. turn: of which of the case's groups; rounds are numbered through all of them."""
    last = Round.objects.filter(case=case).count()
    opened = Round.objects.create(case=case, number=last + 1, size=size, turn=turn, opened_at=moment.now())
    new_round_key(opened)
    record(case.chain, "opinion.round_opened", by=None, round=opened.number, size=size)
    return opened


def _let_go(case: Case, panel: Panel) -> None:
    """An opinion that is sealed stays with its seat, unless its author is barred from this very case."""
    sitting = {member.user_id for member in panel.members}
    sealed = _sealed_in_latest_round(case, panel.turn)
    for each in live_assignments(case):
        if each.user_id not in sitting and (each.pk not in sealed or group.is_recused(case, each.user_id)):
            close(each, reason=LEFT)


def _sealed_in_latest_round(case: Case, turn: int) -> set[int]:
    latest = Round.objects.filter(case=case, turn=turn).order_by("-number").first()
    return set(Opinion.objects.filter(round=latest).values_list("assignment_id", flat=True))


def close(assignment: Assignment, *, reason: str, conflict: str = "") -> None:
    """End an assignment; its draft is wiped, what was sealed stays."""
    Assignment.objects.filter(pk=assignment.pk, closed_at=None).update(
        closed_at=moment.now(), closed_reason=reason[:120], conflict=conflict
    )
    OpinionDraft.objects.filter(assignment=assignment).delete()
    record(
        assignment.case.chain, "assignment.closed", by=None, seat=assignment.seat, expert=assignment.expert_number,
        conflict=conflict,
    )  # fmt: skip


def _assign(case: Case, panel: Panel) -> None:
    taken = set(Assignment.objects.filter(case=case, closed_at=None).values_list("seat", flat=True))
    without = [each for each in panel.members if each.user_id is None]
    if without:
        raise ExpertWithoutAccount(count=len(without))
    for member in panel.members:
        if member.seat in taken or member.user_id is None:
            continue
        Assignment.objects.create(
            case=case,
            user_id=member.user_id,
            turn=panel.turn,
            expert_number=member.number,
            seat=member.seat,
            exam_code=panel.exam_code,
            assigned_at=moment.now(),
        )
        record(case.chain, "assignment.made", by=None, seat=member.seat, expert=member.number)
